// `npm start`: build what is stale, then `due serve`.
import { ensureBuilt } from "./build.mjs";

const { program, web } = await ensureBuilt({ web: true });
process.env["DUE_WEB_DIR"] ??= web;
process.argv.splice(2, 0, "serve");
await import(program);
