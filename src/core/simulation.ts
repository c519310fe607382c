/**
 * Simulation: what would be owed, asked of a policy and the laws, with no incident at all.
 *
 * The same functions that run incidents (`obligations`, `deriveLaw`), fed from what is
 * supposed. Nothing of it touches the record.
 *
 * A ghost is what would start if a claim were confirmed now: asked by supposing just that,
 * so that it becomes exactly what it showed.
 */

import type { PinnedPolicy } from "./context.ts";
import { keptTogether } from "./simulation-kept.ts";
import { printOwed } from "./law/conformance.ts";
import { deriveLaw } from "./law/derive.ts";
import type { LawNotDue } from "./law/owed.ts";
import type { Regime } from "./law/regime.ts";
import { apartFrom, type Bond, boundTo, type TermsClause } from "./policy/bound.ts";
import { boundSentence } from "./policy/bound-words.ts";
import { withinWords } from "./law/words.ts";
import { claimMoment, kindOfDuty, metAt } from "./policy/clause.ts";
import { answer, type ClaimState } from "./policy/condition/condition.ts";
import { governing } from "./policy/governing.ts";
import { type Obligation, obligations, standing, type Terms } from "./policy/obligations.ts";
import { momentsSet, type Policy } from "./policy/policy.ts";
import { clauseSentence } from "./policy/sentence.ts";
import { type Recipient, type Situation, TEAM } from "./policy/situation.ts";
import { ok, type Problem, type Result, refuseAll } from "./problem.ts";
import { type Instant, parseInstant, toIsoSeconds } from "./time/instant.ts";
import { zoneOrUtc } from "./time/zone.ts";
import { reach } from "./when.ts";

export type SupposedFact = {
  readonly claim: string;
  readonly state: ClaimState;
  /** Since when it is held. */
  readonly at: Instant;
};

/** What is supposed: when it reached us, how severe, what is held, and what laws read. */
export type Supposition = {
  readonly at: Instant;
  readonly severity?: string;
  readonly facts: readonly SupposedFact[];
  /** Facts of law by name: words, numbers, yes and no, instants as text. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Customers touched; where none is named, one that stands for any. */
  readonly customers: readonly SupposedCustomer[];
  readonly channel?: string;
};

/** A customer, and what was signed with them. */
export type SupposedCustomer = { readonly recipient: Recipient; readonly bond?: Bond };

/** An obligation as conformance prints them, with its clause. */
export type SimulatedOwed = Readonly<Record<string, unknown>> & {
  readonly clause: string;
  readonly recipient: string;
  readonly state: string;
  readonly due: string | null;
  /** Who receives it, in words, where the law names them so. */
  readonly recipientName?: string;
  /** The clause that governs, where this one is slack. */
  readonly slackOf?: string;
};

/** A clause or a regime that asks for nothing here, and why. */
export type SimulatedNotDue = Readonly<Record<string, unknown>> & {
  readonly regime: string;
  readonly clause?: string;
  readonly stage?: string;
  readonly reason: string;
};

export type Simulated = {
  readonly obligations: readonly SimulatedOwed[];
  readonly notDue: readonly SimulatedNotDue[];
  readonly ghosts: readonly Ghost[];
};

export type Ghost = {
  /** The claim that, confirmed at the instant supposed, would start these. */
  readonly claim: string;
  readonly says: string;
  readonly obligations: readonly SimulatedOwed[];
};

/** Clauses times customers times claims: a policy of the largest size, asked for ten customers. */
const COUNTS_MAX = 600_000;

export const ANY_CUSTOMER: Recipient = { kind: "customer", id: "customer:any" };

/**
 * What would be owed under `policy` and `regimes`.
 * Refuses with `severity-unknown`, `claim-unknown`, `simulation-too-large` and what rules of law refuse.
 */
export function simulate(
  supposed: Supposition,
  policy: PinnedPolicy,
  regimes: readonly Regime[],
): Result<Simulated> {
  const checked = refuseAll(problemsOf(supposed, policy.policy), supposed);
  if (!checked.ok) return checked;
  const situation = situationOf(supposed, policy.policy);
  const law = lawOf(supposed, situation, policy, regimes);
  if (!law.ok) return law;
  const bound = { ...policy, terms: withContracts(policy, supposed) };
  const owed = promised(supposed, bound);
  return ok({
    obligations: keptTogether(
      printAll(owed, bound, supposed.at),
      law.value.obligations,
      policy.terms.clauses,
    ),
    notDue: [...notOwed(owed, situation, policy), ...law.value.notDue],
    ghosts: ghostsOf(supposed, owed, bound),
  });
}

/** The policy's clauses, and those of the contracts with who is touched. */
function withContracts({ policy, terms }: PinnedPolicy, { customers }: Supposition): Terms {
  const contracted = customers.flatMap(({ recipient, bond }) =>
    bond === undefined ? [] : boundTo(recipient, apartFrom(policy, bond)),
  );
  return { ...terms, clauses: [...terms.clauses, ...contracted] };
}

function problemsOf(
  { severity, facts, customers }: Supposition,
  policy: Policy,
): readonly Problem[] {
  const known = policy.severities.map(({ id }) => id);
  const claims = policy.facts.map(({ claim }) => claim);
  const problems: Problem[] = [];
  if (severity !== undefined && !known.includes(severity)) {
    const message = `The policy has no severity ${severity}: write one of ${known.join(", ")}.`;
    problems.push({ code: "severity-unknown", message, at: "/severity" });
  }
  for (const [i, { claim }] of facts.entries()) {
    if (claims.includes(claim)) continue;
    const message = `The policy knows no claim ${claim}: write one of ${claims.join(", ")}.`;
    problems.push({ code: "claim-unknown", message, at: `/facts/${i}` });
  }
  const counts = policy.clauses.length * (claims.length + 1) * Math.max(1, customers.length);
  if (counts > COUNTS_MAX) {
    const message = `This policy has ${policy.clauses.length} clauses and ${claims.length} claims: that is too much to suppose for ${customers.length} customers at once. Name fewer.`;
    problems.push({ code: "simulation-too-large", message, at: "/customers" });
  }
  return problems;
}

/** What giving a severity sets: what a policy counts from triage starts then. */
const TRIAGED = ["severitySetAt", "triagedAt"] as const;

/**
 * What is promised in what is supposed. The severity is supposed to be known, not how fast it
 * was given: that we triage, and by when, is promised all the same.
 */
function promised(supposed: Supposition, { policy, terms }: PinnedPolicy): readonly Obligation[] {
  return obligations(terms, situationOf(supposed, policy)).map((one) => {
    if (metAt(one.clause) !== "triagedAt" || supposed.told["triagedAt"] !== undefined) return one;
    const { stoppedAt: _, ...open } = one;
    return open;
  });
}

/** As an incident opened from a signal at that instant would be, with what is supposed recorded. */
function situationOf(supposed: Supposition, policy: Policy): Situation {
  const { at, severity, facts, told, customers, channel } = supposed;
  const moments: Record<string, Instant> = {};
  for (const moment of ["receivedAt", "firstSignalAt", "openedAt"]) reach(moments, moment, at);
  if (severity !== undefined) for (const moment of TRIAGED) reach(moments, moment, at);
  for (const { claim, state, at: since } of facts) {
    reach(moments, claimMoment(claim, state), since);
    for (const moment of momentsSet(policy, claim, state)) reach(moments, moment, since);
  }
  for (const [name, value] of Object.entries(told)) {
    const moment =
      typeof value === "string" && name.endsWith("At") ? parseInstant(value) : undefined;
    if (moment !== undefined) moments[name] = moment;
  }
  return {
    openedAt: at,
    facts: facts.map(({ claim, state }) => ({ claim, state })),
    moments: new Map(Object.entries(moments)),
    recipients: [
      { kind: "authority", id: "authority" },
      { kind: "public", id: "public" },
      { kind: "reporter", id: "reporter", ...(channel === undefined ? {} : { channel }) },
      ...(customers.length === 0 ? [ANY_CUSTOMER] : customers.map(({ recipient }) => recipient)),
    ],
    ...(severity === undefined ? {} : { severity: [{ to: severity, at }] }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** What laws read: what was told, and every moment the policy's facts have set. */
function lawOf(
  { told, at }: Supposition,
  { moments }: Situation,
  { terms }: PinnedPolicy,
  regimes: readonly Regime[],
): Result<Pick<Simulated, "obligations" | "notDue">> {
  const calendar = terms.calendars.get(terms.calendar);
  const set = Object.fromEntries([...moments].map(([name, when]) => [name, toIsoSeconds(when)]));
  const zone = zoneOrUtc(calendar?.zone);
  const facts = { zone, asOf: toIsoSeconds(at), ...set, ...told };
  const opened = typeof told.regime === "string" ? told.regime : "multi";
  const days = (list: readonly { readonly date: string }[] | undefined) =>
    list?.map(({ date }) => date) ?? [];
  const law = deriveLaw({
    regimes,
    opened,
    facts,
    calendar: {
      holidays: days(calendar?.holidays),
      optionalHolidays: days(calendar?.optionalHolidays),
    },
  });
  if (!law.ok) return law;
  return ok({
    obligations: law.value.obligations.map((owed) => ({
      ...printOwed(owed),
      recipient: owed.recipient,
      ...(owed.clause?.recipientName === undefined
        ? {}
        : { recipientName: owed.clause.recipientName }),
      state: owed.state,
      due: owed.dueAt === undefined ? null : toIsoSeconds(owed.dueAt),
      clause: `${owed.regime}/${owed.stage}`,
      ...(owed.clause === undefined
        ? {}
        : {
            says: `${owed.cites}: ${owed.clause.recipientName ?? owed.recipient}, ${withinWords(owed.clause)}.`,
          }),
    })),
    notDue: law.value.notDue.map((one: LawNotDue) => ({ ...one })),
  });
}

/** Each obligation as conformance prints them, with its clause; which governs, and what is slack. */
function printAll(
  owed: readonly Obligation[],
  { policy, terms }: PinnedPolicy,
  at: Instant,
): readonly SimulatedOwed[] {
  const grouped = governing(owed, ({ id, clause, recipient, dueAt }) => ({
    id,
    duty: kindOfDuty(clause),
    recipient: recipient.id,
    dueAt,
  }));
  const governedBy = new Map(
    grouped.flatMap(({ governs, slack }) =>
      slack.map(({ id }) => [id, governs.clause.id] as const),
    ),
  );
  return owed.map((one) => {
    const { id, clause, recipient, startedAt, dueAt, latestAt, problem } = one;
    const governs = governedBy.get(id);
    return {
      regime: isBound(clause) ? "contract" : "policy",
      stage: clause.duty,
      clause: clause.id,
      recipient: recipient.id,
      state: stateOf(one, at),
      due: dueAt === undefined ? null : toIsoSeconds(dueAt),
      latest: latestAt === undefined ? null : toIsoSeconds(latestAt),
      startedAt: toIsoSeconds(startedAt),
      says: isBound(clause) ? boundSentence(clause, policy) : clauseSentence(clause, policy, terms),
      governs: governs === undefined,
      ...(governs === undefined ? {} : { slackOf: governs }),
      ...(problem === undefined ? {} : { problem: problem.message }),
    };
  });
}

const isBound = (clause: TermsClause): boolean => clause.bound !== undefined;

function stateOf(one: Obligation, at: Instant): string {
  if (one.stoppedAt !== undefined) return "done";
  if (one.dueAt === undefined) return "asap";
  return standing(one, at) === "missed" ? "overdue" : "due";
}

/** The clauses that owe nothing to anybody here, and why. */
function notOwed(owed: readonly Obligation[], situation: Situation, policy: PinnedPolicy) {
  const running = new Set(owed.map(({ clause }) => clause.id));
  return policy.terms.clauses
    .filter(({ id }) => !running.has(id))
    .map((clause) => {
      const recipients = [TEAM, ...situation.recipients].filter(({ kind }) => kind === clause.to);
      const answers = recipients.map((recipient) => answer(clause.when, situation, recipient));
      const isOff = answers.every((said) => said === "no");
      const reason =
        recipients.length === 0
          ? `there is no ${clause.to} here`
          : isOff
            ? "its condition does not hold"
            : answers.includes("yes")
              ? "the moment it counts from has not come"
              : "whether its condition holds is not known";
      const state = isOff || recipients.length === 0 ? "not-applicable" : "not-started";
      return { regime: "policy", stage: clause.duty, clause: clause.id, state, reason };
    });
}

/** For each claim that is not confirmed yet, what confirming it now would start. */
function ghostsOf(
  supposed: Supposition,
  owed: readonly Obligation[],
  policy: PinnedPolicy,
): readonly Ghost[] {
  const before = new Set(owed.map(({ id }) => id));
  return policy.policy.facts.flatMap(({ claim, says }): Ghost[] => {
    if (supposed.facts.some((fact) => fact.claim === claim && fact.state === "confirmed"))
      return [];
    const { at } = supposed;
    const facts: readonly SupposedFact[] = [
      ...supposed.facts.filter((fact) => fact.claim !== claim),
      { claim, state: "confirmed", at },
    ];
    const then = promised({ ...supposed, facts }, policy);
    const started = printAll(then, policy, at).filter(
      (_, i) => !before.has((then[i] as Obligation).id),
    );
    return started.length === 0 ? [] : [{ claim, says, obligations: started }];
  });
}
