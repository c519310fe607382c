/**
 * Author: a notice has a named person behind it, with a mailbox somebody reads.
 *
 * Two lists, by the part before the @, compared without case, dots, dashes and
 * digits and up to a plus sign:
 *   UNATTENDED  nobody reads it: never an author, never a Reply-To.
 *   ROLES       somebody may read it, but nobody has put their name to it: good as
 *               a Reply-To, never as an author.
 * The lists say what was checked, not that an address is safe.
 */

import type { Person } from "../context.ts";
import type { Problem } from "../problem.ts";

export const UNATTENDED: readonly string[] = [
  "alert",
  "alerts",
  "automailer",
  "autoreply",
  "bounce",
  "bounces",
  "bot",
  "daemon",
  "devnull",
  "donotreply",
  "dontreply",
  "mailer",
  "mailerdaemon",
  "monitoring",
  "neverreply",
  "nobody",
  "noreply",
  "notification",
  "notifications",
  "notify",
  "postmaster",
  "root",
  "system",
  "unattended",
];

export const ROLES: readonly string[] = [
  "abuse",
  "admin",
  "administrator",
  "billing",
  "contact",
  "dpo",
  "hello",
  "help",
  "helpdesk",
  "hostmaster",
  "info",
  "it",
  "legal",
  "mail",
  "marketing",
  "office",
  "ops",
  "press",
  "privacy",
  "psirt",
  "sales",
  "security",
  "service",
  "support",
  "team",
  "webmaster",
];

/** Whether nobody reads what is sent to `mail`, as far as its name says. */
export const isUnattended = (mail: string): boolean => {
  const name = localName(mail);
  return UNATTENDED.includes(name) || /noreply|donotreply|dontreply/.test(name);
};

/** Whether `mail` is the mailbox of a function and not of a person. */
export const isRoleAddress = (mail: string): boolean => ROLES.includes(localName(mail));

/**
 * What is wrong with `person` as the author of a notice.
 * Problems: `author-missing`, `author-unattended`, `author-role-address`.
 */
export function authorProblem(person: Person | undefined): Problem | undefined {
  if (person === undefined) {
    const message = "A notice needs a person behind it: sign in with your own account to send it.";
    return { code: "author-missing", message };
  }
  if (isUnattended(person.mail)) {
    const message = `Nobody reads ${person.mail}: give your account an address that you read, and send again.`;
    return { code: "author-unattended", message };
  }
  if (isRoleAddress(person.mail)) {
    const message = `${person.mail} is a function's address: a notice comes from a named person. Give your account your own address.`;
    return { code: "author-role-address", message };
  }
  return undefined;
}

const localName = (mail: string): string =>
  (mail.split("@")[0] ?? "")
    .split("+", 1)[0]!
    .toLowerCase()
    .replace(/[-._\d]/g, "");
