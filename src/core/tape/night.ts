/** Night: when people sleep, 22 to 7 o'clock where they are. */

import { type Instant } from "../time/instant.ts";
import type { Span } from "../time/open-hours.ts";
import { atTime, localDay } from "../time/zone.ts";

const FROM = 22 * 60;
const TO = 7 * 60;

/** The nights of `zone` that touch the time between two instants, cut to it. */
export function nights(fromAt: Instant, toAt: Instant, zone: string): readonly Span[] {
  const spans: Span[] = [];
  for (let day = localDay(fromAt, zone) - 1; day <= localDay(toAt, zone); day += 1) {
    const begins = Math.max(atTime(day, FROM, zone), fromAt) as Instant;
    const ends = Math.min(atTime(day + 1, TO, zone), toAt) as Instant;
    if (begins < ends) spans.push({ fromAt: begins, toAt: ends });
  }
  return spans;
}
