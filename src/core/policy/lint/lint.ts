/**
 * Lint: where a policy that parses still could not be kept, or not be understood.
 *
 * Each file lint-*.ts holds one group of checks; this one runs them and says where
 * each finding stands. A policy with a finding of level `block` is not published.
 * What needs the roster, the contracts or the law is checked where they are given.
 */

import { calendarChecks } from "./calendars.ts";
import { clauseChecks } from "./clauses.ts";
import { disagreements } from "./disagreements.ts";
import type { LintBeside } from "./beside.ts";
import type { Finding, Found } from "./finding.ts";
import { duplicates } from "./ids.ts";
import { gateChecks } from "./gates.ts";
import { proseChecks } from "./prose.ts";
import { references } from "./references.ts";
import { roleChecks } from "./roles.ts";
import { textChecks } from "./text.ts";
import { undecidedChecks } from "./undecided.ts";
import { vocabularyChecks } from "./vocabulary.ts";
import { contactChecks } from "./contacts.ts";
import { contentChecks } from "./contents.ts";
import { cycleChecks } from "./cycles.ts";
import { dateChecks } from "./dates.ts";
import { numberChecks } from "./numbers.ts";
import { orderChecks } from "./order.ts";
import { outsideChecks } from "./outside.ts";
import { rosterChecks } from "./roster.ts";
import { severityChecks } from "./severities.ts";
import { stageChecks } from "./stages.ts";
import { WHY } from "./why.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { type Places, placeInside, placeOf } from "../places.ts";

export type { LintBeside } from "./beside.ts";
export type { Finding } from "./finding.ts";

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
