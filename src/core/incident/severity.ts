/**
 * Severity: by the policy's own questions, and never without a reason.
 *
 * A raised severity counts from the original moments, and what would already be
 * over is due at once; a lowered one relaxes what hangs on the label, not what
 * hangs on facts. Both follow from core/policy/obligations.ts, which is given the
 * whole history; this file only keeps it honest.
 */

import type { Answers } from "./state.ts";

export type SeverityChanged = {
  readonly type: "SeverityChanged";
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
  readonly answers: Answers;
};

/** The operational scale of the team; never mixed with severity. */
export type PriorityChanged = {
  readonly type: "PriorityChanged";
  readonly to: string;
  readonly reason: string;
};

export type ChangeSeverity = {
  readonly type: "ChangeSeverity";
  readonly to: string;
  readonly reason: string;
  readonly answers?: Answers;
};

export type ChangePriority = {
  readonly type: "ChangePriority";
  readonly to: string;
  readonly reason: string;
};
