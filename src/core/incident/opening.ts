/**
 * Opening: an incident begins, and signals join it.
 *
 * It is pinned to the policy that runs when it opens and keeps that version:
 * what is promised cannot change under a running clock. An incident that no
 * signal started reached us when it was opened.
 */

import type { Instant } from "../time/instant.ts";
import type { Answers } from "./state.ts";

export type IncidentOpened = {
  readonly type: "IncidentOpened";
  readonly number: number;
  readonly title: string;
  readonly policyVersion: number;
  readonly policyHash: string;
  readonly drill?: boolean;
  readonly sample?: boolean;
};

export type SignalLinked = {
  readonly type: "SignalLinked";
  readonly signal: string;
  readonly receivedAt: Instant;
  readonly channel: string;
  readonly reporter?: { readonly id: string; readonly acknowledgedAt?: Instant };
};

export type IncidentRetitled = { readonly type: "IncidentRetitled"; readonly title: string };

/** What an incident keeps of a signal that joins it; taken from the signal's state. */
export type Link = Omit<SignalLinked, "type">;

export type OpenIncident = {
  readonly type: "OpenIncident";
  readonly title: string;
  readonly answers?: Answers;
  readonly severity?: string;
  readonly reason?: string;
  readonly drill?: boolean;
  readonly sample?: boolean;
  /** The signal it is opened from; set where one is confirmed. */
  readonly link?: Link;
};

/** Joins a signal; `link` is set by the handler from the signal's own state. */
export type LinkSignal = {
  readonly type: "LinkSignal";
  readonly signal: string;
  readonly link?: Link;
};

export type RetitleIncident = { readonly type: "RetitleIncident"; readonly title: string };
