/**
 * Notice, as the incident sends it: to one recipient, by one person, for one duty.
 */

import type { Instant } from "../time/instant.ts";

/** A duty towards somebody outside was met by an act outside this system, with its evidence. */
export type ObligationMet = {
  readonly type: "ObligationMet";
  readonly obligation: string;
  /** The moment that this reaches for the recipient. */
  readonly moment: string;
  readonly recipient: string;
  readonly happenedAt: Instant;
  readonly evidence: string;
};

export type SendNotice = {
  readonly type: "SendNotice";
  /** The obligation that it shall meet. */
  readonly obligation: string;
  readonly to: { readonly name?: string; readonly mail: string };
  readonly subject: string;
  readonly body: string;
};

export type MeetObligation = {
  readonly type: "MeetObligation";
  readonly obligation: string;
  readonly evidence: string;
  readonly happenedAt?: Instant;
};
