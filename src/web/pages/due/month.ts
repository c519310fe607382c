/**
 * Month: the days of the calendar as instants. Civil days are core/time's; here is
 * only which of them make the weeks of a month.
 */

import { parseDay, plusMonths, toDateText, weekdayIndex } from "../../../core/time/day.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { dayStart, localDay } from "../../../core/time/zone.ts";
import type { Filter } from "./filter.ts";

export type MonthDay = {
  /** `2026-11-21`. */
  readonly date: string;
  readonly startAt: Instant;
  readonly isInMonth: boolean;
};

export type Month = {
  /** `2026-11`. */
  readonly id: string;
  readonly before: string;
  readonly after: string;
  /** Whole weeks from Monday on. */
  readonly days: readonly MonthDay[];
  /** As the API wants them: where each day begins, and where the last one ends. */
  readonly edges: string;
  /** What the list below shows: the chosen day, else the month. */
  readonly within: { readonly from: string; readonly until: string };
};

const ID_LENGTH = "2026-11".length;

/** The month that `filter` asks for, else the one of `now`, on a wall in `zone`. */
export function monthOf(
  { month, day }: Pick<Filter, "month" | "day">,
  now: Instant,
  zone: string,
): Month {
  const today = toDateText(localDay(now, zone)).slice(0, ID_LENGTH);
  const first = parseDay(`${month || today}-01`) ?? (parseDay(`${today}-01`) as number);
  const next = plusMonths(first, 1);
  const from = first - weekdayIndex(first);
  const to = next + ((7 - weekdayIndex(next)) % 7);
  const days = Array.from({ length: to - from }, (_, i) => ({
    date: toDateText(from + i),
    startAt: dayStart(from + i, zone),
    isInMonth: from + i >= first && from + i < next,
  }));
  const chosen = parseDay(day);
  const [listFrom, listTo] = chosen === undefined ? [first, next] : [chosen, chosen + 1];
  const at = (one: number): string => toIso(dayStart(one, zone));
  return {
    id: toDateText(first).slice(0, ID_LENGTH),
    before: toDateText(plusMonths(first, -1)).slice(0, ID_LENGTH),
    after: toDateText(next).slice(0, ID_LENGTH),
    days,
    edges: [...days.map(({ startAt }) => toIso(startAt)), at(to)].join(","),
    within: { from: at(listFrom), until: at(listTo) },
  };
}
