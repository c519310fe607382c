// Runs a list of named steps, one after another, and stops at the first that fails.
import { spawnSync } from "node:child_process";
import { ROOT } from "./build.mjs";

/** @param {readonly (readonly [string, string, readonly string[]])[]} steps name, program, arguments */
export function runSteps(steps) {
  for (const [name, program, args] of steps) {
    const began = performance.now();
    console.log(`── ${name}`);
    const { status } = spawnSync(program, args, { cwd: ROOT, stdio: "inherit" });
    if (status !== 0) {
      console.error(`── ${name} failed`);
      process.exit(status ?? 1);
    }
    console.log(`── ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
}
