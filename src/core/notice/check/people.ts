/**
 * People: who it is from, where answers go, and whom it reaches.
 */

import { parseDay } from "../../time/day.ts";
import { isUnattended } from "../../mailbox.ts";
import { isUnaddressed } from "../audience.ts";
import { authorProblem } from "../author.ts";
import type { DraftRecipient } from "../draft.ts";
import { type Checked, type NoticeFinding, allPieces } from "./finding.ts";

/** A header ends where a line does, and some characters turn the reading direction. */
const BREAKS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const ONE_ADDRESS = /^[^\s@,;<>"()[\]\\]+@[^\s@,;<>"()[\]\\]+\.[^\s@,;<>"()[\]\\]+$/;

/** Codes: as `authorProblem`, `reply-unattended`, `reply-invalid`, `header-broken`. */
export function* senderChecks({ content, beside }: Checked): Iterable<NoticeFinding> {
  const problem = authorProblem(beside.author);
  if (problem)
    yield { code: problem.code, level: "block", message: problem.message, at: "/author" };
  const { replyTo, subject } = content;
  if (BREAKS.test(subject)) {
    yield wrong(
      "header-broken",
      "/subject",
      "The subject holds a line break or a control character: write it as one line.",
    );
  }
  if (replyTo === undefined) return;
  if (!ONE_ADDRESS.test(replyTo.mail) || BREAKS.test(`${replyTo.mail}${replyTo.name ?? ""}`)) {
    yield wrong(
      "reply-invalid",
      "/replyTo",
      `“${oneLine(replyTo.mail)}” is not one plain mail address.`,
    );
  } else if (isUnattended(replyTo.mail)) {
    yield wrong(
      "reply-unattended",
      "/replyTo",
      `Nobody reads ${replyTo.mail}: give an address that somebody answers.`,
    );
  }
}

/** A contact that nobody has looked at for longer than this may be wrong. */
const STALE_DAYS = 365;

/** Codes: `recipients-missing`, `address-invalid`, `address-shared`, `header-broken`, `contact-*`, `encryption-key-*`. */
export function* recipientChecks({ recipients, beside }: Checked): Iterable<NoticeFinding> {
  if (recipients.length === 0) {
    yield wrong(
      "recipients-missing",
      "/recipients",
      "Nobody would receive this: name whom it is for.",
    );
  }
  const today = parseDay(beside.today);
  const bounced = new Set(beside.bounced.map((mail) => mail.toLowerCase()));
  const seen = new Map<string, DraftRecipient>();
  // What is published or handed over reaches nobody's mailbox.
  if (isUnaddressed(recipients)) return;
  for (const { recipient, code, message } of beside.unencrypted)
    yield wrong(code, `/recipients/${recipient}`, message);
  for (const recipient of recipients) {
    const { id, name, to, verifiedOn } = recipient;
    const at = `/recipients/${id}`;
    const mail = to.mail.toLowerCase();
    if (BREAKS.test(`${to.mail}${to.name ?? ""}`)) {
      yield wrong(
        "header-broken",
        at,
        `The name or address of ${oneLine(name)} holds a line break or a control character.`,
      );
    } else if (!ONE_ADDRESS.test(to.mail)) {
      yield wrong(
        "address-invalid",
        at,
        `“${oneLine(to.mail)}” is not one plain mail address: each recipient gets a mail of their own, and no copies go to others.`,
      );
    } else if (isUnattended(to.mail)) {
      yield {
        ...wrong("contact-unattended", at, `Nobody seems to read ${to.mail} at ${name}.`),
        level: "warn",
      };
    }
    const other = seen.get(mail);
    if (other) {
      yield wrong(
        "address-shared",
        at,
        `${name} and ${other.name} have the same address ${to.mail}: one of them would read the other's notice.`,
      );
    }
    seen.set(mail, recipient);
    if (bounced.has(mail)) {
      yield wrong(
        "contact-bounced",
        at,
        `A mail to ${to.mail} came back: find out who is there now at ${name}.`,
      );
    }
    // People and reporters gave their addresses themselves; nobody else can check them.
    if (!id.startsWith("customer:")) continue;
    const verified = verifiedOn === undefined ? undefined : parseDay(verifiedOn);
    if (verified === undefined) {
      yield warn(
        "contact-unverified",
        at,
        `Nobody has checked that ${to.mail} is right for ${name}.`,
      );
    } else if (today !== undefined && today - verified > STALE_DAYS) {
      yield warn(
        "contact-stale",
        at,
        `That ${to.mail} is right for ${name} was last checked on ${verifiedOn}.`,
      );
    }
  }
}

const MARKUP =
  /<\/?(?:p|div|span|br|b|i|a|table|td|tr|font|o:p|style|script|html|body)\b[^>]*>|&nbsp;|mso-/i;

/** Code: `markup`: pasted from a word processor, it would be read as it stands. */
export function* markupChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of allPieces(checked)) {
    const found = MARKUP.exec(text)?.[0];
    if (found === undefined) continue;
    yield {
      ...wrong("markup", at, `“${found}” would be read as it stands: paste it as plain text.`),
      words: found,
    };
  }
}

const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ").slice(0, 100);
const wrong = (code: string, at: string, message: string): NoticeFinding => ({
  code,
  level: "block",
  message,
  at,
});
const warn = (code: string, at: string, message: string): NoticeFinding => ({
  code,
  level: "warn",
  message,
  at,
});
