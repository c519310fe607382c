/**
 * Decision: must we notify? Yes, no, or not known yet, with the reasons.
 *
 * The policy's questions are answered one by one. What is not known carries the
 * instant at which it is looked at again, and that is owed like any promise
 * (promise.ts). A no is written as carefully as a yes: it is refused while a clause
 * owes somebody a notice, because then the clause has decided already.
 *
 * A decision is never changed: a later one follows it. Whether it still stands is
 * asked of the facts each time, so that a fact which contradicts it opens it again
 * without anybody having to notice.
 */

import type { Context } from "../../context.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { seatOver } from "../../seat.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import { type Instant, toIsoSeconds } from "../../time/instant.ts";
import { SKEW_MS_MAX } from "../../when.ts";
import type { Policy } from "../../policy/policy.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Answers, FactState, Incident, Yes } from "../state.ts";

export const OUTCOMES = ["notify", "do-not-notify", "later"] as const;
export type Outcome = (typeof OUTCOMES)[number];

type Said = {
  readonly outcome: Outcome;
  /** By question of the policy's decision. */
  readonly answers: Answers;
  readonly reason: string;
  /** When what is not known is looked at again. */
  readonly lookAgainAt?: Instant;
  /** Outside counsel reads it before it stands. */
  readonly counsel?: boolean;
};
export type DecisionRecorded = Said & {
  readonly type: "DecisionRecorded";
  /** The entries of the facts that were held then. */
  readonly facts: readonly number[];
};
export type CounselAgreed = {
  readonly type: "CounselAgreed";
  /** The entry of the decision. */
  readonly decision: number;
  /** Who they are. */
  readonly counsel: string;
  readonly note?: string;
  /** The seat from which they did; absent where somebody of the team recorded it for them. */
  readonly seat?: string;
};
/** Counsel has read it and does not agree: it does not stand, and is decided again. */
export type CounselObjected = Omit<CounselAgreed, "type" | "note"> & {
  readonly type: "CounselObjected";
  readonly note: string;
};

export type Decide = Said & { readonly type: "Decide" };
export type AgreeAsCounsel = {
  readonly type: "AgreeAsCounsel";
  readonly counsel: string;
  readonly note?: string;
  readonly seat?: string;
};
export type ObjectAsCounsel = Omit<AgreeAsCounsel, "type" | "note"> & {
  readonly type: "ObjectAsCounsel";
  readonly note: string;
};

/** One decision, as the incident keeps it. */
export type DecisionState = Pick<Said, "outcome" | "answers" | "reason" | "lookAgainAt"> & {
  readonly version: number;
  readonly at: Instant;
  readonly by: string;
  readonly facts: readonly number[];
  /** Until counsel has agreed. */
  awaits?: "counsel";
  /** Who of counsel has read it, and whether they agreed. */
  counsel?: { readonly name: string; readonly agreed: boolean; readonly version: number };
};

/** A question whose answer the facts have overtaken. */
export type Contradiction = {
  readonly question: string;
  readonly answered: Yes;
  readonly claim: string;
  readonly state: FactState["state"];
  /** The fact's entry. */
  readonly version: number;
};

/**
 * Records the decision.
 * Refuses with `decision-not-asked`, `question-unknown`, `question-unanswered`,
 * `decision-against-fact`, `decision-against-clause`, `look-again-missing`,
 * `look-again-past`, `text-missing`, `text-too-long`.
 */
export function decideToNotify(
  incident: Incident,
  { type: _, ...said }: Decide,
  context: Context,
): Result<readonly DecisionRecorded[]> {
  const { policy } = context.policy;
  const problems = [
    ...answerProblems(policy, said.answers),
    ...contradictions(incident, policy, said.answers).map((found) => againstFact(policy, found)),
    ...againstClause(incident, said, context),
    ...lookAgainProblems(said, context.at),
    textProblem(
      said.reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      "Say why: a no is read later as closely as a yes.",
    ),
  ].filter((problem) => problem !== undefined);
  const facts = Object.values(incident.facts).map(({ version }) => version);
  return refuseAll(problems, [
    { type: "DecisionRecorded", ...said, facts: facts.sort((a, b) => a - b) },
  ]);
}

/**
 * Records that counsel agrees.
 * Refuses with `counsel-not-asked`, `seat-over`, `text-missing`, `text-too-long`.
 */
export function agreeAsCounsel(
  incident: Incident,
  { type: _, ...agreed }: AgreeAsCounsel,
  { at }: Pick<Context, "at">,
): Result<readonly CounselAgreed[]> {
  const last = askedOfCounsel(incident, agreed.seat, at);
  if (!last.ok) return last;
  const unsaid = textProblem(agreed.counsel, 200, "/counsel", "Say who has read it.");
  return refuseAll(unsaid ? [unsaid] : [], [
    { type: "CounselAgreed", decision: last.value.version, ...agreed },
  ]);
}

/**
 * Records that counsel does not agree. Refuses as `agreeAsCounsel` does, and without the reason.
 */
export function objectAsCounsel(
  incident: Incident,
  { type: _, ...objected }: ObjectAsCounsel,
  { at }: Pick<Context, "at">,
): Result<readonly CounselObjected[]> {
  const last = askedOfCounsel(incident, objected.seat, at);
  if (!last.ok) return last;
  const problems = [
    textProblem(objected.counsel, 200, "/counsel", "Say who has read it."),
    textProblem(objected.note, NOTE_CHARACTERS_MAX, "/note", "Say what speaks against it."),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    { type: "CounselObjected", decision: last.value.version, ...objected },
  ]);
}

/** The decision that waits; from a seat only where that was asked to review, and is not over. */
function askedOfCounsel(
  { decisions, seats }: Incident,
  from: string | undefined,
  at: Instant,
): Result<DecisionState> {
  const last = decisions.at(-1);
  if (last?.awaits !== "counsel") {
    return refuse("counsel-not-asked", "No decision here waits for counsel.");
  }
  if (from === undefined) return ok(last);
  const seat = seats?.given.find(({ id }) => id === from);
  if (!seat || seat.review !== true) {
    return refuse("counsel-not-asked", "This seat was not asked for a review.");
  }
  return seatOver(seat, at) ? refuse("seat-over", "This seat is over.", "/seat") : ok(last);
}

/** Keeps a decision, or that it stands. */
export function keepDecision(
  incident: Incident,
  event: DecisionRecorded | CounselAgreed | CounselObjected,
  { at, by, version }: { readonly at: Instant; readonly by: string; readonly version: number },
): void {
  if (event.type !== "DecisionRecorded") {
    const held = incident.decisions.find((decision) => decision.version === event.decision);
    if (!held) return;
    const agreed = event.type === "CounselAgreed";
    held.counsel = { name: event.counsel, agreed, version };
    // What counsel objects to goes on waiting: they may yet agree, or it is decided again.
    if (!agreed) return;
    delete held.awaits;
    settle(incident, held, at);
    return;
  }
  const { outcome, answers, reason, facts, lookAgainAt, counsel } = event;
  const decision: DecisionState = {
    version,
    at,
    by,
    outcome,
    answers,
    reason,
    facts,
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
    ...(counsel ? { awaits: "counsel" } : {}),
  };
  incident.decisions.push(decision);
  if (!counsel) settle(incident, decision, at);
}

/** What is held now against the last decision; nothing where there is none. */
export function overtaken(incident: Incident, policy: Policy): readonly Contradiction[] {
  const last = incident.decisions.at(-1);
  return last === undefined ? [] : contradictions(incident, policy, last.answers, last.version);
}

/** Decided is what says yes or no, and stands. */
function settle({ moments }: Incident, { outcome }: DecisionState, at: Instant): void {
  if (outcome !== "later") moments["decidedAt"] ??= at;
}

/**
 * Answers that what is held says otherwise of. A fact that was there when `unknown` was
 * answered was known to whoever answered: only one that came `after` it counts.
 */
function contradictions(
  { facts }: Incident,
  { decision = [] }: Policy,
  answers: Answers,
  after = Infinity,
): readonly Contradiction[] {
  return decision.flatMap(({ id, claim }) => {
    const answered = answers[id];
    if (claim === undefined || answered === undefined) return [];
    return Object.values(facts)
      .filter((fact) => fact.claim === claim && isAgainst(answered, fact, after))
      .map(({ state, version }) => ({ question: id, answered, claim, state, version }));
  });
}

function isAgainst(answered: Yes, { state, version, concerning }: FactState, after: number) {
  if (answered === "no") return state === "confirmed" || (state === "suspected" && version > after);
  // Ruled out for one party may still be so for another.
  if (answered === "yes") return state === "ruled-out" && concerning === undefined;
  return state !== "suspected" && version > after;
}

function answerProblems({ decision = [] }: Policy, answers: Answers): readonly Problem[] {
  if (decision.length === 0) {
    const message = "This policy has no questions for the decision: add them under `decision`.";
    return [{ code: "decision-not-asked", message }];
  }
  const known = decision.map(({ id }) => id);
  const strange = Object.keys(answers).filter((id) => !known.includes(id));
  const open = decision.filter(({ id }) => answers[id] === undefined);
  return [
    ...strange.map((id) => ({
      code: "question-unknown",
      message: `${id} is no question of this decision: use ${listed(known)}.`,
      at: `/answers/${id}`,
    })),
    ...open.map(({ id, ask }) => ({
      code: "question-unanswered",
      message: `Answer yes, no or unknown: ${ask}`,
      at: `/answers/${id}`,
    })),
  ];
}

function againstFact(
  { decision = [], facts }: Policy,
  { question, answered, claim, state, version }: Contradiction,
): Problem {
  const ask = decision.find(({ id }) => id === question)?.ask ?? question;
  const says = facts.find((fact) => fact.claim === claim)?.says ?? claim;
  const message = `“${ask}” is answered ${answered}, and entry ${version} says ${state}: ${says}. Answer by it, or strike it if it is wrong.`;
  return { code: "decision-against-fact", message, at: `/answers/${question}` };
}

/** A clause that owes somebody a notice has decided: only a waiver says that it does not apply. */
function againstClause(
  incident: Incident,
  { outcome }: Said,
  { policy }: Context,
): readonly Problem[] {
  if (outcome !== "do-not-notify") return [];
  const owed = incidentObligations(incident, policy).filter(
    ({ clause, stoppedAt, dueAt }) =>
      clause.duty === "notify" &&
      clause.bound?.inbound !== true &&
      stoppedAt === undefined &&
      dueAt !== undefined,
  );
  if (owed.length === 0) return [];
  const ids = listed([...new Set(owed.map(({ clause }) => clause.id))]);
  const message = `A notice is owed under ${ids}: notify, or first waive what does not apply, with the reason.`;
  return [{ code: "decision-against-clause", message, at: "/outcome" }];
}

function lookAgainProblems(
  { outcome, answers, lookAgainAt }: Said,
  now: Instant,
): readonly Problem[] {
  const isOpen = outcome === "later" || Object.values(answers).includes("unknown");
  if (lookAgainAt === undefined) {
    const message = "Say when you look at it again: what is not known yet needs an instant.";
    return isOpen ? [{ code: "look-again-missing", message, at: "/lookAgainAt" }] : [];
  }
  if (lookAgainAt > now - SKEW_MS_MAX) return [];
  const message = `${toIsoSeconds(lookAgainAt)} has passed: it is ${toIsoSeconds(now)}. Give an instant that is still to come.`;
  return [{ code: "look-again-past", message, at: "/lookAgainAt" }];
}
