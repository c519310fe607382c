/** The page about notices that could not be delivered: to whoever wrote them and whoever can act. */

import type { Person } from "../context.ts";
import { invariant } from "../problem.ts";
import type { NoticeState, PageRequested } from "./notice.ts";

/** What wakes whoever wrote them, and who can act, about notices that could not be delivered. */
export function failurePage(
  notices: readonly NoticeState[],
  {
    to,
    link,
    mark,
  }: { readonly to: readonly Person[]; readonly link: string; readonly mark: string },
): PageRequested {
  const first = notices[0];
  invariant(first !== undefined, "a page about no notice");
  const authors = new Set(notices.map(({ author }) => author));
  const woken = to.filter(
    ({ id, role }) => authors.has(id) || role === "owner" || role === "responder",
  );
  const one = notices.length === 1;
  const named = notices.slice(0, NAMED_MAX).map(({ id }) => id);
  const more = notices.length > NAMED_MAX ? ` and ${notices.length - NAMED_MAX} more` : "";
  return {
    type: "PageRequested",
    page: `failed:${first.id}`,
    rung: "failed",
    obligation: first.id,
    to: woken.map(({ name, mail }) => ({ name, mail })),
    subject: one
      ? `${mark}NOT DELIVERED: 1 notice, what it was to meet is still open`
      : `${mark}NOT DELIVERED: ${notices.length} notices, what they were to meet is still open`,
    body: one
      ? `${mark}The notice ${first.id} could not be delivered. What it was to meet is open again, at its first due time.\n\n${link}\n`
      : `${mark}${notices.length} notices could not be delivered: ${named.join(", ")}${more}. What they were to meet is open again, at its first due time.\n\n${link}\n`,
  };
}

/** Of the notices that failed together, as many as a page names. */
const NAMED_MAX = 10;
