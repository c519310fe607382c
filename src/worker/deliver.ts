/**
 * Deliver: what the ledger asks to be sent, sent, and what became of it handed back
 * to the ledger.
 *
 *   claim -> journal `sending` -> send -> RecordDelivery
 *
 * Sends run beside the worker's other steps, a bounded number at a time, so that
 * somebody's slow server holds up nobody else. If the process dies between journal
 * and outcome, nobody knows whether the letter arrived: that is recorded, and it is
 * sent again under the same Message-ID.
 */

import type { RecordDelivery } from "../core/notice/notice.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Letter, type Requested, requested } from "../delivery/letter.ts";
import { type Sent, words } from "../delivery/sent.ts";
import type { OutboxLease } from "../store/outbox.ts";
import { nextAttemptAt, TRIED_MS_MAX } from "./backoff.ts";
import { each, errorWords, problemCodes, type Step, type WorkerWorld } from "./world.ts";

const AT_ONCE_MAX = 24;
const UNCERTAIN_MAX = 100;
const RECORD_TRIES = 5;
/** Pages to several people: who got theirs already. Lost at a restart; then they get it twice. */
const REACHED_MAX = 1_000;

export type Delivering = {
  readonly step: Step;
  /** Resolves when nothing is being sent. */
  readonly settled: () => Promise<void>;
};

/** `onFree` is called when there is room for more. */
export function delivering(world: WorkerWorld, onFree: () => void = () => {}): Delivering {
  const underWay = new Set<Promise<void>>();
  const reached = new Map<string, Set<string>>();

  const start = (lease: OutboxLease): void => {
    const sending = deliver(world, lease, reached)
      .catch((error: unknown) => {
        // Its lease runs out; then it is recorded as uncertain and sent again.
        world.log.error({ ...about(lease), ...errorWords(error) }, "an outcome was not recorded");
      })
      .finally(() => {
        underWay.delete(sending);
        if (underWay.size === AT_ONCE_MAX - 1 || underWay.size === 0) onFree();
      });
    underWay.add(sending);
  };

  return {
    async step(now) {
      await recordUncertain(world, now);
      const room = AT_ONCE_MAX - underWay.size;
      if (room <= 0) return false;
      const leases = await world.store.outbox.claim(now, room);
      if (leases.length === 0) return false;
      for (const lease of await world.store.outbox.sending(leases, world.now())) start(lease);
      // When it is full, the next one that ends asks for more.
      return leases.length === room && underWay.size < AT_ONCE_MAX;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const about = ({ subject, kind, attempt }: OutboxLease) => ({ subject, kind, attempt });

async function deliver(
  world: WorkerWorld,
  lease: OutboxLease,
  reached: Map<string, Set<string>>,
): Promise<void> {
  const { ledger } = world.handling.world;
  const { organisation } = await world.handling.installation();
  const sender = { mailbox: world.mail.mailbox, company: organisation };
  const entries = await ledger.read(lease.subject);
  const asked = requested(lease.subject, lease.id, entries, sender);
  if (!asked.ok) {
    const reason = words(asked.problems.map(({ message }) => message).join(" "));
    return record(world, lease, { is: "failed", reason });
  }
  const key = `${lease.subject} ${lease.id}`;
  const got = reached.get(key) ?? new Set();
  const sent = await sendAll(world, asked.value, got);
  const outcome = outcomeOf(sent, lease, asked.value, world.now());
  if (outcome.is === "deferred" && got.size > 0) remember(reached, key, got);
  else reached.delete(key);
  await record(world, lease, outcome);
}

function remember(reached: Map<string, Set<string>>, key: string, got: Set<string>): void {
  reached.set(key, got);
  const [oldest] = reached.keys();
  if (reached.size > REACHED_MAX && oldest !== undefined) reached.delete(oldest);
}

type Posted = { readonly letter: Letter; readonly sent: Sent };

/** Each letter at once: one slow mailbox must not keep the others asleep. */
async function sendAll(
  { mail, log }: WorkerWorld,
  { letters, stays }: Requested,
  got: Set<string>,
): Promise<readonly Posted[]> {
  const posted: Posted[] = [];
  await each(letters, letters.length, async (letter) => {
    if (got.has(letter.id)) return;
    const sent = await (stays ? mail.keep(letter) : mail.send(letter)).catch(
      (error: unknown): Sent => {
        log.error(errorWords(error), "a letter could not be handed over");
        return { is: "deferred", reason: "It could not be handed over on this machine." };
      },
    );
    if (sent.is === "delivered") got.add(letter.id);
    posted.push({ letter, sent });
  });
  return posted;
}

/** One outcome for all letters of a row: it is delivered when nobody is left to try. */
function outcomeOf(
  posted: readonly Posted[],
  lease: OutboxLease,
  { letters, requestedAt }: Requested,
  now: Instant,
): RecordDelivery["outcome"] {
  const of = (is: Sent["is"]) => posted.filter(({ sent }) => sent.is === is);
  const reason = words(
    posted.map(({ letter, sent }) => saying(letter, sent, letters.length > 1)).join("; "),
  );
  if (of("deferred").length > 0) {
    if (now - requestedAt >= TRIED_MS_MAX) return { is: "failed", reason: `given up: ${reason}` };
    const uncertain = posted.some(({ sent }) => sent.is === "deferred" && sent.uncertain);
    const deferred = { is: "deferred", reason, nextAt: nextAttemptAt(now, lease) } as const;
    return uncertain ? { ...deferred, uncertain } : deferred;
  }
  // All who could be reached were: at this attempt, or at one before it.
  const some = posted.length - of("failed").length > 0 || posted.length < letters.length;
  return some ? { is: "delivered", at: now, response: reason } : { is: "failed", reason };
}

const saying = ({ to }: Letter, sent: Sent, several: boolean): string => {
  const said = sent.is === "delivered" ? sent.response : sent.reason;
  return several ? `${to.address}: ${said}` : said;
};

async function recordUncertain(world: WorkerWorld, now: Instant): Promise<void> {
  const reason = "The program ended while it was being sent: it may have arrived.";
  const leases = await world.store.outbox.uncertain(now, UNCERTAIN_MAX);
  await each(leases, 8, (lease) =>
    record(world, lease, { is: "deferred", reason, nextAt: now, uncertain: true }),
  );
}

async function record(
  { handling, now, log }: WorkerWorld,
  lease: OutboxLease,
  outcome: RecordDelivery["outcome"],
): Promise<void> {
  const { subject, id: notice, attempt } = lease;
  const command: RecordDelivery = { type: "RecordDelivery", notice, attempt, outcome };
  for (let tries = 1; ; tries += 1) {
    const recorded = await handling.handle({ subject, at: now(), by: "worker", command });
    if (recorded.ok) return;
    const codes = problemCodes(recorded.problems);
    if (tries < RECORD_TRIES && /^(?:busy|overloaded)/.test(codes)) continue;
    log.error({ ...about(lease), problems: codes }, "what became of a letter was refused");
    return;
  }
}
