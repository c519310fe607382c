/**
 * Author: a notice has a named person behind it, with a mailbox somebody reads.
 *
 * What nobody reads (mailbox.ts) is never an author and never a Reply-To. ROLES somebody
 * may read, but nobody has put their name to them: good as a Reply-To, never as an author.
 */

import type { Person } from "../context.ts";
import { isUnattended, localName } from "../mailbox.ts";
import type { Problem } from "../problem.ts";

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
