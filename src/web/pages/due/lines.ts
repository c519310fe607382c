/**
 * Lines: the rows of the board with a heading before each group of them.
 *
 * By time the groups are overdue, today, 72 hours, later, without a number; the
 * first is there even when nothing is in it. By party they are the recipients, in
 * the calendar the days.
 */

import type { ListedObligation } from "../../../api/view.ts";
import { formatDate } from "../../../core/time/format.ts";
import { DAY_MS, type Instant, parseInstant, plus } from "../../../core/time/instant.ts";
import { dayStart, localDay } from "../../../core/time/zone.ts";
import type { Mode } from "./filter.ts";

export type Line =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly title: string;
      readonly count: number | undefined;
      readonly isOverdue: boolean;
    }
  | { readonly kind: "owed"; readonly key: string; readonly owed: ListedObligation };

export type Counts = {
  readonly overdue: number;
  readonly today: number;
  readonly soon: number;
  readonly later: number;
  readonly uncounted: number;
};

/** Obligations of different subjects may share an id. */
export const keyOf = ({ subject, id }: Pick<ListedObligation, "subject" | "id">): string =>
  `${subject} ${id}`;

const WHOM: Readonly<Record<string, string>> = {
  team: "Ourselves",
  authority: "The authority",
  public: "The public",
};

/** Rows as they are ordered, with headings; `counts` are of everything, not of what is loaded. */
export function linesOf(
  rows: readonly ListedObligation[],
  mode: Mode,
  { now, zone, counts }: { readonly now: Instant; readonly zone: string; readonly counts?: Counts },
): readonly Line[] {
  const heading = headingOf(mode, now, zone, counts);
  const lines: Line[] = [];
  // Nothing overdue is worth a line: whoever looks wants to know.
  if (mode === "time" && counts?.overdue === 0) lines.push(headed("Overdue", 0));
  let last: string | undefined;
  for (const owed of rows) {
    const { title, count } = heading(owed);
    if (title !== last) lines.push(headed(title, count, lines.length));
    last = title;
    lines.push({ kind: "owed", key: keyOf(owed), owed });
  }
  return lines;
}

const headed = (title: string, count: number | undefined, place = 0): Line => ({
  kind: "heading",
  key: `heading ${place} ${title}`,
  title,
  count,
  isOverdue: title === "Overdue",
});

type Heading = { readonly title: string; readonly count: number | undefined };

function headingOf(
  mode: Mode,
  now: Instant,
  zone: string,
  counts: Counts | undefined,
): (owed: ListedObligation) => Heading {
  if (mode === "party")
    return ({ recipient: { kind, id, name } }) => ({
      title: name ?? WHOM[kind] ?? id,
      count: undefined,
    });
  if (mode === "calendar")
    return ({ dueAt, overdueAt }) => ({
      title:
        dueAt === null || overdueAt === null
          ? "Without a number"
          : // The last instant in time: a midnight belongs to the day that it ends.
            formatDate(plus(parseInstant(overdueAt) ?? now, -1), zone),
      count: undefined,
    });
  const groups = timeGroups(now, zone, counts);
  return ({ overdueAt }) => {
    const at = overdueAt === null ? undefined : parseInstant(overdueAt);
    const group = groups.find(({ until }) => at !== undefined && at <= until);
    return group ?? { title: "Without a number", count: counts?.uncounted };
  };
}

function timeGroups(now: Instant, zone: string, counts: Counts | undefined) {
  const midnight = dayStart(localDay(now, zone) + 1, zone);
  return [
    { title: "Overdue", until: now, count: counts?.overdue },
    { title: "Today", until: midnight, count: counts?.today },
    { title: "In 72 hours", until: plus(now, 3 * DAY_MS), count: counts?.soon },
    { title: "Later", until: Infinity, count: counts?.later },
  ];
}
