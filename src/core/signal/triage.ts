/**
 * Triage: a signal is confirmed into an incident, closed with a reason, put
 * aside for a while, or taken up again.
 *
 * A closed signal keeps counting: how often a channel cries wolf is a figure of
 * the policy. Closing does not free us from a reporter: the promise to answer
 * stands until a person has, except where the signal was out of scope and so was
 * never under the policy.
 */

import type { Instant } from "../time/instant.ts";
import type { CloseReason } from "./state.ts";

export type SignalClosed = {
  readonly type: "SignalClosed";
  readonly reason: CloseReason;
  readonly note: string;
  /** The reference of the signal that this one repeats. */
  readonly duplicateOf?: string;
};
export type SignalReopened = { readonly type: "SignalReopened"; readonly note: string };
export type SignalConfirmed = { readonly type: "SignalConfirmed"; readonly incident: string };
export type SignalSnoozed = { readonly type: "SignalSnoozed"; readonly until: Instant };

export type CloseSignal = {
  readonly type: "CloseSignal";
  readonly reason: CloseReason;
  readonly note: string;
  readonly duplicateOf?: string;
};
export type ReopenSignal = { readonly type: "ReopenSignal"; readonly note: string };
export type SnoozeSignal = { readonly type: "SnoozeSignal"; readonly until: Instant };

/** Confirms into an existing incident, or into a new one that is opened with it. */
export type ConfirmSignal = {
  readonly type: "ConfirmSignal";
  /** The reference of an open incident; a new one if not said. */
  readonly incident?: string;
  readonly title?: string;
  readonly answers?: Readonly<Record<string, "yes" | "no" | "unknown">>;
  readonly severity?: string;
  readonly reason?: string;
};
