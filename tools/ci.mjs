// `npm run ci`: what must hold before anything lands. `.ci/run` does the last two on a fresh clone.
import { runSteps } from "./steps.mjs";

runSteps([
  ["check", "node", ["tools/check.mjs"]],
  ["install as the lock file says", "npm", ["ci", "--dry-run"]],
  ["test", "node", ["tools/test.mjs"]],
]);
