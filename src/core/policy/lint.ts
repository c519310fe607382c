/**
 * Lint: where a policy that parses still could not be kept, or not be understood.
 *
 * Each file lint-*.ts holds one group of checks; this one runs them and says where
 * each finding stands. A policy with a finding of level `block` is not published.
 * What needs the roster, the contracts or the law is checked where they are given.
 */

import { calendarChecks } from "./lint-calendars.ts";
import { clauseChecks } from "./lint-clauses.ts";
import { disagreements } from "./lint-disagreements.ts";
import type { LintBeside } from "./lint-beside.ts";
import type { Finding, Found } from "./lint-finding.ts";
import { duplicates } from "./lint-ids.ts";
import { gateChecks } from "./lint-gates.ts";
import { proseChecks } from "./lint-prose.ts";
import { references } from "./lint-references.ts";
import { roleChecks } from "./lint-roles.ts";
import { textChecks } from "./lint-text.ts";
import { undecidedChecks } from "./lint-undecided.ts";
import { vocabularyChecks } from "./lint-vocabulary.ts";
import { contactChecks } from "./lint-contacts.ts";
import { contentChecks } from "./lint-contents.ts";
import { cycleChecks } from "./lint-cycles.ts";
import { dateChecks } from "./lint-dates.ts";
import { numberChecks } from "./lint-numbers.ts";
import { orderChecks } from "./lint-order.ts";
import { outsideChecks } from "./lint-outside.ts";
import { rosterChecks } from "./lint-roster.ts";
import { severityChecks } from "./lint-severities.ts";
import { stageChecks } from "./lint-stages.ts";
import { WHY } from "./lint-why.ts";
import type { PolicyDocument } from "./parse.ts";
import { type Places, placeInside, placeOf } from "./places.ts";

export type { LintBeside } from "./lint-beside.ts";
export type { Finding } from "./lint-finding.ts";

/** One group of checks; most need the document alone. */
export type Check = (document: PolicyDocument, beside: LintBeside) => Iterable<Found>;

const CHECKS: readonly Check[] = [
  textChecks,
  undecidedChecks,
  references,
  proseChecks,
  duplicates,
  roleChecks,
  calendarChecks,
  gateChecks,
  clauseChecks,
  disagreements,
  vocabularyChecks,
  severityChecks,
  orderChecks,
  stageChecks,
  rosterChecks,
  outsideChecks,
  contactChecks,
  contentChecks,
  cycleChecks,
  dateChecks,
  numberChecks,
];

/** More of one group than a person reads; a text made to have them must not take minutes. */
const FINDINGS_MAX = 200;

/**
 * Everything there is to say against publishing `document`, in the order of its text, as
 * far as it can be said with what stands beside it.
 */
export function lint(document: PolicyDocument, beside: LintBeside = {}): readonly Finding[] {
  const findings = CHECKS.flatMap((check) => first(check(document, beside), FINDINGS_MAX)).map(
    (found) => placed(found, document.places),
  );
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Whether a policy with these findings may be published. */
export const isPublishable = (findings: readonly Finding[]): boolean =>
  findings.every(({ level }) => level === "warn");

/** A finding with its place in the text, and why it matters. */
export function placed({ words, nth, fixes, ...found }: Found, places: Places): Finding {
  const place =
    words === undefined ? placeOf(places, found.at) : placeInside(places, found.at, words, nth);
  const why = WHY[found.code];
  const written = (fixes ?? []).filter((fix) => fix !== undefined);
  return {
    ...found,
    ...place,
    ...(why === undefined ? {} : { why }),
    ...(written.length === 0 ? {} : { fixes: written }),
  };
}

function first<T>(items: Iterable<T>, max: number): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === max) break;
    taken.push(item);
  }
  return taken;
}
