/**
 * Assemble: a mail as bytes in one go.
 *
 * nodemailer says what the mail is made of: its parts, its headers, how a text is encoded.
 * It writes them through a chain of streams, six turns of the event loop for each part and
 * most of what a notice to thousands costs. A letter lies in memory whole, so here the same
 * parts are put together at once; a test holds the two to the same bytes.
 */

import type { SendMailOptions } from "nodemailer";
import * as base64 from "nodemailer/lib/base64";
import MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import * as qp from "nodemailer/lib/qp";

/** Throws for a part that does not lie in memory: no letter has one. */
export const assembled = (mail: SendMailOptions): Buffer =>
  bytesOf(new MailComposer(mail).compile());

/** Every line ends in CRLF, the last one too. */
export function bytesOf(root: MimeNode): Buffer {
  const text = textOf(root).replace(/\r?\n/g, "\r\n");
  return Buffer.from(text.endsWith("\r\n") ? text : `${text}\r\n`);
}

/** The headers are asked first: they settle how the content is encoded. */
function textOf(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (node.childNodes.length === 0) return head + encoded(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${textOf(child)}`);
  return `${head}${parts.join("\r\n")}\r\n--${node.boundary}--\r\n`;
}

function encoded(node: MimeNode): string {
  const content = node.content ?? "";
  if (typeof content !== "string" && !Buffer.isBuffer(content))
    throw new Error("a part of this letter does not lie in memory");
  switch (node.getTransferEncoding()) {
    case "base64":
      return base64.wrap(base64.encode(content));
    case "quoted-printable":
      return qp.wrap(qp.encode(content));
    default:
      return content.toString();
  }
}
