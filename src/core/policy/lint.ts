/**
 * Lint: where a policy that parses still could not be kept, or not be understood.
 *
 * Each file lint-*.ts holds one group of checks; this one runs them and says where
 * each finding stands. A policy with a finding of level `block` is not published.
 * Nothing here knows the roster, the contracts or the law: whether people can keep
 * a promise on a Friday night is another question.
 */

import { calendarChecks } from "./lint-calendars.ts";
import { clauseChecks } from "./lint-clauses.ts";
import { disagreements } from "./lint-disagreements.ts";
import type { Finding, Found } from "./lint-finding.ts";
import { duplicates } from "./lint-ids.ts";
import { gateChecks } from "./lint-gates.ts";
import { proseChecks } from "./lint-prose.ts";
import { references } from "./lint-references.ts";
import { roleChecks } from "./lint-roles.ts";
import { textChecks } from "./lint-text.ts";
import { vocabularyChecks } from "./lint-vocabulary.ts";
import type { PolicyDocument } from "./parse.ts";
import { type Places, placeInside, placeOf } from "./places.ts";

export type { Finding } from "./lint-finding.ts";

const CHECKS = [
  textChecks,
  references,
  proseChecks,
  duplicates,
  roleChecks,
  calendarChecks,
  gateChecks,
  clauseChecks,
  disagreements,
  vocabularyChecks,
] as const;

/** More of one group than a person reads; a text made to have them must not take minutes. */
const FINDINGS_MAX = 200;

/** Everything there is to say against publishing `document`, in the order of its text. */
export function lint(document: PolicyDocument): readonly Finding[] {
  const findings = CHECKS.flatMap((check) => first(check(document), FINDINGS_MAX)).map((found) =>
    placed(found, document.places),
  );
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Whether a policy with these findings may be published. */
export const isPublishable = (findings: readonly Finding[]): boolean =>
  findings.every(({ level }) => level === "warn");

function placed({ words, nth, ...found }: Found, places: Places): Finding {
  const place =
    words === undefined ? placeOf(places, found.at) : placeInside(places, found.at, words, nth);
  return { ...found, ...place };
}

function first<T>(items: Iterable<T>, max: number): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === max) break;
    taken.push(item);
  }
  return taken;
}
