/**
 * Words: what a tape says to those who do not see it, and in its labels.
 *
 * The list under a tape says everything that the picture does; the summary is its
 * one sentence. What a passing minute changes is said once: politely when work
 * must begin or an hour is left, assertively when something becomes overdue.
 */

import { formatClock, formatShortDate, formatSpoken, formatSpokenClock } from "../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, plus, SECOND_MS } from "../time/instant.ts";
import { inOrderOfTime, isAtRisk, isOpen, stateOf, type TapeItem } from "./item.ts";
import { OWED_TO } from "./name.ts";

/** In the last ten minutes a focused lane is counted by the second. */
export const SECONDS_SAID_MS = 10 * MINUTE_MS;

/** `20 h 43 m`, `6 d 20 h`, `9 m 12 s`. */
export function shortSpan(ms: number): string {
  const [days, hours, minutes, seconds] = partsOf(ms);
  if (days > 3) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  const allHours = days * 24 + hours;
  if (allHours > 0) return minutes > 0 ? `${allHours} h ${minutes} m` : `${allHours} h`;
  if (minutes >= 10 || seconds === 0) return `${minutes} m`;
  return minutes > 0 ? `${minutes} m ${seconds} s` : `${seconds} s`;
}

/** `20 hours 43 minutes`, `6 days 20 hours`, `1 minute`. */
export function longSpan(ms: number): string {
  const [days, hours, minutes] = partsOf(ms);
  const some = (count: number, unit: string): string =>
    count === 0 ? "" : `${count} ${unit}${count === 1 ? "" : "s"}`;
  const said =
    days > 3
      ? [some(days, "day"), some(hours, "hour")]
      : [some(days * 24 + hours, "hour"), some(minutes, "minute")];
  return said.filter((part) => part !== "").join(" ") || "less than a minute";
}

function partsOf(ms: number): readonly [number, number, number, number] {
  const of = (whole: number, part: number): number => Math.floor((ms % whole) / part);
  return [
    Math.floor(ms / DAY_MS),
    of(DAY_MS, HOUR_MS),
    of(HOUR_MS, MINUTE_MS),
    of(MINUTE_MS, SECOND_MS),
  ];
}

/** `Sat 18:58`; with its date where the weekday could be another week's. */
export const whenLabel = (at: Instant, now: Instant, zone: string): string =>
  `${Math.abs(at - now) < 6 * DAY_MS ? formatShortDate(at, zone).slice(0, 3) : formatShortDate(at, zone)} ${formatClock(at, zone)}`;

/** Beside a mark: `Sat 18:58, 20 h 43 m`. */
export function labelOf(item: TapeItem, now: Instant, zone: string): string {
  const { dueAt, stoppedAt, word = "without a number" } = item;
  const state = stateOf(item, now);
  if ((state === "met" || state === "met-late") && stoppedAt !== undefined)
    return `${state === "met" ? "met" : "met late"} ${whenLabel(stoppedAt, now, zone)}`;
  if (state === "waived") return "waived";
  if (dueAt === undefined) return word;
  const when = whenLabel(dueAt, now, zone);
  if (state === "missed") return `${when}, ${shortSpan(now - dueAt)} late`;
  return `${state === "ghost" ? "by " : ""}${when}, ${shortSpan(dueAt - now)}`;
}

/**
 * An item of the list: "Mitigate, our target, due Saturday 21 November 18:58 CET, in 20 hours
 * 43 minutes, not started, prep starts Saturday 15:58."
 */
export function itemSentence(item: TapeItem, now: Instant, zone: string): string {
  const { says, to, slack = [], prepareAt, originalDueAt } = item;
  const state = stateOf(item, now);
  const runs = state === "open" || state === "begun";
  const others = slack.map(({ at, label, says: words }) => {
    const promise = words === undefined ? label : `"${words.replace(/\.$/, "")}"`;
    return at === undefined
      ? `${promise} promises it, too, without a number`
      : `${promise} allows until ${formatSpoken(at, zone)}`;
  });
  const parts = [
    says,
    OWED_TO[to] ?? "our target",
    dueWords(item, now, zone),
    runs ? begunWords(item) : "",
    runs && prepareAt !== undefined
      ? `prep ${prepareAt > now ? "starts" : "should have started"} ${formatSpokenClock(prepareAt, zone)}`
      : "",
    isAtRisk(item, now) ? "at risk" : "",
    originalDueAt === undefined ? "" : `extended from ${formatSpoken(originalDueAt, zone)}`,
    item.isDisputed ? "disputed" : "",
    ...others,
  ];
  return `${parts.filter((part) => part !== "").join(", ")}.`;
}

function dueWords(item: TapeItem, now: Instant, zone: string): string {
  const { dueAt, stoppedAt, word = "without a number" } = item;
  const due = dueAt === undefined ? word : `due ${formatSpoken(dueAt, zone)}`;
  switch (stateOf(item, now)) {
    case "met":
    case "met-late": {
      const late = dueAt !== undefined && stoppedAt !== undefined && stoppedAt > dueAt;
      const how = late ? `met ${longSpan(stoppedAt - dueAt)} late, ` : "met ";
      return `${how}${formatSpoken(stoppedAt as Instant, zone)}, ${due}`;
    }
    case "waived":
      return `waived, it would be ${due}`;
    case "ghost":
      return `would be ${due}`;
    case "missed":
      return `overdue since ${formatSpoken(dueAt as Instant, zone)}, ${longSpan(now - (dueAt as Instant))} late`;
    case "open":
    case "begun":
      return dueAt === undefined ? due : `${due}, in ${longSpan(dueAt - now)}`;
  }
}

const begunWords = ({ takenBy, isBegun }: TapeItem): string =>
  isBegun ? "draft exists" : takenBy === undefined ? "not started" : `${takenBy} has it`;

/** `2 overdue`, which stands on the now-line. */
export const overdueCount = (items: readonly TapeItem[], now: Instant): number =>
  items.filter((item) => stateOf(item, now) === "missed").length;

/** The picture in one sentence. */
export function summaryOf(items: readonly TapeItem[], now: Instant, zone: string): string {
  const open = items.filter((item) => isOpen(item, now));
  const overdue = overdueCount(items, now);
  const next = nextOf(items, now);
  const late = overdue === 0 ? "nothing is overdue" : `${overdue} overdue`;
  if (open.length === 0) return "Nothing is owed.";
  if (next?.dueAt === undefined) return `${open.length} open, ${late}.`;
  return `${open.length} open, ${late}; next is ${next.says}, due ${formatSpoken(next.dueAt, zone)}, in ${longSpan(next.dueAt - now)}.`;
}

/** What is due next, of what is not overdue yet. */
export const nextOf = (items: readonly TapeItem[], now: Instant): TapeItem | undefined =>
  items
    .filter((item) => item.dueAt !== undefined && ["open", "begun"].includes(stateOf(item, now)))
    .sort(inOrderOfTime)[0];

/** Something that a passing minute changed, to be said once. */
export type Crossing = { readonly says: string; readonly isUrgent: boolean };

/** What became so after `from` and up to `to`: each is in one such answer only. */
export function crossings(
  items: readonly TapeItem[],
  from: Instant,
  to: Instant,
  zone: string,
): readonly Crossing[] {
  const passed = (at: Instant): boolean => at > from && at <= to;
  return items
    .filter((item) => isOpen(item, to))
    .flatMap((item): readonly Crossing[] => {
      const { says, dueAt, overdueAt, prepareAt } = item;
      if (dueAt === undefined) return [];
      const due = `due ${formatSpoken(dueAt, zone)}`;
      if (passed(overdueAt ?? plus(dueAt, 1)))
        return [{ says: `Overdue: ${says} was ${due}.`, isUrgent: true }];
      if (passed(plus(dueAt, -HOUR_MS)))
        return [{ says: `One hour left: ${says}, ${due}.`, isUrgent: false }];
      if (prepareAt !== undefined && passed(prepareAt) && isAtRisk(item, to))
        return [{ says: `Time to begin: ${says}, ${due}.`, isUrgent: false }];
      return [];
    });
}
