/**
 * MIME: a letter as the bytes that leave, whichever way they leave.
 *
 * Plain text first and the same words as HTML: no picture, no link that counts,
 * nothing fetched. The envelope is explicit: who gets it is never read from a
 * header. Bytes and envelope are made here once, so what lies in the outbox
 * folder is exactly what a server would have been given.
 */

import { html, raw } from "hono/html";
import DKIM from "nodemailer/lib/dkim";
import { buffer } from "node:stream/consumers";
import { assembled } from "./assemble.ts";
import { readQuote, type Run, runsOf } from "../core/notice/quote.ts";
import { typeOf } from "../core/notice/attachment.ts";
import type { Letter, LetterFile } from "./letter.ts";
import { sealed, type Signer } from "./pgp.ts";

export type Dkim = {
  readonly domainName: string;
  readonly keySelector: string;
  readonly privateKey: string;
};

export type Message = {
  readonly bytes: Buffer;
  readonly envelope: { readonly from: string; readonly to: readonly [string] };
};

export type Compose = (letter: Letter) => Promise<Message>;

/** What the signature covers: what a reader sees, and what one click would do (RFC 8058, 4). */
const SIGNED =
  "From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:In-Reply-To:References:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post";

/** How letters become bytes, signed where there is a key. `sign` signs within what is encrypted. */
export function composing(dkim: Dkim | undefined, sign?: Signer): Compose {
  const signed = signing(dkim);
  return async (letter) => {
    const { from, to, replyTo, thread, bounceTo } = letter;
    const envelope = { from: bounceTo, to: [to.address] as const };
    const message = {
      from: { ...from },
      to: { ...to },
      ...(replyTo === undefined ? {} : { replyTo: { ...replyTo } }),
      messageId: letter.messageId,
      date: new Date(letter.at),
      subject: letter.subject,
      text: letter.text,
      html: String(await toHtml(letter)),
      ...(letter.files === undefined ? {} : { attachments: letter.files.map(toPart) }),
      ...(thread.length === 0 ? {} : { inReplyTo: thread.at(-1) ?? "", references: [...thread] }),
      headers: headersOf(letter),
      // A letter is text: nothing in it may make the composer open a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    const bytes = assembled(message);
    if (letter.encrypted === undefined) return { bytes: await signed(bytes), envelope };
    // Signed for the way at last: what is signed is what leaves.
    return { bytes: await signed(await sealed(bytes, letter.encrypted, sign)), envelope };
  };
}

/** With a signature for the way, where there is a key. */
function signing(dkim: Dkim | undefined): (bytes: Buffer) => Promise<Buffer> {
  if (dkim === undefined) return async (bytes) => bytes;
  const signer = new DKIM({ ...dkim, headerFieldNames: SIGNED });
  return (bytes) => buffer(signer.sign(bytes));
}

/** Always to be saved, never shown within the letter. */
function toPart({ name, content }: LetterFile) {
  if (content === undefined) throw new Error(`${name} was not fetched before it was composed`);
  return {
    filename: name,
    content,
    contentType: typeOf(name),
    contentDisposition: "attachment" as const,
    contentTransferEncoding: "base64" as const,
  };
}

/** One click only where nobody between can read or change it; RFC 8058 asks for HTTPS. */
function headersOf({ automatic, unsubscribe }: Letter): Record<string, string> {
  return {
    ...(automatic === undefined ? {} : { "Auto-Submitted": automatic }),
    ...(unsubscribe === undefined ? {} : { "List-Unsubscribe": `<${unsubscribe}>` }),
    ...(unsubscribe?.startsWith("https:")
      ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
      : {}),
  };
}

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** For programs that follow the reader's choice; others show the letter as paper. */
const DARK =
  "@media (prefers-color-scheme:dark){body{background:#16181d!important;color:#e6e8eb!important}a{color:#8ab4f8!important}.name{color:#aab2bd!important}}";

/** The same words, which also break where an address is longer than the window. */
const toHtml = ({ text, subject, language = "en" }: Letter) => html`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8" /><meta name="color-scheme" content="light dark" />
<meta name="supported-color-schemes" content="light dark" /><title>${subject}</title><style>${raw(DARK)}</style></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1f2328;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:40em;overflow-wrap:anywhere">${paragraphs(text)}</div></body></html>
`;

const paragraphs = (text: string) =>
  raw(
    text
      .trim()
      .split(/\n{2,}/)
      .map(paragraph)
      .join(""),
  );

/** Thousands are told the same in most of their paragraphs: the last ones are remembered. */
const PARAGRAPHS = new Map<string, string>();
const PARAGRAPHS_MAX = 200;

function paragraph(text: string): string {
  const known = PARAGRAPHS.get(text);
  if (known !== undefined) return known;
  // Nothing in it is waited for, so that it is text already.
  const made = runsOf(text)
    .map((run) => asHtml(run) as string)
    .join("");
  if (PARAGRAPHS.size >= PARAGRAPHS_MAX) PARAGRAPHS.clear();
  PARAGRAPHS.set(text, made);
  return made;
}

/** Somebody else's words are a quotation with its source, and never a paragraph of ours. */
function asHtml({ quoted, lines }: Run) {
  if (!quoted) {
    const [first = "", ...rest] = lines;
    return rest.length > 0 && isName(first)
      ? html`<p class="name" style="margin:1.6em 0 .25em;font-size:13px;font-weight:600;letter-spacing:.04em;color:#57606a">${first}</p>${plain(rest.join("\n"))}`
      : plain(lines.join("\n"));
  }
  const { text, signed } = readQuote(lines);
  const source =
    signed === undefined ? "" : html`<footer style="font-size:14px">${linked(signed)}</footer>`;
  return html`<blockquote style="margin:0 0 1em;padding-left:1em;border-left:3px solid #8c8c8c"><div style="white-space:pre-wrap">${linked(text)}</div>${source}</blockquote>`;
}

const plain = (text: string) =>
  html`<p style="margin:0 0 1em;white-space:pre-wrap">${linked(text)}</p>`;

const NAME_CHARACTERS_MAX = 90;

/** Our letters put the name of an element in capitals on a line of its own. */
const isName = (line: string): boolean =>
  line.length < NAME_CHARACTERS_MAX && /\p{Lu}/u.test(line) && line === line.toUpperCase();

function linked(text: string) {
  const links = [...text.matchAll(LINK)];
  let from = 0;
  const parts = links.map(({ 0: link, index }) => {
    const before = text.slice(from, index);
    from = index + link.length;
    return html`${before}<a href="${link}" style="color:#0b57d0">${link}</a>`;
  });
  return html`${parts}${text.slice(from)}`;
}
