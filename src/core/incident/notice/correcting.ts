/**
 * Correcting: whom a draft must reach whatever its author does. A correction goes to
 * everybody who got the wrong version; what is published has its one reader.
 */

import { fitsAudience, readerOf } from "../../notice/audience.ts";
import { type DraftContent, type DraftRecipient, RECIPIENTS_IN_ENTRY } from "../../notice/draft.ts";
import type { Problem } from "../../problem.ts";
import type { RecipientsDropped, RecipientsNamed } from "./drafting.ts";
import { draftOf, type Incident } from "../state.ts";

/** A correction is of something that was sent, to those to whom that was said. */
export function correctionProblems(
  { drafts }: Incident,
  { kind, corrects, to }: DraftContent,
  draft: string,
): readonly Problem[] {
  if (corrects === undefined) return [];
  const at = "/corrects";
  if (kind !== "correction") {
    return [
      { code: "correction-other", message: "Only a correction corrects another notice.", at },
    ];
  }
  const wrong = drafts[corrects];
  if (wrong?.state !== "sent" || corrects === draft) {
    const message = `${corrects} was not sent from here: name the notice that was wrong.`;
    return [{ code: "notice-not-sent", message, at }];
  }
  if ((wrong.content.to ?? "customers") === (to ?? "customers")) return [];
  const message = `${corrects} spoke to others: a correction goes to whom the wrong version went to.`;
  return [{ code: "audience-other", message, at: "/to" }];
}

/** Who got what `corrects` says: all to whom a letter of it went and did not come back. */
export function whoGot({ drafts, notices }: Incident, corrects: string): readonly DraftRecipient[] {
  const sent = drafts[corrects];
  if (sent === undefined) return [];
  const reached = new Set(
    Object.values(notices).flatMap(({ draft, recipient, state }) =>
      draft === corrects && state !== "failed" ? [recipient] : [],
    ),
  );
  return sent.recipients.filter(({ id, to }) => to.mail === "" || reached.has(id));
}

/** Whoever it must reach whatever its author does, and who does not fit whom it speaks to. */
export function readersOf(
  incident: Incident,
  { to, corrects }: DraftContent,
  draft: string,
): readonly (RecipientsNamed | RecipientsDropped)[] {
  const held = draftOf(incident, draft);
  const recipients = held?.recipients ?? [];
  const leftOut = held?.leftOut ?? [];
  const misfits = recipients.map(({ id }) => id).filter((id) => !fitsAudience(to, id));
  const fitting = recipients.filter(({ id }) => fitsAudience(to, id));
  const there = new Set([...fitting.map(({ id }) => id), ...leftOut]);
  const reader = readerOf(to);
  const must =
    corrects === undefined
      ? reader && fitting.length === 0
        ? [reader]
        : []
      : whoGot(incident, corrects);
  const missing = must.filter(({ id }) => !there.has(id));
  return [
    ...(misfits.length === 0
      ? []
      : [{ type: "RecipientsDropped" as const, draft, recipients: misfits }]),
    ...inParts(draft, missing),
  ];
}

/** So many in an entry, whatever is written for each of them. */
export function inParts(
  draft: string,
  named: readonly DraftRecipient[],
): readonly RecipientsNamed[] {
  const parts: RecipientsNamed[] = [];
  for (let from = 0; from < named.length; from += RECIPIENTS_IN_ENTRY) {
    const some = named.slice(from, from + RECIPIENTS_IN_ENTRY);
    parts.push({ type: "RecipientsNamed", draft, recipients: some });
  }
  return parts;
}
