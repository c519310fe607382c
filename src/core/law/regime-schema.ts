/**
 * Regime schema: what a file of `regimes/` must hold. Unknown keys are refused, so that a
 * slip of the pen cannot take a threshold away.
 */

import { z } from "zod";
import { RECIPIENT_KINDS } from "../policy/situation.ts";
import { anchorSchema, ruleSchema } from "../time/rule/rule-schema.ts";
import { LAW_DUTIES, LAW_WORDS, type Regime } from "./regime.ts";
import type { LawCondition } from "./told.ts";

const text = z.string().min(1).max(4_000);
const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "must be lower-case words and hyphens");
const stage = z.string().regex(/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/, "must be lower-case words");
const moment = z.string().regex(/^[a-z][A-Za-z0-9]*At$/, "must be the name of a moment");
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be YYYY-MM-DD");
const name = z.string().min(1).max(80);
const value = z.union([z.string(), z.number(), z.boolean()]);

const toldSchema = z.strictObject({
  fact: z.union([name, z.array(name).min(1)]),
  is: z.union([value, z.array(value).min(1)]).exactOptional(),
  atLeast: z.number().exactOptional(),
  moreThan: z.number().exactOptional(),
  fewerThan: z.number().exactOptional(),
  recorded: z.literal(true).exactOptional(),
  otherwise: z.enum(["yes", "no"]).exactOptional(),
});

export const lawConditionSchema: z.ZodType<LawCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(lawConditionSchema).min(1) }),
    z.strictObject({ any: z.array(lawConditionSchema).min(1) }),
    z.strictObject({ not: lawConditionSchema }),
    z.strictObject({ told: toldSchema }),
    z.strictObject({ moment }),
    z.strictObject({ since: date }),
  ]),
);

const test = z.strictObject({ when: lawConditionSchema, says: text });
const exception = z.strictObject({
  when: lawConditionSchema,
  as: z.enum(["suppressed-by-exception", "not-applicable"]),
  says: text,
});

const target = z.strictObject({
  count: z.number().positive(),
  unit: z.enum(["hours", "days", "months", "business-days"]),
  ends: z.string().exactOptional(),
  profile: z.enum(["plain", "eu1182"]).exactOptional(),
  first: z.enum(["exclude", "include"]).exactOptional(),
  roll: z.enum(["none", "next-business", "eu1182"]).exactOptional(),
});

const table = z.strictObject({
  rows: name,
  columns: name,
  missing: z.int().min(1),
  cells: z.record(z.string(), z.array(z.string().regex(/^\d+(?:\.\d+)?(?:h|bd)$/))),
});

const flag = z.literal(true).exactOptional();

const clauseSchema = z.strictObject({
  id: stage,
  duty: z.enum(LAW_DUTIES),
  to: z.enum(RECIPIENT_KINDS),
  recipient: text,
  recipientName: text.exactOptional(),
  when: lawConditionSchema.exactOptional(),
  after: stage.exactOptional(),
  threshold: test.exactOptional(),
  excepted: z.array(exception).exactOptional(),
  from: anchorSchema.exactOptional(),
  within: z.union([
    z.enum(LAW_WORDS),
    target,
    z.strictObject({ rule: ruleSchema }),
    z.strictObject({ table }),
  ]),
  reassessed: moment.exactOptional(),
  zone: name.exactOptional(),
  until: z.array(moment).min(1).exactOptional(),
  untilAlways: flag,
  repeats: flag,
  hold: flag,
  contracts: flag,
  always: flag,
  reportAs: id.exactOptional(),
  contents: z.array(text).exactOptional(),
  ifLate: text.exactOptional(),
  effectiveOn: z.literal("receipt").exactOptional(),
  note: text.exactOptional(),
});

const regimeSchema = z.strictObject({
  id,
  name: text,
  jurisdiction: name,
  cite: text,
  url: z.url().exactOptional(),
  status: z.enum([
    "in-force",
    "in-force-phased",
    "effective-date-not-verified",
    "not-yet-in-force",
    "until CR26 applies",
    "not-in-force",
    "proposed",
    "superseded",
  ]),
  supersededBy: text.exactOptional(),
  inForceFrom: date.exactOptional(),
  inForceNote: text.exactOptional(),
  verified: z.enum(["P", "S", "U"]),
  checked: date,
  who: z.array(text).min(1),
  anchor: moment.exactOptional(),
  wording: text.exactOptional(),
  test: text.exactOptional(),
  imputation: text.exactOptional(),
  thresholds: z.array(text).exactOptional(),
  exceptions: z.array(text).exactOptional(),
  notes: z.array(text).exactOptional(),
  watch: text.exactOptional(),
  place: z
    .string()
    .regex(/^[A-Z]{2}(?:-(?:[A-Z]{2}|\*))?$/)
    .exactOptional(),
  bound: lawConditionSchema.exactOptional(),
  displaced: z.array(test).exactOptional(),
  triggered: lawConditionSchema.exactOptional(),
  triggeredAt: moment.exactOptional(),
  shownBefore: flag,
  excepted: z.array(exception).exactOptional(),
  opens: z.array(id).exactOptional(),
  gives: z.array(name).exactOptional(),
  insteadOf: z.array(id).exactOptional(),
  closed: z.array(z.string().regex(/^\d{2}-\d{2}$/)).exactOptional(),
  clauses: z.array(clauseSchema),
});

/** A file of `regimes/`: the law of one jurisdiction as of a date. */
export const regimeFileSchema = z.strictObject({
  format: z.literal("duenotice/regimes/1"),
  asOf: date,
  regimes: z.array(regimeSchema),
});

/** Held to the type by hand: what the schema admits is what the type says. */
export type RegimeFile = { readonly asOf: string; readonly regimes: readonly Regime[] };
