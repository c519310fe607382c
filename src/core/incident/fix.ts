/**
 * Fix: the defect removed, through the policy's fix gates, and verified in
 * production with a note of how we know.
 */

import type { Instant } from "../time/instant.ts";

export type FixShipped = {
  readonly type: "FixShipped";
  /** `F1`. */
  readonly fix: string;
  readonly text: string;
  readonly release?: string;
  readonly happenedAt: Instant;
};
export type FixVerified = {
  readonly type: "FixVerified";
  readonly note: string;
  readonly happenedAt: Instant;
};

export type ShipFix = {
  readonly type: "ShipFix";
  readonly text: string;
  readonly release?: string;
  readonly happenedAt?: Instant;
};
export type VerifyFix = {
  readonly type: "VerifyFix";
  readonly note: string;
  readonly happenedAt?: Instant;
};
