/**
 * Wall time: dates and local times as people type them, at the border of core/time.
 *
 * Outside this folder a date is `2026-11-21` and a local time `2026-11-21T21:05`;
 * neither is an instant until a zone is named. A form uses `at`, the usual
 * reading; law that asks for both readings of a doubtful hour has them beside it.
 */

import { ok, type Result, refuse } from "../problem.ts";
import { parseDay, toDateText } from "./day.ts";
import type { Instant } from "./instant.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "./instant.ts";
import { atLocalMs, dayStart, localDay, readings } from "./zone.ts";
import { isZoneName, zoneProblem } from "./zone-name.ts";

export type WallTime = {
  /** Of a time that occurs twice the first; of one that was skipped, moved forward by the gap. */
  readonly at: Instant;
  /** The two instants it can mean; the same in ordinary time. */
  readonly earliestAt: Instant;
  readonly latestAt: Instant;
};

const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

/**
 * `2026-03-29T02:30` or `...T02:30:15` on a wall clock in `zone`; `T24:00` is the
 * first instant of the next day. Refuses with `local-time-invalid`, `zone-unknown`.
 */
export function parseWallTime(text: unknown, zone: string, at?: string): Result<WallTime> {
  if (!isZoneName(zone)) return { ok: false, problems: [zoneProblem(zone, at)] };
  const [, date = "", hours, minutes, seconds] =
    typeof text === "string" ? (LOCAL.exec(text) ?? []) : [];
  const day = parseDay(date);
  const timeMs = timeOf(Number(hours), Number(minutes), Number(seconds ?? 0));
  if (day === undefined || timeMs === undefined) {
    const shown = typeof text === "string" ? `"${text.slice(0, 60)}"` : "This";
    const right = "write YYYY-MM-DDTHH:MM, without an offset";
    return refuse("local-time-invalid", `${shown} is not a local time: ${right}.`, at);
  }
  if (timeMs === 24 * HOUR_MS) {
    const nextAt = dayStart(day + 1, zone);
    return ok({ at: nextAt, earliestAt: nextAt, latestAt: nextAt });
  }
  const [earliestAt, latestAt] = readings(day, timeMs, zone);
  return ok({ at: atLocalMs(day, timeMs, zone), earliestAt, latestAt });
}

/** `2026-11-21`: the date on a wall clock in `zone`. */
export const localDate = (at: Instant, zone: string): string => toDateText(localDay(at, zone));

function timeOf(hours: number, minutes: number, seconds: number): number | undefined {
  const ms = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  const isTime = hours <= 24 && minutes <= 59 && seconds <= 59 && ms <= 24 * HOUR_MS;
  return isTime ? ms : undefined;
}
