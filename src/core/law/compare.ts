/**
 * Compare: a result beside what its case expects.
 *
 * Of a rule, `due` must be the same instant, and `latest` where one is given. Of a set, each
 * expected obligation must have a match by regime and stage (else recipient), and nothing
 * that is expected not to be due may be due, asap or overdue.
 */

import { parseInstant } from "../time/instant.ts";
import type { FactRecord } from "../time/rule/world.ts";
import type { Case, Printed } from "./conformance.ts";

/** One thing that differs. */
export type Difference = {
  readonly what: string;
  readonly expected: unknown;
  readonly got: unknown;
};

/** Whether a case says what it expects. */
export const isJudged = ({ expected }: Case): boolean => isRecord(expected);

/** Every difference; none where the case passes. */
export function differences(one: Case, result: Printed): readonly Difference[] {
  const expected = isRecord(one.expected) ? one.expected : {};
  if (result.problem !== undefined) {
    return [{ what: "a result", expected: "one", got: result.problem }];
  }
  if (isRecord(one.rule) && one.rule.kind === "set") return setDifferences(expected, result);
  return ["due", "latest"]
    .filter((field) => expected[field] !== undefined)
    .filter((field) => !isSame(expected[field], result[field]))
    .map((what) => ({ what, expected: expected[what], got: result[what] }));
}

function setDifferences(expected: FactRecord, result: Printed): readonly Difference[] {
  const got = listOf(result.obligations);
  const missing = listOf(expected.obligations).flatMap((wanted) => owedDifferences(wanted, got));
  const unwanted = listOf(expected.notDue).flatMap((wanted) =>
    got
      .filter((owed) => ["due", "asap", "overdue"].includes(String(owed.state)))
      .filter((owed) => fits(owed, wanted))
      .map((owed) => ({ what: nameOf(wanted), expected: "not due", got: owed.state })),
  );
  return [...missing, ...unwanted];
}

function owedDifferences(wanted: FactRecord, got: readonly FactRecord[]): readonly Difference[] {
  const key = wanted.stage === undefined ? "recipient" : "stage";
  const candidates = got.filter(
    (owed) => owed.regime === wanted.regime && owed[key] === wanted[key],
  );
  const found = candidates.map((owed) => fieldDifferences(wanted, owed));
  // One that is all right will do; else the nearest says what is wrong.
  const [best] = found.sort((a, b) => a.length - b.length);
  return best ?? [{ what: nameOf(wanted), expected: wanted.state ?? "there", got: "not there" }];
}

function fieldDifferences(wanted: FactRecord, owed: FactRecord): readonly Difference[] {
  return ["state", "due", "latest"]
    .filter((field) => wanted[field] !== undefined)
    .filter((field) => !isSame(wanted[field], owed[field]))
    .map((field) => ({
      what: `${nameOf(wanted)} ${field}`,
      expected: wanted[field],
      got: owed[field],
    }));
}

const fits = (owed: FactRecord, wanted: FactRecord): boolean =>
  ["regime", "stage", "recipient", "due"].every(
    (field) => wanted[field] === undefined || isSame(wanted[field], owed[field]),
  );

/** Instants are compared as instants, however they are written; all else as it stands. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return (a ?? null) === (b ?? null);
  const [first, second] = [parseInstant(a), parseInstant(b)];
  return first === undefined || second === undefined ? a === b : first === second;
}

const nameOf = ({ regime, stage, recipient }: FactRecord): string =>
  [regime, stage ?? recipient].filter((part) => typeof part === "string").join("/");

const listOf = (value: unknown): readonly FactRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const isRecord = (value: unknown): value is FactRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
