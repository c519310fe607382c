/**
 * Contact check: that we can still reach whom we would have to tell is a promise of
 * our own, and it has a clock like every other.
 *
 * A contact is checked a year after somebody last did; one whom nobody ever checked,
 * within thirty days of being added: an address is typed wrong on the first day, not
 * in the last month. Marking them as verified sets the clock to the next year. Nobody
 * is woken for it: it stands on the board, and that it was missed is recorded.
 */

import { type Held, misses, type ObligationMissed } from "../notice/ladder.ts";
import type { TermsClause } from "../policy/bound.ts";
import { type Obligation, obligations, overdueAt } from "../policy/obligations.ts";
import type { Recipient } from "../policy/situation.ts";
import { parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { dayStart } from "../time/zone.ts";
import type { Contacts, ContactState } from "./contact.ts";

const YEAR_DAYS = 365;
const FIRST_DAYS = 30;

/** The part of a party's state that the checks are about. */
export type Checked = Contacts & {
  readonly state: string;
  /** What the ledger holds of misses, by obligation. */
  held: Record<string, Held>;
};

/** A check for each contact, soonest due first; nothing for who is no longer a party. */
export function contactChecks({ contacts, state }: Checked): readonly Obligation[] {
  if (state === "none" || state === "removed") return [];
  const moments = new Map<string, Instant>();
  const recipients: Recipient[] = [];
  for (const contact of contacts) {
    const id = recipientOf(contact);
    recipients.push({ kind: "team", id });
    moments.set(`${fromOf(contact)}/${id}`, sinceOf(contact));
  }
  const clauses = contacts.map(checkOf);
  return obligations(
    { clauses, calendars: new Map(), calendar: "" },
    { openedAt: undefined, facts: [], moments, recipients },
  );
}

/** When the worker must look again: at the next check that is missed and not recorded so. */
export function checksWakeAt(party: Checked): Instant | undefined {
  let next: Instant | undefined;
  for (const check of contactChecks(party)) {
    const at = overdueAt(check);
    if (at === undefined || (party.held[check.id]?.missedAt ?? -Infinity) >= (check.dueAt ?? 0))
      continue;
    if (next === undefined || at < next) next = at;
  }
  return next;
}

/** The misses that `now` has brought and the ledger does not hold. */
export const missedChecks = (party: Checked, now: Instant): readonly ObligationMissed[] =>
  misses({ owed: contactChecks(party), held: party.held }, now);

const recipientOf = ({ id }: ContactState): string => `contact:${id}`;

const fromOf = ({ verifiedOn }: ContactState): string =>
  verifiedOn === undefined ? "contactAddedAt" : "contactVerifiedAt";

function sinceOf({ verifiedOn, addedAt }: ContactState): Instant {
  const day = verifiedOn === undefined ? undefined : parseDay(verifiedOn);
  return day === undefined ? addedAt : dayStart(day, "UTC");
}

function checkOf(contact: ContactState): TermsClause {
  const { name, verifiedOn } = contact;
  return {
    id: "contact-check",
    duty: "verify",
    to: "team",
    from: fromOf(contact),
    within: { count: verifiedOn === undefined ? FIRST_DAYS : YEAR_DAYS, unit: "days" },
    until: "contactCheckedAgainAt",
    says:
      verifiedOn === undefined
        ? `Check that ${name} is still whom to reach: nobody has yet.`
        : `Check that ${name} is still whom to reach: last done on ${verifiedOn}.`,
    bound: { to: recipientOf(contact) },
  };
}
