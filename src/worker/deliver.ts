/**
 * Deliver: what the ledger asks to be sent, sent, and what became of it handed back
 * to the ledger.
 *
 *   claim -> journal `sending` -> send -> journal the answer -> RecordDelivery
 *
 * Sends run beside the worker's other steps, a bounded number at a time, so that
 * somebody's slow server holds up nobody else; outcomes are recorded in groups
 * (outcome.ts), and until then stand in the journal (journal.ts). If the process dies
 * between the two lines of the journal, nobody knows whether the letter arrived: that is
 * recorded, and it is sent again under the same Message-ID. If it dies after both, the
 * next one records what the journal says.
 */

import type { RecordDelivery } from "../core/notice/notice.ts";
import { type Instant, SECOND_MS } from "../core/time/instant.ts";
import {
  type Letter,
  type Requested,
  requested,
  type Requests,
  requestsIn,
  type Sender,
} from "../delivery/letter.ts";
import { type Sent, words } from "../delivery/sent.ts";
import type { OutboxLease } from "../store/outbox.ts";
import { type Attach, attaching, carrying } from "./attaching.ts";
import { nextAttemptAt, TRIED_MS_MAX } from "./backoff.ts";
import { type After, journalAfter, journalBefore, keyOf } from "./journal.ts";
import { type Recorder, recorder } from "./outcome.ts";
import { ownSecretOf } from "./own-secret.ts";
import { type Seal, sealing } from "./sealing.ts";
import { each, errorWords, type Step, type WorkerWorld } from "./world.ts";

/** Claimed at once; until they are journaled as being sent, a kill only delays them. */
const CLAIMED_MAX = 320;
/** On their way at once, those that stall included. */
const SENDING_MAX = 160;
/** Journaled as being sent and not yet begun: enough to keep every connection busy meanwhile. */
const AHEAD_MAX = 96;
/** Sent, and the answer not durable: these too are in doubt after a kill. */
const UNKEPT_MAX = 64;
/** Sent, kept in the journal, and being recorded. */
const UNRECORDED_MAX = 4_000;
const UNFINISHED_MAX = 500;
const UNFINISHED_EVERY_MS = SECOND_MS;
/** Pages to several people: who got theirs already. Lost at a restart; then they get it twice. */
const REACHED_MAX = 1_000;
/** Subjects whose requests are remembered. */
const REMEMBERED_MAX = 20;

export type Delivering = {
  readonly step: Step;
  /** False while enough is claimed: looking for more would find what waits, and leave it. */
  readonly hasRoom: () => boolean;
  /** Resolves when nothing is being sent. */
  readonly settled: () => Promise<void>;
};

/** What the letters of one claim are sent with. */
type Given = {
  readonly requests: ReadonlyMap<string, Requests>;
  readonly sender: Sender;
  readonly seal: Seal;
};

/** What one letter is sent with. */
type Sending = {
  readonly world: WorkerWorld;
  readonly recorder: Recorder;
  readonly journal: After;
  readonly reached: Map<string, Set<string>>;
  readonly attach: Attach;
  /** Called when its turn has come. */
  readonly onBegin: () => void;
  /** Called when it is known what became of it; recording that comes after. */
  readonly onSent: () => void;
};

/** `onFree` is called when there is room for more. */
export function delivering(world: WorkerWorld, onFree: () => void = () => {}): Delivering {
  const underWay = new Map<string, Promise<void>>();
  const reached = new Map<string, Set<string>>();
  const requestsOf = rememberedRequests(world);
  const attach = attaching(world);
  const load = carrying(world);
  let sending = 0;
  let ahead = 0;
  const outcomes = recorder(world, () => sending > 0);
  const journal = journalAfter(world);

  const send = (lease: OutboxLease, given: Given): void => {
    sending += 1;
    ahead += 1;
    const onBegin = once(() => {
      ahead -= 1;
      if (ahead <= AHEAD_MAX / 2) ready.go();
    });
    const onSent = once(() => {
      onBegin();
      sending -= 1;
      load.done(lease);
      if (sending === 0) outcomes.hurry();
    });
    const how = { world, recorder: outcomes, journal, reached, attach, onBegin, onSent };
    const one = deliver(lease, given, how)
      .catch((error: unknown) => {
        // Its lease runs out; then it is recorded as uncertain and sent again.
        world.log.error({ ...about(lease), ...errorWords(error) }, "an outcome was not recorded");
      })
      .finally(() => {
        onSent();
        underWay.delete(keyOf(lease));
        ready.go();
      });
    underWay.set(keyOf(lease), one);
  };
  const ready = journalBefore<Given>(world, {
    room: () =>
      Math.min(
        AHEAD_MAX - ahead,
        SENDING_MAX - sending,
        UNKEPT_MAX - journal.count(),
        UNRECORDED_MAX - underWay.size,
      ),
    send,
    lost: load.done,
    onGone: () => {
      if (hasRoom()) onFree();
    },
  });
  const hasRoom = (): boolean => ready.count() <= CLAIMED_MAX / 2;
  const unfinished = recordingUnfinished(world, outcomes, underWay);

  return {
    async step(now) {
      await unfinished(now);
      if (!hasRoom()) return false;
      const countMax = load.room(CLAIMED_MAX - ready.count());
      if (countMax <= 0) return false;
      const claimed = await world.store.outbox.claim(now, countMax);
      if (claimed.length === 0) return false;
      const { organisation } = await world.handling.installation();
      const { mailbox, bounces } = world.mail;
      const ownSecret = ownSecretOf(world);
      const sender = { mailbox, bounces, company: organisation, ownSecret };
      const requests = await requestsOf(claimed);
      const seal = await sealing(world, claimed, requests, organisation);
      const admitted = await load.admit(claimed, requests, world.now());
      ready.add(admitted, { requests, sender, seal });
      // When it is full, those that leave next ask for more.
      return claimed.length === countMax && hasRoom();
    },
    hasRoom,
    async settled() {
      // What is just being marked is in neither of the two, and leaves in a moment.
      do {
        ready.go();
        await ready.settled();
        await Promise.all(underWay.values());
      } while (underWay.size > 0 || ready.count() > 0);
    },
  };
}

/** The first call only. */
function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}

/** What the subjects of these leases ask for; of those seen last only what was added is read. */
function rememberedRequests({ handling }: WorkerWorld) {
  const known = new Map<string, Requests>();
  return async (leases: readonly OutboxLease[]): Promise<ReadonlyMap<string, Requests>> => {
    const now = new Map<string, Requests>();
    for (const subject of new Set(leases.map((lease) => lease.subject))) {
      const entries = await handling.world.ledger.read(subject);
      const requests = requestsIn(entries, known.get(subject));
      now.set(subject, requests);
      known.delete(subject);
      known.set(subject, requests);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED_MAX && oldest !== undefined) known.delete(oldest);
    }
    return now;
  };
}

const about = ({ subject, kind, attempt }: OutboxLease) => ({ subject, kind, attempt });

async function deliver(
  lease: OutboxLease,
  { requests, sender, seal }: Given,
  { world, recorder: outcomes, journal, reached, attach, onBegin, onSent }: Sending,
): Promise<void> {
  const known = requests.get(lease.subject) as Requests;
  const asked = requested(lease.subject, lease.id, known, sender);
  const sealed = asked.ok ? await seal(lease, asked.value.letters) : asked;
  const letters = sealed.ok ? await attach(sealed.value) : sealed;
  if (!asked.ok || !letters.ok) {
    const { problems } = (asked.ok ? letters : asked) as Extract<typeof asked, { ok: false }>;
    const reason = words(problems.map(({ message }) => message).join(" "));
    return outcomes.record(lease, { is: "failed", reason });
  }
  const leaving = { ...asked.value, letters: letters.value };
  const key = `${lease.subject} ${lease.id}`;
  const got = reached.get(key) ?? new Set();
  const sent = await sendAll(world, leaving, { got, onBegin });
  onSent();
  const outcome = outcomeOf(sent, lease, leaving, world.now());
  if (outcome.is === "deferred" && got.size > 0) remember(reached, key, got);
  else reached.delete(key);
  await journal.keep(lease, outcome);
  await outcomes.record(lease, outcome);
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
  { got, onBegin }: { readonly got: Set<string>; readonly onBegin: () => void },
): Promise<readonly Posted[]> {
  const posted: Posted[] = [];
  await each(letters, letters.length, async (letter) => {
    if (got.has(letter.id)) return;
    const sent = await (stays ? mail.keep(letter) : mail.send(letter, onBegin)).catch(
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
  if (!some) return { is: "failed", reason };
  const delivered = { is: "delivered", at: now, response: reason } as const;
  return posted.some(isAtServer) ? delivered : { ...delivered, kept: "file" };
}

const isAtServer = ({ sent }: Posted): boolean =>
  sent.is !== "delivered" || sent.kept === undefined;

const saying = ({ to, encrypted }: Letter, sent: Sent, several: boolean): string => {
  const by = encrypted === undefined ? "" : ` (encrypted to ${encrypted.fingerprint})`;
  const said = sent.is === "delivered" ? sent.response + by : sent.reason;
  return several ? `${to.address}: ${said}` : said;
};

/** What another one, or this one before it was killed, has sent and not recorded. */
function recordingUnfinished(
  { store }: WorkerWorld,
  outcomes: Recorder,
  underWay: ReadonlyMap<string, unknown>,
) {
  const reason = "The program ended while it was being sent: it may have arrived.";
  let lookedAt: Instant | undefined;
  return async (now: Instant): Promise<void> => {
    if (lookedAt !== undefined && Math.abs(now - lookedAt) < UNFINISHED_EVERY_MS) return;
    lookedAt = now;
    const found = await store.outbox.unfinished(now, UNFINISHED_MAX);
    const left = found.filter(({ lease }) => !underWay.has(keyOf(lease)));
    await each(left, UNFINISHED_MAX, ({ lease, outcome }) =>
      outcomes.record(lease, outcome ?? { is: "deferred", reason, nextAt: now, uncertain: true }),
    );
    if (found.length === UNFINISHED_MAX) lookedAt = undefined;
  };
}
