/**
 * Program: another build of it may owe more, list otherwise or wake at other instants.
 *
 * What lists show and when each subject is looked at again was written by the program that
 * recorded it, and a subject to which nothing is added is not written again. At a process's
 * first round what counts here is held against what counted last; where they differ, every
 * subject is counted again, so that no duty which a newer program knows waits for a next entry.
 * A kill in between repeats it.
 */

import type { MovedByZone } from "../core/installation/installation.ts";
import type { Instant } from "../core/time/instant.ts";
import { COUNTED_BY } from "../store/setting.ts";
import { movedCount, movedIn, movedLines } from "./moved.ts";
import { raise } from "./raise.ts";
import type { Step, WorkerWorld } from "./world.ts";

export function watchingProgram(world: WorkerWorld): Step {
  let looked = false;
  return async (now) => {
    if (looked) return false;
    await compare(world, now);
    looked = true;
    return false;
  };
}

async function compare(world: WorkerWorld, now: Instant): Promise<void> {
  const { store, handling, log, counts } = world;
  if (counts === undefined || (await store.settings.read(COUNTED_BY)) === counts) return;
  const { differences, differenceCount } = await store.rebuild({ check: false });
  const moved = differences.flatMap(movedIn);
  if (differenceCount > 0)
    log.info({ rows: differenceCount, moved: moved.length }, "another program: counted again");
  if (moved.length > 0)
    await raise(world, trouble(counts, moved, handling.world.installation().zone), now);
  await store.settings.write(COUNTED_BY, counts, now);
}

const trouble = (counts: string, moved: readonly MovedByZone[], zone: string) => ({
  source: "worker",
  about: `program:${counts}`,
  title: `Another release of Duenotice moved ${movedCount(moved)}`,
  text: [
    "The changelog says why, under [DEADLINES]. Whom a date was told to must hear of it.",
    ...movedLines(moved, zone),
  ].join("\n"),
});
