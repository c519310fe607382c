/**
 * The newcomer: from a clean data directory to a closed, proven incident, as the acceptance
 * script tells it, in a real browser and from the shell; once at a desk, once on a telephone.
 */

import { afterAll, beforeAll, describe } from "vitest";
import { DESKTOP, PHONE } from "./browser.ts";
import { begin } from "./newcomer/begin.ts";
import { end } from "./newcomer/end.ts";
import { parties } from "./newcomer/parties.ts";
import { report } from "./newcomer/report.ts";
import { room } from "./newcomer/room.ts";
import { openStory, type Size, type Story } from "./newcomer/story.ts";
import { tell } from "./newcomer/tell.ts";

describe.each<readonly [string, Size]>([
  ["at a desk", DESKTOP],
  ["on a telephone", PHONE],
])("a newcomer %s", (name, size) => {
  let opened: Story;
  const story = (): Story => opened;

  beforeAll(async () => {
    opened = await openStory(name.split(" ").at(-1) ?? "", size);
  });
  afterAll(() => opened?.stop());

  for (const chapter of [begin, parties, report, room, tell, end]) chapter(story);
});
