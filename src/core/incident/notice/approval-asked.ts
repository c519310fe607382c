/**
 * Approval, asked: somebody else is to read every letter of a draft and approve it, and is
 * told by mail that it waits, what changed since it was last asked for, and by when.
 *
 * Bound to the hash like the approval itself: the same text is asked of the same person once.
 * The mail says nothing of what the letters say, nor to whom they go.
 */

import type { Context, Person } from "../../context.ts";
import type { DraftState } from "../../notice/draft.ts";
import { isUnaddressed } from "../../notice/audience.ts";
import type { PageRequested } from "../../notice/notice.ts";
import { refuse, refuseAll, type Problem, type Result } from "../../problem.ts";
import { listed } from "../../text.ts";
import { bySoonest } from "../../policy/obligations.ts";
import { formatBoth, formatShortDate, formatTime } from "../../time/format.ts";
import type { Instant } from "../../time/instant.ts";
import { incidentObligations, incidentOwing } from "../owed/obligation.ts";
import { waiting } from "./sending.ts";
import type { Incident } from "../state.ts";
import { metByDraft } from "./telling.ts";

export type ApprovalAsked = {
  readonly type: "ApprovalAsked";
  readonly draft: string;
  readonly hash: string;
  /** Accounts. */
  readonly of: readonly string[];
};

export type AskApproval = {
  readonly type: "AskApproval";
  readonly draft: string;
  readonly hash: string;
  readonly of: readonly string[];
};

/**
 * Refuses with `notice-draft-unknown`, `notice-draft-leaving`, `notice-draft-changed`,
 * `notice-draft-approved`, `recipients-missing`, `person-unknown`, `approver-author`,
 * `approver-reader`, `approval-asked`.
 */
export function askApproval(
  incident: Incident,
  { draft: id, hash, of }: AskApproval,
  context: Context,
): Result<readonly (ApprovalAsked | PageRequested)[]> {
  const held = waiting(incident, id, hash, context);
  if (!held.ok) return held;
  const draft = held.value;
  if (draft.state === "approved") {
    return refuse("notice-draft-approved", "It is approved already: it can be sent.", "/draft");
  }
  if (draft.recipients.length === 0) {
    return refuse("recipients-missing", "Name whom it is for first.", "/draft");
  }
  const before = draft.asked?.hash === hash ? draft.asked.of : [];
  const problems = of.flatMap((account, index) => {
    const problem = problemWith(account, draft, context.team);
    return problem ? [{ ...problem, at: `/of/${index}` }] : [];
  });
  const asked = context.team.filter(({ id: one }) => of.includes(one) && !before.includes(one));
  if (problems.length === 0 && asked.length === 0) {
    return refuse("approval-asked", "They were asked for this very text already.", "/of");
  }
  const accounts = asked.map(({ id: one }) => one);
  return refuseAll(problems, [
    { type: "ApprovalAsked", draft: id, hash, of: accounts },
    approvalPage(incident, draft, { hash, asked }, context),
  ]);
}

function problemWith(
  account: string,
  { author, from }: DraftState,
  team: readonly Person[],
): Problem | undefined {
  const person = team.find(({ id }) => id === account);
  if (!person) return { code: "person-unknown", message: "Name one of the team's accounts." };
  if (person.id === author) {
    const message = `${from.name ?? person.name} wrote it: ask somebody else to read it.`;
    return { code: "approver-author", message };
  }
  if (person.role !== "reader") return undefined;
  return {
    code: "approver-reader",
    message: `${person.name} can only read, and approves nothing.`,
  };
}

function approvalPage(
  incident: Incident,
  draft: DraftState,
  { hash, asked }: { readonly hash: string; readonly asked: readonly Person[] },
  { policy, team, by, behind, at, zone, url }: Context,
): PageRequested {
  const { mark } = incidentOwing(incident, policy, url);
  const met = bySoonest(metByDraft(draft, incidentObligations(incident, policy)));
  const dueAt = met.find((one) => one.dueAt !== undefined && one.stoppedAt === undefined)?.dueAt;
  const count = draft.recipients.length;
  const mails = isUnaddressed(draft.recipients)
    ? "a text"
    : count === 1
      ? "1 mail"
      : `${count} mails`;
  const subject = `${mark}Approve ${mails}${beforeWords(dueAt, at, zone)}`;
  const asker = team.find(({ id }) => id === by || id === behind)?.name ?? "Somebody of the team";
  const names = new Map((policy.policy.elements ?? []).map(({ id, name }) => [id, name]));
  const parts = [
    `${subject}.`,
    `${asker} asks you to read ${count === 1 ? "it" : "them"} and to approve.${dueAt === undefined ? "" : ` What ${count === 1 ? "it meets" : "they meet"} is due ${formatBoth(dueAt, zone)}.`}`,
    changeWords(draft, names),
    `Read every letter to its end there. Any edit makes another hash, and is asked for again; this is\n${hash}`,
    `${url}/app/incidents/${incident.reference}/notices/${draft.id}`,
  ];
  return {
    type: "PageRequested",
    page: `approve:${draft.id}:${hash.slice(0, 16)}:${asked.map(({ id }) => id).join(":")}`,
    rung: "approve",
    obligation: draft.id,
    to: asked.map(({ name, mail }) => ({ name, mail })),
    subject,
    body: `${parts.join("\n\n")}\n`,
  };
}

function beforeWords(dueAt: Instant | undefined, at: Instant, zone: string): string {
  if (dueAt === undefined) return "";
  const when = `${formatShortDate(dueAt, zone)}, ${formatTime(dueAt, zone)}`;
  return at < dueAt ? ` before ${when}` : ` now: due since ${when}`;
}

/** What is another than when it was last asked for, by the names of its parts alone. */
function changeWords(
  { content, recipients, asked }: DraftState,
  names: ReadonlyMap<string, string>,
): string {
  if (!asked) return "WHAT CHANGED\nIt is asked for the first time: all of it is new to you.";
  const was = asked.content;
  const slots = new Map(was.slots.map((slot) => [slot.element, JSON.stringify(slot)]));
  const now = new Set(content.slots.map(({ element }) => element));
  // What a person called an element may say what it is about.
  const named = (element: string): string => {
    const name = names.get(element);
    return name === undefined ? "an element of our own, or of a law" : `"${name}"`;
  };
  const changed = [
    ...(was.kind === content.kind ? [] : ["the kind of notice"]),
    ...(was.subject === content.subject ? [] : ["the subject line"]),
    ...(was.opening === content.opening ? [] : ["the opening"]),
    ...content.slots
      .filter((slot) => slots.get(slot.element) !== JSON.stringify(slot))
      .map(({ element }) => named(element)),
    ...was.slots
      .filter(({ element }) => !now.has(element))
      .map(({ element }) => `${named(element)}, left out`),
    ...(JSON.stringify(was.steps) === JSON.stringify(content.steps)
      ? []
      : ["what is asked of them"]),
    ...(was.nextWordAt === content.nextWordAt ? [] : ["when the next word comes"]),
    ...(was.signature === content.signature ? [] : ["the signature"]),
    ...(asked.recipients === recipients ? [] : ["whom it is for, or their words"]),
  ];
  const known = [...new Set(changed)];
  return `WHAT CHANGED since it was last asked for\n${known.length === 0 ? "The files, the policy or our own sentences." : `${listed(known)}.`}`;
}
