/**
 * Check: everything that can be said against a notice before it leaves.
 *
 * Each file beside this one holds one group. They find what has gone wrong in real
 * notices: a missing element, another customer's name, a suspicion said as certain, a
 * sender nobody answers. What blocks can be overridden where a person says why, on the
 * record; `may be sent` means that nothing here was found, and no more.
 */

import { elementChecks, placeholderChecks } from "./elements.ts";
import type { Checked, NoticeFinding } from "./finding.ts";
import { fileChecks } from "./files.ts";
import { filingChecks } from "./filed.ts";
import { customerChecks, internalChecks, reporterChecks } from "./leaks.ts";
import { markupChecks, recipientChecks, senderChecks } from "./people.ts";
import { nextWordChecks, zoneChecks } from "./times.ts";
import { quoteChecks } from "./quotes.ts";
import { factChecks, numberChecks } from "./truth.ts";
import { wordingChecks } from "./wording.ts";

const CHECKS = [
  senderChecks,
  recipientChecks,
  elementChecks,
  placeholderChecks,
  nextWordChecks,
  customerChecks,
  internalChecks,
  reporterChecks,
  factChecks,
  numberChecks,
  filingChecks,
  quoteChecks,
  zoneChecks,
  markupChecks,
  fileChecks,
  wordingChecks,
] as const;

/** More of one group than anybody reads. */
const FINDINGS_MAX = 100;

/** What blocks first, then what warns. */
export function checkNotice(checked: Checked): readonly NoticeFinding[] {
  const found = CHECKS.flatMap((check) => first(check(checked)));
  return [
    ...found.filter(({ level }) => level === "block"),
    ...found.filter(({ level }) => level === "warn"),
  ];
}

function first(found: Iterable<NoticeFinding>): readonly NoticeFinding[] {
  const taken: NoticeFinding[] = [];
  for (const one of found) {
    if (taken.length === FINDINGS_MAX) break;
    taken.push(one);
  }
  return taken;
}
