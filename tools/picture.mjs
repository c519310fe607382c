// `node tools/picture.mjs`: draws the README's pictures of the room anew; see test/browser/picture.ts.
import { spawnSync } from "node:child_process";
import { ensureBuilt, ROOT } from "./build.mjs";

await ensureBuilt({ web: true });
const args = ["--import", "tsx", "test/browser/picture.ts", "draw"];
process.exit(spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).status ?? 1);
