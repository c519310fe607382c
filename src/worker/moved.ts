/**
 * Moved: deadlines that are counted otherwise than they were, as a person reads of them.
 */

import type { MovedByZone } from "../core/installation/installation.ts";
import { formatInstant } from "../core/time/format.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import type { Difference } from "../store/rebuild.ts";

/** As many are listed; the sum is of all. */
export const LISTED_MAX = 100;

export const movedIn = ({ table, subject, id, is, fields }: Difference): readonly MovedByZone[] => {
  const due = fields?.["dueAt"];
  if (table !== "view_obligation" || is !== "different" || due === undefined) return [];
  const at = (value: unknown) => (typeof value === "number" ? (value as Instant) : null);
  return [{ subject, obligation: id, wasDueAt: at(due.stored), dueAt: at(due.made) }];
};

export const movedCount = (moved: readonly MovedByZone[]): string =>
  `${moved.length} ${moved.length === 1 ? "deadline" : "deadlines"}`;

/** `INC-7 n-crit@customer:cus_1: was due …, is due ….`, the first of them. */
export function movedLines(moved: readonly MovedByZone[], zone: string): readonly string[] {
  const at = (instant: Instant | null): string =>
    instant === null ? "no instant" : `${formatInstant(instant, zone)} (${toIso(instant)})`;
  return moved
    .slice(0, LISTED_MAX)
    .map(
      ({ subject, obligation, wasDueAt, dueAt }) =>
        `${subject.split("/")[1]} ${obligation}: was due ${at(wasDueAt)}, is due ${at(dueAt)}.`,
    );
}
