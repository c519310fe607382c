/**
 * Told: a test over what people have told of an incident or of us, by name: a yes or
 * no, a number, a word, a list of words. Laws read these (`highRisk`, `individuals`,
 * `role`); a contract or a policy may too.
 *
 * What nobody has told is not a no: the answer is unknown, unless the test says what
 * silence means.
 */

import { type Answer, every, opposite } from "../policy/condition/condition.ts";
import { type Day, parseDay } from "../time/day.ts";
import type { FactRecord } from "../time/rule/world.ts";

/** One of the words, numbers or yes and no that a fact may be. */
export type ToldValue = string | number | boolean;

export type ToldTest = {
  /** The fact's name; of several names the first that is told decides. */
  readonly fact: string | readonly string[];
  /** Told as this, or as one of these; of a list that was told, any. */
  readonly is?: ToldValue | readonly ToldValue[];
  /** "At least" and "or more" include the number. */
  readonly atLeast?: number;
  /** "More than" does not. */
  readonly moreThan?: number;
  readonly fewerThan?: number;
  /** Whether anything was told at all. */
  readonly recorded?: true;
  /** What silence means, where it means something. */
  readonly otherwise?: "yes" | "no";
};

/** A condition of a law: tests over what was told, and all, any, not over them. */
export type LawCondition =
  | { readonly all: readonly LawCondition[] }
  | { readonly any: readonly LawCondition[] }
  | { readonly not: LawCondition }
  | { readonly told: ToldTest }
  | { readonly moment: string }
  /** On or after a date: the test date of the regime. */
  | { readonly since: string };

/** Whether a condition holds over `told`; `testDay` is the local date the law is asked for. */
export function answerLaw(
  condition: LawCondition,
  told: FactRecord,
  testDay: Day | undefined,
): Answer {
  const ask = (inner: LawCondition): Answer => answerLaw(inner, told, testDay);
  if ("all" in condition) return every(condition.all.map(ask));
  if ("any" in condition) return opposite(every(condition.any.map(ask).map(opposite)));
  if ("not" in condition) return opposite(ask(condition.not));
  if ("moment" in condition) return isTold(told[condition.moment]) ? "yes" : "no";
  if ("since" in condition) {
    const day = parseDay(condition.since);
    return testDay !== undefined && day !== undefined && testDay >= day ? "yes" : "no";
  }
  return answerTold(condition.told, told);
}

function answerTold(test: ToldTest, told: FactRecord): Answer {
  const names = typeof test.fact === "string" ? [test.fact] : test.fact;
  const value = names.map((name) => told[name]).find(isTold);
  if (test.recorded) return value === undefined ? "no" : "yes";
  if (value === undefined) return test.otherwise ?? "unknown";
  return holds(test, value) ? "yes" : "no";
}

function holds({ is, atLeast, moreThan, fewerThan }: ToldTest, value: unknown): boolean {
  if (is !== undefined) {
    const wanted: readonly unknown[] = Array.isArray(is) ? is : [is];
    return (Array.isArray(value) ? value : [value]).some((one) => wanted.includes(one));
  }
  if (typeof value !== "number") return false;
  return (
    (atLeast === undefined || value >= atLeast) &&
    (moreThan === undefined || value > moreThan) &&
    (fewerThan === undefined || value < fewerThan)
  );
}

/** Absent and null mean the same. */
export const isTold = (value: unknown): boolean => value !== undefined && value !== null;
