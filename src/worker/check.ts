/**
 * Check: once a day the ledger reads every stored byte of itself again.
 *
 * It runs beside the other steps, page by page. That it was whole is an entry; a
 * mismatch is an entry and a signal, because whoever can change the record must not
 * be the only one who knows.
 */

import { foldInstallation, type InstallationEvent } from "../core/installation/installation.ts";
import type { Recorded } from "../core/recorded.ts";
import { HOUR_MS, type Instant } from "../core/time/instant.ts";
import { raise } from "./raise.ts";
import { errorWords, problemCodes, type Step, type WorkerWorld } from "./world.ts";

export const CHECK_MS = 24 * HOUR_MS;
const INSTALLATION = "installation/current";

export type Checking = { readonly step: Step; readonly settled: () => Promise<void> };

export function checking(world: WorkerWorld): Checking {
  let nextAt: Instant | undefined;
  let running: Promise<void> | undefined;

  return {
    async step(now) {
      if (running) return false;
      nextAt ??= await dueAt(world, now);
      if (now < nextAt) return false;
      nextAt = (now + CHECK_MS) as Instant;
      running = check(world, now)
        .catch((error: unknown) => world.log.error(errorWords(error), "the check did not end"))
        .finally(() => {
          running = undefined;
        });
      return false;
    },
    settled: async () => running,
  };
}

/** A day after the last one that is on record; a new installation has its first a day later. */
async function dueAt({ handling }: WorkerWorld, now: Instant): Promise<Instant> {
  const entries = await handling.world.ledger.read(INSTALLATION);
  const state = foldInstallation(entries as readonly Recorded<InstallationEvent>[]);
  const last = state.broken?.at ?? state.checked?.at ?? state.setUpAt ?? now;
  return (last + CHECK_MS) as Instant;
}

async function check(world: WorkerWorld, now: Instant): Promise<void> {
  const { ok, size, problems, words } = await world.store.check(now);
  const [first] = problems;
  const says = words.slice(0, 20).join(" ").slice(0, 2_000);
  const broken = ok
    ? {}
    : { broken: { says, ...(first?.seq === undefined ? {} : { seq: first.seq }) } };
  const recorded = await world.handling.handle({
    subject: INSTALLATION,
    at: now,
    by: "worker",
    command: { type: "RecordCheck", size, ...broken },
  });
  if (!recorded.ok) world.log.error({ problems: problemCodes(recorded.problems) }, "not recorded");
  if (ok) return;
  const about = `${first?.code ?? "broken"}:${first?.seq ?? "whole"}`;
  await raise(world, { source: "ledger", about, title: TITLE, text: says }, now);
}

const TITLE = "The ledger does not hold: something in it was changed";
