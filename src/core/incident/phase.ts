/**
 * Phase: where the response stands, in the policy's own words.
 *
 * One phase is the main one; others may run beside it. Going on needs the gates
 * of the phase that is left and of the one that is entered. Going back is always
 * possible, with a reason, and needs no gate: nobody should have to prove that
 * they were wrong.
 */

export type PhaseEntered = {
  readonly type: "PhaseEntered";
  readonly phase: string;
  readonly beside?: boolean;
  readonly back?: boolean;
  readonly reason?: string;
};
export type PhaseLeft = { readonly type: "PhaseLeft"; readonly phase: string };

export type EnterPhase = {
  readonly type: "EnterPhase";
  readonly phase: string;
  readonly beside?: boolean;
  readonly reason?: string;
};
export type LeavePhase = { readonly type: "LeavePhase"; readonly phase: string };
