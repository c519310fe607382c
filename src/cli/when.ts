/**
 * When: an instant as a person types it in the middle of something.
 *
 *   2026-11-20T18:20:00+01:00    as it stands
 *   2026-11-20 18:20             in the installation's zone
 *   18:20                        the last 18:20 there was, in that zone; the next one for `until` and `due-at`
 *   20m, 2h                      that long ago; from now for those
 */

import { ok, refuse, type Result } from "../core/problem.ts";
import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  MINUTE_MS,
  parseInstant,
  toIso,
} from "../core/time/instant.ts";
import { localDate, parseWallTime } from "../core/time/wall-time.ts";
import type { Clock } from "./field.ts";

const TIME = /^(?:[01]?\d|2[0-3]):[0-5]\d$/;
const WALL = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/;
const SPAN = /^(\d{1,4})(m|min|h)$/;

/** The fields that are about what comes, not about what was. */
const AHEAD = ["until", "due-at"];

/** RFC 3339 in UTC. Refuses with: time-malformed, and what asking for the zone refuses with. */
export async function parseWhen(
  text: string,
  clock: Clock,
  flag: string,
  place: string,
): Promise<Result<string>> {
  const isAhead = AHEAD.includes(flag);
  const instant = parseInstant(text);
  if (instant !== undefined) return ok(toIso(instant));
  const [, count, unit] = SPAN.exec(text) ?? [];
  if (count !== undefined) {
    const ms = Number(count) * (unit === "h" ? HOUR_MS : MINUTE_MS);
    return ok(toIso((clock.now + (isAhead ? ms : -ms)) as Instant));
  }
  const [, date, time] = WALL.exec(text) ?? [];
  if (time === undefined && !TIME.test(text)) return malformed(text, place);
  const zone = await clock.zone();
  if (!zone.ok) return zone;
  const at =
    time === undefined
      ? nearest(text.padStart(5, "0"), clock.now, zone.value, isAhead)
      : wall(`${date}T${time}`, zone.value);
  return at === undefined ? malformed(text, place) : ok(toIso(at));
}

/** The latest such time that is not to come, or the first that is. */
function nearest(time: string, now: Instant, zone: string, isAhead: boolean): Instant | undefined {
  const days = isAhead ? [0, 1] : [0, -1];
  const found = days.map((days) =>
    wall(`${localDate((now + days * DAY_MS) as Instant, zone)}T${time}`, zone),
  );
  return found.find((at) => at !== undefined && (isAhead ? at > now : at <= now));
}

function wall(text: string, zone: string): Instant | undefined {
  const parsed = parseWallTime(text, zone);
  return parsed.ok ? parsed.value.at : undefined;
}

const malformed = (text: string, place: string): Result<never> =>
  refuse(
    "time-malformed",
    `"${text.slice(0, 60)}" is no time: write 18:20, 2026-11-20 18:20, 20m, or 2026-11-20T18:20:00+01:00.`,
    place,
  );
