/**
 * The letter that asks a contact whether they still are one: the same text in the form where
 * somebody looks at it before it leaves, and in the mail.
 */

import type { Addressee } from "../notice/notice.ts";
import type { Contact } from "./contact.ts";

/** Stands where the contact's own address will: only its digest is kept (see OWN_LINK). */
export const CONTACT_LINK = "/contact/[own-link]";

export type ContactLetter = { readonly subject: string; readonly body: string };

type About = {
  readonly contact: Pick<Contact, "name" | "mail" | "phone">;
  /** The customer whose contact it is. */
  readonly customer: string;
  readonly from: Addressee;
  readonly phone?: string | undefined;
  readonly organisation: string;
  /** Where this installation is reached. */
  readonly url: string;
};

export function contactLetter({
  contact,
  customer,
  from,
  phone,
  organisation,
  url,
}: About): ContactLetter {
  const known = [contact.name, contact.mail, ...(contact.phone ? [contact.phone] : [])];
  const who = from.name ?? from.mail;
  const parts = [
    `Dear ${contact.name},`,
    `you are whom ${organisation} writes to at ${customer} when something concerns your data or your security. Once a year I ask whether that is still right.`,
    `What stands here:\n${known.join("\n")}`,
    `Say that it is right, or correct it, on this page:\n${url}${CONTACT_LINK}`,
    "Opening the page changes nothing. You can answer this mail too; it reaches me.",
    `${who}, ${organisation}\n${[from.mail, ...(phone ? [phone] : [])].join("\n")}`,
  ];
  return { subject: "Is this still your security contact?", body: `${parts.join("\n\n")}\n` };
}
