/**
 * Gate: what must be true before going on, as a sentence of the policy.
 *
 * A gate holds because the record itself says so (`holds`), because a person has
 * shown the evidence, or because an exception stands on the record with its
 * reason. A gate for a second person is shown by a person, and not by the one who
 * passes it: a program with a token is nobody.
 */

import type { Context } from "../../context.ts";
import { answer } from "../../policy/condition/condition.ts";
import type { Gate, Policy } from "../../policy/policy.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import { situationOf } from "../situation.ts";
import type { Incident } from "../state.ts";

export type GateShown = {
  readonly type: "GateShown";
  /** `fix`, `resolve`, `close`, or a phase. */
  readonly of: string;
  readonly gate: string;
  readonly evidence: readonly string[];
};
export type GateExcepted = {
  readonly type: "GateExcepted";
  readonly of: string;
  readonly gate: string;
  readonly reason: string;
  /** There was nobody else in the team who could have. */
  readonly alone?: boolean;
};

export type ShowGate = {
  readonly type: "ShowGate";
  readonly of: string;
  readonly gate: string;
  readonly evidence: readonly string[];
};
export type ExceptGate = {
  readonly type: "ExceptGate";
  readonly of: string;
  readonly gate: string;
  readonly reason: string;
};

export const GATED_ACTS = ["fix", "resolve", "close"] as const;

/** The gates kept under `of`; a phase called fix shares its name with the act. */
export function gatesOf({ gates, phases }: Policy, of: string): readonly Gate[] {
  const act = GATED_ACTS.find((known) => known === of);
  const phase = phases.find(({ id }) => id === of);
  return [...((act && gates[act]) ?? []), ...(phase?.enter ?? []), ...(phase?.leave ?? [])];
}

/**
 * One `gate-open` or `gate-second-person` for each of `gates` that does not hold for
 * whoever wants to pass it now.
 */
export function openGates(
  incident: Incident,
  of: string,
  gates: readonly Gate[] | undefined,
  { by, person, behind }: Pick<Context, "by" | "person" | "behind">,
): readonly Problem[] {
  // Whoever showed it does not pass it with a token of their own either.
  const passer = person?.id ?? behind ?? by;
  const situation = situationOf(incident);
  return (gates ?? []).flatMap((gate) => {
    const key = `${of}/${gate.id}`;
    if (gate.when && answer(gate.when, situation, undefined) !== "yes") return [];
    if (incident.excepted[key]) return [];
    const at = `/gates/${key}`;
    if (gate.holds && answer(gate.holds, situation, undefined) !== "yes") {
      return [{ code: "gate-open", message: `Not yet: ${gate.says}`, at }];
    }
    if (!isToBeShown(gate)) return [];
    const shown = incident.shown[key];
    if (!shown) return [{ code: "gate-open", message: `${gate.says} ${asked(gate)}`, at }];
    if (!gate.second || (shown.by !== passer && shown.by.startsWith("account/"))) return [];
    const message = `${gate.says} A second person has to show this, or an exception with its reason stands in for them.`;
    return [{ code: "gate-second-person", message, at }];
  });
}

/**
 * Shows the evidence of a gate.
 * Refuses with `gate-unknown`, `gate-computed`, `evidence-missing`, `evidence-no-link`.
 */
export function showGate(
  _: Incident,
  { of, gate: id, evidence }: ShowGate,
  { policy: { policy } }: Context,
): Result<readonly GateShown[]> {
  const gate = gatesOf(policy, of).find((known) => known.id === id);
  if (!gate) return unknownGate(policy, of, id);
  if (!isToBeShown(gate)) {
    const message = "The record itself tells whether this holds: nothing is to be shown.";
    return refuse("gate-computed", message, "/gate");
  }
  const given = evidence.map((item) => item.trim()).filter((item) => item !== "");
  const noLink = given.findIndex((item) => !/^https?:\/\/\S+$/.test(item));
  const problems: Problem[] = [];
  if (gate.evidence && given.length === 0) {
    problems.push({ code: "evidence-missing", message: asked(gate), at: "/evidence" });
  }
  if (gate.evidence === "link" && noLink >= 0) {
    const message = `“${given[noLink]}” is not a link: give one that starts with https:// or http://.`;
    problems.push({ code: "evidence-no-link", message, at: `/evidence/${noLink}` });
  }
  return refuseAll(problems, [{ type: "GateShown", of, gate: id, evidence: given }]);
}

/**
 * Puts an exception to a gate on the record.
 * Refuses with `gate-unknown`, `text-missing`, `text-too-long`.
 */
export function exceptGate(
  _: Incident,
  { of, gate, reason }: ExceptGate,
  { policy: { policy }, team }: Context,
): Result<readonly GateExcepted[]> {
  if (!gatesOf(policy, of).some(({ id }) => id === gate)) return unknownGate(policy, of, gate);
  const unsaid = textProblem(
    reason,
    NOTE_CHARACTERS_MAX,
    "/reason",
    "Say why this gate is passed without: the reason is kept.",
  );
  const alone = team.filter(({ role }) => role !== "reader").length < 2;
  return refuseAll(unsaid ? [unsaid] : [], [
    { type: "GateExcepted", of, gate, reason, ...(alone ? { alone } : {}) },
  ]);
}

/** A gate that the record cannot tell is one that a person has to show. */
const isToBeShown = ({ holds, evidence, second }: Gate): boolean =>
  holds === undefined || evidence !== undefined || second === true;

const asked = ({ evidence, second }: Gate): string =>
  `Show ${evidence === "link" ? "a link to the evidence" : evidence === "note" ? "a note on it" : "that it holds"}${second ? "; it takes a second person" : ""}.`;

function unknownGate(policy: Policy, of: string, gate: string): Result<never> {
  const known = gatesOf(policy, of).map(({ id }) => id);
  const message =
    known.length === 0
      ? `This policy has no gates for ${of}.`
      : `${gate} is not a gate for ${of}: use ${listed(known)}.`;
  return refuse("gate-unknown", message, "/gate");
}
