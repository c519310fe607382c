/**
 * Fix: the defect removed, through the policy's fix gates, and verified in
 * production with a note of how we know.
 */

import type { Context } from "../../context.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem } from "../../when.ts";
import { openGates } from "./gate.ts";
import type { Incident } from "../state.ts";

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

/**
 * Records that the permanent fix is out, with everything that still keeps it back.
 * Refuses with `gate-open`, `gate-second-person`, `text-missing`, `text-too-long`,
 * `instant-in-future`.
 */
export function shipFix(
  incident: Incident,
  { text, release, happenedAt }: ShipFix,
  context: Context,
): Result<readonly FixShipped[]> {
  const { at, policy } = context;
  const problems = [
    textProblem(text, NOTE_CHARACTERS_MAX, "/text", "Say what was fixed."),
    tooLong(release, TITLE_CHARACTERS_MAX, "/release"),
    futureProblem(happenedAt, at, "/happenedAt"),
    ...openGates(incident, "fix", policy.policy.gates.fix, context),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "FixShipped",
      fix: `F${incident.numbered.fixes + 1}`,
      text,
      happenedAt: happenedAt ?? at,
      ...(release === undefined ? {} : { release }),
    },
  ]);
}

/**
 * Records how we know that the fix works.
 * Refuses with `nothing-fixed`, `text-missing`, `text-too-long`, `instant-in-future`.
 */
export function verifyFix(
  incident: Incident,
  { note, happenedAt }: VerifyFix,
  { at }: Context,
): Result<readonly FixVerified[]> {
  if (incident.fixes.length === 0) {
    return refuse("nothing-fixed", "No fix is out yet: record it first, then how it was verified.");
  }
  const problems = [
    textProblem(note, NOTE_CHARACTERS_MAX, "/note", "Say how you know that it works."),
    futureProblem(happenedAt, at, "/happenedAt"),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [{ type: "FixVerified", note, happenedAt: happenedAt ?? at }]);
}
