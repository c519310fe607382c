/**
 * Delivery report: what a mail server says of a letter after the next hop had taken it.
 *
 *   Content-Type: multipart/report; report-type=delivery-status
 *     text/plain                 for people; nothing is read from it
 *     message/delivery-status    fields of the message, an empty line, fields of each recipient
 *     message/rfc822[-headers]   our letter, or its head: its Message-ID names it
 *
 * A letter is named by the token in its Message-ID and, where the operator has an address
 * for that, in the address that the report was sent to: `bounce+N-4TTK.0a1b…@fennel.example`.
 * Whoever has not seen the letter cannot make one up. RFC 3462, 3464, 3463.
 */

import PostalMime, { type Email } from "postal-mime";
import { ok, refuse, type Result } from "../core/problem.ts";
import { toLine } from "./signal.ts";

export type DeliveryReport = {
  readonly action: "failed" | "delayed" | "delivered";
  /** Status and the server's own words, as one line. */
  readonly reason: string;
  /** The letters that it may be about, the likeliest first: `N-4TTK` and 16 hex digits. */
  readonly letters: readonly { readonly notice: string; readonly mark: string }[];
};

const PARTS_DEPTH_MAX = 20;
const HEADERS_BYTES_MAX = 1024 * 1024;
/** What a report says comes before the letter that it returns; a mail that is all parts would take seconds. */
const READ_BYTES_MAX = 256 * 1024;
/** A notice, or what was announced: the fourth version of the policy, the ninth word of the status page. */
const TOKEN = /(N-[2-9A-HJKMNP-Z]{4,48}(?:-\d{1,6})?|[PS]-\d{1,9})\.([0-9a-f]{16})@/gi;
/** Where a mail server writes to whom it has delivered. */
const ADDRESSED = ["to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"];

/** Refuses with `mail-unreadable`, and with `mail-no-report` where a person or a robot wrote. */
export async function deliveryReport(body: Uint8Array): Promise<Result<DeliveryReport>> {
  const mail = await read(body);
  if (!mail) return refuse("mail-unreadable", "This is no mail, or one that is nested too deep.");
  const type = mail.headers.find(({ key }) => key === "content-type")?.value ?? "";
  const status = textOf(mail, "message/delivery-status");
  if (!/^multipart\/report\b/i.test(type) || status === undefined) {
    return refuse(
      "mail-no-report",
      "This mail is no report of delivery: somebody answered, or is away. Read it where your mail is read.",
    );
  }
  const [, ...recipients] = status.split(/\r?\n\s*\r?\n/).map(fieldsOf);
  const said = recipients.find((fields) => fields.has("action"));
  const action = actionOf(said);
  if (!said || !action)
    return refuse("mail-unreadable", "The report of delivery says of nobody what became of it.");
  const words = [said.get("status"), plain(said.get("diagnostic-code"))].filter(Boolean).join(" ");
  return ok({ action, reason: toLine(words).slice(0, 500), letters: lettersIn(mail) });
}

async function read(body: Uint8Array): Promise<Email | undefined> {
  try {
    const mail = await PostalMime.parse(body.subarray(0, READ_BYTES_MAX), {
      forceRfc822Attachments: true,
      maxNestingDepth: PARTS_DEPTH_MAX,
      maxHeadersSize: HEADERS_BYTES_MAX,
    });
    return mail.from === undefined ? undefined : mail;
  } catch {
    return undefined;
  }
}

/** Later lines win nothing: of a field that stands twice the first counts. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).trim().toLowerCase();
    if (at > 0 && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

/** The class of the status decides where it and the action differ: 4 is not for good. */
function actionOf(said: ReadonlyMap<string, string> | undefined) {
  const action = said
    ?.get("action")
    ?.toLowerCase()
    .split(/[\s(;]/)[0];
  const status = said?.get("status") ?? "";
  if (action === "failed") return status.startsWith("4") ? undefined : ("failed" as const);
  if (action === "delayed") return "delayed" as const;
  return action === "delivered" ? ("delivered" as const) : undefined;
}

/** `smtp; 550 5.1.1 no such user` without its first word. */
const plain = (code: string | undefined): string | undefined =>
  code?.replace(/^[\w.-]{1,40};\s*/, "");

function lettersIn(mail: Email): DeliveryReport["letters"] {
  const returned = textOf(mail, "message/rfc822") ?? textOf(mail, "text/rfc822-headers") ?? "";
  const [head = ""] = returned.split(/\r?\n\r?\n/);
  const addressed = mail.headers
    .filter(({ key }) => ADDRESSED.includes(key))
    .map(({ value }) => value);
  const id = fieldsOf(head).get("message-id") ?? "";
  const found = [...addressed, id].flatMap((text) => [...text.slice(0, 2_000).matchAll(TOKEN)]);
  const letters = found.map(([, notice = "", mark = ""]) => ({
    // A mail server may have written the address in small letters.
    notice: notice.toUpperCase(),
    mark: mark.toLowerCase(),
  }));
  return letters.slice(0, 4);
}

function textOf({ attachments }: Email, mimeType: string): string | undefined {
  const found = attachments.find((one) => one.mimeType.toLowerCase() === mimeType);
  if (!found) return undefined;
  const { content } = found;
  return typeof content === "string"
    ? content
    : Buffer.from(content as Uint8Array).toString("utf8");
}
