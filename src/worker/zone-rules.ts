/**
 * Zone rules: the time zone data came with the program, and another release of them may
 * move what is due on a date.
 *
 * What lists show was counted when it was recorded. At a process's first round the
 * release that counts here is held against the one that counted last; where they differ,
 * everything is counted again, what moved is recorded and raised, and only then are the
 * tables written. A kill in between repeats it.
 */

import type { MovedByZone } from "../core/installation/installation.ts";
import type { Instant } from "../core/time/instant.ts";
import { ZONE_RULES } from "../store/setting.ts";
import { LISTED_MAX, movedCount, movedIn, movedLines } from "./moved.ts";
import { raise } from "./raise.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

export function watchingZoneRules(world: WorkerWorld): Step {
  let looked = false;
  return async (now) => {
    if (looked) return false;
    await compare(world, now);
    looked = true;
    return false;
  };
}

async function compare(world: WorkerWorld, now: Instant): Promise<void> {
  const { store, handling, log } = world;
  const { zoneRules: to, zone } = handling.world.installation();
  const from = await store.settings.read(ZONE_RULES);
  if (to === undefined || from === to) return;
  if (typeof from === "string") {
    log.info({ from, to }, "other time zone data: everything is counted again");
    const { differences } = await store.rebuild({ check: true });
    const moved = differences.flatMap(movedIn);
    const recorded = await handling.handle({
      subject: "installation/current",
      at: now,
      by: "worker",
      command: {
        type: "RecordZoneRules",
        from,
        to,
        moved: moved.slice(0, LISTED_MAX),
        movedCount: moved.length,
      },
    });
    if (!recorded.ok) {
      log.error({ problems: problemCodes(recorded.problems) }, "not recorded");
      return;
    }
    await store.rebuild({ check: false });
    if (moved.length > 0) await raise(world, trouble(from, to, moved, zone), now);
  }
  await store.settings.write(ZONE_RULES, to, now);
}

function trouble(from: string, to: string, moved: readonly MovedByZone[], zone: string) {
  return {
    source: "worker",
    about: `zones:${to}`,
    title: `Another release of the time zone data moved ${movedCount(moved)}`,
    text: [
      `Counted with ${from} before, with ${to} from now on. Whom a date was told to must hear of it.`,
      ...movedLines(moved, zone),
    ].join("\n"),
  };
}
