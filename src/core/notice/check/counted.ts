/**
 * Counted: the numbers of people and things, and the days of what happened, that a text
 * names: what two texts about one incident must agree on.
 */

import { sentencesOf } from "./sentences.ts";

const COUNTED =
  /(?<![\p{L}\p{N}.,:-])(\d{1,3}(?:[,. ’']\d{3})+|\d+)\s+(?:[a-z-]+\s+){0,2}?(people|persons|individuals|users|accounts|records|rows|objects|files|customers|patients|residents|subscribers)\b/giu;

const SAME: Readonly<Record<string, string>> = {
  persons: "people",
  individuals: "people",
  users: "people",
  patients: "people",
  residents: "people",
  subscribers: "people",
  rows: "records",
  objects: "records",
};

export type Counted = { readonly words: string; readonly kind: string; readonly value: number };

/** `4,112 people`, each with what it counts. */
export const countedIn = (text: string): readonly Counted[] =>
  [...text.matchAll(COUNTED)].map(([words, digits = "", noun = ""]) => ({
    words,
    kind: kindOf(noun),
    value: Number(digits.replace(/\D/g, "")),
  }));

export const kindOf = (noun: string): string => SAME[noun.toLowerCase()] ?? noun.toLowerCase();

/** What a day is of: when we became aware, or when it began. */
export type Topic = "aware" | "began";

const TOPICS: Readonly<Record<Topic, RegExp>> = {
  aware: /\b(?:became aware|aware (?:of|on|since)|discovered|detected|noticed|learn(?:ed|t))\b/i,
  began: /\b(?:began|begun|started|occurred|since|from)\b/i,
};

export type Dated = {
  readonly topic: Topic;
  readonly words: string;
  readonly days: readonly string[];
};

/** Sentences that say on which days it began, or on which we became aware. */
export const datedIn = (text: string): readonly Dated[] =>
  sentencesOf(text).flatMap((sentence) => {
    const days = daysIn(sentence);
    const topic = TOPICS.aware.test(sentence)
      ? "aware"
      : TOPICS.began.test(sentence)
        ? "began"
        : undefined;
    return days.length === 0 || topic === undefined
      ? []
      : [{ topic, words: sentence.trim().slice(0, 120), days }];
  });

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const DAY =
  /\b(\d{1,2})\.? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{4})\b|\b(\d{4}-\d{2}-\d{2})\b/gi;

/** Every whole date in a text, as `2026-11-20`. */
export const daysIn = (text: string): readonly string[] =>
  [...text.matchAll(DAY)].map(([, day = "", month = "", year = "", iso]) =>
    iso === undefined
      ? `${year}-${`${MONTHS.indexOf(month.toLowerCase()) + 1}`.padStart(2, "0")}-${day.padStart(2, "0")}`
      : iso,
  );
