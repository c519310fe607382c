/**
 * Durations in prose: `within 24 hours`, `72h`, `five (5) business days`, `one working
 * day`, `immediately`, `best effort`, `in the next release`.
 *
 * A number is taken only with its unit beside it. What promises without a number
 * keeps its word, and never gets one.
 */

import type { Clause } from "../clause.ts";

export type Duration = {
  readonly within: Clause["within"];
  /** As it stands in the text. */
  readonly written: string;
  readonly from: number;
  readonly to: number;
  /** `every 2 hours`: again and again. */
  readonly again: boolean;
  /** Said as reached in a way that one number cannot hold: `24-48 hours`, `up to`. */
  readonly span?: true;
};

const NUMBER_WORDS = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
  "twenty",
] as const;
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

const WORD = `(?:(?:${Object.keys(TENS).join("|")})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|${[...NUMBER_WORDS].reverse().join("|")}|an?|half an?|every|each)`;
/** A number in words stands apart from its unit: `and` is no `an d`. */
const COUNT = `\\d{1,4}(?:\\.\\d{1,2})?|${WORD}(?=[ -])`;
const UNIT =
  "(?:(?:business|working|work|office|calendar|clock|consecutive)[- ]?)?(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|quarters?|years?)";
const NUMBERED = new RegExp(
  `(?<![\\w.])(${COUNT})(?: ?(?:-|–|to) ?(\\d{1,4}))?(?: ?\\((\\d{1,4}|${WORD})\\))?[ -]?(?:full |consecutive )?(${UNIT})(?![\\w])(?! (?:a|per) (?:day|week))`,
  "gi",
);

const WORDED: readonly (readonly [RegExp, Clause["within"]])[] = [
  [
    /\b(?:immediate(?:ly)?|without (?:undue|any|unreasonable) delay|straight away|right away|at once|instantly|as soon as (?:possible|practicable|reasonably practicable)|promptly|24\/7 immediate)\b/gi,
    "immediately",
  ],
  [
    /\bbest[- ]efforts?\b|\bas capacity allows\b|\bas time permits\b|\b(?:no|without) (?:fixed |committed )?(?:target|sla|deadline)\b|\b(?:in|with|into) (?:the|a|an) (?:next|regular|upcoming|future|scheduled|normal|planned)(?: \w+)? (?:release|maintenance window|sprint|cycle)\b|\bnext (?:scheduled |regular |planned )?release\b|\bnormal (?:engineering )?queue\b|\bbacklog\b/gi,
    "best-effort",
  ],
  [
    /\baggregated?\b|\bin aggregate\b|\bin (?:the|our|a) (?:periodic|regular|monthly|quarterly|annual) (?:transparency )?report\b/gi,
    "aggregated",
  ],
];

/** Every duration in `text`, in its order; where two overlap, the longer. */
export function durationsIn(text: string): readonly Duration[] {
  const found: Duration[] = [];
  for (const match of text.matchAll(NUMBERED)) {
    const duration = numbered(match, text);
    if (duration) found.push(duration);
  }
  for (const [pattern, within] of WORDED)
    for (const { 0: written, index } of text.matchAll(pattern))
      if (!found.some(({ from, to }) => index < to && index + written.length > from))
        found.push({ within, written, from: index, to: index + written.length, again: false });
  return found.sort((a, b) => a.from - b.from);
}

function numbered(match: RegExpMatchArray, text: string): Duration | undefined {
  const [written, count = "", upTo, inDigits, unit = ""] = match;
  const from = match.index ?? 0;
  const before = text.slice(Math.max(0, from - 24), from).toLowerCase();
  // `24-hour operations centre`, `24/7`: how somebody works, and no time limit.
  if (
    /^\s*(?:[- ]?(?:staffed|operations?|coverage|rota|on-?call|support|soc|a day|window))/i.test(
      text.slice(from + written.length),
    ) &&
    /-/.test(written)
  )
    return undefined;
  if (
    /(?:last|past|previous|older than|more than|at least|for)\s+(?:the\s+(?:last|past)\s+)?$/.test(
      before,
    ) &&
    !/every\s+$/.test(before)
  )
    return undefined;
  // `Twice a year` is how often, and not how long.
  if (/(?:once|twice|times)\s+$/.test(before)) return undefined;
  const number = Number(upTo ?? inDigits ?? "") || numberOf(inDigits ?? count);
  const within = targetOf(number, unit.toLowerCase());
  if (within === undefined) return undefined;
  return {
    within,
    written,
    from,
    to: from + written.length,
    again: /^(?:every|each)$/i.test(count) || /\b(?:every|each)\s+$/.test(before),
    ...(upTo === undefined ? {} : { span: true as const }),
  };
}

function numberOf(count: string): number {
  if (/^\d/.test(count)) return Number(count);
  const [tens = "", ones] = count.toLowerCase().split(/[- ]/);
  if (tens === "half") return 0.5;
  if (["a", "an", "every", "each"].includes(tens)) return 1;
  const unit = NUMBER_WORDS.indexOf((ones ?? tens) as (typeof NUMBER_WORDS)[number]) + 1;
  return (TENS[tens] ?? 0) + (ones !== undefined || !TENS[tens] ? unit : 0);
}

function targetOf(number: number, unit: string): Clause["within"] | undefined {
  if (!(number > 0) || number > 9_999) return undefined;
  const business = /^(?:business|working|work|office)/.test(unit);
  const bare = unit.replace(
    /^(?:business|working|work|office|calendar|clock|consecutive)[- ]?/,
    "",
  );
  if (bare.startsWith("min"))
    return { count: round(number / 60), unit: business ? "business-hours" : "hours" };
  if (bare.startsWith("h")) return { count: number, unit: business ? "business-hours" : "hours" };
  if (!Number.isInteger(number)) return undefined;
  if (bare.startsWith("d")) return { count: number, unit: business ? "business-days" : "days" };
  if (bare.startsWith("w"))
    return { count: number * (business ? 5 : 7), unit: business ? "business-days" : "days" };
  if (bare.startsWith("m")) return { count: number, unit: "months" };
  return { count: number * (bare.startsWith("q") ? 3 : 12), unit: "months" };
}

const round = (hours: number): number => Math.round(hours * 10_000) / 10_000;

export const isBusiness = (within: Clause["within"]): boolean =>
  typeof within !== "string" && within.unit.startsWith("business");
