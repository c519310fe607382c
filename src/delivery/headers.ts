/**
 * Headers: the lines above a letter, as nodemailer writes them.
 *
 * Ten thousand letters of one notice differ in three of their headers. Each line is asked of
 * nodemailer by itself, and those that come back letter after letter (who writes, the instant,
 * what each part is) are asked for once. What is remembered is the line of exactly that name
 * and value, so a letter can never be given another one's; and little is remembered.
 */

import type { SendMailOptions } from "nodemailer";
import { hasLongerLines, isPlainText } from "nodemailer/lib/mime-funcs";
import MimeNode from "nodemailer/lib/mime-node";

/** What a letter is made of: whatever else nodemailer knows of a mail would not be written here. */
export type Mail = Pick<
  SendMailOptions,
  | "from"
  | "to"
  | "replyTo"
  | "inReplyTo"
  | "references"
  | "subject"
  | "text"
  | "html"
  | "attachments"
> & {
  readonly messageId: string;
  readonly date: Date;
  readonly headers?: Readonly<Record<string, string>>;
  /** Drawn where it is absent: of the lines between which the parts stand. */
  readonly baseBoundary?: string;
};
type Value = Mail["from"] | Mail["date"] | Mail["references"];

/** A node that is not the root of a mail writes the headers it was given, and no other. */
const ROOT = new MimeNode("multipart/alternative");
const below = (contentType?: string): MimeNode =>
  new MimeNode(contentType, { rootNode: ROOT, parentNode: ROOT, baseBoundary: "-" });

/** One node for each name, whose value is set anew. */
const NODES = new Map<string, MimeNode>();
const NODES_MAX = 40;

function lineOf(name: string, value: Value): string {
  const node = NODES.get(name) ?? below();
  if (NODES.size < NODES_MAX) NODES.set(name, node);
  return node.setHeader(name, value as string).buildHeaders();
}

const LINES = new Map<string, string>();
const LINES_MAX = 200;

function rememberedLine(name: string, value: Value): string {
  const key = `${name}\n${value instanceof Date ? value.getTime() : JSON.stringify(value)}`;
  const known = LINES.get(key);
  if (known !== undefined) return known;
  const line = lineOf(name, value);
  if (LINES.size >= LINES_MAX) LINES.clear();
  LINES.set(key, line);
  return line;
}

/** All but the last one, which says what the mail is made of; in MailComposer's order. */
export function headerLines(mail: Mail): string {
  const lines = Object.entries(mail.headers ?? {}).map(([name, value]) => lineOf(name, value));
  const { from, to, replyTo, inReplyTo, references, subject, messageId, date } = mail;
  if (from) lines.push(rememberedLine("From", from));
  if (to) lines.push(lineOf("To", to));
  if (replyTo) lines.push(rememberedLine("Reply-To", replyTo));
  if (inReplyTo) lines.push(lineOf("In-Reply-To", inReplyTo));
  if (references) lines.push(lineOf("References", references));
  if (subject) lines.push(lineOf("Subject", subject));
  lines.push(lineOf("Message-ID", messageId), rememberedLine("Date", date));
  lines.push(rememberedLine("MIME-Version", "1.0"));
  return lines.filter((line) => line !== "").join("\r\n");
}

/** Of the boundary; the rest of it is the same in every mail. */
export const BASE_CHARACTERS = 16;

const boundaryOf = (base: string): string => `--_NmP-${base}-Part_1`;
const UNDRAWN = boundaryOf("0".repeat(BASE_CHARACTERS));
const ALTERNATIVE = lineOf("Content-Type", `multipart/alternative; boundary="${UNDRAWN}"`);

/** What the whole is, and between which lines its parts stand. */
export function alternativeLine(base: string): {
  readonly line: string;
  readonly boundary: string;
} {
  const boundary = boundaryOf(base);
  return { line: ALTERNATIVE.replace(UNDRAWN, boundary), boundary };
}

/** The lines above each kind of part, by how its content is encoded. */
const HEADS = new Map<string, string>();

/** A text as a part: the lines above it, and how it is encoded. */
export function partOf(
  type: "text/plain" | "text/html",
  content: string,
): { readonly head: string; readonly encoding: string | false } {
  const plainly = plainEncoding(content);
  const known = plainly && HEADS.get(`${type} ${plainly}`);
  if (plainly && known) return { head: known, encoding: plainly };
  const part = below(`${type}; charset=utf-8`).setContent(content);
  const encoding = part.getTransferEncoding();
  const key = `${type} ${encoding}`;
  const head = HEADS.get(key) ?? part.buildHeaders();
  HEADS.set(key, head);
  return { head, encoding };
}

/**
 * How nodemailer encodes a text without anything special in it. It would count all letters of it,
 * one by one, to find that there are more of them than of what is special.
 */
function plainEncoding(content: string): "7bit" | "quoted-printable" | undefined {
  if (!isPlainText(content)) return undefined;
  if (!hasLongerLines(content, TEXT_CHARACTERS_MAX)) return "7bit";
  return /[a-z]/i.test(content) ? "quoted-printable" : undefined;
}

/** Of a line that stays as it is. */
const TEXT_CHARACTERS_MAX = 76;
