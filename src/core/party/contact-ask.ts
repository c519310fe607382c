/**
 * Contact, asked: once a year somebody of ours asks a contact whether they still are one, by a
 * letter in their own name that they have looked at; and what the contact says.
 *
 *   AskContact     a person sends the letter; nothing leaves without one
 *   AnswerContact  from the page whose address stands in it: yes, or what would be right
 *
 * A yes verifies the contact on that day. A correction is a proposal: it changes nothing by
 * itself, because whoever holds a mailbox could otherwise name another one; somebody of the
 * team calls, and changes it. Opening the page answers nothing: programs open links too.
 */

import type { BareContext } from "../context.ts";
import { authorProblem } from "../notice/author.ts";
import {
  keepNotice,
  noticeId,
  type NoticeEvent,
  type NoticeState,
  type RecordDelivery,
  recordDelivery,
} from "../notice/notice.ts";
import type { Held } from "../notice/ladder.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { NOTE_CHARACTERS_MAX, tooLong } from "../text.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import { localDate } from "../time/wall-time.ts";
import { contactProblems, type Contacts, type ContactVerified } from "./contact.ts";
import { contactLetter } from "./contact-letter.ts";

/** What a contact says would be right. */
export type Correction = {
  readonly name?: string;
  readonly mail?: string;
  readonly phone?: string;
  readonly note?: string;
};
export type ContactAnswered = Correction & {
  readonly type: "ContactAnswered";
  readonly contact: string;
  readonly answer: "yes" | "correct";
};
export type AskEvent = ContactAnswered | NoticeEvent;

const ASK_EVENTS: readonly string[] = [
  "ContactAnswered",
  "NoticeRequested",
  "PageRequested",
  "Delivered",
  "DeliveryDeferred",
  "DeliveryFailed",
  "DeliveryReported",
] satisfies readonly AskEvent["type"][];
export const isAskEvent = (event: { readonly type: string }): event is AskEvent =>
  ASK_EVENTS.includes(event.type);

export type AskContact = { readonly type: "AskContact"; readonly contact: string };
export type AnswerContact = Correction & {
  readonly type: "AnswerContact";
  readonly contact: string;
  readonly answer: "yes" | "correct";
};
export type AskCommand = AskContact | AnswerContact | RecordDelivery;

/** The last time a contact was asked, and what they said. */
export type AskState = {
  readonly notice: string;
  /** SHA-256 of the secret in the address of their page. */
  readonly digest: string;
  readonly at: Instant;
  /** Where the letter went. */
  readonly mail: string;
  answer?: "yes" | "correct";
  answeredAt?: Instant;
  correction?: Correction;
  /** How often they have answered this letter. */
  answers?: number;
};

/** The part of a customer's state that is about being asked. */
export type Asked = {
  asks: Record<string, AskState>;
  notices: Record<string, NoticeState>;
  moments: Record<string, Instant>;
};

export const noAsks = (): Asked => ({ asks: {}, notices: {}, moments: {} });

/** So long a second letter is a mistake. */
const AGAIN_MS = 7 * DAY_MS;
/** Of one letter: each is an entry, and each correction wakes somebody. */
const ANSWERS_MAX = 10;

type Whose = Contacts &
  Asked & { readonly id: string; readonly name: string; held: Record<string, Held> };

/**
 * Refuses with `contact-unknown`, `contact-encrypted`, `contact-asked`, `contact-not-asked`,
 * `author-missing`, `author-unattended`, `author-role-address`, `own-page-missing`,
 * `text-missing`, `text-too-long`, `mail-invalid`, `too-many`, and as recordDelivery does.
 */
export function decideAsk(
  party: Whose,
  command: AskCommand,
  context: BareContext,
): Result<readonly (AskEvent | ContactVerified)[]> {
  switch (command.type) {
    case "AskContact":
      return ask(party, command, context);
    case "AnswerContact":
      return answer(party, command, context);
    case "RecordDelivery":
      return recordDelivery(party, command, {
        to: context.team,
        link: linkTo(party, context),
        mark: "",
      });
  }
}

const linkTo = ({ id }: Whose, { url }: BareContext): string => `${url}/app/parties/${id}`;

function ask(
  party: Whose,
  { contact: id }: AskContact,
  context: BareContext,
): Result<readonly NoticeEvent[]> {
  const contact = party.contacts.find((one) => one.id === id);
  if (!contact) return refuse("contact-unknown", `There is no contact ${id} here.`, "/contact");
  const { person, policy, url, at } = context;
  const noAuthor = authorProblem(person);
  if (noAuthor || !person) return refuseAll(noAuthor ? [noAuthor] : [], []);
  if (contact.encrypt) {
    const message = `Mail to ${contact.name} leaves encrypted, and this letter cannot: call them, then mark them as verified.`;
    return refuse("contact-encrypted", message, "/contact");
  }
  const before = party.asks[id];
  const isOut =
    before !== undefined &&
    before.answer === undefined &&
    before.mail === contact.mail &&
    party.notices[before.notice]?.state !== "failed" &&
    at - before.at < AGAIN_MS;
  if (isOut) {
    const message = `${contact.name} was asked less than a week ago: call them, or wait.`;
    return refuse("contact-asked", message, "/contact");
  }
  const notice = noticeId(party.notices, context.fresh);
  const recipient = `contact:${id}`;
  const digest = context.ownPage?.(`party/${party.id}`, recipient, notice);
  if (digest === undefined) {
    const message =
      "Their page needs the key that signs the record, and it is not here: put it back from a backup (see due doctor), or call them.";
    return refuse("own-page-missing", message);
  }
  const from = { name: person.name, mail: person.mail };
  const organisation = policy?.policy.organisation ?? "us";
  const letter = { contact, customer: party.name, from, phone: person.phone, organisation, url };
  return ok([
    {
      type: "NoticeRequested",
      notice,
      kind: "contact-check",
      automatic: false,
      author: person.id,
      recipient,
      meets: [],
      to: { name: contact.name, mail: contact.mail },
      from,
      replyTo: from,
      ...contactLetter(letter),
      ownPage: { digest, madeWith: notice },
    },
  ]);
}

function answer(
  party: Whose,
  { type: _, contact: id, answer: says, ...given }: AnswerContact,
  context: BareContext,
): Result<readonly (AskEvent | ContactVerified)[]> {
  const contact = party.contacts.find((one) => one.id === id);
  const asked = party.asks[id];
  if (!contact || !asked) {
    return refuse("contact-not-asked", "Nobody asked this contact, or they are none any more.");
  }
  const tooOften = (asked.answers ?? 0) >= ANSWERS_MAX;
  const note = given.note?.trim() === "" ? {} : { note: given.note };
  const correction = Object.fromEntries(
    Object.entries({ name: given.name, mail: given.mail, phone: given.phone, ...note }).filter(
      ([field, value]) =>
        value !== undefined && value.trim() !== (contact[field as "name"] ?? "").trim(),
    ),
  ) as Correction;
  if (says === "yes") {
    // Twice on one day, by a double click, is one answer.
    const verifiedOn = localDate(context.at, context.zone);
    if (asked.answer === "yes" && contact.verifiedOn === verifiedOn) return ok([]);
    // The letter asked about the address that it went to, and about no later one.
    if (asked.mail !== contact.mail) {
      return refuse("contact-not-asked", "The address was changed since: it is asked about anew.");
    }
    if (tooOften) return ENOUGH;
    return ok([
      { type: "ContactAnswered", contact: id, answer: "yes" },
      { type: "ContactVerified", contact: id, verifiedOn },
    ]);
  }
  const problems = [
    ...contactProblems(correction),
    tooLong(correction.note, NOTE_CHARACTERS_MAX, "/note"),
    Object.keys(correction).length === 0
      ? { code: "text-missing", message: "Say what would be right.", at: "/note" }
      : undefined,
  ].filter((problem): problem is Problem => problem !== undefined);
  if (problems.length === 0 && isSame(correction, asked.correction)) return ok([]);
  if (problems.length === 0 && tooOften) return ENOUGH;
  const author = party.notices[asked.notice]?.author;
  return refuseAll(problems, [
    { type: "ContactAnswered", contact: id, answer: "correct", ...correction },
    corrected(party, { contact: id, author }, context),
  ]);
}

const ENOUGH = refuse(
  "too-many",
  "You have answered often by now: answer the letter itself, a person reads that.",
);

const CORRECTED = ["name", "mail", "phone", "note"] as const;
const isSame = (one: Correction, other: Correction | undefined): boolean =>
  other !== undefined && CORRECTED.every((field) => one[field] === other[field]);

/** Wakes whoever asked, and who can act, without a name: what is proposed stands on the page. */
function corrected(
  party: Whose,
  { contact, author }: { readonly contact: string; readonly author: string | undefined },
  context: BareContext,
): NoticeEvent {
  const to = context.team.filter(({ id }) => id === author);
  const woken = to.length > 0 ? to : context.team.filter(({ role }) => role === "owner");
  const subject = "A contact has sent a correction";
  return {
    type: "PageRequested",
    page: `correction:${contact}:${context.at}`,
    rung: "contact",
    obligation: `contact:${contact}`,
    to: woken.map(({ name, mail }) => ({ name, mail })),
    subject,
    body: `${subject}. Nothing is changed by it: call them at a number that you know, then change it yourself.\n\n${linkTo(party, context)}\n`,
  };
}

/** Keeps who was asked, what became of the letter, and what they said. */
export function keepAsk(party: Whose, recorded: Recorded<AskEvent>): void {
  const { event, at } = recorded;
  if (event.type !== "ContactAnswered") {
    keepNotice(party, { ...recorded, event });
    if (event.type !== "NoticeRequested" || event.ownPage === undefined) return;
    const { notice, recipient, to, ownPage } = event;
    const contact = recipient.slice("contact:".length);
    party.asks[contact] = { notice, digest: ownPage.digest, at, mail: to.mail };
    return;
  }
  const asked = party.asks[event.contact];
  if (!asked) return;
  const { type: _, contact: __, answer: says, ...correction } = event;
  delete asked.correction;
  Object.assign(asked, { answer: says, answeredAt: at, answers: (asked.answers ?? 0) + 1 });
  if (says === "correct") asked.correction = correction;
}
