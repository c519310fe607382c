/**
 * Policy worker: the thread in which texts of policies are read, one after the other: prose
 * into a draft, a policy's text for what is wrong with it or to be tried, two of them for what
 * they do and say otherwise, or put together. It touches nothing outside.
 */

import { parentPort } from "node:worker_threads";
import { type CheckedFinding, toChecked } from "../../api/policy-check.ts";
import { type Comparison, comparison } from "../../core/policy/comparison.ts";
import { checkPolicy } from "../../core/policy/check.ts";
import type { ImportFormat } from "../../core/policy/import/format.ts";
import { type Imported, importPolicy } from "../../core/policy/import/import.ts";
import type { LintBeside } from "../../core/policy/lint/beside.ts";
import { type PolicyDifference, policyDifference } from "../../api/policy-difference.ts";
import { type Conflict, differences, merge } from "../../core/policy/merge.ts";
import { policyIn } from "../../core/policy/parse/parse.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Result } from "../../core/problem.ts";
import { judge, type Judged } from "../../core/publication/document.ts";

export type ToRead =
  | { readonly wants: "draft"; readonly text: string; readonly format: ImportFormat | undefined }
  | { readonly wants: "findings"; readonly text: string; readonly beside: LintBeside }
  | { readonly wants: "judged"; readonly text: string; readonly beside: LintBeside }
  | { readonly wants: "policy"; readonly text: string }
  | { readonly wants: "difference"; readonly before: Policy; readonly after: Policy }
  | {
      readonly wants: "comparison";
      readonly before: Policy;
      readonly after: Policy;
      readonly at: string;
    }
  | ({ readonly wants: "together" } & Texts);

/** Two texts, and what both were made from; undefined where that is not known. */
export type Texts = {
  readonly base: string | undefined;
  readonly mine: string;
  readonly theirs: string;
};

/** Both in one text, or where they clash. */
export type Together = { readonly text: string } | { readonly places: readonly Conflict[] };

/** What was read, or the bug that it met. */
export type WasRead =
  | { readonly draft: Result<Imported> }
  | { readonly findings: CheckedFinding[] }
  | { readonly judged: Result<Judged> }
  | { readonly policy: Result<Policy> }
  | { readonly difference: PolicyDifference }
  | { readonly comparison: Comparison }
  | { readonly together: Together }
  | { readonly broken: string };

parentPort?.on("message", (asked: ToRead) => parentPort?.postMessage(read(asked)));

function read(asked: ToRead): WasRead {
  try {
    return wasRead(asked);
  } catch (error) {
    // Not swallowed: whoever asked throws it again, and the thread reads on.
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function wasRead(asked: ToRead): WasRead {
  switch (asked.wants) {
    case "draft":
      return { draft: importPolicy(asked.text, asked.format) };
    case "findings":
      return { findings: toChecked(checkPolicy(asked.text, asked.beside)) };
    case "judged":
      return { judged: judge(asked.text, asked.beside) };
    case "policy":
      return { policy: policyIn(asked.text) };
    case "difference":
      return { difference: policyDifference(asked.before, asked.after) };
    case "comparison":
      return { comparison: comparison(asked.before, asked.after, { at: asked.at, level: 2 }) };
    case "together":
      return { together: together(asked) };
  }
}

function together({ base, mine, theirs }: Texts): Together {
  if (base === undefined) return { places: differences(mine, theirs) };
  const merged = merge(base, mine, theirs);
  return merged.is === "clean" ? { text: merged.text } : { places: merged.conflicts };
}
