/** Tape items: what an incident owes as its tape shows it, in the room and on paper. */

import type { ObligationView, ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { type TapeItem, toItems } from "../../../core/tape/item.ts";
import { parseInstant } from "../../../core/time/instant.ts";
import { pauses, type Span } from "../../../core/time/open-hours.ts";
import { personName } from "../../names.ts";

type Shown = Pick<ViewOf<"incident">, "obligations" | "customers">;

export const itemsOf = (incident: Shown, context: Context): readonly TapeItem[] =>
  toItems(incident.obligations, (owed) => ({
    paused: pausesOf(owed as ObligationView, context),
    takenBy: personName(context, owed.takenBy ?? undefined),
    zone: zoneOf(incident, owed.recipient.id),
  }));

/** Where a customer is: their night is not ours. */
const zoneOf = ({ customers }: Shown, recipient: string): string | undefined =>
  customers.find(({ id }) => recipient === `customer:${id}`)?.zone ?? undefined;

/** Closed hours of the calendar that counts it; none for a clock that runs through the night. */
function pausesOf(
  { clause: id, startedAt, dueAt }: ObligationView,
  { policy: { policy, terms } }: Context,
): readonly Span[] {
  const clause = policy.clauses.find((one) => one.id === id);
  const [from, to] = [parseInstant(startedAt), dueAt === null ? undefined : parseInstant(dueAt)];
  if (!clause || typeof clause.within === "string" || !clause.within.unit.startsWith("business"))
    return [];
  const calendar = terms.calendars.get(clause.calendar ?? terms.calendar);
  return calendar && from !== undefined && to !== undefined && from < to
    ? pauses(calendar, from, to)
    : [];
}
