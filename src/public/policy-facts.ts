/**
 * Policy facts: what the policy page says about the document, and how its parts
 * are put in order for a reader.
 */

import type { Policy } from "../core/policy/policy.ts";
import type { RecipientKind } from "../core/policy/situation.ts";
import { termsOf } from "../core/policy/terms.ts";
import { dueAt } from "../core/time/count.ts";
import { dayName, formatDate } from "../core/time/format.ts";
import { parseDay } from "../core/time/day.ts";
import type { Instant } from "../core/time/instant.ts";

/** The zone that this policy's dates are told in. */
export const zoneOf = (policy: Policy): string =>
  policy.calendars.find(({ id }) => id === policy.calendar)?.zone ?? "UTC";

/** `2026-11-02` as `Mon 2 Nov 2026`. */
export function dateWords(text: string): string {
  const day = parseDay(text);
  return day === undefined ? text : dayName(day, true);
}

/** By when the policy is looked at again: publishing a version was the last look. */
export function reviewedAgainBy(policy: Policy, publishedAt: Instant): string | undefined {
  const terms = termsOf(policy);
  const zone = zoneOf(policy);
  const calendar = terms.calendars.get(terms.calendar);
  const { review } = policy.cadence;
  if (review === "undecided") return undefined;
  const due = dueAt(publishedAt, review, calendar, zone);
  // A day's end is the midnight after it, and belongs to the day.
  return due.ok ? formatDate((due.value.dueAt - 1) as Instant, zone) : undefined;
}

const TO: Readonly<Record<RecipientKind, string>> = {
  reporter: "To whoever reports something",
  customer: "To customers",
  authority: "To authorities",
  public: "To the public",
  provider: "Towards our providers",
  team: "Our own targets",
};

const ORDER: readonly RecipientKind[] = [
  "reporter",
  "customer",
  "authority",
  "public",
  "provider",
  "team",
];

/** Promises by whom they are made to, in the document's order. */
export const promisesByRecipient = ({ clauses }: Policy) =>
  ORDER.flatMap((kind) => {
    const promised = clauses.filter(({ to }) => to === kind);
    return promised.length === 0 ? [] : [{ kind, title: TO[kind], clauses: promised }];
  });
