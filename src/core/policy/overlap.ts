/**
 * Overlap: in which situations a condition holds, and whether two hold in one.
 *
 * A condition becomes cases, any one of which is enough: each gives for some
 * variables (the severity, a claim, a moment ...) the values it allows, and says
 * nothing of the others. Domains are small and finite, so this is exact, and what
 * would grow beyond CASES_MAX is undecided rather than guessed at.
 *
 * "Not known yet" is a value of its own, UNKNOWN, that no test allows, neither as
 * it stands nor under `not`: an unknown condition starts no clock.
 */

import { CLAIM_STATES, type Condition } from "./condition/condition.ts";
import type { Test } from "./condition/places.ts";

/** What a variable may be; a variable is `severity`, `claim:data-exposed`, `moment:fixedAt` ... */
export type Domains = (variable: string) => readonly string[];

/** For each variable that matters the values allowed: never none, never all. */
export type Case = ReadonlyMap<string, ReadonlySet<string>>;

/** Any one of them is enough; none at all: it can never hold. Undefined: too many to say. */
export type Cases = readonly Case[] | undefined;

export const UNKNOWN = "?";
export const CASES_MAX = 128;

/** It holds whatever is the case. */
export const ALWAYS: Cases = [new Map()];

/** The situations in which the answer to `condition` is yes. */
export function casesOf(
  condition: Condition | undefined,
  domains: Domains,
  negated = false,
): Cases {
  if (condition === undefined) return negated ? [] : ALWAYS;
  const each = (list: readonly Condition[]): readonly Cases[] =>
    list.map((inner) => casesOf(inner, domains, negated));
  if ("not" in condition) return casesOf(condition.not, domains, !negated);
  if ("all" in condition) return negated ? anyOf(each(condition.all)) : allOf(each(condition.all));
  if ("any" in condition) return negated ? allOf(each(condition.any)) : anyOf(each(condition.any));
  const [variable, asked] = testOf(condition);
  const allowed = domains(variable).filter(
    (value) => value !== UNKNOWN && asked.includes(value) !== negated,
  );
  return allowed.length === 0 ? [] : [new Map([[variable, new Set(allowed)]])];
}

/** The situations in which all of `parts` hold. */
export function allOf(parts: readonly Cases[]): Cases {
  let product: Cases = ALWAYS;
  for (const part of parts) {
    if (part === undefined || product === undefined) return undefined;
    const pairs: readonly Case[] = product;
    product = fewest(pairs.flatMap((a) => part.flatMap((b) => meet(a, b) ?? [])));
  }
  return product;
}

/** The situations in which any of `parts` holds. */
export function anyOf(parts: readonly Cases[]): Cases {
  if (parts.includes(undefined)) return undefined;
  return fewest(parts.flatMap((part) => part ?? []));
}

/** The situations in which `cases` do not hold, unknown ones among them. */
export function complementOf(cases: Cases, domains: Domains): Cases {
  if (cases === undefined) return undefined;
  return allOf(
    cases.map((one) =>
      anyOf(
        [...one].map(([variable, allowed]) => {
          const others = domains(variable).filter((value) => !allowed.has(value));
          return others.length === 0 ? [] : [new Map([[variable, new Set(others)]])];
        }),
      ),
    ),
  );
}

/** A case in which both hold; undefined where there is none, or it is undecided. */
export function commonCase(a: Cases, b: Cases): Case | undefined {
  for (const one of a ?? []) {
    for (const other of b ?? []) {
      const both = meet(one, other);
      if (both !== undefined) return both;
    }
  }
  return undefined;
}

/** A case as a condition again, to be put into words. */
export const toCondition = (one: Case): Condition => ({
  all: [...one].map(([variable, allowed]) => toTest(variable, [...allowed])),
});

/** The variables on which any of the cases depends. */
export const variablesOf = (cases: Cases): ReadonlySet<string> =>
  new Set((cases ?? []).flatMap((one) => [...one.keys()]));

const HAS_COME = "yes";
const NOT_COME = "no";

/** The values of a moment: it has come or it has not, and that is always known. */
export const MOMENT_VALUES = [HAS_COME, NOT_COME] as const;

const ROLES = ["controller", "processor"] as const;

/** The values of our role for a party's data. */
export const ROLE_VALUES = [...ROLES, UNKNOWN] as const;

/** The values of a claim, of which nothing may be held yet. */
export const CLAIM_VALUES = [...CLAIM_STATES, UNKNOWN] as const;

function testOf(condition: Test): [string, readonly string[]] {
  if ("severity" in condition) return ["severity", condition.severity];
  if ("channel" in condition) return ["channel", condition.channel];
  if ("stage" in condition) return ["stage", condition.stage];
  if ("role" in condition) return ["role", [condition.role]];
  if ("moment" in condition) return [`moment:${condition.moment}`, [HAS_COME]];
  return [`claim:${condition.fact.claim}`, [condition.fact.is].flat()];
}

function toTest(variable: string, values: readonly string[]): Condition {
  const [kind = "", ...name] = variable.split(":");
  if (kind === "severity") return { severity: values };
  if (kind === "channel") return { channel: values };
  if (kind === "stage") return { stage: values };
  if (kind === "claim") {
    return {
      fact: { claim: name.join(":"), is: CLAIM_STATES.filter((state) => values.includes(state)) },
    };
  }
  if (kind === "role") {
    const roles = ROLES.filter((role) => values.includes(role)).map((role) => ({ role }));
    return roles.length === 1 && roles[0] ? roles[0] : { any: roles };
  }
  const come = { moment: name.join(":") };
  return values.includes(HAS_COME) ? come : { not: come };
}

function meet(a: Case, b: Case): Case | undefined {
  const both = new Map(a);
  for (const [variable, allowed] of b) {
    const before = both.get(variable);
    const left =
      before === undefined ? allowed : new Set([...allowed].filter((value) => before.has(value)));
    if (left.size === 0) return undefined;
    both.set(variable, left);
  }
  return both;
}

/** Without what another case covers; undefined where too many are left. */
function fewest(cases: readonly Case[]): Cases {
  if (cases.length > 4 * CASES_MAX) return undefined;
  const left = cases.filter(
    (one, i) =>
      !cases.some((other, j) => i !== j && covers(other, one) && (i > j || !covers(one, other))),
  );
  return left.length > CASES_MAX ? undefined : left;
}

/** Whether `wide` holds wherever `narrow` does. */
const covers = (wide: Case, narrow: Case): boolean =>
  [...wide].every(([variable, allowed]) => {
    const inner = narrow.get(variable);
    return inner !== undefined && [...inner].every((value) => allowed.has(value));
  });
