/**
 * Mitigation: a control that reduces the risk now, before anything is fixed.
 *
 * It counts from when it was applied, not from when somebody had time to write it
 * down; both stand in the entry. A partial one is recorded and stops no clock.
 */

import type { Context } from "../../context.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem } from "../../when.ts";
import type { Incident } from "../state.ts";

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

/**
 * Records a mitigation of one of the policy's kinds.
 * Refuses with `mitigation-kind-unknown`, `text-missing`, `text-too-long`, `instant-in-future`.
 */
export function applyMitigation(
  incident: Incident,
  { kind, text, happenedAt, partial }: ApplyMitigation,
  { at, policy: { policy } }: Context,
): Result<readonly MitigationApplied[]> {
  const known = policy.mitigations.map(({ id }) => id);
  const message = `${kind} is not a kind of mitigation of this policy: use ${listed(known)}.`;
  const problems = [
    known.includes(kind) ? undefined : { code: "mitigation-kind-unknown", message, at: "/kind" },
    textProblem(text, NOTE_CHARACTERS_MAX, "/text", "Say what was done."),
    futureProblem(happenedAt, at, "/happenedAt"),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "MitigationApplied",
      mitigation: `M${incident.numbered.mitigations + 1}`,
      kind,
      text,
      happenedAt: happenedAt ?? at,
      ...(partial === undefined ? {} : { partial }),
    },
  ]);
}

/**
 * Records that a control was lifted.
 * Refuses with `mitigation-unknown`, `mitigation-lifted`, `text-missing`, `text-too-long`.
 */
export function liftMitigation(
  incident: Incident,
  { mitigation: id, reason }: LiftMitigation,
): Result<readonly MitigationLifted[]> {
  const mitigation = incident.mitigations.find((known) => known.id === id);
  if (!mitigation) {
    return refuse("mitigation-unknown", `There is no mitigation ${id} here.`, "/mitigation");
  }
  if (mitigation.liftedAt !== undefined) {
    return refuse("mitigation-lifted", `${id} is lifted already.`, "/mitigation");
  }
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why it is lifted.");
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "MitigationLifted", mitigation: id, reason }]);
}
