/**
 * Rule schema: what a rule must look like where it is written. Fields that a kind
 * does not name are ignored, so that a document may carry notes of its own; an unknown
 * kind is a problem.
 */

import { z } from "zod";
import { ok, type Result, refuse, shownValue } from "../../problem.ts";
import type { Rule, RuleAnchor } from "./rule.ts";

const name = z.string().min(1).max(80);
const names = z.array(name).min(1).max(16);
const hours = z.number().min(0).max(100_000);
const whole = z.number().int().min(0).max(10_000);
const time = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be HH:MM or 24:00");

export const anchorSchema: z.ZodType<RuleAnchor> = z.union([
  name,
  z.strictObject({ earliest: names }),
  z.strictObject({ latest: names }),
  z.strictObject({ firstOf: names }),
]);

const profile = z.enum(["plain", "eu1182"]).exactOptional();
const roll = z.enum(["none", "next-business", "eu1182"]).exactOptional();
const kind = <K extends Rule["kind"]>(word: K) => z.literal(word);

/** Every kind that a document may write. */
export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: kind("hours"), n: hours, anchor: anchorSchema, profile }),
    z.object({ kind: kind("hoursLocal"), n: hours, anchor: name, profile }),
    z.object({
      kind: kind("hoursReassess"),
      n: hours,
      anchor: anchorSchema,
      reassess: name,
      profile,
    }),
    z.object({ kind: kind("upgrade"), n: hours, anchor: anchorSchema, upgradedAt: name }),
    z.object({
      kind: kind("days"),
      n: whole,
      anchor: anchorSchema,
      first: z.enum(["exclude", "include"]).exactOptional(),
      roll,
    }),
    z.object({ kind: kind("months"), n: whole, anchor: anchorSchema, roll }),
    z.object({
      kind: kind("businessDays"),
      n: whole,
      anchor: anchorSchema,
      endAt: time.exactOptional(),
      lateAfter: time.exactOptional(),
    }),
    z.object({ kind: kind("businessHours"), hours, anchor: anchorSchema }),
    z.object({ kind: kind("afterYearEnd"), days: whole, anchor: anchorSchema }),
    z.object({
      kind: kind("doraInitial"),
      aware: name,
      classified: name,
      relief: z.boolean().default(false),
    }),
    z.object({ kind: kind("altAnchors"), early: ruleSchema, late: ruleSchema }),
    z.object({ kind: kind("minZones"), zones: names, rule: ruleSchema }),
    z.object({ kind: kind("hold"), base: ruleSchema, holdAnchor: name, holdDays: whole }),
    z.object({
      kind: kind("tightest"),
      candidates: z.array(z.object({ id: name, rule: ruleSchema })).max(1_000),
    }),
    z.object({ kind: kind("noonRelief"), base: ruleSchema, on: z.enum(["due", "last-day"]) }),
  ]),
) as z.ZodType<Rule>;

/** Deeper than this is nobody's promise, and would exhaust what reads it. */
const DEPTH_MAX = 64;
/** Rules counted for one result: zones compared within zones multiply. */
const COUNTS_MAX = 10_000;

/** A rule from JSON or YAML; refuses with `rule-invalid`, naming the field. */
export function parseRule(value: unknown): Result<Rule> {
  if (isTooMuch(value)) {
    const right = `nest at most ${DEPTH_MAX} rules, and compare at most ${COUNTS_MAX}`;
    return refuse("rule-invalid", `The rule puts too many rules together: ${right}.`);
  }
  const parsed = ruleSchema.safeParse(withoutNulls(value));
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const at = issue?.path.join(".") ?? "";
  const given = (value as { readonly kind?: unknown } | null)?.kind;
  if (at === "kind") {
    return refuse("rule-invalid", `There is no rule kind ${shownValue(given)}.`);
  }
  const where = at === "" ? "The rule" : `The rule's ${at}`;
  return refuse("rule-invalid", `${where} cannot be read: ${issue?.message ?? "it is no rule"}.`);
}

const CHILDREN = ["early", "late", "base", "rule"] as const;

type Given = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The rules that a rule puts together, as they were written. */
function childrenOf(rule: Given): readonly unknown[] {
  const listed = Array.isArray(rule.candidates) ? rule.candidates : [];
  return [
    ...CHILDREN.map((key) => rule[key]),
    ...listed.map((one: unknown) => (isGiven(one) ? one.rule : undefined)),
  ];
}

/** Asked before anything recurses: a rule of ten thousand levels must not exhaust the stack. */
function isTooMuch(value: unknown): boolean {
  const left: { rule: unknown; depth: number; times: number }[] = [
    { rule: value, depth: 1, times: 1 },
  ];
  let counts = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (!isGiven(next.rule)) continue;
    counts += next.times;
    if (next.depth > DEPTH_MAX || counts > COUNTS_MAX) return true;
    const { zones } = next.rule;
    const times = next.times * (Array.isArray(zones) ? Math.max(1, zones.length) : 1);
    for (const rule of childrenOf(next.rule)) left.push({ rule, depth: next.depth + 1, times });
  }
  return false;
}

/** Absent and null mean the same, in a rule as in a fact. */
function withoutNulls(value: unknown): unknown {
  if (!isGiven(value)) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(
    kept.map(([key, field]) => {
      if (CHILDREN.some((child) => child === key)) return [key, withoutNulls(field)];
      if (key !== "candidates" || !Array.isArray(field)) return [key, field];
      return [
        key,
        field.map((one) => (isGiven(one) ? { ...one, rule: withoutNulls(one.rule) } : one)),
      ];
    }),
  );
}
