#!/usr/bin/env node
// The command `due`. In a fresh checkout the program is built on first use (0.2 s) and again
// whenever a source file is newer than what was built; a packed release is only ever run.
import { ensureBuilt } from "../tools/build.mjs";

const { program } = await ensureBuilt({ web: process.argv[2] === "serve" });
await import(program);
