/**
 * A lent calendar: the hours, zone and closed dates of the policy that runs, put into a draft
 * that does not say when it is open, or says otherwise. The draft's own id and name stay, so
 * that whatever counts by it counts on.
 */

import { calendarWords } from "./calendar-words.ts";
import { withValue } from "./edit.ts";
import type { PolicyDocument } from "./parse/parse.ts";
import type { Policy, PolicyCalendar } from "./policy.ts";
import { toCalendar } from "./terms.ts";

/** The calendar that counts where a clause names none. */
const usualOf = ({ calendar, calendars }: Policy): PolicyCalendar | undefined =>
  calendars.find(({ id }) => id === calendar);

/** `Mon-Fri 09:00-17:00, Europe/Berlin, with 13 closed dates`. */
function wordsOf(calendar: PolicyCalendar): string {
  const { holidays = [], closures = [] } = calendar;
  const closed = holidays.length + closures.length;
  const dates = closed === 0 ? "" : `, with ${closed} closed ${closed === 1 ? "date" : "dates"}`;
  return `${calendarWords(toCalendar(calendar))}${dates}`;
}

export type Lent = {
  /** What the draft counts by; undefined where it does not say. */
  readonly own: string | undefined;
  readonly lent: string;
};

/** What could be lent to `draft` by what runs; undefined where both count alike. */
export function lendable(draft: Policy, running: Policy): Lent | undefined {
  const [own, lent] = [usualOf(draft), usualOf(running)];
  if (own === undefined || lent === undefined || sameHours(own, lent)) return undefined;
  const isOpen = own.zone !== "undecided" && Object.values(own.windows).some((day) => day?.length);
  return { own: isOpen ? wordsOf(own) : undefined, lent: wordsOf(lent) };
}

/** The text of `document` with the calendar of what runs; as it is where there is none to lend. */
export function withCalendarOf(document: PolicyDocument, running: Policy): string {
  const { policy, text } = document;
  const [own, lent] = [usualOf(policy), usualOf(running)];
  if (own === undefined || lent === undefined) return text;
  const { id, name } = own;
  const next = { ...lent, id, ...(name === undefined ? {} : { name }) };
  if (name === undefined) delete next.name;
  return withValue(document, ["calendars", policy.calendars.indexOf(own)], next);
}

const sameHours = (a: PolicyCalendar, b: PolicyCalendar): boolean =>
  JSON.stringify(hoursOf(a)) === JSON.stringify(hoursOf(b));

const hoursOf = ({ zone, windows, holidays, optionalHolidays, closures }: PolicyCalendar) => [
  zone,
  Object.entries(windows).sort(([a], [b]) => (a < b ? -1 : 1)),
  holidays ?? [],
  optionalHolidays ?? [],
  closures ?? [],
];
