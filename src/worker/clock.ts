/**
 * Clock: the machine's clock is watched against one that only ever grows.
 *
 * Instants in the record are this clock's word. When it leaps or goes back, the
 * record says so and by how much, so that whoever reads deadlines later knows which
 * instants to doubt. A machine that slept leaps, too.
 */

import { SECOND_MS } from "../core/time/instant.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

/** Less is the ordinary setting of a clock. */
export const JUMP_MS_MIN = 5 * SECOND_MS;

export function watchingClock({
  handling,
  log,
  monotonicMs = () => performance.now(),
}: WorkerWorld): Step {
  let offset: number | undefined;
  return async (now) => {
    const seen = now - monotonicMs();
    const byMs = Math.round(seen - (offset ?? seen));
    // Slow drift is followed; only what happens between two looks is a jump.
    offset = seen;
    if (Math.abs(byMs) < JUMP_MS_MIN) return false;
    log.warn({ byMs }, "the clock of this machine has jumped");
    const recorded = await handling.handle({
      subject: "installation/current",
      at: now,
      by: "worker",
      command: { type: "RecordClockJump", byMs },
    });
    if (!recorded.ok) log.error({ problems: problemCodes(recorded.problems) }, "not recorded");
    return false;
  };
}
