// Builds the web app into the folder it is given: beside the start of the server (build.mjs),
// which is what somebody waits for first.
import { setPriority } from "node:os";
import { buildWebInto } from "./build.mjs";

setPriority(10);
await buildWebInto(process.argv[2]);
