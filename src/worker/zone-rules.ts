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
import { formatInstant } from "../core/time/format.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import { ZONE_RULES } from "../store/setting.ts";
import type { Difference } from "../store/rebuild.ts";
import { raise } from "./raise.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

/** As many are listed in the entry; the sum is of all. */
const LISTED_MAX = 100;

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

const movedIn = ({ table, subject, id, is, fields }: Difference): readonly MovedByZone[] => {
  const due = fields?.["dueAt"];
  if (table !== "view_obligation" || is !== "different" || due === undefined) return [];
  const at = (value: unknown) => (typeof value === "number" ? (value as Instant) : null);
  return [{ subject, obligation: id, wasDueAt: at(due.stored), dueAt: at(due.made) }];
};

function trouble(from: string, to: string, moved: readonly MovedByZone[], zone: string) {
  const at = (instant: Instant | null): string =>
    instant === null ? "no instant" : `${formatInstant(instant, zone)} (${toIso(instant)})`;
  const lines = moved
    .slice(0, LISTED_MAX)
    .map(
      ({ subject, obligation, wasDueAt, dueAt }) =>
        `${subject.split("/")[1]} ${obligation}: was due ${at(wasDueAt)}, is due ${at(dueAt)}.`,
    );
  const count = `${moved.length} ${moved.length === 1 ? "deadline" : "deadlines"}`;
  return {
    source: "worker",
    about: `zones:${to}`,
    title: `Another release of the time zone data moved ${count}`,
    text: [
      `Counted with ${from} before, with ${to} from now on. Whom a date was told to must hear of it.`,
      ...lines,
    ].join("\n"),
  };
}
