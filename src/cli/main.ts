/**
 * Main: `due`. Everything a verb says goes through its shell; what is thrown is a
 * bug or a broken world, and says so.
 */

import { run } from "./program.ts";
import { EXIT, processShell } from "./shell.ts";

// `due ls | head -1`: the reader has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

const shell = processShell();
try {
  await run(process.argv.slice(2), shell);
  process.exitCode = shell.exit;
} catch (error) {
  shell.progress("");
  shell.note(shell.env.DUE_LOG_LEVEL === "debug" ? String((error as Error).stack) : broken(error));
  // A server may still be listening: nothing goes on after a bug.
  process.exit(EXIT.failed);
}

function broken(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return `This should not have happened: ${said}\nDUE_LOG_LEVEL=debug shows where.`;
}
