/**
 * Wake: subjects whose instant has come are asked what time has changed.
 *
 * What time changed is decided by the subject and recorded by handle; this only
 * asks. A subject that cannot be asked is pushed on by an hour and reported, so
 * that it can neither stop the others nor be forgotten. Where the database is away, none
 * can be asked, and each is asked again as soon as its lease is over.
 */

import { foldSubject, parseSubject } from "../core/subject.ts";
import { HOUR_MS, type Instant, plus, SECOND_MS } from "../core/time/instant.ts";
import type { DueLease } from "../store/due.ts";
import { DatabaseUnavailable, isRetryable } from "../store/retry.ts";
import { raise } from "./raise.ts";
import { each, errorWords, problemCodes, type Step, type WorkerWorld } from "./world.ts";

const SUBJECTS_MAX = 200;
const AT_ONCE_MAX = 16;

export const waking =
  (world: WorkerWorld): Step =>
  async (now) => {
    const leases = await world.store.due.claim(now, SUBJECTS_MAX);
    await each(leases, AT_ONCE_MAX, (lease) => wake(world, lease, now));
    return leases.length === SUBJECTS_MAX;
  };

async function wake(world: WorkerWorld, lease: DueLease, now: Instant): Promise<void> {
  const { subject } = lease;
  const { store, handling, log } = world;
  try {
    const woken = await handling.handle({
      subject,
      at: now,
      by: "worker",
      command: { type: "Wake" },
    });
    if (!woken.ok && woken.problems.some(({ code }) => code === "busy" || code === "overloaded")) {
      await store.due.complete(lease, now, plus(now, SECOND_MS));
      return;
    }
    if (!woken.ok) return await pushOn(world, lease, now, problemCodes(woken.problems));
    // What was recorded has set its own instant: there is nothing to ask, which costs most where most is owed.
    if (!(await store.due.holds(lease, now))) return;
    const next = await nextWake(world, subject);
    // Whatever was recorded has set its own instant already, and the lease is over: nothing happens.
    const stuck = next !== undefined && next <= now;
    if (await store.due.complete(lease, now, stuck ? plus(now, HOUR_MS) : next))
      if (stuck) log.warn({ subject }, "woke, recorded nothing and is due still: again in an hour");
  } catch (error) {
    // The database is away, which says nothing of the subject: it is asked again after its lease.
    if (error instanceof DatabaseUnavailable || isRetryable(error)) throw error;
    log.error({ subject, ...errorWords(error) }, "a subject could not be woken");
    await pushOn(world, lease, now, "it failed");
  }
}

/** When the subject wakes next, by what the ledger holds now. */
async function nextWake({ handling }: WorkerWorld, subject: string): Promise<Instant | undefined> {
  const parsed = parseSubject(subject);
  if (!parsed) return undefined;
  const { ledger, policies, project } = handling.world;
  const folded = foldSubject(parsed, await ledger.read(subject));
  const pinned = folded.kind === "incident" && folded.state.state !== "none";
  const policy = await (pinned ? policies.byHash(folded.state.policy.hash) : policies.current());
  return project(folded, policy).wakeAt;
}

async function pushOn(
  world: WorkerWorld,
  lease: DueLease,
  now: Instant,
  why: string,
): Promise<void> {
  const { subject } = lease;
  await world.store.due.complete(lease, now, plus(now, HOUR_MS));
  await raise(
    world,
    {
      source: "worker",
      about: `wake:${subject}`,
      title: `The clocks of ${subject.replace("/", " ")} cannot be looked at`,
      text: `Looking at what is due in ${subject} was refused (${why}). It is tried again every hour. Its deadlines are not watched meanwhile: watch them by hand.`,
    },
    now,
  );
}
