/**
 * Waiver: an obligation that a clause calls for, and that a person says does not
 * apply here, with the reason.
 *
 * Its clock stops without being met, and it stays in sight, slashed. A waiver that
 * was wrong is struck, and the obligation runs again at its first due instant.
 */

import type { Context } from "../../context.ts";
import { refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { runningObligation } from "./obligation.ts";
import type { Incident } from "../state.ts";

export type ObligationWaived = {
  readonly type: "ObligationWaived";
  readonly obligation: string;
  readonly reason: string;
};

export type WaiveObligation = {
  readonly type: "WaiveObligation";
  readonly obligation: string;
  readonly reason: string;
};

/**
 * Records that what is owed and runs does not apply.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `text-missing`, `text-too-long`.
 */
export function waiveObligation(
  incident: Incident,
  { obligation: id, reason }: WaiveObligation,
  { policy }: Context,
): Result<readonly ObligationWaived[]> {
  const owed = runningObligation(incident, id, policy);
  if (!owed.ok) return owed;
  const unsaid = textProblem(
    reason,
    NOTE_CHARACTERS_MAX,
    "/reason",
    "Say why this does not apply: whoever reads the record later will ask.",
  );
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "ObligationWaived", obligation: id, reason }]);
}

/** Keeps the first one: a second cannot be said while it stands. */
export function keepWaiver(
  { arranged }: Incident,
  { obligation }: ObligationWaived,
  { at, version }: { readonly at: Instant; readonly version: number },
): void {
  (arranged[obligation] ??= {}).waiver ??= { at, version };
}
