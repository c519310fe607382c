/**
 * Record: a signal comes in, comes again, or is over.
 *
 * Whether it came before is settled by its fingerprint, before this is asked: the
 * command is then about the signal that is open already. A repeat is counted in a
 * view and makes no entry, since a flapping monitor must not become a record of
 * thousands; that it is over is an entry, once.
 */

import type { Addressee } from "../notice/notice.ts";
import type { Instant } from "../time/instant.ts";

export type SignalRecorded = {
  readonly type: "SignalRecorded";
  /** A channel in of the policy. */
  readonly channel: string;
  /** The adapter it came through: `alertmanager`, `mail`, `form`, `hand`. */
  readonly source: string;
  readonly fingerprint: string;
  /** When it reached us, not when we read it. */
  readonly receivedAt: Instant;
  readonly happenedAt?: Instant;
  readonly title: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sender: { readonly name?: string; readonly mail?: string };
  readonly caseToken?: string;
  readonly wish?: string;
  /** The id of the raw body. */
  readonly raw?: string;
  readonly sourceRef?: string;
  readonly severityHint?: string;
  readonly sample?: boolean;
};

export type SignalStopped = { readonly type: "SignalStopped"; readonly at: Instant };

export type ReporterWrote = {
  readonly type: "ReporterWrote";
  readonly text: string;
  readonly at: Instant;
};

export type RecordSignal = {
  readonly type: "RecordSignal";
  readonly channel?: string;
  readonly source?: string;
  readonly fingerprint?: string;
  readonly receivedAt?: Instant;
  readonly happenedAt?: Instant;
  readonly title: string;
  readonly text?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly sender?: { readonly name?: string; readonly mail?: string };
  readonly caseToken?: string;
  readonly wish?: string;
  readonly raw?: string;
  readonly sourceRef?: string;
  readonly severityHint?: string;
  readonly sample?: boolean;
  /** Its source says that this is over. */
  readonly stopped?: boolean;
  /** The automatic word that it arrived, where the reporter can be written to. */
  readonly receipt?: {
    readonly subject: string;
    readonly body: string;
    readonly from?: Addressee;
    readonly inReplyTo?: string;
  };
};

/** The reporter writes again. */
export type RecordReply = {
  readonly type: "RecordReply";
  readonly text: string;
  readonly receivedAt?: Instant;
};
