/**
 * Proposal: two people publish a version. One proposes these exact bytes, another one
 * who may approves them by their hash; what is edited afterwards is another text, and
 * the approval is not for it.
 *
 * Where the team has one person who may approve, that person publishes alone, says why,
 * and the reason stays in the record. The first version of all needs nobody: there is
 * nothing yet that could be changed behind somebody's back.
 */

import type { BareContext, Person } from "../context.ts";
import { authorProblem } from "../notice/author.ts";
import { ok, refuse, refuseAll, type Result } from "../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem, tooLong } from "../text.ts";
import { parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { dayStart } from "../time/zone.ts";
import { type Document, type Files, judge, type Judged, readForPublishing } from "./document.ts";
import type { Proposal, Publication, PublishedVersion } from "./state.ts";

export type PolicyPublished = {
  readonly type: "PolicyPublished";
  /** 1, 2, …: ours; the document's own version is the label. */
  readonly version: number;
  readonly label: string;
  /** SHA-256 of the document's bytes in hex, under which the store keeps it. */
  readonly hash: string;
  readonly bytes: number;
  readonly changes?: string;
  /** `YYYY-MM-DD`. */
  readonly effective: string;
  /** The policy's own id. */
  readonly id: string;
  readonly proposedBy?: string;
  readonly alone?: string;
  readonly runsFrom?: Instant;
  readonly tell?: { readonly author: string };
};

export type PolicyProposed = { readonly type: "PolicyProposed" } & Omit<Proposal, "at" | "by">;

export type ProposalWithdrawn = {
  readonly type: "ProposalWithdrawn";
  readonly hash: string;
  readonly reason: string;
};

export type PublishPolicy = {
  readonly type: "PublishPolicy";
  readonly text: string;
  /** The files of its sections that are not for everybody, each whole. */
  readonly files?: readonly string[];
  /** Why nobody else approves it. */
  readonly alone?: string;
  /** Whether subscribers are told. */
  readonly tell?: "yes" | "no";
};

export type ProposePolicy = {
  readonly type: "ProposePolicy";
  readonly text: string;
  readonly files?: readonly string[];
  /** The draft that this is: an edit of it takes the proposal back. */
  readonly draft?: string;
};

export type ApprovePolicy = {
  readonly type: "ApprovePolicy";
  readonly hash: string;
  readonly alone?: string;
  readonly tell?: "yes" | "no";
};

export type WithdrawProposal = { readonly type: "WithdrawProposal"; readonly reason: string };

/**
 * Publishes in one step: the first version, or a later one by the only person who may.
 * Refuses as judge and readForPublishing do, and with `approval-needed`, `alone-unsaid`, `tell-unsaid`,
 * `text-too-long` and what is wrong with the author of a letter to subscribers.
 */
export function publish(
  publication: Publication,
  { text, files, alone, tell }: PublishPolicy,
  context: BareContext,
): Result<readonly PolicyPublished[]> {
  const judged = judgedOf(text, context);
  const read = readForPublishing(judged, publication.versions, filesOf(files, context));
  if (!read.ok) return read;
  const isFirst = publication.versions.length === 0;
  if (!isFirst) {
    const may = mayAlone(alone, context, actorOf(context));
    if (!may.ok) return may;
  }
  const told = telling(tell, context);
  if (!told.ok) return told;
  const reason = isFirst || alone === undefined ? {} : { alone };
  return ok([toPublished(publication, read.value, context.at, { ...reason, ...told.value })]);
}

/**
 * Proposes a version; an earlier proposal is over with that.
 * Refuses as judge and readForPublishing do, and with `proposal-same`, `draft-moved`.
 */
export function propose(
  { versions, proposal }: Publication,
  { text, files, draft }: ProposePolicy,
  context: BareContext,
): Result<readonly PolicyProposed[]> {
  const read = readForPublishing(judgedOf(text, context), versions, filesOf(files, context));
  if (!read.ok) return read;
  const document = read.value;
  if (proposal?.hash === document.hash && proposal.draft === draft) {
    return refuse("proposal-same", "This is what is proposed already: it waits for approval.");
  }
  if (draft !== undefined && context.beside?.draftHash !== document.hash) {
    const message = `The draft ${draft} is not this text any more: propose what it says now.`;
    return refuse("draft-moved", message, "/draft");
  }
  const proposer = actorOf(context);
  const named = draft === undefined ? {} : { draft };
  return ok([{ type: "PolicyProposed", ...document, ...named, proposer }]);
}

/**
 * Publishes what is proposed. Refuses with `proposal-missing`, `proposal-moved`, `proposal-void`,
 * `approver-unnamed`, `approval-own`, `alone-unsaid`, `text-too-long`, `tell-unsaid` and what is
 * wrong with the author of a letter to subscribers.
 */
export function approve(
  publication: Publication,
  { hash, alone, tell }: ApprovePolicy,
  context: BareContext,
): Result<readonly PolicyPublished[]> {
  const { proposal } = publication;
  if (!proposal) return refuse("proposal-missing", "Nothing is proposed: propose a text first.");
  if (proposal.hash !== hash) {
    const message = `What is proposed now is another text (${proposal.hash.slice(0, 12)}): look at it, then approve that.`;
    return refuse("proposal-moved", message, "/hash");
  }
  if (isVoid(proposal, context.beside?.draftHash)) {
    const message = `The draft ${proposal.draft} was edited after it was proposed, which takes the proposal back: propose it again.`;
    return refuse("proposal-void", message);
  }
  const approver = actorOf(context);
  const may = mayApprove(proposal, approver, alone, context);
  if (!may.ok) return may;
  const told = telling(tell, context);
  if (!told.ok) return told;
  const own = approver === proposal.proposer && alone !== undefined ? { alone } : {};
  const more = { proposedBy: proposal.proposer, ...own, ...told.value };
  return ok([toPublished(publication, proposal, context.at, more)]);
}

/** Refuses with `proposal-missing`, `text-missing`, `text-too-long`. */
export function withdraw(
  { proposal }: Publication,
  { reason }: WithdrawProposal,
): Result<readonly ProposalWithdrawn[]> {
  if (!proposal) return refuse("proposal-missing", "Nothing is proposed that could be taken back.");
  const ask = "Say why it is taken back.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [
    { type: "ProposalWithdrawn", hash: proposal.hash, reason },
  ]);
}

/** As the server has judged it in a thread of its own, or here where there is none. */
const judgedOf = (text: string, { at, zone, beside }: BareContext): Result<Judged> =>
  beside?.judged ?? judge(text, { now: at, zone });

const filesOf = (given: readonly string[] = [], { beside }: BareContext): Files => ({
  given,
  kept: beside?.kept ?? new Set(),
});

/** Whether the draft that was proposed says something else by now. */
export const isVoid = ({ draft, hash }: Proposal, draftHash: string | undefined): boolean =>
  draft !== undefined && draftHash !== undefined && draftHash !== hash;

/** Whoever acts: behind a token the person who made it. */
const actorOf = ({ by, person, beside }: BareContext): string => person?.id ?? beside?.behind ?? by;

/** Who may approve a version. */
export const approversIn = (team: readonly Person[]): readonly Person[] =>
  team.filter(({ role }) => role === "owner");

function mayApprove(
  { proposer }: Proposal,
  approver: string,
  alone: string | undefined,
  context: BareContext,
): Result<void> {
  if (!context.team.some(({ id }) => id === approver)) {
    const message =
      "An approval has a person behind it: sign in, or use a token that you made yourself.";
    return refuse("approver-unnamed", message);
  }
  if (approver !== proposer) return ok(undefined);
  const others = othersThan(approver, context);
  if (others.length === 0) return mayAlone(alone, context, approver);
  const message = `You proposed this: ${others.map(({ name }) => name).join(" or ")} can approve it.`;
  return refuse("approval-own", message);
}

const othersThan = (actor: string, { team }: BareContext): readonly Person[] =>
  approversIn(team).filter(({ id }) => id !== actor);

/** With nobody else who could approve, and a reason for the record. */
function mayAlone(alone: string | undefined, context: BareContext, actor: string): Result<void> {
  // The host's own token stands for the one owner, where there is one: who has the host has it all.
  const others = approversIn(context.team).length <= 1 ? [] : othersThan(actor, context);
  if (others.length > 0) {
    const message = `${others.map(({ name }) => name).join(" or ")} can approve a new version: propose it, and it is published when one of them does.`;
    return refuse("approval-needed", message);
  }
  const ask =
    "Nobody else here may approve it: say under `alone` why it goes out without a second look. The reason is kept.";
  if (alone === undefined || alone.trim() === "") return refuse("alone-unsaid", ask, "/alone");
  const long = tooLong(alone, NOTE_CHARACTERS_MAX, "/alone");
  return refuseAll(long ? [long] : [], undefined);
}

/** Who writes to the subscribers, where they are told. It must have been said whether they are. */
function telling(
  tell: "yes" | "no" | undefined,
  context: BareContext,
): Result<Pick<PolicyPublished, "tell">> {
  const count = context.beside?.subscribers ?? 0;
  if (count === 0) return ok({});
  const few = count === 1 ? "1 subscriber" : `${count} subscribers`;
  if (tell === undefined) {
    const message = `There ${count === 1 ? "is" : "are"} ${few} to this policy: say whether they are told (tell: yes or no).`;
    return refuse("tell-unsaid", message, "/tell");
  }
  if (tell === "no") return ok({});
  const author = context.team.find(({ id }) => id === actorOf(context));
  const problem = authorProblem(author);
  return problem || !author
    ? refuseAll([problem ?? NOBODY], {})
    : ok({ tell: { author: author.id } });
}

const NOBODY = { code: "author-missing", message: "Nobody would write to the subscribers." };

function toPublished(
  { versions }: Publication,
  { label, hash, bytes, changes, effective, id, zone }: Document,
  at: Instant,
  more: Pick<PublishedVersion, "proposedBy" | "alone" | "tell">,
): PolicyPublished {
  const runsFrom = versions.length === 0 ? undefined : laterStart(effective, zone, at);
  return {
    type: "PolicyPublished",
    version: versions.length + 1,
    label,
    hash,
    bytes,
    effective,
    id,
    ...(changes === undefined ? {} : { changes }),
    ...more,
    ...(runsFrom === undefined ? {} : { runsFrom }),
  };
}

/** The beginning of its first day, where that is still to come. */
function laterStart(effective: string, zone: string, now: Instant): Instant | undefined {
  const day = parseDay(effective);
  const start = day === undefined ? undefined : dayStart(day, zone);
  return start !== undefined && start > now ? start : undefined;
}
