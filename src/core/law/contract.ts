/**
 * Contracts: what a processor owes its customers. Per customer each numeric clause of its
 * contract and the published policy's floor are candidates, each counted from its own
 * moment; the earliest instant governs, and the losers stay visible.
 *
 * Where a customer has been told, its own clock towards its authority is shown beside:
 * somebody else's, but it depends on us (GDPR 33(1), EDPB 9/2022 on imputation).
 */

import { ok, type Result, refuse, shownValue } from "../problem.ts";
import { plusHours } from "../time/count.ts";
import type { Instant } from "../time/instant.ts";
import { parseTimeOfDay } from "../time/zone.ts";
import { isUnanchored } from "../time/rule/anchor.ts";
import { countRule } from "../time/rule/count-rule.ts";
import type { Rule, RuleCount, RuleWorld } from "../time/rule/rule.ts";
import { type FactRecord, momentIn } from "../time/rule/world.ts";
import { countOf, doneAt, type LawOwed } from "./owed.ts";

/** A clause of a customer's contract, as facts hold it. */
export type ContractFact = {
  readonly customer: string;
  readonly n?: number;
  readonly unit?: string;
  readonly anchor?: string;
  readonly endAt?: string;
  readonly clause?: string;
  readonly text?: string;
  readonly notifiedAt?: string;
};

/** Where a customer that was told has a clock of its own: under which regime, towards whom. */
export type OwnClock = { readonly regime: string; readonly authority: string };

export type LawCandidate = { readonly id: string; readonly rule: Rule };

/** The contract clauses told of; none where the fact is absent. */
export const contractsIn = (facts: FactRecord): readonly ContractFact[] =>
  Array.isArray(facts.contracts)
    ? facts.contracts.filter((one) => typeof one?.customer === "string").map(toldOnly)
    : [];

/** Absent and null mean the same. */
const toldOnly = (given: object): ContractFact =>
  Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null),
  ) as unknown as ContractFact;

/** What each customer with a contract is owed. `regime` is reported where no number runs. */
export function customerNotices(
  facts: FactRecord,
  world: RuleWorld,
  regime: { readonly id: string; readonly ownClock?: OwnClock },
): Result<readonly LawOwed[]> {
  const owed: LawOwed[] = [];
  const contracts = contractsIn(facts);
  for (const customer of new Set(contracts.map((one) => one.customer))) {
    const own = contracts.filter((one) => one.customer === customer);
    const notice = noticeTo(customer, own, facts, world, regime.id);
    if (!notice.ok) return notice;
    owed.push(notice.value);
    const told = notice.value.satisfiedAt;
    if (told === undefined || regime.ownClock === undefined) continue;
    owed.push(...ownClock(regime.ownClock, customer, told, world));
  }
  return ok(owed);
}

/** The candidates of one customer: its numeric clauses, then the floor. */
export function candidatesOf(
  own: readonly ContractFact[],
  customer: string,
  facts: FactRecord,
): Result<readonly LawCandidate[]> {
  const given = facts.policyFloor;
  const floor = typeof given === "object" && given !== null ? toldOnly(given) : undefined;
  const named = [
    ...own.map((one) => ({ id: `contract:${customer}`, one })),
    ...(floor === undefined ? [] : [{ id: "policy-floor", one: floor }]),
  ];
  const candidates: LawCandidate[] = [];
  for (const { id, one } of named) {
    if (typeof one.n !== "number") continue;
    const rule = contractRule(one.n, one);
    if (rule === undefined) {
      const right = `write one of ${UNITS.join(", ")}`;
      return refuse("rule-invalid", `${id} has the unit ${shownValue(one.unit)}: ${right}.`);
    }
    const wrong = wrongIn(one);
    if (wrong !== undefined) return refuse("rule-invalid", `${id} ${wrong}.`);
    candidates.push({ id, rule });
  }
  return ok(candidates);
}

function noticeTo(
  customer: string,
  own: readonly ContractFact[],
  facts: FactRecord,
  world: RuleWorld,
  regime: string,
): Result<LawOwed> {
  const candidates = candidatesOf(own, customer, facts);
  if (!candidates.ok) return candidates;
  const governing = tightestOf(candidates.value, world);
  if (!governing.ok) return governing;
  const told = toldAt(own, facts);
  const owed = {
    stage: "customer-notice",
    recipient: `customer:${customer}`,
    ...(own.every(({ n }) => typeof n !== "number") ? { asap: true as const } : {}),
  };
  if (governing.value === undefined) {
    const done = told === undefined ? {} : { satisfiedAt: told };
    const isAware = momentIn(facts, "awareAt").ok;
    const state = told !== undefined ? "done" : isAware ? "asap" : "anchor-missing";
    return ok({ ...owed, regime, state, ...done, ...(isAware ? {} : { waitingFor: "awareAt" }) });
  }
  const { id, count, others } = governing.value;
  const { latestAt: _, ...due } = countOf(count);
  return ok({
    ...owed,
    regime: id,
    governing: id === "policy-floor" ? "policy-floor" : "contract",
    state: told === undefined ? "due" : "done",
    ...due,
    ...(others === undefined ? {} : { others }),
    ...(told === undefined ? {} : doneAt(told, due)),
  });
}

/** The candidate due first; undefined where none has started. */
export function tightestOf(
  candidates: readonly LawCandidate[],
  world: RuleWorld,
): Result<
  { id: string; count: RuleCount; others?: Readonly<Record<string, Instant>> } | undefined
> {
  const running: { readonly id: string; readonly count: RuleCount }[] = [];
  for (const { id, rule } of candidates) {
    const counted = countRule(rule, world);
    if (counted.ok) running.push({ id, count: counted.value });
    else if (!isUnanchored(counted)) return counted;
  }
  running.sort((a, b) => a.count.dueAt - b.count.dueAt);
  const [governing, ...losers] = running;
  if (governing === undefined) return ok(undefined);
  // Two clauses of one contract share its name: of those the earlier is the one that counts.
  const others = Object.fromEntries(losers.reverse().map(({ id, count }) => [id, count.dueAt]));
  return ok({ ...governing, ...(losers.length === 0 ? {} : { others }) });
}

/** Above it a number is a slip of the pen. */
const COUNT_MAX = 10_000;

/** What of a clause's number and hour cannot be counted; checked by hand, for the browser. */
function wrongIn({ n = 0, unit, endAt }: ContractFact): string | undefined {
  const isElapsed = unit === undefined || unit === "hours" || unit === "business-hours";
  if (!(n >= 0 && n <= COUNT_MAX) || (!isElapsed && !Number.isInteger(n))) {
    return `counts ${shownValue(n)}: write ${isElapsed ? "a" : "a whole"} number up to ${COUNT_MAX}`;
  }
  if (endAt === undefined || parseTimeOfDay(endAt) !== undefined) return undefined;
  return `ends its day at ${shownValue(endAt)}: write HH:MM, or 24:00`;
}

const UNITS = ["hours", "days", "months", "business-days", "business-hours"] as const;

/** "1 day" in a contract is 24 hours: the earlier reading. A unit nobody knows is no rule. */
function contractRule(n: number, fact: ContractFact): Rule | undefined {
  const { unit = "hours", anchor = "awareAt", endAt } = fact;
  switch (unit) {
    case "hours":
      return { kind: "hours", n, anchor };
    case "days":
    case "calendar-days":
      return n === 1 ? { kind: "hours", n: 24, anchor } : { kind: "days", n, anchor };
    case "months":
      return { kind: "months", n, anchor };
    case "business-days":
      return { kind: "businessDays", n, anchor, ...(endAt === undefined ? {} : { endAt }) };
    case "business-hours":
      return { kind: "businessHours", hours: n, anchor };
    default:
      return undefined;
  }
}

function toldAt(own: readonly ContractFact[], facts: FactRecord): Instant | undefined {
  for (const { notifiedAt } of own) {
    const at = momentIn({ notifiedAt }, "notifiedAt");
    if (at.ok) return at.value;
  }
  const at = momentIn(facts, "customerNotifiedAt");
  return at.ok ? at.value : undefined;
}

function ownClock(
  { regime, authority }: OwnClock,
  customer: string,
  told: Instant,
  world: RuleWorld,
): readonly LawOwed[] {
  const rule: Rule = { kind: "hours", n: 72, anchor: "toldAt", profile: "eu1182" };
  const counted = countRule(rule, { ...world, at: () => ok(told) });
  // Without a zone nobody knows its next hour: only the conservative date is shown.
  const count = counted.ok ? countOf(counted.value) : { dueAt: plusHours(told, 72) };
  return [
    {
      regime,
      stage: "customer-own-clock",
      recipient: `${authority} (customer ${customer}, information only)`,
      state: "informational",
      startedAt: told,
      ...count,
    },
  ];
}
