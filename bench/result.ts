/** Result: what a benchmark came to, for its own exit and for the table of all (tools/bench.mjs). */

import { appendFileSync } from "node:fs";

export type Result = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Undefined where it is only told. */
  readonly aim?: { readonly atLeast: number } | { readonly atMost: number };
  /** Against what, and what else was measured. */
  readonly says: string;
};

const holds = ({ value, aim }: Result): boolean => {
  if (aim === undefined) return true;
  return "atLeast" in aim ? value >= aim.atLeast : value <= aim.atMost;
};

/** Tells a result; a missed aim ends the program with 1. */
export function tell(result: Result): void {
  const ok = holds(result);
  if (!ok) process.exitCode = 1;
  const file = process.env["BENCH_RESULTS"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...result, ok })}\n`);
}
