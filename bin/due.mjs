#!/usr/bin/env node
// The command `due`. In a fresh checkout the program is built on first use (0.2 s) and again
// whenever a source file is newer than what was built; a packed release is only ever run.
import { ensureBuilt } from "../tools/build.mjs";

const serves = process.argv[2] === "serve";
const { program, web } = await ensureBuilt({ web: serves, ahead: serves });
if (web) process.env["DUE_WEB_DIR"] ??= web;
await import(program);
