/**
 * Provider request: the letter by which we ask a provider for the word that they owe us,
 * and how late that word would be for ours.
 */

import { formatBoth, formatDuration, formatUtc } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";

type Asked = {
  readonly provider: string;
  readonly organisation: string;
  /** Where their promise stands: `DPA §8`; the clause itself where nobody said. */
  readonly source: string;
  /** What they have promised, as a sentence. */
  readonly says: string;
  readonly dueAt: Instant;
  readonly zone: string;
  /** Who asks. */
  readonly author: string;
};

/** A draft, to be read and sent by a person: nothing of our incident stands in it. */
export function providerRequest(asked: Asked): { readonly subject: string; readonly body: string } {
  const { provider, organisation, source, says, dueAt, zone, author } = asked;
  const body = [
    `Hello ${provider},`,
    "",
    `we ask for what you owe us under ${source}: ${says}`,
    `It is due by ${formatBoth(dueAt, zone)}.`,
    "",
    "Please write what is known by then, and name what is not known yet:",
    "- what happened, since when, and whether it is over",
    "- which of our data, and whose, it concerns",
    "- what you have done, and what we should do",
    "- by when you write again, and whom we can call",
    "",
    "Answer to this address; a part in time helps us more than the whole too late.",
    "",
    author,
    organisation,
    "",
  ];
  return {
    subject: `Information under ${source} needed by ${formatUtc(dueAt)}`,
    body: body.join("\n"),
  };
}

/** Their word beside ours on one axis, as a sentence; undefined where we owe nothing. */
export function lateWord(theirs: Instant, ours: Instant | undefined): string | undefined {
  if (ours === undefined) return undefined;
  const apart = formatDuration(Math.abs(ours - theirs));
  if (theirs < ours) return `Their word is due ${apart} before ours.`;
  return theirs === ours
    ? "Their word is due as ours is: we write without it, or late."
    : `Their word is due ${apart} after ours: we write without it.`;
}
