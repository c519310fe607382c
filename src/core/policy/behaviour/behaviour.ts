/**
 * Behaviour: what another text of the policy would do otherwise, in sentences.
 *
 * Both are asked the same situations, all that either can tell apart, by the function that
 * runs incidents (obligations.ts), at instants where ways of counting differ. What is owed
 * alike is silent: another id, another order, the same promise in other words. Contracts
 * and laws are not the policy's, so what they owe is seen only by replaying real incidents;
 * but where a claim sets other moments than before, on which they count, it is said.
 */

import { trialInstants } from "../../time/trial.ts";
import { parseDay } from "../../time/day.ts";
import type { Instant } from "../../time/instant.ts";
import { zoneOrUtc } from "../../time/zone.ts";
import { type Change, changesBetween, type Promised } from "./change.ts";
import { described, widened } from "./cases.ts";
import {
  type Assumed,
  assumed,
  eventsOf,
  grid,
  type Group,
  hasValue,
  type Budget,
  situationAt,
  type Variable,
  variablesOf,
} from "./situations.ts";
import { inWordsOf } from "./vocabulary.ts";
import { changeWords, dutyNoun, type Speaking, whereWords } from "./words.ts";
import { anchorMoment, type Clause, DUTIES, type Duty } from "../clause.ts";
import { vocabularyChanges } from "./told.ts";
import { answer, type Condition } from "../condition/condition.ts";
import { type Obligation, obligations, type Terms } from "../obligations.ts";
import type { Policy } from "../policy.ts";
import { RECIPIENT_KINDS, type RecipientKind, type Situation, TEAM } from "../situation.ts";
import { termsOf } from "../terms.ts";

export const BEHAVIOUR_KINDS = [
  "added",
  "removed",
  "earlier",
  "later",
  "moved",
  "trigger",
  "number",
  "contents",
  "until",
  "met",
  "by",
  "vocabulary",
  "uncompared",
] as const;

export type BehaviourLine = {
  readonly kind: (typeof BEHAVIOUR_KINDS)[number];
  readonly says: string;
  /** Ids of the severities it is about; none where it holds at any. */
  readonly severities: readonly string[];
  readonly duty?: Duty;
  readonly to?: RecipientKind;
  /** The clauses that owe it, in the older and in the newer text. */
  readonly was: readonly string[];
  readonly is: readonly string[];
};

export type Behaviour = {
  readonly lines: readonly BehaviourLine[];
  /** In how many situations the two were compared. */
  readonly situations: number;
};

/** Conditions asked of situations, in one comparison: a second's work. */
const ANSWERS_MAX = 400_000;

/** What `after` does otherwise than `before`; no lines at all where it does the same. */
export function behaviour(older: Policy, after: Policy): Behaviour {
  const before = inWordsOf(older, after);
  const zone = zoneOf(after);
  const trials = trialInstants(triedFrom(before, after), zone, datesApart(before, after));
  const sides = [before, after].map((policy) => ({ policy, terms: termsOf(policy) }));
  const [was, is] = sides as [Side, Side];
  const budget = { left: ANSWERS_MAX };
  const comparing = {
    was,
    is,
    policies: [before, after],
    trials,
    budget,
    speaking: { before, after, trials, zone },
  };
  const compared = groupsOf(before, after).map((group) => compareGroup(group, comparing));
  const lines = compared.flatMap((group) => group.lines);
  return {
    lines: [...vocabularyChanges(before, after), ...sorted(lines, after)],
    situations: compared.reduce((sum, group) => sum + group.situations, 0),
  };
}

type Side = { readonly policy: Policy; readonly terms: Terms };
type Comparing = {
  readonly was: Side;
  readonly is: Side;
  readonly trials: readonly Instant[];
  readonly policies: readonly Policy[];
  readonly budget: Budget;
  readonly speaking: Speaking;
};
/** A call is another promise than the letter it goes with. */
type DutyGroup = Group & { readonly duty: Duty; readonly isCall: boolean };

function groupsOf(before: Policy, after: Policy): readonly DutyGroup[] {
  const groups: DutyGroup[] = [];
  for (const duty of DUTIES) {
    for (const to of RECIPIENT_KINDS) {
      for (const isCall of [false, true]) {
        const of = ({ clauses }: Policy): readonly Clause[] =>
          clauses.filter(
            (clause) =>
              clause.duty === duty && clause.to === to && (clause.met === "contact") === isCall,
          );
        const group = { duty, to, isCall, before: of(before), after: of(after) };
        if (group.before.length + group.after.length > 0) groups.push(group);
      }
    }
  }
  return groups;
}

function compareGroup(group: DutyGroup, comparing: Comparing): Behaviour {
  const variables = variablesOf(group, comparing.policies, comparing.budget);
  if (variables === undefined) return { lines: [uncompared(group)], situations: 0 };
  const changes = new Map<string, Found>();
  const idle = new Set<string>();
  const compared = comparisons(comparing);
  let situations = 0;
  for (const places of grid(variables)) {
    situations += comparing.trials.length;
    const { isIdle, found } = compared(assumed(variables, places), group);
    if (isIdle) idle.add(places.join());
    for (const [words, change] of found) {
      const known = changes.get(words);
      if (known) known.where.push(places);
      else changes.set(words, { change, where: [places] });
    }
  }
  const telling = { group, variables, idle, speaking: comparing.speaking };
  return {
    lines: [...changes].flatMap(([words, found]) => told(words, found, telling)),
    situations,
  };
}

type Found = { readonly change: Change; readonly where: (readonly number[])[] };
type Telling = {
  readonly group: DutyGroup;
  readonly variables: readonly Variable[];
  /** Situations in which neither policy owes anything. */
  readonly idle: ReadonlySet<string>;
  readonly speaking: Speaking;
};

/** One change, in as many sentences as it takes to say where it is so. */
function told(words: string, { change, where }: Found, telling: Telling): readonly BehaviourLine[] {
  const { variables, idle } = telling;
  const sizes = variables.map(({ classes }) => classes.length);
  // Where something new is owed must be said; and a reader looks for the severity first.
  const droppable = [...variables.keys()]
    .filter((i) => change.kind !== "added" && variables[i]?.name !== "severity")
    .reverse();
  return described(widened(where, idle, sizes, droppable), sizes).map((at) =>
    lineOf({ ...telling, words, change }, at),
  );
}

type Compared = {
  readonly isIdle: boolean;
  readonly found: readonly (readonly [string, Change])[];
};

/**
 * Compares one situation. Most have the same clauses running for the same reasons as another:
 * what those owe, and how it differs, is counted once.
 */
function comparisons({ was, is, policies, trials, speaking }: Comparing) {
  const known = new Map<string, Compared>();
  return (what: Assumed, { to, before, after }: DutyGroup): Compared => {
    const running = [
      runningIn(was, before, what, to, policies),
      runningIn(is, after, what, to, policies),
    ] as const;
    const key = running.map((one) => one.key).join(" / ");
    const compared = known.get(key);
    if (compared !== undefined) return compared;
    const [then, now] = running.map((one) => one.promised(trials));
    const found = changesBetween(then ?? [], now ?? []).map(
      // The same words are the same change, whichever clause they come from.
      (change) => [changeWords(change, speaking), change] as const,
    );
    const made = { isIdle: running.every((one) => one.key === ""), found };
    known.set(key, made);
    return made;
  };
}

/** What runs where this is so, in one of the two. */
function runningIn(
  { policy, terms }: Side,
  clauses: readonly Clause[],
  what: Assumed,
  to: RecipientKind,
  policies: readonly Policy[],
) {
  const so = known(what, policy);
  const tested = [...what.keys()].flatMap((name) =>
    name.startsWith("moment:") ? [name.slice("moment:".length)] : [],
  );
  const moments = [...clauses.map(({ from }) => anchorMoment(from)), ...tested];
  const events = eventsOf(so, moments, policy, policies);
  const triggerOf = ({ from }: Clause): string =>
    [...(events.get(anchorMoment(from)) ?? [])].sort().join("|");
  const owedFrom = (at: Instant) =>
    obligations({ ...terms, clauses }, situationAt(so, events, to, at));
  const running = clauses.filter(
    ({ from, when }) =>
      events.has(anchorMoment(from)) && holds(when, situationAt(so, events, to, EPOCH)),
  );
  return {
    key: running.map((clause) => `${clause.id}@${triggerOf(clause)}`).join(),
    promised: (trials: readonly Instant[]) => promisedIn(trials.map(owedFrom), triggerOf),
  };
}

const EPOCH = 0 as Instant;
const holds = (when: Condition | undefined, situation: Situation): boolean =>
  answer(when, situation, situation.recipients[0] ?? TEAM) === "yes";

/** A policy without this severity gives none: what does not hang on it is owed all the same. */
function known(what: Assumed, policy: Policy): Assumed {
  const severity = what.get("severity");
  return severity === undefined || hasValue(policy, "severity", severity)
    ? what
    : new Map([...what].filter(([name]) => name !== "severity"));
}

/** What is owed by trial, as the tightest for each event that starts one. */
function promisedIn(
  byTrial: readonly (readonly Obligation[])[],
  triggerOf: (clause: Clause) => string,
): readonly Promised[] {
  const [first = []] = byTrial;
  const triggers = [...new Set(first.map(({ clause }) => triggerOf(clause)))];
  return triggers.map((trigger): Promised => {
    const started = byTrial.map((owed) =>
      owed.filter(({ clause }) => triggerOf(clause) === trigger),
    );
    const clauses = (started[0] ?? []).map(({ clause }) => clause);
    const atOnce = clauses.find(({ within }) => within === "immediately");
    return {
      trigger,
      clause: (atOnce ?? clauses[0]) as Clause,
      dues: started.map(([soonest]) => (atOnce === undefined ? soonest?.dueAt : undefined)),
      contents: [...new Set(clauses.flatMap(({ contents = [] }) => contents))].sort(),
      ids: clauses.map(({ id }) => id),
    };
  });
}

type Line = Telling & { readonly words: string; readonly change: Change };

function lineOf(
  { group, words, change, variables, speaking }: Line,
  at: ReturnType<typeof described>[number],
): BehaviourLine {
  const { severities, head, end } = whereWords(at, variables, change, speaking);
  const { duty, to, isCall } = group;
  const says = `${head}${dutyNoun(duty, to, isCall)} ${words}${end}.`;
  return {
    kind: change.kind,
    says: says.charAt(0).toUpperCase() + says.slice(1),
    severities,
    duty,
    to,
    was: "was" in change ? change.was.ids : [],
    is: "is" in change ? change.is.ids : [],
  };
}

const uncompared = ({ duty, to, isCall, before, after }: DutyGroup): BehaviourLine => ({
  kind: "uncompared",
  says: `What is owed as ${dutyNoun(duty, to, isCall)} hangs on too many conditions to compare: read its clauses side by side.`,
  severities: [],
  duty,
  to,
  was: before.map(({ id }) => id),
  is: after.map(({ id }) => id),
});

/** What holds at any severity first, then by rank, each in the order of the duties. */
function sorted(lines: readonly BehaviourLine[], { severities }: Policy): readonly BehaviourLine[] {
  const rank = ({ severities: [first] }: BehaviourLine): number => {
    const place = severities.findIndex(({ id }) => id === first);
    return first === undefined ? -1 : place === -1 ? severities.length : place;
  };
  return [...lines].sort((a, b) => rank(a) - rank(b));
}

const zoneOf = ({ calendars, calendar }: Policy): string =>
  zoneOrUtc(calendars.find(({ id }) => id === calendar)?.zone);

/** Where a draft has not decided from when it applies, it is tried from the day the other did. */
const triedFrom = (before: Policy, after: Policy): string =>
  [after, before].map(({ effective }) => effective).find((date) => parseDay(date) !== undefined) ??
  "1970-01-01";

/** Dates that only one of the two has closed: on them business time differs. */
function datesApart(before: Policy, after: Policy): readonly string[] {
  const closed = ({ calendars }: Policy): ReadonlySet<string> =>
    new Set(
      calendars.flatMap(({ holidays = [], closures = [] }) => [
        ...holidays.map(({ date }) => date),
        ...closures.map(({ from }) => from),
      ]),
    );
  const [was, is] = [closed(before), closed(after)];
  const apart = [...was, ...is].filter((date) => was.has(date) !== is.has(date));
  return apart.sort().slice(0, DATES_MAX);
}

/** Enough to see that a year's holidays differ. */
const DATES_MAX = 24;
