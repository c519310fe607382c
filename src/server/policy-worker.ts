/**
 * Policy worker: the thread in which texts of policies are read, one after the other: prose
 * into a draft, and a policy's text for what is wrong with it. It touches nothing outside.
 */

import { parentPort } from "node:worker_threads";
import { type CheckedFinding, toChecked } from "../api/policy-check.ts";
import { checkPolicy } from "../core/policy/check.ts";
import { type Imported, type ImportFormat, importPolicy } from "../core/policy/import/import.ts";
import type { LintBeside } from "../core/policy/lint-beside.ts";
import type { Result } from "../core/problem.ts";

export type ToRead =
  | { readonly wants: "draft"; readonly text: string; readonly format: ImportFormat | undefined }
  | { readonly wants: "findings"; readonly text: string; readonly beside: LintBeside };

/** What was read, or the bug that it met. */
export type WasRead =
  | { readonly draft: Result<Imported> }
  | { readonly findings: CheckedFinding[] }
  | { readonly broken: string };

parentPort?.on("message", (asked: ToRead) => parentPort?.postMessage(read(asked)));

function read(asked: ToRead): WasRead {
  try {
    return asked.wants === "draft"
      ? { draft: importPolicy(asked.text, asked.format) }
      : { findings: toChecked(checkPolicy(asked.text, asked.beside)) };
  } catch (error) {
    // Not swallowed: whoever asked throws it again, and the thread reads on.
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
