/**
 * Handle: the one place where core meets the world.
 *
 *   read the subject's entries -> fold -> decide -> append, or refuse
 *
 * HTTP, the worker, the intake and the CLI all come through here, so whatever is
 * true of one command (attributed, in order, in the ledger whole or not at all)
 * is true of every command. No other file appends. A command about two subjects
 * is decided on both and appended as one.
 *
 * Deciding is pure, so losing a race costs nothing: read again, decide again.
 */

import type { Regime } from "./core/law/regime.ts";
import type { FactRecord } from "./core/time/rule/world.ts";
import type { Context, Person, PinnedPolicy } from "./core/context.ts";
import type { AnyEvent } from "./core/event.ts";
import type { PublicBeside } from "./core/notice/check/public-words.ts";
import { ok, refuse, type Result } from "./core/problem.ts";
import type { DirectoryCustomer } from "./core/incident/outward/listed.ts";
import type { LintBeside } from "./core/policy/lint/beside.ts";
import type { Judged } from "./core/publication/document.ts";
import type { PublishedVersion } from "./core/publication/state.ts";
import type { Recorded } from "./core/recorded.ts";
import type { Command, Folded } from "./core/subject.ts";
import type { Topic } from "./core/subscription/subscription.ts";
import type { Instant } from "./core/time/instant.ts";
import { Desk, type Draft } from "./desk.ts";
import { stepsOf } from "./steps.ts";

export type Envelope = {
  /**
   * `incident/INC-7`; the kind alone where the command makes its subject; `entry/<id>`
   * where it is about one entry.
   */
  readonly subject: string;
  readonly at: Instant;
  /** As in Recorded. */
  readonly by: string;
  readonly command: Command;
  /** Refused as stale if the subject has moved on since. */
  readonly expectedVersion?: number;
  readonly idempotencyKey?: string;
};

/** What became of a command. */
export type Handled = {
  readonly subject: string;
  /** The version the subject now has. */
  readonly version: number;
  /** The place of its last entry in the ledger. */
  readonly seq: number;
  /** The subject that came to be with it, where that is another one. */
  readonly created?: string;
};

/** One subject's part in an append; `P` is what the store projects from its new state. */
export type SubjectAppend<P> = {
  readonly subject: string;
  /** The version that the decision was made on; 0 for none. */
  readonly version: number;
  readonly events: readonly {
    readonly event: AnyEvent;
    readonly id: string;
    readonly at: Instant;
    readonly by: string;
  }[];
  readonly projection: P;
};

/** One delivery of a signal, counted beside the record. */
export type Sighting = {
  readonly signal: string;
  readonly fingerprint: string;
  readonly count: number;
  readonly at: Instant;
  readonly firing: boolean | null;
  /** Where the signal is new: which one was current before, or null. */
  readonly was?: string | null;
};

/** What is written in the same transaction, or not at all; and who is told how far it is. */
export type Along = {
  /** Told after every command that was decided; what it waits for, the next one waits for. */
  readonly onDecided?: (count: number) => Promise<void> | undefined;
  /** Raw bodies that this append has understood, by their lease; of some nothing is kept beside it. */
  readonly raw?: readonly {
    readonly id: string;
    readonly attempts: number;
    readonly forget?: true;
  }[];
};

export type AppendOptions = Along & {
  readonly seen?: readonly Sighting[];
  readonly idempotency?: {
    readonly key: string;
    readonly by: string;
    readonly request: string;
    readonly answer: string;
    readonly at: Instant;
    readonly subject: string;
  };
};

/** What handle needs of a store. */
export interface Ledger<P> {
  /** The subject's entries, oldest first, private text put back, erased text as "[erased]". */
  readonly read: (subject: string) => Promise<readonly Recorded<AnyEvent>[]>;
  /**
   * All of it or nothing. An `Erased` event also removes the text it names. A conflict
   * names what has moved on: a subject, `seen/…`, `raw/…` or `idempotency/…`.
   */
  readonly append: (
    subjects: readonly SubjectAppend<P>[],
    options?: AppendOptions,
  ) => Promise<
    | { readonly outcome: "appended"; readonly seqs: readonly number[] }
    | { readonly outcome: "conflict"; readonly subject: string }
    | { readonly outcome: "overloaded" | "too-large" }
  >;
}

/** Everything outside that a command may need; nothing is reached for. */
export type World<P> = {
  readonly ledger: Ledger<P>;
  /** First answers to requests that came with a key. Refuses a key that was used otherwise. */
  readonly answers: {
    readonly find: (
      asked: { readonly key: string; readonly by: string; readonly request: string },
      at: Instant,
    ) => Promise<Result<string | undefined>>;
  };
  readonly policies: {
    readonly current: () => Promise<PinnedPolicy | undefined>;
    readonly byHash: (hash: string) => Promise<PinnedPolicy | undefined>;
    /** One whose document is kept; it need not be in the record yet. */
    readonly of: (published: Pick<PublishedVersion, "version" | "hash">) => Promise<PinnedPolicy>;
    readonly byVersion: (version: number) => Promise<PinnedPolicy | undefined>;
  };
  /** The hash of a draft of the policy as it stands. */
  readonly draftHash?: (name: string) => Promise<string | undefined>;
  /** How many have asked to be told of a new version of the policy, or of the status page. */
  readonly subscribers?: (topic: Topic) => Promise<number>;
  /**
   * Judges a text that is to be published, in a thread of its own; without it, core does. May
   * refuse with `reading-busy` and `reading-slow`.
   */
  readonly judge?: (text: string, beside: LintBeside) => Promise<Result<Judged>>;
  /** Keeps a document under the hash of its bytes. */
  readonly keepDocument: (text: string) => Promise<unknown>;
  /** Whether a document is kept under this hash, as entries write it. */
  readonly isKept?: (hash: string) => Promise<boolean>;
  readonly team: () => Promise<readonly Person[]>;
  readonly installation: () => {
    readonly zone: string;
    readonly url: string;
    readonly zoneRules?: string;
    readonly holdMs?: number;
    readonly ownPage?: NonNullable<Context["ownPage"]>;
  };
  /** What the organisation states to be, and the laws of this release. */
  readonly law?: () => {
    readonly told: FactRecord | undefined;
    readonly regimes: readonly Regime[];
    /** The releases of these data that are kept, oldest first. */
    readonly releases: readonly string[];
  };
  /** One more than the highest incident number. */
  readonly nextIncident: () => Promise<number>;
  /** Customers whose name, or the first word of it, stands in a text. */
  readonly customersIn?: (
    text: string,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Every customer who is one, as lists may name them. */
  readonly directory?: () => Promise<readonly DirectoryCustomer[]>;
  /** Titles of incidents, and who sent a signal, where they stand in a text. */
  readonly insideIn?: (text: string) => Promise<Pick<PublicBeside, "internal" | "reporters">>;
  /** The reference of the signal that was last new under this fingerprint. */
  readonly currentSignal: (fingerprint: string) => Promise<string | undefined>;
  /** The subject that an entry belongs to, by the entry's id. */
  readonly subjectOfEntry: (entry: string) => Promise<string | undefined>;
  readonly fresh: {
    /** A UUIDv7. */
    readonly entryId: (at: Instant) => string;
    /** Random characters of the alphabet of references. */
    readonly characters: (count: number) => string;
  };
  /** States of subjects, kept between two commands for whoever asks first; see server/folds.ts. */
  readonly folds?: {
    /** Undefined where none is kept of this version. It is the caller's from then on. */
    readonly take: (subject: string, version: number) => Folded | undefined;
    readonly give: (subject: string, version: number, folded: Folded) => void;
  };
  /** What follows from a subject's new state: read tables, wake instant, outbox. */
  readonly project: (folded: Folded, policy: PinnedPolicy | undefined) => P;
};

const ATTEMPTS_MAX = 5;

/**
 * Decides and records one command.
 * Refuses as its rules do, and with `busy`, `overloaded`, `stale`, `subject-unknown`,
 * `entry-too-large`, `raw-overtaken`, and what `answers.find` refuses with.
 */
export async function handle<P>(
  envelope: Envelope,
  world: World<P>,
  along: Along = {},
): Promise<Result<Handled>> {
  const handled = await handleTogether([envelope], world, along);
  return handled.ok ? ok(handled.value[0] as Handled) : handled;
}

/**
 * Decides several commands in order, each on what the ones before left, and records all
 * of them or none. The idempotency key is the first one's. Refuses as handle does.
 */
export async function handleTogether<P>(
  envelopes: readonly Envelope[],
  world: World<P>,
  along: Along = {},
): Promise<Result<readonly Handled[]>> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const before = await answeredBefore(envelopes[0], world);
    if (!before.ok) return before;
    if (before.value) return ok([before.value]);
    const handled = await attemptOnce(envelopes, world, along);
    if (handled !== "again") return handled;
  }
  return refuse("busy", "Others are changing this right now: nothing was recorded, try again.");
}

async function attemptOnce<P>(
  envelopes: readonly Envelope[],
  world: World<P>,
  along: Along,
): Promise<Result<readonly Handled[]> | "again"> {
  const desk = new Desk(world);
  const mains: { readonly main: Draft; readonly created: Draft | undefined }[] = [];
  for (const envelope of envelopes) {
    const steps = await stepsOf(envelope, desk, world);
    if (!steps.ok) return steps;
    for (const step of steps.value) {
      const decided = await desk.decide(step, envelope);
      if (!decided.ok) return decided;
    }
    const [first, ...others] = steps.value.map(({ draft }) => draft);
    mains.push({ main: first as Draft, created: others.find((draft) => draft.read === 0) });
    await along.onDecided?.(mains.length);
  }
  const answers = mains.map(({ main, created }) => ({
    subject: main.subject,
    version: main.version,
    ...(created === undefined ? {} : { created: created.subject }),
  }));
  const options = optionsOf(envelopes[0], answers[0], desk, along);
  const parts = await desk.parts();
  if (parts.length === 0 && Object.keys(options).length === 0) {
    desk.giveBack();
    return ok(withSeqs(answers, desk, []));
  }
  const outcome = await world.ledger.append(parts, options);
  switch (outcome.outcome) {
    case "appended":
      desk.giveBack();
      return ok(withSeqs(answers, desk, outcome.seqs));
    case "overloaded":
      return refuse(
        "overloaded",
        "More is waiting to be written than can be kept up with: nothing was recorded, try again in a few seconds.",
      );
    case "too-large":
      return refuse(
        "entry-too-large",
        "This is more than one entry of the record can hold (64 KB): nothing was recorded. Say it shorter, or in several parts.",
      );
    case "conflict":
      return outcome.subject.startsWith("raw/")
        ? refuse("raw-overtaken", "Somebody else has read this body meanwhile.")
        : "again";
  }
}

type Answer = Omit<Handled, "seq">;

function optionsOf<P>(
  envelope: Envelope | undefined,
  answer: Answer | undefined,
  desk: Desk<P>,
  along: Along,
): AppendOptions {
  const { seen } = desk;
  const asked = envelope && keyed(envelope);
  return {
    ...(along.raw === undefined ? {} : { raw: along.raw }),
    ...(seen.length === 0 ? {} : { seen }),
    ...(asked && answer
      ? {
          idempotency: {
            ...asked,
            answer: JSON.stringify(answer),
            at: envelope.at,
            subject: answer.subject,
          },
        }
      : {}),
  };
}

/** The answer that a request with the same key got before. */
async function answeredBefore<P>(
  envelope: Envelope | undefined,
  { answers, ledger }: World<P>,
): Promise<Result<Handled | undefined>> {
  const asked = envelope && keyed(envelope);
  if (!asked) return ok(undefined);
  const found = await answers.find(asked, envelope.at);
  if (!found.ok) return found;
  if (found.value === undefined) return ok(undefined);
  const answer = JSON.parse(found.value) as Answer;
  const entries = await ledger.read(answer.subject);
  const entry = entries.find(({ version }) => version === answer.version);
  return ok({ ...answer, seq: entry?.seq ?? 0 });
}

function keyed({ idempotencyKey: key, by, subject, command }: Envelope) {
  return key === undefined ? undefined : { key, by, request: JSON.stringify({ subject, command }) };
}

/** The ledger gives places in the order of the events, subject after subject. */
function withSeqs<P>(
  answers: readonly Answer[],
  desk: Desk<P>,
  seqs: readonly number[],
): readonly Handled[] {
  const lasts = new Map<string, number>();
  let next = 0;
  for (const draft of desk.changed()) {
    next += draft.added.length;
    lasts.set(draft.subject, seqs[next - 1] ?? 0);
  }
  return answers.map((answer) => ({
    ...answer,
    seq: lasts.get(answer.subject) ?? desk.lastSeq(answer.subject),
  }));
}
