/**
 * Letter: what the ledger asks to be sent, as mails to one recipient each.
 *
 * Made from the entries alone, so it is the same at every attempt: the Message-ID
 * follows from the entry that asked for it, and a mail that arrives twice after a
 * crash is recognised as one. Nothing here can be sent that no entry asked for.
 *
 * A page says neither title nor name: that is settled where it is requested.
 */

import { hash } from "node:crypto";
import { ERASED } from "../core/erasure.ts";
import type { AnyEvent } from "../core/event.ts";
import { isUnattended } from "../core/mailbox.ts";
import { attachmentOf, type FileAttached } from "../core/incident/notice/attaching.ts";
import type { Attachment } from "../core/notice/attachment.ts";
import { OWN_LINK, withoutOwnPage } from "../core/notice/letter.ts";
import type { Addressee, NoticeRequested, PageRequested } from "../core/notice/notice.ts";
import { CONTACT_LINK } from "../core/party/contact-letter.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import type { Instant } from "../core/time/instant.ts";
import { domainOf, type Mailbox, parseMailbox } from "./mailbox.ts";
import { oneLine } from "../core/notice/one-line.ts";
import { outwardSubject } from "../core/notice/subject-line.ts";

export type Letter = {
  /** Unique among all letters; fit for a file name. */
  readonly id: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly from: Mailbox;
  readonly replyTo: Mailbox | undefined;
  readonly to: Mailbox;
  /** MAIL FROM: where bounces go. */
  readonly bounceTo: string;
  readonly subject: string;
  readonly text: string;
  /** As HTML names it; English where it is absent. */
  readonly language?: string;
  /** Message-IDs of the conversation so far, oldest first; the last is answered. */
  readonly thread: readonly string[];
  /** As in RFC 3834; absent on what a person sends. */
  readonly automatic?: "auto-replied" | "auto-generated";
  /** Where one click ends what this is one of. */
  readonly unsubscribe?: string;
  /** What goes with it, by digest; `content` once it was fetched (worker/attaching.ts). */
  readonly files?: readonly LetterFile[];
  /** When it was asked for. */
  readonly at: Instant;
  /** By which key it is encrypted; it leaves in clear where this is absent. */
  readonly encrypted?: {
    readonly key: string;
    readonly fingerprint: string;
    /** The instant at which the key must serve. */
    readonly at: Instant;
  };
};

export type LetterFile = Pick<Attachment, "name" | "sha256" | "bytes"> & {
  readonly content?: Buffer;
};

/** Who sends where no person does, and how the company is called. */
export type Sender = {
  readonly mailbox: Mailbox;
  readonly company: string;
  /** The secret of the recipient's own page, as the entry's digest names it; undefined where it is gone. */
  readonly ownSecret?: (subject: string, asked: NoticeRequested) => string | undefined;
  /** Where letters come back to, where the operator reads that apart. */
  readonly bounces?: Mailbox | undefined;
};

/** What one row of the outbox stands for. */
export type Requested = {
  readonly letters: readonly Letter[];
  readonly requestedAt: Instant;
  /** In a drill and in sample data nothing leaves. */
  readonly stays: boolean;
};

type Asked<E extends AnyEvent> = Recorded<AnyEvent> & { readonly event: E };

/** What a subject asks to be sent: its entries looked through once, and then only what is added. */
export type Requests = {
  /** How many entries were looked through. */
  readonly read: number;
  readonly byId: ReadonlyMap<string, Asked<NoticeRequested> | Asked<PageRequested>>;
  /** By recipient, oldest first. */
  readonly to: ReadonlyMap<string, readonly Asked<NoticeRequested>[]>;
  readonly stays: boolean;
  /** What was attached, by draft and file: `D-1/F-2`. */
  readonly files: ReadonlyMap<string, Attachment>;
};

/** `before` is what an earlier look at the same subject gave; it is used up. */
export function requestsIn(entries: readonly Recorded<AnyEvent>[], before?: Requests): Requests {
  const added = entries.slice(before?.read ?? 0);
  // An erasure empties text of entries that were looked at.
  if (before && added.some(({ event }) => event.type === "Erased")) return requestsIn(entries);
  const byId = (before?.byId ?? new Map()) as Map<
    string,
    Asked<NoticeRequested> | Asked<PageRequested>
  >;
  const to = (before?.to ?? new Map()) as Map<string, Asked<NoticeRequested>[]>;
  const files = (before?.files ?? new Map()) as Map<string, Attachment>;
  let stays = before?.stays ?? false;
  for (const entry of added) {
    const { event } = entry;
    stays ||= staysHere(event);
    if (event.type === "FileAttached") files.set(fileKey(event), attachmentOf(event));
    if (event.type === "PageRequested") byId.set(event.page, entry as Asked<PageRequested>);
    if (event.type !== "NoticeRequested") continue;
    const asked = entry as Asked<NoticeRequested>;
    byId.set(event.notice, asked);
    to.set(event.recipient, [...(to.get(event.recipient) ?? []), asked]);
  }
  return { read: entries.length, byId, to, stays, files };
}

const fileKey = ({ draft, file }: Pick<FileAttached, "draft" | "file">): string =>
  `${draft}/${file}`;

/**
 * The letters of a notice or page. Refuses with `notice-unknown`, `notice-erased`,
 * `mail-address-invalid`, `author-unattended`, `nobody-to-page`.
 */
export function requested(
  subject: string,
  id: string,
  requests: Requests,
  sender: Sender,
): Result<Requested> {
  const found = requests.byId.get(id);
  if (!found) return refuse("notice-unknown", `No entry of ${subject} asks for ${id}.`);
  if (holdsErased(found.event))
    return refuse("notice-erased", "Its text or address was erased before it could be sent.");
  const letters =
    found.event.type === "PageRequested"
      ? pageLetters(found as Asked<PageRequested>, sender)
      : noticeLetter(subject, found as Asked<NoticeRequested>, requests, sender);
  if (!letters.ok) return letters;
  return ok({ letters: letters.value, requestedAt: found.at, stays: requests.stays });
}

const holdsErased = (value: unknown): boolean =>
  value === ERASED ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsErased));

const staysHere = (event: AnyEvent): boolean =>
  (event.type === "IncidentOpened" && (event.drill === true || event.sample === true)) ||
  (event.type === "SignalRecorded" && event.sample === true) ||
  (event.type === "CustomerAdded" && event.sample === true);

function noticeLetter(
  subject: string,
  asked: Asked<NoticeRequested>,
  { to: earlier, files }: Requests,
  sender: Sender,
): Result<readonly Letter[]> {
  const { event } = asked;
  const to = parseMailbox(event.to);
  const from = event.from === undefined ? ok(sender.mailbox) : parseMailbox(event.from);
  const replyTo = event.replyTo === undefined ? ok(undefined) : parseMailbox(event.replyTo);
  const problems: Problem[] = [to, from, replyTo].flatMap((one) => (one.ok ? [] : one.problems));
  const unattended = event.automatic ? undefined : unattendedIn([event.from, event.replyTo]);
  if (unattended !== undefined) problems.push(unattended);
  const attached = attachedTo(event, files);
  if (!to.ok || !from.ok || !replyTo.ok) return refuseAll(problems, []);
  if (!attached.ok) return attached;
  const id = letterId(event.notice, asked.id);
  return refuseAll(problems, [
    {
      id,
      messageId: messageIdOf(event, asked.id, sender),
      from: from.value,
      replyTo: replyTo.value,
      to: to.value,
      bounceTo: bounceAddress(sender, id),
      subject: outwardSubject(subject, event, sender.company),
      text: withOwnLink(subject, event, sender),
      ...(attached.value.length === 0 ? {} : { files: attached.value }),
      thread: threadOf(asked, earlier.get(event.recipient) ?? [], sender),
      at: asked.at,
      ...(event.language === undefined ? {} : { language: event.language }),
      ...(event.unsubscribe === undefined ? {} : { unsubscribe: event.unsubscribe }),
      ...(event.automatic ? { automatic: "auto-replied" as const } : {}),
    },
  ]);
}

/** Every file that was approved with it, or it does not leave. */
function attachedTo(
  { draft = "", files: ids = [] }: NoticeRequested,
  files: Requests["files"],
): Result<readonly LetterFile[]> {
  const found = ids.map((file) => files.get(fileKey({ draft, file })));
  const there = found.filter((file) => file !== undefined && file.sha256 !== ERASED);
  return there.length === ids.length
    ? ok(there as readonly Attachment[])
    : refuse("notice-erased", "What was attached to it was erased before it could be sent.");
}

/** What the files of a letter weigh, in bytes. */
export const weightOf = (requests: Requests, id: string): number => {
  const event = requests.byId.get(id)?.event;
  const { draft = "", files = [] } = event?.type === "NoticeRequested" ? event : {};
  return files.reduce(
    (sum, file) => sum + (requests.files.get(fileKey({ draft, file }))?.bytes ?? 0),
    0,
  );
};

/** The body with the recipient's own address in it; without the words about it where there is none. */
function withOwnLink(subject: string, event: NoticeRequested, { ownSecret }: Sender): string {
  if (event.ownPage === undefined) return event.body;
  const secret = ownSecret?.(subject, event);
  return secret === undefined
    ? withoutOwnPage(event.body)
    : event.body
        .replaceAll(OWN_LINK, `/notice/${secret}`)
        .replaceAll(CONTACT_LINK, `/contact/${secret}`);
}

/** Decided once already, when it was asked for; here it stands between a mistake and a mailbox. */
function unattendedIn(authors: readonly (Addressee | undefined)[]): Problem | undefined {
  const found = authors.find((author) => author !== undefined && isUnattended(author.mail));
  if (!found) return undefined;
  const message = `Nobody reads ${oneLine(found.mail, 100)}: a notice is not sent from there.`;
  return { code: "author-unattended", message };
}

function pageLetters(asked: Asked<PageRequested>, sender: Sender): Result<readonly Letter[]> {
  const { event } = asked;
  if (event.to.length === 0)
    return refuse("nobody-to-page", "Nobody of the team could be woken: there is no address.");
  const problems: Problem[] = [];
  const letters: Letter[] = [];
  for (const [i, addressee] of event.to.entries()) {
    const to = parseMailbox(addressee);
    if (!to.ok) {
      problems.push(...to.problems);
      continue;
    }
    const id = letterId("page", `${asked.id}#${i}`);
    letters.push({
      id,
      messageId: `<${id}@${domainOf(sender.mailbox)}>`,
      from: sender.mailbox,
      replyTo: undefined,
      to: to.value,
      bounceTo: sender.mailbox.address,
      subject: oneLine(event.subject, SUBJECT_CHARACTERS_MAX),
      text: event.body,
      thread: [],
      automatic: "auto-generated",
      at: asked.at,
    });
  }
  // One mistyped address must not keep the others asleep.
  return letters.length > 0 ? ok(letters) : refuseAll(problems, []);
}

const SUBJECT_CHARACTERS_MAX = 300;

/** The entry's id is a secret of the installation's, so its hash tells nothing. */
const letterId = (name: string, entry: string): string => `${name}.${letterMark(entry)}`;

/** By this a report of delivery is known to be about the letter that the entry asked for. */
export const letterMark = (entry: string): string => hash("sha256", entry, "hex").slice(0, 16);

/** `bounce+N-4TTK.0a1b…@fennel.example`: to where a letter comes back says which letter it was. */
function bounceAddress({ bounces, mailbox }: Sender, id: string): string {
  if (bounces === undefined) return mailbox.address;
  const { address } = bounces;
  const at = address.lastIndexOf("@");
  const local = `${address.slice(0, at)}+${id}`;
  return local.length <= LOCAL_CHARACTERS_MAX ? local + address.slice(at) : address;
}

const LOCAL_CHARACTERS_MAX = 64;

const messageIdOf = ({ notice }: NoticeRequested, entry: string, sender: Sender): string =>
  `<${letterId(notice, entry)}@${domainOf(sender.mailbox)}>`;

/** What they wrote, and what was sent to this recipient before. */
function threadOf(
  asked: Asked<NoticeRequested>,
  toThem: readonly Asked<NoticeRequested>[],
  sender: Sender,
): readonly string[] {
  const earlier = toThem.flatMap(({ version, id, event }) =>
    version < asked.version ? [...idsIn(event.inReplyTo), messageIdOf(event, id, sender)] : [],
  );
  const answered = idsIn(asked.event.inReplyTo);
  return [...new Set([...earlier.filter((id) => !answered.includes(id)), ...answered])].slice(-20);
}

/** Only what is shaped like a Message-ID: it came from outside. */
const idsIn = (text: string | undefined): readonly string[] =>
  text?.match(/<[\w.!#$%&'*+/=?^`{|}~-]{1,150}@[\w.-]{1,100}>/g) ?? [];
