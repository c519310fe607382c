/**
 * Derive: from the facts of one incident, which regimes are looked at and what each asks.
 *
 * A regime is looked at because a person opened it, or because the facts say that it binds
 * us. For each, in this order: in force, displaced, triggered, excepted; then stage by
 * stage. The first test that fails is the reason it gives. What is not known is shown as
 * undecided with the date it would have, never left out.
 */

import { ok, type Result, refuse } from "../problem.ts";
import { parseDay } from "../time/day.ts";
import { type FactRecord, ruleWorld } from "../time/rule/world.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";
import { associateNotices } from "./associate.ts";
import { contractsIn, customerNotices, type OwnClock } from "./contract.ts";
import { factsFor, testDay } from "./facts.ts";
import { LABELS } from "./labels.ts";
import type { LawNotDue, LawOwed, LawSet } from "./owed.ts";
import { isEuropean, isPlaced, saysRole } from "./place.ts";
import type { Regime } from "./regime.ts";
import { type Bound, stageOf } from "./stage.ts";
import { answerLaw, isTold } from "./told.ts";
import { vendorDuties } from "./vendor-duty.ts";

/** What is looked at: the regimes, the one opened (or a label), the facts and a calendar. */
export type Question = {
  readonly regimes: readonly Regime[];
  /** A regime, a label, or several regimes. */
  readonly opened: string | readonly string[];
  readonly facts: FactRecord;
  readonly calendar: unknown;
};

/** What the laws ask in this incident; refuses with `regime-unknown` and what rules refuse. */
export function deriveLaw(question: Question): Result<LawSet> {
  const { regimes, calendar } = question;
  const opened = [question.opened].flat();
  const unknown = opened.find(
    (id) => !LABELS.includes(id) && !regimes.some((one) => one.id === id),
  );
  if (unknown !== undefined) {
    return refuse("regime-unknown", `There is no regime ${unknown}: see due regime list.`);
  }
  const openedRegimes = regimes.filter(({ id }) => opened.includes(id));
  const facts = withGiven(question.facts, openedRegimes);
  const world = ruleWorld(facts, calendar);
  if (!world.ok) return world;
  const { zone } = world.value;
  if (zone !== undefined && !isZoneName(zone)) return { ok: false, problems: [zoneProblem(zone)] };
  const obligations: LawOwed[] = [];
  const notDue: LawNotDue[] = [];
  let isContracted = false;
  let isUndecidedProcessor = false;
  for (const { regime, isOpened, isChained } of lookedAt({ ...question, facts }, opened)) {
    const own = factsFor(facts, regime, isOpened);
    const bound = { regime, isOpened, facts: own, testDay: testDay(own, regime) };
    const tested = testRegime(bound, isChained, facts);
    notDue.push(...tested.notDue);
    if (!tested.goesOn) continue;
    const ownWorld = ruleWorld(own, calendar);
    if (!ownWorld.ok) return ownWorld;
    const { undecided } = tested;
    const asked: Bound = {
      ...bound,
      world: ownWorld.value,
      ...(undecided === undefined ? {} : { undecided }),
    };
    const contracted = byContract(asked);
    if (contracted !== undefined) {
      if (!contracted.ok) return contracted;
      // A customer of two laws is told once; only its own clocks are two.
      const news = contracted.value.filter(({ stage }) => stage !== NOTICE || !isContracted);
      isContracted ||= contracted.value.some(({ stage }) => stage === NOTICE);
      obligations.push(...news);
      continue;
    }
    isUndecidedProcessor ||= regime.id in OWN_CLOCKS && undecided !== undefined;
    for (const clause of regime.clauses) {
      const stage = stageOf(clause, asked);
      if (!stage.ok) return stage;
      if (stage.value === undefined) continue;
      if ("recipient" in stage.value) obligations.push(stage.value);
      else notDue.push(stage.value);
    }
  }
  const isLabel = openedRegimes.length === 0;
  if (!isContracted && (isLabel || isUndecidedProcessor) && contractsIn(facts).length > 0) {
    const isOther = isTold(facts.role) && !saysRole(facts, "processor");
    const id = isLabel && isOther ? (opened[0] ?? "contract") : "gdpr-33-2";
    const notices = customerNotices(facts, world.value, { id, ...ownClockOf(id) });
    if (!notices.ok) return notices;
    obligations.push(...notices.value);
  }
  return ok({ obligations: onceEach(obligations), notDue });
}

const NOTICE = "customer-notice";

/** The duties of processors, and where their customers then have a clock of their own. */
const OWN_CLOCKS: Readonly<Record<string, OwnClock>> = {
  "gdpr-33-2": { regime: "gdpr-33-1", authority: "sa" },
  "uk-gdpr-33-2": { regime: "uk-gdpr-33-1", authority: "ico" },
};

function ownClockOf(id: string): { readonly ownClock?: OwnClock } {
  const ownClock = OWN_CLOCKS[id];
  return ownClock === undefined ? {} : { ownClock };
}

/** What opening a regime tells: who opens a duty over personal data says that such were touched. */
function withGiven(facts: FactRecord, opened: readonly Regime[]): FactRecord {
  const untold = opened.flatMap(({ gives = [] }) => gives).filter((name) => !isTold(facts[name]));
  return { ...facts, ...Object.fromEntries(untold.map((name) => [name, true])) };
}

/** Regimes whose stages are the clauses of somebody's contract, or of several states' laws. */
function byContract(bound: Bound): Result<readonly LawOwed[]> | undefined {
  const { regime, facts, world, undecided } = bound;
  const hasContracts = contractsIn(facts).length > 0;
  if (regime.id in OWN_CLOCKS && hasContracts && undecided === undefined) {
    return customerNotices(facts, world, { id: regime.id, ...ownClockOf(regime.id) });
  }
  if (regime.id === "hipaa-410" && hasContracts) return associateNotices(bound);
  if (regime.id === "us-state-vendor-duty") return vendorDuties(bound);
  return undefined;
}

type Looked = { readonly regime: Regime; readonly isOpened: boolean; readonly isChained: boolean };

function lookedAt({ regimes, facts }: Question, opened: readonly string[]): readonly Looked[] {
  const openedRegimes = regimes.filter(({ id }) => opened.includes(id));
  const chained = openedRegimes.flatMap(({ opens = [] }) => opens);
  const europe = opened.includes("multi") || openedRegimes.some(isEuropean);
  return regimes.flatMap((regime) => {
    const isOpened = opened.includes(regime.id);
    const isChained = chained.includes(regime.id);
    if (isOpened || isChained) return [{ regime, isOpened, isChained }];
    const bound = regime.bound && answerLaw(regime.bound, facts, testDay(facts, regime)) === "yes";
    return bound && isPlaced(regime, facts, europe)
      ? [{ regime, isOpened: false, isChained: false }]
      : [];
  });
}

type Tested = {
  readonly goesOn: boolean;
  readonly undecided?: string;
  readonly notDue: readonly LawNotDue[];
};

const UNDECIDED: readonly string[] = ["in-force-phased", "effective-date-not-verified"];
const NEVER: readonly string[] = ["proposed", "not-in-force", "superseded"];

function testRegime(
  { regime, isOpened, facts, testDay: day }: Omit<Bound, "world">,
  isChained: boolean,
  all: FactRecord,
): Tested {
  const not = (state: LawNotDue["state"], reason: string): Tested => ({
    goesOn: false,
    notDue: [...instead, { regime: regime.id, state, reason }],
  });
  const instead: readonly LawNotDue[] = saysRole(all, "controller")
    ? []
    : (regime.insteadOf ?? []).map((id) => ({
        regime: id,
        state: "not-applicable",
        reason: "as processor we file nothing with an authority",
      }));
  if (NEVER.includes(regime.status)) return not("not-in-force", inForceReason(regime));
  const from = parseDay(regime.inForceFrom ?? "");
  if (from !== undefined && day !== undefined && day < from) {
    return not("not-in-force", inForceReason(regime));
  }
  const displaced = regime.displaced?.find(({ when }) => answerLaw(when, facts, day) === "yes");
  if (displaced) return not("not-applicable", displaced.says);
  const trigger = isOpened ? "yes" : triggerOf(regime, facts, day, isChained);
  if (trigger === "none") return { goesOn: false, notDue: instead };
  if (trigger === "no") return not("not-applicable", "its trigger has not happened");
  const exception = regime.excepted?.find(({ when }) => answerLaw(when, facts, day) === "yes");
  if (exception) return not(exception.as, exception.says);
  const undecided = UNDECIDED.includes(regime.status)
    ? inForceReason(regime)
    : trigger === "unknown"
      ? "whether its trigger has happened is not known"
      : undefined;
  return {
    goesOn: true,
    notDue: instead,
    ...(undecided === undefined ? {} : { undecided }),
  };
}

/** `none`: a trigger that is an instant and is not recorded has not happened; nothing comes out. */
function triggerOf(
  regime: Regime,
  facts: FactRecord,
  day: Bound["testDay"],
  isChained: boolean,
): "yes" | "no" | "unknown" | "none" {
  if (regime.triggered) return answerLaw(regime.triggered, facts, day);
  if (isChained) return "yes";
  if (regime.triggeredAt === undefined) return "no";
  // Told only as a date it has happened all the same; what counts from it is then missing.
  if (isTold(facts[regime.triggeredAt]) || regime.shownBefore) return "yes";
  return "none";
}

function inForceReason({ status, inForceFrom, inForceNote, supersededBy }: Regime): string {
  if (supersededBy !== undefined) return `superseded by ${supersededBy}`;
  if (status === "proposed") return "a proposal, not law";
  if (status === "not-in-force") return "not in force";
  const from = inForceFrom === undefined ? status : `in force from ${inForceFrom}`;
  return inForceNote === undefined ? from : `${from}: ${inForceNote}`;
}

/** What two regimes ask of us in the same words comes out once: what is done, then what is owed. */
function onceEach(obligations: readonly LawOwed[]): readonly LawOwed[] {
  const ranks = ["done", "asap", "scope-undecided"];
  const rank = ({ state }: LawOwed): number => ranks.indexOf(state);
  return obligations.filter((owed, i) => {
    if (owed.clause?.reportAs === undefined) return true;
    const same = (other: LawOwed): boolean =>
      other !== owed && other.regime === owed.regime && other.stage === owed.stage;
    return !obligations.some(
      (other, j) =>
        same(other) && (rank(other) < rank(owed) || (rank(other) === rank(owed) && j < i)),
    );
  });
}
