/**
 * Policy lists: calendars, and whatever has a name and words of its own, as the policy page
 * shows them, with what they carry for machines (core/policy/carried.ts).
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { calendarWords } from "../core/policy/calendar-words.ts";
import { areHolidaysShown, carriedCalendar, carriedItem } from "../core/policy/carried.ts";
import type { Policy, PolicyCalendar } from "../core/policy/policy.ts";
import { termsOf } from "../core/policy/terms.ts";
import { dateWords } from "./policy-facts.ts";

export function Calendars({ policy }: { readonly policy: Policy }) {
  const { calendars } = termsOf(policy);
  return (
    <ul class="plain">
      {policy.calendars.map((calendar) => {
        const counted = calendars.get(calendar.id);
        return (
          <li data-calendar={carriedCalendar(calendar)}>
            <h3 data-is={calendar.name === undefined ? undefined : "name"}>
              {calendar.name ?? calendar.id}
            </h3>
            <p>
              {counted ? calendarWords(counted) : ""}
              {calendar.id === policy.calendar ? ". Counts where a promise names no other." : ""}
            </p>
            {calendar.source ? (
              <p class="quiet">
                Its dates are from <span data-is="source">{calendar.source}</span>.
              </p>
            ) : null}
            <Closed calendar={calendar} />
          </li>
        );
      })}
    </ul>
  );
}

function Closed({ calendar }: { readonly calendar: PolicyCalendar }) {
  const { holidays = [], optionalHolidays = [], closures = [] } = calendar;
  const days = [
    ...holidays.map(({ date, name }) => ({
      from: date,
      text: dateWords(date),
      name,
      isHoliday: true,
    })),
    ...optionalHolidays.map(({ date, name }) => ({
      from: date,
      text: dateWords(date),
      name: `${name ?? "Optional holiday"} (counts as open)`,
    })),
    ...closures.map(({ from, to, name }) => ({
      from,
      text: `${dateWords(from)} to ${dateWords(to)}`,
      name,
    })),
  ].sort((a, b) => (a.from < b.from ? -1 : 1));
  if (days.length === 0) return null;
  const isShown = areHolidaysShown(calendar);
  return (
    <details>
      <summary>{days.length} holidays and closed dates</summary>
      <ul>
        {days.map(({ text, name, ...rest }) => (
          <li data-is={"isHoliday" in rest && isShown ? "holidays" : undefined}>
            {text}
            {name === undefined ? "" : `: ${name}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

type NamedItem = {
  readonly name: string;
  readonly says: string | undefined;
  /** Under which key its words stand in the document. */
  readonly key: string;
  /** What it carries for machines. */
  readonly carried: Readonly<Record<`data-${string}`, string>>;
  /** Said below it, made from the rest of it. */
  readonly covered?: string | undefined;
};

/** An entry of such a list, with what it carries. */
export const toNamed = <K extends string>(
  kind: "role" | "channel" | "element" | "stage",
  item: { readonly name: string } & { readonly [key in K]?: string | undefined },
  key: K,
  nth?: number,
): NamedItem => ({
  name: item.name,
  says: item[key],
  key,
  carried: { [`data-${kind}`]: carriedItem(item, ["name", key], nth) },
});

export function Named({ items }: { readonly items: readonly NamedItem[] }) {
  return (
    <ul class="plain">
      {items.map(({ name, says, key, carried, covered }) => (
        <li {...carried}>
          <strong data-is="name">{name}</strong>
          {says === undefined ? null : <p data-is={key}>{says}</p>}
          {covered === undefined ? null : <p class="quiet">{covered}</p>}
        </li>
      ))}
    </ul>
  );
}
