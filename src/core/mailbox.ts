/**
 * Mailbox: what the name of a mail address says of who reads it.
 *
 * Names are compared by the part before the @, without case, dots, dashes and digits and
 * up to a plus sign. The list says what was checked, not that an address is safe.
 */

/** Nobody reads these. */
const UNATTENDED: readonly string[] = [
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

/** Whether nobody reads what is sent to `mail`, as far as its name says. */
export const isUnattended = (mail: string): boolean => {
  const name = localName(mail);
  return UNATTENDED.includes(name) || /noreply|donotreply|dontreply/.test(name);
};

/** The part before the @, as names are compared. */
export const localName = (mail: string): string =>
  (mail.split("@")[0] ?? "")
    .split("+", 1)[0]!
    .toLowerCase()
    .replace(/[-._\d]/g, "");
