import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "../time/instant.ts";
import { answer, CLAIM_STATES, type ClaimState, type Condition } from "./condition/condition.ts";
import {
  ALWAYS,
  allOf,
  type Cases,
  CASES_MAX,
  casesOf,
  CLAIM_VALUES,
  commonCase,
  complementOf,
  type Domains,
  MOMENT_VALUES,
  ROLE_VALUES,
  toCondition,
  UNKNOWN,
} from "./overlap.ts";

const SEVERITIES = ["critical", "minor"];
const CHANNELS = ["support", "monitoring"];

const domains: Domains = (variable) => {
  if (variable === "severity") return [...SEVERITIES, UNKNOWN];
  if (variable === "channel") return [...CHANNELS, UNKNOWN];
  if (variable === "role") return ROLE_VALUES;
  return variable.startsWith("claim:") ? CLAIM_VALUES : MOMENT_VALUES;
};

/** What the variables of a test can be, all of them, in every combination: 3 x 3 x 3 x 4 x 2. */
type World = Readonly<Record<string, string>>;
const VARIABLES = ["severity", "channel", "role", "claim:leak", "moment:fixedAt"];
const WORLDS = VARIABLES.reduce<readonly World[]>(
  (worlds, variable) =>
    worlds.flatMap((world) => domains(variable).map((value) => ({ ...world, [variable]: value }))),
  [{}],
);

/** The engine's own answer: the reasoning here must never differ from it. */
function holdsIn(condition: Condition | undefined, world: World): boolean {
  const known = (variable: string): string | undefined =>
    world[variable] === UNKNOWN ? undefined : world[variable];
  const severity = known("severity");
  const channel = known("channel");
  const state = known("claim:leak") as ClaimState | undefined;
  const role = known("role") as "controller" | "processor" | undefined;
  const fixed = world["moment:fixedAt"] === "yes";
  const said = answer(
    condition,
    {
      openedAt: 0 as Instant,
      severity: severity === undefined ? [] : [{ to: severity, at: 0 as Instant }],
      facts: state === undefined ? [] : [{ claim: "leak", state }],
      moments: new Map(fixed ? [["fixedAt", 0 as Instant]] : []),
      recipients: [],
      ...(channel === undefined ? {} : { channel }),
    },
    { kind: "customer", id: "customer:1", ...(role === undefined ? {} : { role }) },
  );
  return said === "yes";
}

const allows = (cases: Cases, world: World): boolean =>
  (cases ?? []).some((one) =>
    [...one].every(([variable, values]) => values.has(world[variable] ?? "")),
  );

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ severity: some(SEVERITIES) }),
    fc.record({ channel: some(CHANNELS) }),
    fc.record({ role: fc.constantFrom("controller" as const, "processor" as const) }),
    fc.record({ moment: fc.constant("fixedAt") }),
    fc.record({
      fact: fc.record({
        claim: fc.constant("leak"),
        is: fc.oneof(
          fc.constantFrom(...CLAIM_STATES),
          fc.subarray([...CLAIM_STATES], { minLength: 1 }),
        ),
      }),
    }),
    fc.record({ not: tie("condition") }),
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
  ),
}));

describe("the cases of a condition", () => {
  test("are exactly the situations in which the clause applies", () => {
    fc.assert(
      fc.property(condition, (any) => {
        const cases = casesOf(any, domains);
        fc.pre(cases !== undefined);
        expect(WORLDS.filter((world) => allows(cases, world) !== holdsIn(any, world))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("have a complement that is everything else, what is not known among it", () => {
    fc.assert(
      fc.property(condition, (any) => {
        const outside = complementOf(casesOf(any, domains), domains);
        fc.pre(outside !== undefined);
        expect(WORLDS.filter((world) => allows(outside, world) === holdsIn(any, world))).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test("meet in a case exactly where both conditions hold at once", () => {
    fc.assert(
      fc.property(condition, condition, (a, b) => {
        const common = commonCase(casesOf(a, domains), casesOf(b, domains));
        expect(common !== undefined).toBe(
          WORLDS.some((world) => holdsIn(a, world) && holdsIn(b, world)),
        );
        if (common === undefined) return;
        const back = toCondition(common);
        const worlds = WORLDS.filter((world) => allows([common], world));
        expect(worlds.length).toBeGreaterThan(0);
        expect(worlds.every((world) => holdsIn(a, world) && holdsIn(b, world))).toBe(true);
        expect(common.size === 0 || worlds.every((world) => holdsIn(back, world))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

test("without a condition it always holds", () => {
  expect(casesOf(undefined, domains)).toEqual(ALWAYS);
  expect(complementOf(ALWAYS, domains)).toEqual([]);
  expect(complementOf([], domains)).toEqual(ALWAYS);
});

test("every severity named is not the same as no severity needed", () => {
  const named = casesOf({ severity: SEVERITIES }, domains);
  expect(named).toHaveLength(1);
  expect(allOf([complementOf(named, domains)])).toEqual([
    new Map([["severity", new Set([UNKNOWN])]]),
  ]);
});

test("more cases than can be looked at are undecided, and stay so", () => {
  const pair = (i: number): Condition => ({ any: [{ moment: `a${i}At` }, { moment: `b${i}At` }] });
  const pairs = (count: number): Condition => ({
    all: Array.from({ length: count }, (_, i) => pair(i)),
  });
  expect(casesOf(pairs(7), domains)).toHaveLength(CASES_MAX);
  expect(casesOf(pairs(8), domains)).toBeUndefined();
  expect(complementOf(undefined, domains)).toBeUndefined();
  expect(allOf([undefined, []])).toBeUndefined();
  expect(commonCase(undefined, ALWAYS)).toBeUndefined();
});
