/**
 * Sending: approved to the last character, held for a moment, then one mail for each.
 *
 *   ApproveNotice   signs the hash of every letter; any edit voids it
 *   SendDraft       begins to hold: until then nothing has left, and HoldBack undoes it
 *   Wake            asks for the letters, a part at a time; each is an entry of its own. What reads
 *                   otherwise by then than was approved is stopped, and somebody is told
 *
 * Letters are made and read by `context.letters` (leaving.ts, telling.ts): the browser,
 * which asks only whether a button may be pressed, does without and leaves it to the
 * server.
 */

import type { Context } from "../../context.ts";
import { isUnaddressed } from "../../notice/audience.ts";
import type { DraftState } from "../../notice/draft.ts";
import { blocking } from "../../notice/draft.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import { type Instant, plus, SECOND_MS } from "../../time/instant.ts";
import { changed } from "./drafting.ts";
import { draftOf, type Incident } from "../state.ts";

type Override = { readonly code: string; readonly reason: string };

export type NoticeApproved = {
  readonly type: "NoticeApproved";
  readonly draft: string;
  /** SHA-256 over all letters and the policy's hash. */
  readonly hash: string;
  /** Why nobody else could read it, where its author approved it. */
  readonly alone?: string;
  readonly overrides?: readonly Override[];
};
export type NoticeHeld = {
  readonly type: "NoticeHeld";
  readonly draft: string;
  readonly hash: string;
  readonly until: Instant;
  /** Why it was not held as long as usual. */
  readonly reason?: string;
};
export type NoticeStopped = {
  readonly type: "NoticeStopped";
  readonly draft: string;
  /** Nobody held it back: by the end of its hold it read otherwise than was approved. */
  readonly differs?: true;
  /** How many of its letters had been asked for by then; absent where there was none. */
  readonly asked?: number;
};
/** Every letter of it has been asked for. */
export type NoticeLeft = {
  readonly type: "NoticeLeft";
  readonly draft: string;
  readonly recipients: number;
  /** Named, and no longer concerned when it left. */
  readonly skipped?: readonly string[];
};
export type SendingEvent = NoticeApproved | NoticeHeld | NoticeStopped | NoticeLeft;

export type ApproveNotice = {
  readonly type: "ApproveNotice";
  readonly draft: string;
  readonly hash: string;
  readonly alone?: string;
  readonly overrides?: readonly Override[];
};
export type SendDraft = {
  readonly type: "SendDraft";
  readonly draft: string;
  readonly hash: string;
  readonly holdSeconds?: number;
  readonly reason?: string;
};
export type HoldBack = { readonly type: "HoldBack"; readonly draft: string };

const A_PERSON_APPROVES =
  "A person approves: sign in with your own account, or use a token that you made in your own name (scope as-person).";

export const HOLD_MS = 60 * SECOND_MS;

/**
 * Approves what everybody will read, bound to its hash.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `notice-draft-changed`, `approver-missing`,
 * `approver-author`, `text-missing`, `text-too-long`, and with every check that blocks.
 */
export function approveNotice(
  incident: Incident,
  { draft: id, hash, alone, overrides = [] }: ApproveNotice,
  context: Context,
): Result<readonly NoticeApproved[]> {
  const held = waiting(incident, id, hash, context);
  if (!held.ok) return held;
  const { person } = context;
  if (!person) return refuse("approver-missing", A_PERSON_APPROVES);
  if (person.id === held.value.author && alone === undefined) {
    const message =
      "You wrote it: let somebody else approve it, or say why nobody else can read it.";
    return refuse("approver-author", message, "/alone");
  }
  const codes = overrides.map(({ code }) => code);
  const problems = [
    ...blocking(context.letters?.findings(incident, held.value, context) ?? [], codes).map(
      toProblem,
    ),
    ...overrides.map(({ reason }, index) =>
      textProblem(
        reason,
        NOTE_CHARACTERS_MAX,
        `/overrides/${index}/reason`,
        "Say why it may stand.",
      ),
    ),
    alone === undefined
      ? undefined
      : textProblem(alone, NOTE_CHARACTERS_MAX, "/alone", "Say why nobody else can read it."),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "NoticeApproved",
      draft: id,
      hash,
      ...(alone === undefined ? {} : { alone }),
      ...(overrides.length === 0 ? {} : { overrides }),
    },
  ]);
}

/**
 * Begins to hold what was approved; it leaves when that is over.
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `notice-draft-changed`, `notice-draft-unapproved`,
 * `author-other`, `hold-reason-missing`, and with every check that blocks by now.
 */
export function sendDraft(
  incident: Incident,
  { draft: id, hash, holdSeconds, reason }: SendDraft,
  context: Context,
): Result<readonly NoticeHeld[]> {
  const held = waiting(incident, id, hash, context);
  if (!held.ok) return held;
  const draft = held.value;
  if (isUnaddressed(draft.recipients)) {
    const message = "This is mailed to nobody: publish it, or hand it over, and record where.";
    return refuse("notice-not-mailed", message, "/draft");
  }
  if (draft.state !== "approved") {
    return refuse(
      "notice-draft-unapproved",
      "Nobody has approved this text yet: let it be read first.",
    );
  }
  // Another zone, another version of the policy: the words are others, though nobody edited any.
  if (draft.hash !== hash) {
    const message =
      "What was approved read otherwise: something around it has changed since. Let it be read and approved again.";
    return refuse("notice-draft-unapproved", message);
  }
  if (context.person?.id !== draft.author) {
    const message = `It carries the name of ${draft.from.name ?? draft.from.mail}: they send it, or you save it as yours.`;
    return refuse("author-other", message);
  }
  const usual = context.holdMs ?? HOLD_MS;
  const holdMs = holdSeconds === undefined ? usual : holdSeconds * SECOND_MS;
  if (holdMs < usual && (reason ?? "").trim() === "") {
    const message = `It is held for ${usual / SECOND_MS} seconds, so that a mistake can be undone: say why it cannot wait.`;
    return refuse("hold-reason-missing", message, "/reason");
  }
  const findings = context.letters?.findings(incident, draft, context) ?? [];
  const blocks = blocking(findings, draft.overridden ?? []);
  return refuseAll(blocks.map(toProblem), [
    {
      type: "NoticeHeld",
      draft: id,
      hash,
      until: plus(context.at, holdMs),
      ...(reason === undefined ? {} : { reason }),
    },
  ]);
}

/** Holds back what has not left. Refuses with `notice-draft-unknown`, `notice-draft-not-holding`. */
export function holdBack(
  incident: Incident,
  { draft: id }: HoldBack,
): Result<readonly NoticeStopped[]> {
  const draft = draftOf(incident, id);
  if (!draft) return refuse("notice-draft-unknown", `There is no draft ${id} here.`, "/draft");
  if (draft.state === "holding") {
    const asked = Object.values(incident.notices).filter((notice) => notice.draft === id).length;
    return ok([{ type: "NoticeStopped", draft: id, ...(asked === 0 ? {} : { asked }) }]);
  }
  const message = draft.state === "sent" ? "It has left." : "It is not about to leave.";
  return refuse("notice-draft-not-holding", message, "/draft");
}

/** Keeps how far a draft has come. */
export function keepSending(
  { drafts }: Incident,
  event: SendingEvent,
  { at, by }: Pick<Recorded<SendingEvent>, "at" | "by">,
): void {
  const draft = drafts[event.draft];
  if (!draft) return;
  switch (event.type) {
    case "NoticeApproved":
      Object.assign(draft, { state: "approved", hash: event.hash, approvedBy: by });
      draft.overridden = (event.overrides ?? []).map(({ code }) => code);
      if (event.alone !== undefined) draft.alone = true;
      return;
    case "NoticeHeld":
      Object.assign(draft, { state: "holding", holdUntil: event.until });
      return;
    case "NoticeStopped":
      delete draft.holdUntil;
      if (event.differs) changed(draft, at);
      else draft.state = "approved";
      return;
    case "NoticeLeft":
      Object.assign(draft, { state: "sent", sentAt: at });
      delete draft.holdUntil;
  }
}

/** A draft that has not left, as it was read. */
export function waiting(
  incident: Incident,
  id: string,
  hash: string,
  context: Context,
): Result<DraftState> {
  const draft = draftOf(incident, id);
  if (!draft) return refuse("notice-draft-unknown", `There is no draft ${id} here.`, "/draft");
  if (draft.state !== "draft" && draft.state !== "approved") {
    return refuse("notice-draft-leaving", `It is ${draft.state} already.`, "/draft");
  }
  const now = context.letters?.hash(incident, draft, context) ?? hash;
  if (now === hash) return ok(draft);
  const message = "It has changed since you read it: read it again, to the end.";
  return refuse("notice-draft-changed", message, "/hash");
}

const toProblem = ({ code, message, at }: Problem): Problem => ({
  code,
  message,
  ...(at === undefined ? {} : { at }),
});
