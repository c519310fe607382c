/**
 * The situations in which two policies can differ, for one duty to one kind of recipient.
 *
 * A variable is what a condition of either can read: the severity, a claim, a moment, the
 * channel, the stage, our role. Values that every condition treats alike are one, so that
 * the grid of all situations is small and still whole. Where it is not small it is not
 * walked: undefined, and the reader is told so.
 *
 * What has happened is an event: a claim that reached a state, or a moment that no claim
 * sets. Each policy's own vocabulary says which moments come of them, so that two names
 * for what one event starts are one trigger.
 */

import { anchorMoment, claimMoment, type Clause } from "../clause.ts";
import { answer, CLAIM_STATES, type ClaimState, type Condition } from "../condition/condition.ts";
import { type Test, testsIn } from "../condition/places.ts";
import { momentsSet, type Policy } from "../policy.ts";
import type { Instant } from "../../time/instant.ts";
import { type Recipient, type RecipientKind, type Situation, TEAM } from "../situation.ts";

export type Variable = {
  /** `severity`, `claim:data-exposed`, `moment:fixedAt`, `channel`, `stage`, `role`. */
  readonly name: string;
  /** Values in classes: those of one class make no difference to anybody. */
  readonly classes: readonly (readonly string[])[];
};

/** What is so: a value for each variable. */
export type Assumed = ReadonlyMap<string, string>;

export const NOTHING_HELD = "none";
/** How much may still be asked; what is walked is taken off it. */
export type Budget = { left: number };

/** The clauses of one duty to one kind of recipient in two policies of one vocabulary. */
export type Group = {
  readonly to: RecipientKind;
  readonly before: readonly Clause[];
  readonly after: readonly Clause[];
};

/** What can differ for this group; undefined where there is too much of it. */
export function variablesOf(
  { to, before, after }: Group,
  policies: readonly Policy[],
  budget: Budget,
): readonly Variable[] | undefined {
  const clauses = [...before, ...after];
  const tests = clauses.flatMap(({ when }) =>
    when === undefined ? [] : [...testsIn(when, [])].map(({ test }) => test),
  );
  const moments = new Set([
    ...clauses.map(({ from }) => anchorMoment(from)),
    ...tests.flatMap((test) => ("moment" in test ? [test.moment] : [])),
  ]);
  const names = new Set<string>();
  if (tests.some((test) => "severity" in test)) names.add("severity");
  for (const claim of claimsBehind(tests, moments, policies)) names.add(`claim:${claim}`);
  for (const test of tests) {
    if ("moment" in test && settersOf(test.moment, policies).length === 0)
      names.add(`moment:${test.moment}`);
  }
  for (const one of ["channel", "stage", "role"] as const) {
    if (tests.some((test) => one in test)) names.add(one);
  }
  const variables = [...names].map((name): Variable => {
    const isNegated = clauses.some(({ when }) => when !== undefined && negates(when));
    const like = (value: string): string =>
      treatment(name, value, { to, tests, isNegated }, moments, policies);
    return { name, classes: classesOf(valuesOf(name, tests, policies), like) };
  });
  const size = variables.reduce((product, { classes }) => product * classes.length, 1);
  const cost = size * clauses.length;
  if (cost > budget.left) return undefined;
  budget.left -= cost;
  return variables;
}

/** Every situation, as the place of one class per variable. */
export function* grid(variables: readonly Variable[]): Generator<readonly number[]> {
  const places = variables.map(() => 0);
  for (;;) {
    yield [...places];
    let i = variables.length - 1;
    while (i >= 0 && (places[i] as number) + 1 >= (variables[i] as Variable).classes.length) {
      places[i] = 0;
      i -= 1;
    }
    if (i < 0) return;
    places[i] = (places[i] as number) + 1;
  }
}

/** The first value of each class stands for it. */
export const assumed = (variables: readonly Variable[], places: readonly number[]): Assumed =>
  new Map(variables.map(({ name, classes }, i) => [name, classes[places[i] as number]?.[0] ?? ""]));

/** What has happened where this is so, by moment: `data-exposed.confirmed`, `receivedAt`. */
export function eventsOf(
  what: Assumed,
  moments: readonly string[],
  policy: Policy,
  policies: readonly Policy[],
): ReadonlyMap<string, readonly string[]> {
  const events = new Map<string, string[]>();
  for (const [name, value] of what) {
    if (!name.startsWith("claim:")) continue;
    const claim = name.slice("claim:".length);
    const reached = new Set<string>();
    for (const state of statesReached(value)) {
      for (const moment of [claimMoment(claim, state), ...momentsSet(policy, claim, state)]) {
        // A moment comes once: the first state of a claim that sets it started it.
        if (!reached.has(moment)) add(events, moment, `${claim}.${state}`);
        reached.add(moment);
      }
    }
  }
  for (const moment of moments) {
    if (events.has(moment) || settersOf(moment, policies).length > 0) continue;
    if (what.get(`moment:${moment}`) !== "no") events.set(moment, [moment]);
  }
  return events;
}

/** The situation as obligations are asked of it, all that has happened at one instant. */
export function situationAt(
  what: Assumed,
  events: ReadonlyMap<string, readonly string[]>,
  to: RecipientKind,
  at: Instant,
): Situation {
  const severity = what.get("severity");
  const channel = what.get("channel");
  return {
    openedAt: at,
    facts: [...what].flatMap(([name, value]) =>
      name.startsWith("claim:") && value !== NOTHING_HELD
        ? [{ claim: name.slice("claim:".length), state: value as ClaimState }]
        : [],
    ),
    moments: new Map([...events.keys()].map((moment) => [moment, at])),
    recipients: to === "team" ? [] : [recipientOf(what, to)],
    ...(severity === undefined ? {} : { severity: [{ to: severity, at }] }),
    ...(channel === undefined ? {} : { channel }),
  };
}

function recipientOf(what: Assumed, to: RecipientKind): Recipient {
  if (to === "team") return TEAM;
  const [stage, role, channel] = [what.get("stage"), what.get("role"), what.get("channel")];
  return {
    kind: to,
    id: to,
    ...(stage === undefined ? {} : { stage }),
    ...(role === undefined ? {} : { role: role as "controller" | "processor" }),
    ...(channel === undefined ? {} : { channel }),
  };
}

const add = (map: Map<string, string[]>, key: string, value: string): void => {
  map.set(key, [...(map.get(key) ?? []), value]);
};

/** What is confirmed or ruled out was suspected first. */
const statesReached = (value: string): readonly ClaimState[] =>
  value === NOTHING_HELD
    ? []
    : value === "suspected"
      ? ["suspected"]
      : ["suspected", value as ClaimState];

const remembered = new WeakMap<readonly Policy[], ReadonlyMap<string, readonly string[]>>();

/** The claims that set a moment, by any of the policies' vocabularies. */
function settersOf(moment: string, policies: readonly Policy[]): readonly string[] {
  const known = remembered.get(policies) ?? setters(policies);
  remembered.set(policies, known);
  return known.get(moment) ?? [];
}

function setters(policies: readonly Policy[]): ReadonlyMap<string, readonly string[]> {
  const claims = new Map<string, string[]>();
  for (const policy of policies) {
    for (const { claim } of policy.facts) {
      for (const state of CLAIM_STATES) {
        for (const moment of [claimMoment(claim, state), ...momentsSet(policy, claim, state)]) {
          if (!claims.get(moment)?.includes(claim)) add(claims, moment, claim);
        }
      }
    }
  }
  return claims;
}

function claimsBehind(
  tests: readonly Test[],
  moments: ReadonlySet<string>,
  policies: readonly Policy[],
): readonly string[] {
  const tested = tests.flatMap((test) => ("fact" in test ? [test.fact.claim] : []));
  return [...tested, ...[...moments].flatMap((moment) => settersOf(moment, policies))];
}

/** Every value that a variable can have under either policy, or that a test names. */
function valuesOf(
  name: string,
  tests: readonly Test[],
  policies: readonly Policy[],
): readonly string[] {
  if (name.startsWith("claim:")) return [NOTHING_HELD, ...CLAIM_STATES];
  if (name.startsWith("moment:")) return ["yes", "no"];
  if (name === "role") return ["controller", "processor"];
  const known = (policy: Policy): readonly string[] =>
    name === "severity"
      ? policy.severities.map(({ id }) => id)
      : name === "stage"
        ? (policy.stages ?? []).map(({ id }) => id)
        : policy.channels.flatMap(({ id, direction }) => (direction === "in" ? [id] : []));
  const named = tests.flatMap((test): readonly string[] =>
    "severity" in test && name === "severity"
      ? test.severity
      : "channel" in test && name === "channel"
        ? test.channel
        : "stage" in test && name === "stage"
          ? test.stage
          : [],
  );
  return [...new Set([...policies.flatMap(known), ...named])];
}

type Reading = {
  readonly to: RecipientKind;
  readonly tests: readonly Test[];
  readonly isNegated: boolean;
};

/** All that any condition or clock makes of a value, as one text. */
function treatment(
  name: string,
  value: string,
  { to, tests, isNegated }: Reading,
  moments: ReadonlySet<string>,
  policies: readonly Policy[],
): string {
  const what = new Map([[name, value]]);
  const answers = tests.map((test) => {
    if ("moment" in test) return name === `moment:${test.moment}` ? value : "";
    const situation = situationAt(what, new Map(), to, 0 as Instant);
    const said = answer(test, situation, situation.recipients[0]);
    // Without a `not` anywhere, what is not known starts as little as what is not so.
    return said === "unknown" && !isNegated ? "no" : said;
  });
  const set = name.startsWith("claim:")
    ? policies.map((policy) => {
        const events = eventsOf(what, [], policy, policies);
        return [...moments].map((moment) => events.get(moment)?.join() ?? "");
      })
    : [];
  // A severity, channel or stage that only one of the policies has is like no other.
  const known = policies.map((policy) => hasValue(policy, name, value));
  return JSON.stringify([answers, set, known]);
}

/** Whether the policy has this severity at all; of the rest, what it lacks it never meets. */
export const hasValue = (policy: Policy, name: string, value: string): boolean =>
  name !== "severity" || policy.severities.some(({ id }) => id === value);

function classesOf(
  values: readonly string[],
  like: (value: string) => string,
): readonly (readonly string[])[] {
  const classes = new Map<string, string[]>();
  for (const value of values) add(classes, like(value), value);
  return [...classes.values()];
}

const negates = (condition: Condition): boolean =>
  "not" in condition ||
  ("all" in condition && condition.all.some(negates)) ||
  ("any" in condition && condition.any.some(negates));
