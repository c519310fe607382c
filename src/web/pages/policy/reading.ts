/**
 * Reading: the draft as parser and linter see it, a moment after it was typed.
 *
 * A half-written line must not empty the page: while the text cannot be read, the last
 * text that could is still shown, and what is wrong is said beside it.
 */

import { useEffect, useState } from "react";
import { type Finding, isPublishable, lint } from "../../../core/policy/lint.ts";
import { parsePolicy, type PolicyDocument } from "../../../core/policy/parse.ts";
import type { Problem } from "../../../core/problem.ts";

export type Reading = {
  /** What was read; a moment behind what is typed. */
  readonly text: string;
  /** The last text that could be read. */
  readonly document: PolicyDocument | undefined;
  /** Why this one cannot be read; empty when it can. */
  readonly problems: readonly Problem[];
  readonly findings: readonly Finding[];
};

const PAUSE_MS = 200;

/** The draft's reading, and again whenever it has rested for a moment. */
export function useReading(text: string): Reading {
  const [reading, setReading] = useState<Reading>(() => readingOf(text, undefined));
  useEffect(() => {
    if (text === reading.text) return;
    const later = setTimeout(() => setReading(readingOf(text, reading)), PAUSE_MS);
    return () => clearTimeout(later);
  }, [text, reading]);
  return reading;
}

function readingOf(text: string, before: Reading | undefined): Reading {
  const parsed = parsePolicy(text);
  if (!parsed.ok)
    return { text, document: before?.document, problems: parsed.problems, findings: [] };
  return { text, document: parsed.value, problems: [], findings: lint(parsed.value) };
}

/** Why it cannot be published as it stands; undefined when it can. */
export function whyNotPublish({ problems, findings }: Reading): string | undefined {
  if (problems.length > 0) return `${counted(problems.length, "place")} cannot be read.`;
  if (isPublishable(findings)) return undefined;
  const blockers = findings.filter(({ level }) => level === "block").length;
  return `${counted(blockers, "blocker")}: each stands in the list, most with a fix.`;
}

export const counted = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? "" : "s"}`;
