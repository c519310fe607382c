/**
 * The newcomer: from a clean data directory to a closed, proven incident under a policy of their
 * own, as the acceptance script tells it from its first step to its last, in one installation,
 * in a real browser and from the shell. Its files are one for each size of screen, so that they
 * run beside each other.
 */

import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { begin } from "./begin.ts";
import { end } from "./end.ts";
import { parties } from "./parties.ts";
import { policy } from "./policy.ts";
import { report } from "./report.ts";
import { room } from "./room.ts";
import { openStory, type Size, type Story } from "./story.ts";
import { tell } from "./tell.ts";

export function walk(name: string, size: Size): void {
  let opened: Story;
  const story = (): Story => opened;

  beforeAll(async () => {
    opened = await openStory(name, size);
  });
  afterAll(() => opened?.stop());
  failAfterTheFirst();

  for (const chapter of [begin, policy, parties, report, room, tell, end]) chapter(story);
}

/** Each step stands on the ones before: after one that failed none has anything to wait for. */
function failAfterTheFirst(): void {
  let failed: string | undefined;
  beforeEach(() => {
    if (failed !== undefined) throw new Error(`Step "${failed}" failed before.`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === "fail") failed ??= task.name;
  });
}
