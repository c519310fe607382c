/**
 * Mail report: what a person wrote to a mailbox of ours, as a signal.
 *
 * Whatever answers by itself (away, lists, other programs) is no report: it is told by the
 * headers that RFC 3834 gives it. An answer in a case that we have names its reference in the
 * subject. Text is taken as it stands; of HTML alone the words; files stay in the mailbox, and
 * their names are said.
 */

import { hash } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import { isUnattended } from "../core/mailbox.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { SIGNAL_CHARACTERS_MAX, TITLE_CHARACTERS_MAX } from "../core/text.ts";
import { toLine } from "./signal.ts";

export type MailReport = {
  readonly fingerprint: string;
  readonly title: string;
  readonly text: string;
  readonly sender: { readonly name?: string; readonly mail: string };
  /** Its Message-ID, so that an answer stands in the same thread. */
  readonly messageId?: string;
  /** The case that it goes on with: `R-7QK4-M2`. */
  readonly reference?: string;
};

const REFERENCE = /\[(R-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2})\]/;
const MESSAGE_ID = /^<[^\s<>]{1,250}>$/;
const PARTS_DEPTH_MAX = 20;

/** Refuses with `mail-unreadable`, `mail-automatic`. */
export async function mailReport(body: Uint8Array): Promise<Result<MailReport>> {
  const mail = await read(body);
  const mailbox = mail?.from && "address" in mail.from ? mail.from : undefined;
  const sender = mailbox?.address ?? "";
  if (!mail || !/^[^\s@<>]+@[^\s@<>]+$/.test(sender) || sender.length > 254)
    return refuse("mail-unreadable", "This is no mail, or it does not say who wrote it.");
  if (isAutomatic(mail) || isUnattended(sender)) {
    return refuse(
      "mail-automatic",
      "A program wrote this, not a person: an answer while somebody is away, a list, a notification.",
    );
  }
  const subject = straight(mail.subject ?? "");
  const name = straight(mailbox?.name ?? "").slice(0, 100);
  const messageId = mail.messageId?.trim() ?? "";
  const reference = REFERENCE.exec(subject)?.[1];
  return ok({
    // The sender is part of it: nobody else can pass for a repeat of theirs.
    fingerprint: `mail:${hash("sha256", `${sender.toLowerCase()}\n${messageId || Buffer.from(body).toString("latin1")}`, "hex").slice(0, 32)}`,
    title: (subject === "" ? `Mail from ${sender}` : subject).slice(0, TITLE_CHARACTERS_MAX),
    text: textOf(mail),
    sender: { ...(name === "" ? {} : { name }), mail: sender },
    ...(MESSAGE_ID.test(messageId) ? { messageId } : {}),
    ...(reference === undefined ? {} : { reference }),
  });
}

async function read(body: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(body, { maxNestingDepth: PARTS_DEPTH_MAX });
  } catch {
    // Nested too deep, or no mail at all.
    return undefined;
  }
}

function isAutomatic({ headers }: Email): boolean {
  const valueOf = (name: string): string =>
    headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? "";
  const submitted = valueOf("auto-submitted");
  return (
    (submitted !== "" && !submitted.startsWith("no")) ||
    /^(?:bulk|junk|list|auto_reply)$/.test(valueOf("precedence")) ||
    headers.some(({ key }) => key === "list-id" || key === "x-autoreply" || key === "x-autorespond")
  );
}

function textOf({ text, html, attachments }: Email): string {
  const words = (text ?? wordsOf(html ?? "")).replace(/\r\n?/g, "\n").trim();
  const names = attachments.flatMap(({ filename, disposition }) =>
    disposition === "attachment" && filename ? [straight(filename).slice(0, 100)] : [],
  );
  const left =
    names.length === 0
      ? ""
      : `\n\n(Attached, and left in the mailbox: ${names.slice(0, 20).join(", ")})`;
  // A database holds no U+0000, and a record nothing that cannot be seen.
  const plain = words.slice(0, SIGNAL_CHARACTERS_MAX - left.length).replace(UNSEEN, "");
  return `${plain}${left}`.trim() || "(no text)";
}

/** A stranger's line without marks that turn the reading direction: `exe.png` is not `gnp.exe`. */
const straight = (text: string): string =>
  toLine(text.replace(/[\u202a-\u202e\u2066-\u2069]+/gu, ""));

const UNSEEN = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** A tag ends where the next one begins: looked for to the end, many that never end take minutes. */
const wordsOf = (html: string): string =>
  html
    .replace(/<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
