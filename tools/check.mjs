// `npm run check`: everything that needs no running program.
import { runSteps } from "./steps.mjs";

const npx = (...args) => ["npx", ["--no-install", ...args]];

runSteps([
  ["types of core", ...npx("tsc", "-p", "tsconfig.core.json")],
  ["types of the server", ...npx("tsc", "-p", "tsconfig.node.json")],
  ["types of the web app", ...npx("tsc", "-p", "tsconfig.web.json")],
  ["format", ...npx("biome", "format", ".")],
  ["lint", ...npx("oxlint", "--type-aware", "--deny-warnings", "src", "test", "bench", "tools")],
  ["unused", ...npx("knip")],
]);
