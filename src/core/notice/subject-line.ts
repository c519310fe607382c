/**
 * Subject lines of what goes outward.
 *
 *   to a reporter   Your security report: we are looking [R-7QK4-M2]
 *   to a customer   Fennel security: notice of a personal-data breach [N-4TTK]
 *   in a drill      DRILL: Fennel security: notice of … [N-4TTK]
 *
 *   to subscribers  Fennel policy: version 4 from Fri 1 Jan 2027, what changed
 *
 * The reference in brackets is public; an incident's own number never is.
 */

import type { NoticeRequested } from "./notice.ts";
import { oneLine } from "./one-line.ts";

const SUBJECT_CHARACTERS_MAX = 250;
const DRILL = "DRILL: ";

/** `Fennel security: encrypted message [N-4TTK]`: a header can be read by everybody on the way. */
export const encryptedSubject = (company: string, notice: string): string =>
  `${company === "" ? "" : `${oneLine(company, 60)} security: `}encrypted message [${notice}]`;

export function outwardSubject(
  about: string,
  { kind, subject, notice }: Pick<NoticeRequested, "kind" | "subject" | "notice">,
  company: string,
): string {
  // Whoever subscribed has no matter of their own here that a reference could name.
  if (about.startsWith("subscription/")) return oneLine(subject, SUBJECT_CHARACTERS_MAX);
  const drill = subject.startsWith(DRILL) ? DRILL : "";
  const plain = oneLine(subject.slice(drill.length), SUBJECT_CHARACTERS_MAX);
  const reference = about.startsWith("signal/") ? about.slice("signal/".length) : notice;
  const opening = kind === "notice" && company !== "" ? `${oneLine(company, 60)} security: ` : "";
  const opened = plain.toLowerCase().startsWith(opening.toLowerCase()) ? plain : opening + plain;
  return `${drill}${opened}${opened.includes(`[${reference}]`) ? "" : ` [${reference}]`}`;
}
