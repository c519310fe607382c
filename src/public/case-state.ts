/**
 * Case state: where a report stands, in five words, and what was said about it to
 * whoever sent it.
 *
 *   received -> looking -> confirmed -> fixing -> fixed
 *
 * That is all of an incident that comes out here: no title, no number, no
 * severity, no party, and no instant of the work. A message is shown once it has
 * left, because until then its author can still take it back.
 */

import type { AnyEvent } from "../core/event.ts";
import type { Incident } from "../core/incident/state.ts";
import type { NoticeState } from "../core/notice/notice.ts";
import type { Recorded } from "../core/recorded.ts";
import type { SignalFile } from "../core/signal/sent-file.ts";
import { reporterId, type Signal } from "../core/signal/state.ts";
import type { Instant } from "../core/time/instant.ts";

export const CASE_STATES = ["received", "looking", "confirmed", "fixing", "fixed"] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** The state, and whether we have closed the report without an incident. */
export function caseState(signal: Signal, incident: Incident | undefined): CaseState {
  if (signal.state === "confirmed") return incident ? incidentState(incident) : "confirmed";
  return acknowledgedAt(signal) === undefined ? "received" : "looking";
}

/** A fix of an incident that was taken up again is none, until it is resolved once more. */
function incidentState({ state, fixes, mitigations, moments }: Incident): CaseState {
  const isOver = state === "resolved" || state === "closed";
  if (isOver || (fixes.length > 0 && moments["reopenedAt"] === undefined)) return "fixed";
  return fixes.length > 0 || mitigations.length > 0 ? "fixing" : "confirmed";
}

/** When a person first answered. */
export const acknowledgedAt = ({ moments, reference }: Signal): Instant | undefined =>
  moments[`acknowledgedAt/${reporterId(reference)}`];

export type Message = {
  readonly at: Instant;
  readonly text: string;
  /** Who of us wrote; absent where it was the reporter. */
  readonly from?: string;
  /** What the reporter sent along. */
  readonly files?: readonly SignalFile[];
};

/** Where messages stand: what a subject's entries asked to send, and what became of it. */
type Sent = {
  readonly entries: readonly Recorded<AnyEvent>[];
  readonly notices: Readonly<Record<string, NoticeState>>;
};

/**
 * What was written after the report, oldest first; `sent` is the signal's, and its incident's
 * where there is one. What a machine sent is left out.
 */
export function messagesOf(signal: Signal, sent: readonly Sent[]): readonly Message[] {
  const recipient = reporterId(signal.reference);
  const ours = sent.flatMap(({ entries, notices }) =>
    entries.flatMap(({ at, event }): Message[] =>
      event.type === "NoticeRequested" &&
      event.recipient === recipient &&
      !event.automatic &&
      (notices[event.notice]?.state ?? "requested") !== "requested"
        ? [{ at, text: event.body, from: event.from?.name ?? "" }]
        : [],
    ),
  );
  return [...signal.wrote, ...ours].sort((a, b) => a.at - b.at);
}
