/**
 * Reading: the draft as parser and linter see it, a moment after it was typed.
 *
 * A half-written line must not empty the page: while the text cannot be read, the last
 * text that could is still shown, and what is wrong is said beside it.
 */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { PolicyCheck } from "../../../api/policy-check.ts";
import { type Finding, isPublishable, lint } from "../../../core/policy/lint/lint.ts";
import { parsePolicy, policyHash, type PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { placeOf } from "../../../core/policy/places.ts";
import type { Problem } from "../../../core/problem.ts";
import { client, valueOf } from "../../api.ts";

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
  const beside = useBeside(reading);
  return useMemo(() => ({ ...reading, findings: together(reading, beside) }), [reading, beside]);
}

/** Longer than a pause between words: the installation is asked about a text that rests. */
const REST_MS = 900;

/**
 * What the installation finds besides, which knows the hour, its contracts and the laws that
 * bind it; nothing while it is asked, or where it cannot be.
 */
function useBeside({ text, problems }: Reading): readonly Finding[] {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const later = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(later);
  }, [text]);
  const { data } = useQuery({
    queryKey: ["policy-check", policyHash(rested)],
    queryFn: async () =>
      valueOf(await client.call<PolicyCheck>("POST", "/api/v1/policy-checks", { text: rested })),
    enabled: problems.length === 0,
    staleTime: Infinity,
  });
  // A fix is offsets into the text that was read: of another text it says nothing.
  return rested === text && problems.length === 0
    ? ((data?.findings ?? NONE) as typeof NONE)
    : NONE;
}

const NONE: readonly Finding[] = [];

/** Both, each once; of its own the installation says the line, which leads to what stands there. */
function together(
  { findings: own, document }: Reading,
  beside: readonly Finding[],
): readonly Finding[] {
  const known = new Set(own.map(keyOf));
  const more = beside
    .filter((one) => !known.has(keyOf(one)))
    .map((one) => ({ ...one, at: document ? pointerAt(document, one.line) : "" }));
  return more.length === 0
    ? own
    : [...own, ...more].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The clause or section that a line is part of. */
function pointerAt({ policy, places }: PolicyDocument, line: number): string {
  const parts = [
    ...policy.clauses.map((_, i) => `/clauses/${i}`),
    ...policy.sections.map((_, i) => `/sections/${i}`),
  ];
  const lines = parts.map((at) => ({ at, line: placeOf(places, at).line }));
  const above = lines.filter((one) => one.line <= line).sort((a, b) => b.line - a.line);
  return above[0]?.at ?? "";
}

const keyOf = ({ code, line, column }: Pick<Finding, "code" | "line" | "column">): string =>
  `${code} ${line} ${column}`;

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
