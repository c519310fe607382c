/**
 * Journal: what is written of a letter before it leaves, and at once when it is known what
 * became of it.
 *
 *   claimed -> ready -> `sending` is durable -> on its way -> the answer is durable
 *
 * An append about a large incident costs as much as hundreds of letters, so outcomes become
 * entries in large groups (outcome.ts) and wait for that. A row beside does not have to: it is
 * written with whatever else became known during the last write. So a kill leaves in doubt
 * only letters that were on their way, and a few that were just about to be.
 */

import type { RecordDelivery } from "../core/notice/notice.ts";
import type { Answered, OutboxLease } from "../store/outbox.ts";
import { errorWords, type WorkerWorld } from "./world.ts";

/** Marked as being sent in one statement. Many more, and a kill puts more in doubt. */
const BEFORE_MAX = 48;

type Ready<Given> = { readonly lease: OutboxLease; readonly given: Given };

export type Before<Given> = {
  readonly add: (leases: readonly OutboxLease[], given: Given) => void;
  /** How many are claimed and not yet marked. */
  readonly count: () => number;
  /** Marks the next ones, where there is room, and has them sent. */
  readonly go: () => void;
  /** Resolves when nothing is being marked. */
  readonly settled: () => Promise<void>;
};

/**
 * `room` says how many may be marked now, `send` is called for each that was, `lost` for each
 * whose lease ran out first, and `onGone` when some are no longer here.
 */
export function journalBefore<Given>(
  { store, now, log }: Pick<WorkerWorld, "store" | "now" | "log">,
  to: {
    readonly room: () => number;
    readonly send: (lease: OutboxLease, given: Given) => void;
    readonly lost: (lease: OutboxLease) => void;
    readonly onGone: () => void;
  },
): Before<Given> {
  const ready: Ready<Given>[] = [];
  let isMarking = false;
  let marking: Promise<void> | undefined;

  const mark = async (): Promise<void> => {
    isMarking = true;
    for (let room = to.room(); room > 0 && ready.length > 0; room = to.room()) {
      const some = ready.splice(0, Math.min(room, BEFORE_MAX));
      const leases = some.map(({ lease }) => lease);
      const marked = await store.outbox.sending(leases, now()).catch((error: unknown) => {
        // Whatever was marked is in doubt when its lease is over; the rest is claimed again.
        log.error(errorWords(error), "letters could not be marked as being sent");
        return [];
      });
      const ids = new Set(marked.map(keyOf));
      for (const { lease, given } of some)
        if (ids.has(keyOf(lease))) to.send(lease, given);
        else to.lost(lease);
      to.onGone();
    }
    // In the same turn as the last look: whoever makes room after it must not be told to wait.
    isMarking = false;
  };
  const go = (): void => {
    if (!isMarking) marking = mark();
  };

  return {
    add(leases, given) {
      for (const lease of leases) ready.push({ lease, given });
      go();
    },
    count: () => ready.length,
    go,
    settled: async () => marking,
  };
}

export const keyOf = ({ subject, id, attempt }: OutboxLease): string =>
  `${subject} ${id} ${attempt}`;

export type After = {
  /** Resolves when the answer is durable, or cannot be: then a kill would leave it in doubt. */
  readonly keep: (lease: OutboxLease, outcome: RecordDelivery["outcome"]) => Promise<void>;
  /** How many answers are not durable yet. */
  readonly count: () => number;
};

export function journalAfter({
  store,
  now,
  log,
}: Pick<WorkerWorld, "store" | "now" | "log">): After {
  let waiting: (Answered & { readonly done: () => void })[] = [];
  let writing = 0;
  let isWriting = false;

  const write = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      // What became known in the same moment is one write.
      await new Promise((resolve) => setImmediate(resolve));
      const some = waiting;
      waiting = [];
      writing = some.length;
      await store.outbox.answered(some, now()).catch((error: unknown) => {
        log.error(errorWords(error), "answers could not be kept beside the record");
      });
      writing = 0;
      for (const { done } of some) done();
    }
    isWriting = false;
  };
  return {
    keep: (lease, outcome) =>
      new Promise((done) => {
        waiting.push({ lease, outcome, done });
        if (!isWriting) void write();
      }),
    count: () => waiting.length + writing,
  };
}
