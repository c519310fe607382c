/**
 * Attaching: the bytes of what is attached, put to the letters that are about to leave.
 *
 * Fetched once for a while, however many letters carry the same. How many letters with files
 * are under way at once is bounded by what they weigh: each is composed as a whole in memory,
 * a third larger. What does not fit now is given back unsent and taken again in a moment.
 */

import { ok, refuse, type Result } from "../core/problem.ts";
import { type Instant, plus, SECOND_MS } from "../core/time/instant.ts";
import { type Letter, type Requests, weightOf } from "../delivery/letter.ts";
import type { OutboxLease } from "../store/outbox.ts";
import type { WorkerWorld } from "./world.ts";

/** Of files in all letters under way. */
const CARRIED_BYTES_MAX = 32 * 1024 * 1024;
const KEPT_BYTES_MAX = 32 * 1024 * 1024;
const GIVEN_BACK_MS = SECOND_MS / 4;

export type Attach = (letters: readonly Letter[]) => Promise<Result<readonly Letter[]>>;

/** Letters with their files. Refuses with `file-missing`; throws where the bytes are damaged. */
export function attaching({ store }: Pick<WorkerWorld, "store">): Attach {
  const kept = new Map<string, Promise<Buffer | undefined>>();
  let keptBytes = 0;
  const contentOf = (sha256: string, bytes: number): Promise<Buffer | undefined> => {
    const before = kept.get(sha256);
    if (before) return before;
    if (keptBytes + bytes > KEPT_BYTES_MAX) {
      kept.clear();
      keptBytes = 0;
    }
    keptBytes += bytes;
    const reading = store.blobs.read(sha256).then((blob) => blob?.bytes);
    kept.set(sha256, reading);
    // What could not be read now may be read at the next attempt.
    reading.then(
      (found) => found ?? kept.delete(sha256),
      () => kept.delete(sha256),
    );
    return reading;
  };
  return async (letters) => {
    const filled: Letter[] = [];
    for (const letter of letters) {
      const files = [];
      for (const file of letter.files ?? []) {
        const content = await contentOf(file.sha256, file.bytes);
        if (content === undefined) {
          const message = `What is attached as ${file.name} is not there: nothing was sent. Write it again with the file.`;
          return refuse("file-missing", message);
        }
        files.push({ ...file, content });
      }
      filled.push(files.length === 0 ? letter : { ...letter, files });
    }
    return ok(filled);
  };
}

/** What letters under way carry, and how many more may leave. */
export function carrying({ store }: Pick<WorkerWorld, "store">) {
  let carried = 0;
  let heaviest = 0;
  const weights = new Map<string, number>();
  const keyOf = ({ subject, id, attempt }: OutboxLease): string => `${subject} ${id} ${attempt}`;
  return {
    /** How many to claim, where the last ones that were claimed carried files. */
    room: (count: number): number =>
      heaviest === 0
        ? count
        : Math.min(count, Math.max(Math.floor((CARRIED_BYTES_MAX - carried) / heaviest), 0)),

    /** Those of these that may leave now; the others are given back. One may always leave. */
    async admit(
      leases: readonly OutboxLease[],
      requests: ReadonlyMap<string, Requests>,
      now: Instant,
    ): Promise<readonly OutboxLease[]> {
      heaviest = 0;
      const admitted: OutboxLease[] = [];
      for (const lease of leases) {
        const weight = weightOf(requests.get(lease.subject) as Requests, lease.id);
        heaviest = Math.max(heaviest, weight);
        if (weight > 0 && carried > 0 && carried + weight > CARRIED_BYTES_MAX) {
          await store.outbox.release(lease, now, plus(now, GIVEN_BACK_MS));
          continue;
        }
        carried += weight;
        if (weight > 0) weights.set(keyOf(lease), weight);
        admitted.push(lease);
      }
      return admitted;
    },

    /** It has left, or will not. */
    done(lease: OutboxLease): void {
      carried -= weights.get(keyOf(lease)) ?? 0;
      weights.delete(keyOf(lease));
    },
  };
}
