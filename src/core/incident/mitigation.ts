/**
 * Mitigation: a control that reduces the risk now, before anything is fixed.
 *
 * It counts from when it was applied, not from when somebody had time to write it
 * down; both stand in the entry. A partial one is recorded and stops no clock.
 */

import type { Instant } from "../time/instant.ts";

export type MitigationApplied = {
  readonly type: "MitigationApplied";
  /** `M1`. */
  readonly mitigation: string;
  readonly kind: string;
  readonly text: string;
  readonly happenedAt: Instant;
  readonly partial?: boolean;
};
export type MitigationLifted = {
  readonly type: "MitigationLifted";
  readonly mitigation: string;
  readonly reason: string;
};

export type ApplyMitigation = {
  readonly type: "ApplyMitigation";
  readonly kind: string;
  readonly text: string;
  readonly happenedAt?: Instant;
  readonly partial?: boolean;
};
export type LiftMitigation = {
  readonly type: "LiftMitigation";
  readonly mitigation: string;
  readonly reason: string;
};
