// `npm start`: build what is stale, then `due serve`; the web app is built while the database starts.
import { ensureBuilt } from "./build.mjs";

const { program, web } = await ensureBuilt({ web: true, ahead: true });
process.env["DUE_WEB_DIR"] ??= web;
process.argv.splice(2, 0, "serve");
await import(program);
