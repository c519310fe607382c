/**
 * Phase: where the response stands, in the policy's own words.
 *
 * One phase is the main one; others may run beside it. Going on needs the gates
 * of the phase that is left and of the one that is entered. Going back is always
 * possible, with a reason, and needs no gate: nobody should have to prove that
 * they were wrong.
 */

import type { Context } from "../../context.ts";
import type { Phase, Policy } from "../../policy/policy.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { openGates } from "./gate.ts";
import type { Incident } from "../state.ts";

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

/**
 * Enters a phase: going on, back, or beside the present one.
 * Refuses with `phase-unknown`, `phase-present`, `reason-missing`, `text-too-long`,
 * and one `gate-open` or `gate-second-person` per gate.
 */
export function enterPhase(
  incident: Incident,
  { phase: id, beside, reason }: EnterPhase,
  context: Context,
): Result<readonly PhaseEntered[]> {
  const { policy } = context.policy;
  const phase = policy.phases.find((known) => known.id === id);
  if (!phase) {
    const known = listed(policy.phases.map((other) => other.id));
    return refuse("phase-unknown", `${id} is not a phase of this policy: use ${known}.`, "/phase");
  }
  if (incident.phase.main === id || (beside && incident.phase.beside.includes(id))) {
    return refuse("phase-present", `The response is in ${phase.name} already.`, "/phase");
  }
  const way = beside ? "beside" : isBack(policy, incident, id) ? "back" : "on";
  const problems: Problem[] = [...reasonProblems(policy, incident, phase, way, reason)];
  if (way === "on") {
    const left = policy.phases.find((known) => known.id === incident.phase.main);
    if (left) problems.push(...openGates(incident, left.id, left.leave, context));
  }
  if (way !== "back") problems.push(...openGates(incident, id, phase.enter, context));
  return refuseAll(problems, [
    {
      type: "PhaseEntered",
      phase: id,
      ...(way === "beside" ? { beside: true } : {}),
      ...(way === "back" ? { back: true } : {}),
      ...(reason === undefined ? {} : { reason }),
    },
  ]);
}

/**
 * Leaves a phase that runs beside the main one.
 * Refuses with `phase-not-beside`, and one problem per gate that does not hold.
 */
export function leavePhase(
  incident: Incident,
  { phase: id }: LeavePhase,
  context: Context,
): Result<readonly PhaseLeft[]> {
  if (!incident.phase.beside.includes(id)) {
    const message =
      incident.phase.main === id
        ? "This is where the response stands: enter the next phase instead."
        : "The response is not in that phase.";
    return refuse("phase-not-beside", message, "/phase");
  }
  const phase = context.policy.policy.phases.find((known) => known.id === id);
  const open = openGates(incident, id, phase?.leave, context);
  return open.length === 0 ? ok([{ type: "PhaseLeft", phase: id }]) : refuseAll(open, []);
}

/** Keeps where the response stands. */
export function keepPhase(
  { phase }: { phase: Incident["phase"] },
  event: PhaseEntered | PhaseLeft,
): void {
  phase.beside = phase.beside.filter((id) => id !== event.phase);
  if (event.type === "PhaseLeft") return;
  if (event.beside) phase.beside.push(event.phase);
  else phase.main = event.phase;
  if (!phase.visited.includes(event.phase)) phase.visited.push(event.phase);
}

function reasonProblems(
  policy: Policy,
  incident: Incident,
  phase: Phase,
  way: "on" | "back" | "beside",
  reason: string | undefined,
): readonly Problem[] {
  const long = tooLong(reason, NOTE_CHARACTERS_MAX, "/reason");
  if (long) return [long];
  if (reason !== undefined && reason.trim() !== "") return [];
  const skipped = way === "on" ? skippedBy(policy, incident, phase.id) : [];
  const message =
    way === "back"
      ? `${phase.name} lies behind: say why the response goes back.`
      : way === "beside" && !phase.parallel
        ? `The policy does not run ${phase.name} beside another phase: say why it is so here.`
        : skipped.length > 0
          ? `This skips ${listed(skipped.map(({ name }) => name))}: say why.`
          : undefined;
  return message === undefined ? [] : [{ code: "reason-missing", message, at: "/reason" }];
}

const indexOf = (policy: Policy, id: string | undefined): number =>
  policy.phases.findIndex((phase) => phase.id === id);

const isBack = (policy: Policy, { phase }: Incident, id: string): boolean =>
  indexOf(policy, id) < indexOf(policy, phase.main);

/** Phases between here and there that nobody has been in, but for those that may run beside. */
const skippedBy = (policy: Policy, { phase }: Incident, id: string): readonly Phase[] =>
  policy.phases
    .slice(indexOf(policy, phase.main) + 1, indexOf(policy, id))
    .filter((between) => !between.parallel && !phase.visited.includes(between.id));
