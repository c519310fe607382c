/** When, as the field of a form has it: a wall time in the installation's zone. */

import { DAY_MS, type Instant, toIso } from "../../../core/time/instant.ts";
import { localDate, parseWallTime } from "../../../core/time/wall-time.ts";

/** The coming Friday, 18:40: after hours, before a weekend. */
export function nextFriday(now: number, zone: string): string {
  for (let days = 0; ; days += 1) {
    const date = localDate((now + days * DAY_MS) as Instant, zone);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 5) return `${date}T18:40`;
  }
}

/** The instant a wall time means in `zone`; undefined where it is none. */
export function wallToIso(wall: string, zone: string): string | undefined {
  const parsed = parseWallTime(wall, zone);
  return parsed.ok ? toIso(parsed.value.at) : undefined;
}
