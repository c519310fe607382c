// `npm run torture`: builds once, then the long failure tests; see test/torture/main.ts for options.
import { spawnSync } from "node:child_process";
import { ensureBuilt, ROOT } from "./build.mjs";

await ensureBuilt({ web: true });
const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", "test/torture/main.ts", ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: "inherit",
  },
);
process.exit(status ?? 1);
