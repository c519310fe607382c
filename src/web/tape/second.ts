/**
 * Second: now, by the minute, and by the second in the last ten minutes of the
 * lane that is looked at. Everywhere else a countdown by the second is a wallboard.
 */

import { useEffect, useState } from "react";
import { SECONDS_SAID_MS } from "../../core/tape/words.ts";
import { type Instant, SECOND_MS } from "../../core/time/instant.ts";
import { useTime } from "../ui/time.tsx";

/** `minute`, or the server's present second while `dueAt` is near; a past instant stays as it is. */
export function useSecond(minute: Instant, dueAt: Instant | undefined): Instant {
  const { now, skewMs } = useTime();
  const [second, setSecond] = useState<Instant>();
  const left = dueAt === undefined ? Infinity : dueAt - minute;
  const isNear = minute === now && left > -SECONDS_SAID_MS / 10 && left <= SECONDS_SAID_MS;
  useEffect(() => {
    if (!isNear) return;
    const tick = (): void => setSecond((Date.now() + skewMs) as Instant);
    tick();
    const beat = setInterval(tick, SECOND_MS);
    return () => clearInterval(beat);
  }, [isNear, skewMs]);
  return isNear && second !== undefined && second > minute ? second : minute;
}
