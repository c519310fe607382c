/**
 * Problem: the one shape in which this system says no.
 *
 * A refused command is one problem; a bad policy file is many. The server turns
 * a problem into RFC 9457 JSON, the CLI prints it, the web puts it beside the
 * field that `at` points to. Nothing in core throws a Problem: throwing is for
 * bugs (see invariant), and a bug is never a sentence for the user.
 */

export type Problem = {
  /** Stable and kebab-case; listed in docs/problems.md. */
  readonly code: string;
  /** One sentence, for a person under pressure: what is wrong and what would be right. */
  readonly message: string;
  /** JSON Pointer into the input, where one place is to blame. */
  readonly at?: string;
  /** Place in a source text, both counted from 1. */
  readonly line?: number;
  readonly column?: number;
};

export type Problems = readonly [Problem, ...Problem[]];

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: Problems };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** One problem; `at` is a JSON Pointer into what was sent. */
export const refuse = (code: string, message: string, at?: string): Result<never> => ({
  ok: false,
  problems: [at === undefined ? { code, message } : { code, message, at }],
});

/** Many problems at once; ok when there are none. */
export const refuseAll = <T>(problems: readonly Problem[], value: T): Result<T> => {
  const [first, ...rest] = problems;
  return first === undefined ? ok(value) : { ok: false, problems: [first, ...rest] };
};

/** A value from outside as a sentence may show it: short, and never a whole document. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** For what must be true if our own code is right. Never for input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant failed: ${message}`);
}
