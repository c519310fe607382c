/**
 * Checkpoint: the ledger's head is signed soon after it grew, and at the end.
 *
 * Soon enough that little can be rewritten unseen, seldom enough that signing costs
 * nothing: a minute after the first new entry, or at once after a thousand. If the
 * store refuses to sign, history is not what was signed before: that is raised.
 */

import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import { raise } from "./raise.ts";
import type { Step, WorkerWorld } from "./world.ts";

export const CHECKPOINT_MS_MAX = MINUTE_MS;
export const CHECKPOINT_ENTRIES_MAX = 1_000;

export type Checkpointing = {
  readonly step: Step;
  /** Signs what is there, whenever the last one was. */
  readonly sign: (now: Instant) => Promise<void>;
};

export function checkpointing(world: WorkerWorld): Checkpointing {
  const { checkpoints, ledger } = world.store;
  let signed: number | undefined;
  /** When entries were first seen that no checkpoint covers. */
  let grownAt: Instant | undefined;

  const sign = async (now: Instant): Promise<void> => {
    const answer = await checkpoints.sign(now);
    grownAt = undefined;
    if (answer.ok) signed = answer.value.size;
    else {
      // It is said once for each kind, and tried again with the next entries.
      signed = (await ledger.head()).size;
      const [{ code, message }] = answer.problems;
      await raise(world, { source: "ledger", about: code, title: TITLE, text: message }, now);
    }
  };

  return {
    sign,
    async step(now) {
      signed ??= (await checkpoints.last())?.size ?? 0;
      const { size } = await ledger.head();
      if (size === signed) return false;
      grownAt ??= now;
      // A clock that went back must not put the next checkpoint off.
      const waited = Math.abs(now - grownAt);
      if (waited >= CHECKPOINT_MS_MAX || size - signed >= CHECKPOINT_ENTRIES_MAX) await sign(now);
      return false;
    },
  };
}

const TITLE = "The ledger cannot be signed";
