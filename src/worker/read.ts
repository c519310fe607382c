/**
 * Read: bodies that were kept become signals.
 *
 * A body is understood in the same append as what it caused, or not at all: a kill
 * in between repeats it and changes nothing. What is new or over goes through
 * handle; bodies that only repeat are counted, hundreds in one transaction. A body
 * that cannot be read, or that the policy has no place for, is put aside with the
 * reason and shown; it is never dropped.
 */

import { setImmediate as breathe } from "node:timers/promises";
import { ok, type Problem, refuse, type Result } from "../core/problem.ts";
import type { RecordSignal } from "../core/signal/record.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Envelope, handleTogether } from "../handle.ts";
import type { IncomingSignal } from "../intake/signal.ts";
import { SOURCES } from "../intake/sources.ts";
import { type RawLease, TAKE_BYTES_MAX } from "../store/raw.ts";
import type { Sighting } from "../store/seen.ts";
import { MAIL, readMails } from "./bounce.ts";
import { batchWorld } from "./batch-world.ts";
import { type Current, currentSignals } from "./current.ts";
import { type Episodes, episodes } from "./episodes.ts";
import type { Way } from "./give-way.ts";
import { MAILBOX } from "./mailbox.ts";
import { channelFor } from "./raise.ts";
import { errorWords, problemCodes, type Step, type WorkerLog, type WorkerWorld } from "./world.ts";

const BODIES_MAX = 500;
/** So long this reads on end: what comes in meanwhile is made durable in between. */
const TURN_MS = 1;
/** Of one append: each decision looks through what was decided before it. */
const ENVELOPES_MAX = 1_000;

/** A body and what it says. */
type Heard = { readonly lease: RawLease; readonly signals: readonly IncomingSignal[] };

/** A body and what is to be recorded of it. */
type Understood = {
  readonly lease: RawLease;
  readonly envelopes: readonly Envelope[];
  /** Fingerprints whose early ends are counted with it. */
  readonly counted: readonly string[];
};

/** What was sorted out of one round. */
type Sorted = {
  readonly repeats: { readonly lease: RawLease; readonly sightings: readonly Sighting[] }[];
  readonly news: Understood[];
  readonly broken: { readonly lease: RawLease; readonly problem: Problem }[];
};

/** What a message makes of its signal: true says that it is over, undefined only that it came. */
type Word = boolean | undefined;

export function reading(world: WorkerWorld, way: Way): Step {
  const soFar = episodes(world.now());
  // One after another: what one has heard and not yet recorded, another would record as well.
  let before: Promise<unknown> = Promise.resolve();
  return async (now) => {
    // Looked at again in a moment: nobody says when a storm is over.
    if (way.isGiven()) return true;
    const round = before.then(() => readOnce(world, soFar, now));
    before = round.catch(() => {});
    const isMore = await round;
    if (!isMore) way.caughtUp();
    return isMore;
  };
}

async function readOnce(world: WorkerWorld, soFar: Episodes, now: Instant): Promise<boolean> {
  const policy = await world.handling.world.policies.current();
  // Until there is a policy nothing can be decided: bodies wait, they are durable.
  if (policy === undefined) return false;
  const leases = await world.store.raw.take(now, BODIES_MAX);
  if (leases.length === 0) return false;
  const bytes = leases.reduce((sum, { body }) => sum + body.length, 0);
  const isMail = ({ source }: RawLease): boolean => source === MAIL || source === MAILBOX;
  const isMore = await readMails(world, leases.filter(isMail), now);
  await world.handling.installation();
  const heard = await hear(
    world,
    leases.filter((lease) => !isMail(lease)),
  );
  const fingerprints = heard.flatMap(({ signals }) => signals.map((one) => one.fingerprint));
  const current = await currentSignals(world.store, fingerprints);
  const known = { now, channel: channelFor(policy), current, soFar, log: world.log };
  const { repeats, news, broken } = sort(heard, known);
  for (const { lease, problem } of broken) await putAside(world, lease, problem);
  if (repeats.length > 0) await count(world, repeats);
  for (const chunk of chunks(news)) await record(world, chunk, soFar);
  return isMore || leases.length === BODIES_MAX || bytes >= TAKE_BYTES_MAX;
}

async function hear(world: WorkerWorld, leases: readonly RawLease[]): Promise<readonly Heard[]> {
  const { log, monotonicMs = () => performance.now() } = world;
  const heard: Heard[] = [];
  let turnAt = monotonicMs();
  for (const lease of leases) {
    if (monotonicMs() - turnAt >= TURN_MS) {
      await breathe();
      turnAt = monotonicMs();
    }
    const signals = trying(lease, log, () => signalsIn(lease));
    if (signals.ok) heard.push({ lease, signals: signals.value });
    else await putAside(world, lease, signals.problems[0]);
  }
  return heard;
}

function signalsIn({
  source: name,
  body,
  headers,
  receivedAt,
}: RawLease): Result<readonly IncomingSignal[]> {
  const source = SOURCES.find((one) => one.name === name);
  if (!source?.toSignals)
    return refuse("body-unreadable", `Nothing here reads what ${name} sends.`);
  return source.toSignals(body, headers, receivedAt);
}

/** A mistake in reading one body costs that one, and no other. */
function trying<T>({ source }: RawLease, log: WorkerLog, act: () => Result<T>): Result<T> {
  try {
    return act();
  } catch (error) {
    log.error({ source, ...errorWords(error) }, "a body could not be read");
    return refuse("body-unreadable", "Reading it failed: that is a mistake of this program.");
  }
}

type Known = {
  readonly now: Instant;
  readonly channel: string | undefined;
  readonly current: ReadonlyMap<string, Current>;
  readonly soFar: Episodes;
  readonly log: WorkerLog;
};

/** Body after body: what only repeats, and what is news. */
function sort(heard: readonly Heard[], { now, channel, current, soFar, log }: Known): Sorted {
  const sorted: Sorted = { repeats: [], news: [], broken: [] };
  // Of these there is news in this round, so what the database says of them is over.
  const news = new Set<string>();
  for (const { lease, signals } of heard) {
    const exists = (fingerprint: string) => current.has(fingerprint) || news.has(fingerprint);
    const said = signals.map((signal) => ({
      signal,
      words: wordsOf(signal, lease, soFar, exists),
    }));
    const sightings = said.flatMap(({ signal: { fingerprint }, words }) => {
      const known = news.has(fingerprint) ? undefined : current.get(fingerprint);
      return words.map((word) => known && repeatOf(known, fingerprint, lease, word));
    });
    const repeated = sightings.filter((sighting) => sighting !== undefined);
    if (repeated.length === sightings.length) {
      sorted.repeats.push({ lease, sightings: repeated });
      continue;
    }
    const at = Math.max(now, lease.receivedAt) as Instant;
    const spoken = said.filter(({ words }) => words.length > 0);
    const envelopes = trying(lease, log, () =>
      ok(spoken.flatMap(({ signal, words }) => envelopesOf(signal, lease, at, channel, words))),
    );
    if (!envelopes.ok) {
      sorted.broken.push({ lease, problem: envelopes.problems[0] });
      continue;
    }
    for (const { signal } of spoken) news.add(signal.fingerprint);
    sorted.news.push({
      lease,
      envelopes: envelopes.value,
      counted: spoken.flatMap(({ signal, words }) =>
        words.length > 1 ? [signal.fingerprint] : [],
      ),
    });
  }
  return sorted;
}

/** What this message is to its signal, by all that was said before; nothing where it is stale. */
function wordsOf(
  signal: IncomingSignal,
  { id, receivedAt }: RawLease,
  soFar: Episodes,
  exists: (fingerprint: string) => boolean,
): readonly Word[] {
  const { fingerprint } = signal;
  if (soFar.isCounted(fingerprint, id)) return [];
  const standing = soFar.hear(signal, receivedAt, exists(fingerprint));
  const saysOver = signal.episodes.every(({ endedAt }) => endedAt !== undefined);
  const early = (word: Word): readonly Word[] =>
    Array.from({ length: exists(fingerprint) ? 0 : soFar.early(fingerprint) }, () => word);
  // What said early that an earlier time was over has come, and says nothing of this one.
  if (standing === "firing" && !saysOver) return [false, ...early(undefined)];
  if (exists(fingerprint)) return [standing === "over" ? true : undefined];
  if (standing === "firing") return [];
  if (saysOver) soFar.holdEarly(fingerprint, id);
  // A late beginning: it is recorded, and that it is over as often as that was said.
  const over = saysOver ? [] : early(true);
  return over.length === 0 ? [] : [false, ...over];
}

/** Undefined where it says something else than what is known. */
function repeatOf(
  { signal, firing }: Current,
  fingerprint: string,
  { receivedAt: at }: RawLease,
  word: Word,
): Sighting | undefined {
  if (word === undefined) return { signal, fingerprint, count: 1, at, firing: null };
  return firing === !word ? { signal, fingerprint, count: 1, at, firing } : undefined;
}

/** One for each word, described once. */
function envelopesOf(
  { fingerprint, describe }: IncomingSignal,
  { id, source, receivedAt }: RawLease,
  at: Instant,
  channel: string | undefined,
  words: readonly Word[],
): readonly Envelope[] {
  const description = describe();
  return words.map((word) => {
    const command: RecordSignal = {
      type: "RecordSignal",
      source,
      fingerprint,
      receivedAt,
      ...description,
      raw: id,
      ...(channel === undefined ? {} : { channel }),
      ...(word === undefined ? {} : { stopped: word }),
    };
    return { subject: "signal", at, by: `intake/${source}`, command };
  });
}

async function count({ store }: WorkerWorld, repeats: Sorted["repeats"]): Promise<void> {
  const sightings = repeats.flatMap((repeat) => repeat.sightings);
  const leases = repeats.map(({ lease }) => lease);
  if (await store.raw.repeated(leases, sightings)) return;
  // One lease was lost to somebody else, so each is counted by itself.
  for (const { lease, sightings: own } of repeats) await store.raw.repeated([lease], own);
}

/** As many bodies at once as make one append of a bounded size. */
function* chunks(news: readonly Understood[]): Generator<readonly Understood[]> {
  let chunk: Understood[] = [];
  let size = 0;
  for (const one of news) {
    if (chunk.length > 0 && size + one.envelopes.length > ENVELOPES_MAX) {
      yield chunk;
      [chunk, size] = [[], 0];
    }
    chunk.push(one);
    size += one.envelopes.length;
  }
  if (chunk.length > 0) yield chunk;
}

async function record(
  world: WorkerWorld,
  chunk: readonly Understood[],
  soFar: Episodes,
): Promise<void> {
  const envelopes = chunk.flatMap((one) => one.envelopes);
  const raw = chunk.map(({ lease: { id, attempts } }) => ({ id, attempts }));
  const fingerprints = envelopes.flatMap(({ command }) =>
    command.type === "RecordSignal" ? (command.fingerprint ?? []) : [],
  );
  const batch = batchWorld(world.handling.world, world.store.seen, fingerprints);
  const recorded = await handleTogether(envelopes, batch, { raw });
  if (recorded.ok) {
    for (const { counted } of chunk)
      for (const fingerprint of counted) soFar.countEarly(fingerprint);
    return;
  }
  const codes = problemCodes(recorded.problems);
  // One body must not keep the others from being understood.
  if (chunk.length > 1) for (const one of chunk) await record(world, [one], soFar);
  else if (/^(?:busy|overloaded|raw-overtaken)/.test(codes))
    world.log.warn({ problems: codes }, "a body will be read again when its lease is over");
  else if (chunk[0]) await putAside(world, chunk[0].lease, recorded.problems[0]);
}

async function putAside(
  { store, log }: WorkerWorld,
  lease: RawLease,
  problem: Problem,
): Promise<void> {
  log.warn({ source: lease.source, raw: lease.id, problem: problem.code }, "a body is unreadable");
  await store.raw.unreadable(lease, problem);
}
