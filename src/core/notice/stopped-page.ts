/** The page about a notice that did not leave, because it reads otherwise than what was approved. */

import type { Person } from "../context.ts";
import type { DraftState } from "./draft.ts";
import type { PageRequested } from "./notice.ts";

type Given = {
  readonly page: string;
  readonly to: readonly Person[];
  /** How many of its letters were asked for before. */
  readonly asked: number;
  readonly link: string;
  readonly mark: string;
};

/** Wakes whoever wrote it, and who can act: what it was to meet is still open. */
export function stoppedPage(
  { id, author, recipients }: Pick<DraftState, "id" | "author" | "recipients">,
  { page, to, asked, link, mark }: Given,
): PageRequested {
  const woken = to.filter(
    (one) => one.id === author || one.role === "owner" || one.role === "responder",
  );
  const left =
    asked === 0
      ? "Nothing of it has left."
      : `${asked} of its ${recipients.length} letters had left before, as they were approved; no more will.`;
  return {
    type: "PageRequested",
    page,
    rung: "stopped",
    obligation: id,
    to: woken.map(({ name, mail }) => ({ name, mail })),
    subject: `${mark}NOT SENT: a notice reads otherwise than was approved, what it was to meet is still open`,
    body: `${mark}The notice ${id} was approved and held, and by the end of its hold it was no longer what was approved: the policy, the time zone or its rules, our own address, a file of it or the program has changed meanwhile. ${left} Read it again, let it be approved again, and send it.\n\n${link}\n`,
  };
}
