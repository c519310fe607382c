/**
 * Desk: the subjects that one attempt at a command has open, and what it would
 * add to each. Thrown away after the attempt, whatever came of it.
 *
 * Each subject is read once; what is decided for it is folded in before the next
 * decision, so a command about two subjects sees what it has done so far.
 */

import type { Access } from "./core/access/access.ts";
import type { BareContext, Beside, PinnedPolicy } from "./core/context.ts";
import { afterErasure, type EraseEntry, eraseEntry } from "./core/erasure.ts";
import type { AnyEvent } from "./core/event.ts";
import { runningVersion } from "./core/publication/state.ts";
import { ok, type Result } from "./core/problem.ts";
import type { Recorded } from "./core/recorded.ts";
import {
  type Command,
  decideSubject,
  type Folded,
  foldOn,
  foldSubject,
  type Kind,
} from "./core/subject.ts";
import type { Envelope, Sighting, SubjectAppend, World } from "./handle.ts";

/** One open subject. */
export type Draft = {
  readonly subject: string;
  readonly kind: Kind;
  readonly id: string;
  /** How many entries it had when it was read. */
  readonly read: number;
  /** All entries, those to be added included. */
  entries: readonly Recorded<AnyEvent>[];
  added: readonly Recorded<AnyEvent>[];
  version: number;
  folded: Folded;
};

/** One decision: on which subject, with what beside it. */
export type Step = {
  readonly draft: Draft;
  readonly command: Command;
  readonly beside?: Beside;
};

/** Commands whose text is a document of its own, kept under its hash. */
const KEEPS_TEXT: ReadonlySet<string> = new Set(["PublishPolicy", "ProposePolicy", "ShareSection"]);

/** The documents that come with a command, to be read again by their hash. */
function textsToKeep(command: Command): readonly string[] {
  if (!KEEPS_TEXT.has(command.type)) return [];
  const { text, files = [] } = command as { text?: string; files?: readonly string[] };
  return [...(text === undefined ? [] : [text]), ...files];
}

export class Desk<P> {
  readonly seen: Sighting[] = [];
  readonly #drafts = new Map<string, Draft>();
  readonly #world: World<P>;
  /** Asked once: one attempt is decided by one policy and one team. */
  #current: Promise<PinnedPolicy | undefined> | undefined;
  #team: ReturnType<World<P>["team"]> | undefined;

  constructor(world: World<P>) {
    this.#world = world;
  }

  /** The subject as it stands, with what this attempt has decided so far. */
  async open(kind: Kind, id: string): Promise<Draft> {
    const subject = `${kind}/${id}`;
    const known = this.#drafts.get(subject);
    if (known) return known;
    const entries = await this.#world.ledger.read(subject);
    const version = entries.at(-1)?.version ?? 0;
    const folded = this.#world.folds?.take(subject, version) ?? foldSubject({ kind, id }, entries);
    const draft = { subject, kind, id, read: version, entries, added: [], version, folded };
    this.#drafts.set(subject, draft);
    return draft;
  }

  /** After an attempt that was recorded or added nothing: its states are true, and may be gone on from. */
  giveBack(): void {
    for (const { subject, version, folded } of this.#drafts.values())
      this.#world.folds?.give(subject, version, folded);
  }

  /**
   * A subject under an id drawn at random, which nobody has: it is not looked for, because
   * the append would find it, and a file of a hundred thousand rows makes as many.
   */
  create(kind: Kind, id: string): Draft {
    const subject = `${kind}/${id}`;
    const folded = foldSubject({ kind, id }, []);
    const draft = { subject, kind, id, read: 0, entries: [], added: [], version: 0, folded };
    this.#drafts.set(subject, draft);
    return draft;
  }

  /** Subjects of a kind that this attempt has open. */
  opened(kind: Kind): readonly Draft[] {
    return [...this.#drafts.values()].filter((draft) => draft.kind === kind);
  }

  /** Decides one step and folds in what it adds. */
  async decide(step: Step, { at, by }: Envelope): Promise<Result<void>> {
    const { draft, command, beside } = step;
    const decided =
      command.type === "EraseEntry"
        ? eraseEntry(draft.entries, command as EraseEntry)
        : decideSubject(draft.folded, command, await this.#context(draft, { at, by }, beside));
    if (!decided.ok) return decided;
    for (const text of textsToKeep(command)) await this.#world.keepDocument(text);
    this.#add(draft, decided.value, { at, by });
    return ok(undefined);
  }

  /** Subjects that something is added to, in the order they were opened. */
  changed(): readonly Draft[] {
    return [...this.#drafts.values()].filter(({ added }) => added.length > 0);
  }

  /** What is to be appended. */
  async parts(): Promise<readonly SubjectAppend<P>[]> {
    return Promise.all(
      this.changed().map(async (draft) => ({
        subject: draft.subject,
        version: draft.read,
        events: draft.added.map(({ event, id, at, by }) => ({ event, id, at, by })),
        projection: this.#world.project(draft.folded, await this.#policyOf(draft)),
      })),
    );
  }

  /** The place of the subject's last entry that is already in the ledger. */
  lastSeq(subject: string): number {
    return this.#drafts.get(subject)?.entries.at(-1)?.seq ?? 0;
  }

  #add(draft: Draft, events: readonly AnyEvent[], { at, by }: Pick<Envelope, "at" | "by">): void {
    if (events.length === 0) return;
    const { fresh } = this.#world;
    const added = events.map((event, i) => ({
      version: draft.version + 1 + i,
      id: fresh.entryId(at),
      at,
      // A clock that ran out is nobody's doing, whoever's command found it so.
      by: event.type === "ObligationMissed" ? "worker" : by,
      event,
    }));
    draft.entries = [...draft.entries, ...added];
    // What is erased must not come back in the views that follow from this append.
    for (const event of events) {
      if (event.type === "Erased") draft.entries = afterErasure(draft.entries, event);
    }
    draft.added = [...draft.added, ...added];
    draft.version += added.length;
    draft.folded = foldOn(draft.folded, added, draft.entries);
  }

  async #context(
    draft: Draft,
    { at, by }: Pick<Envelope, "at" | "by">,
    beside: Beside = {},
  ): Promise<BareContext> {
    const world = this.#world;
    const team = await (this.#team ??= world.team());
    const token = await this.#token(by);
    const behind = token?.madeBy;
    // Made by somebody for themselves, to write in their name; revoked, it is nobody's.
    const speaks = token?.revoked === false && token.scopes.includes("as-person");
    const person = team.find(({ id }) => id === (speaks ? behind : by));
    const policy = await this.#policyOf(draft);
    return {
      at,
      by,
      team,
      ...world.installation(),
      fresh: world.fresh.characters(48),
      beside,
      ...(person === undefined ? {} : { person }),
      ...(behind === undefined ? {} : { behind }),
      ...(policy === undefined ? {} : { policy }),
    };
  }

  async #token(by: string): Promise<Access["tokens"][string] | undefined> {
    if (!by.startsWith("token/")) return undefined;
    const { folded } = await this.open("access", "current");
    return (folded.state as Access).tokens[by];
  }

  /**
   * An incident keeps the version it was opened under; the policy itself goes by the one that it
   * says runs, which this attempt may have published; everything else by the current one.
   */
  async #policyOf({ folded }: Draft): Promise<PinnedPolicy | undefined> {
    const { policies } = this.#world;
    if (folded.kind === "policy") {
      const running = runningVersion(folded.state);
      return running && policies.of(running);
    }
    if (folded.kind !== "incident" || folded.state.state === "none")
      return (this.#current ??= policies.current());
    const { hash } = folded.state.policy;
    const pinned = await policies.byHash(hash);
    if (!pinned) throw new Error(`The policy ${hash} of ${folded.id} is missing.`);
    return pinned;
  }
}
