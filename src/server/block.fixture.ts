/** How long this thread kept everybody else waiting: for tests of what is done in another one. */

import { readFileSync, readlinkSync } from "node:fs";

/** What this thread has computed since it began, in milliseconds: waiting for a core is not its doing. */
function computedMs(): number {
  try {
    return (
      Number(
        readFileSync(`/proc/${readlinkSync("/proc/thread-self")}/schedstat`, "utf8").split(" ")[0],
      ) / 1e6
    );
  } catch {
    return performance.now();
  }
}

/** The longest that nothing else could be answered while `act` went on. */
export async function longestBlock(act: () => Promise<void>): Promise<number> {
  let [last, most, isOver] = [computedMs(), 0, false];
  const tick = (): void => {
    const now = computedMs();
    most = Math.max(most, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  tick();
  await act();
  isOver = true;
  return Math.max(most, computedMs() - last);
}
