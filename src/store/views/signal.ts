/**
 * view_signal: one row for each signal, for the inbox.
 */

import type { Signal } from "../../core/signal/state.ts";
import { reporterId } from "../../core/signal/state.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Table } from "./table.ts";

export type SignalViewRow = {
  /** The reference: R-7QK4-M2. */
  readonly id: string;
  readonly version: number;
  readonly state: "open" | "confirmed" | "closed";
  readonly channel: string;
  readonly source: string;
  readonly fingerprint: string;
  readonly title: string;
  /** Reference and title in lower case. */
  readonly search: string;
  readonly senderName: string | null;
  readonly senderMail: string | null;
  readonly receivedAt: Instant;
  readonly snoozedUntil: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly incident: string | null;
  readonly closedAs: string | null;
  readonly acknowledgedAt: Instant | null;
  readonly sample: boolean;
};

export const SIGNAL_VIEW: Table<SignalViewRow> = {
  name: "view_signal",
  columns: {
    id: "text",
    version: "integer",
    state: "text",
    channel: "text",
    source: "text",
    fingerprint: "text",
    title: "text",
    search: "text",
    senderName: "text",
    senderMail: "text",
    receivedAt: "bigint",
    snoozedUntil: "bigint",
    stoppedAt: "bigint",
    incident: "text",
    closedAs: "text",
    acknowledgedAt: "bigint",
    sample: "boolean",
  },
};

export function signalRows(signal: Signal): readonly SignalViewRow[] {
  if (signal.state === "none" || signal.receivedAt === undefined) return [];
  return [
    {
      id: signal.reference,
      version: signal.version,
      state: signal.state,
      channel: signal.channel,
      source: signal.source,
      fingerprint: signal.fingerprint,
      title: signal.title,
      search: `${signal.reference} ${signal.title}`.toLowerCase(),
      senderName: signal.sender.name ?? null,
      senderMail: signal.sender.mail ?? null,
      receivedAt: signal.receivedAt,
      snoozedUntil: signal.snoozedUntil ?? null,
      stoppedAt: signal.stoppedAt ?? null,
      incident: signal.incident ?? null,
      closedAs: signal.closedAs ?? null,
      acknowledgedAt: acknowledgedAt(signal),
      sample: signal.sample,
    },
  ];
}

/** The one place that knows how a signal's own acknowledgement is kept among its moments. */
const acknowledgedAt = ({ moments, reference }: Signal): Instant | null =>
  moments[`acknowledgedAt/${reporterId(reference)}`] ?? moments.acknowledgedAt ?? null;
