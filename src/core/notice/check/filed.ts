/**
 * Filed: a notice agrees with what authorities were told: the same numbers, the same days.
 *
 * A filing and a notice that differ are read side by side one day. Where the facts have
 * moved on since the filing, that is owed to the authority, not to be hidden here.
 */

import { countedIn, type Counted, datedIn, daysIn, kindOf, type Topic } from "./counted.ts";
import { type Checked, type NoticeFinding, sharedPieces } from "./finding.ts";
import { ownWords } from "../quote.ts";

/** What one filing told, as far as it can be compared. */
export type FiledSaying = {
  /** The law and the stage, in words. */
  readonly where: string;
  readonly numbers: readonly Pick<Counted, "kind" | "value">[];
  readonly days: Readonly<Partial<Record<Topic, readonly string[]>>>;
};

type Field = { readonly id: string; readonly value: string };

const NUMBERS: readonly (readonly [fits: RegExp, noun: string])[] = [
  [/^(?:subject-count|individuals|residents|consumers)$/, "people"],
  [/^record-count$/, "records"],
  [/^f3-4$/, "customers"],
];
const DAYS: readonly (readonly [fits: RegExp, topic: Topic])[] = [
  [/^(?:aware|discovered|noticed|known|determined)-at$|^f2-2$/, "aware"],
  [/^(?:began|occurred|happened)-at$|^f3-2$/, "began"],
];

/** What the fields of a filing told. */
export function filedSaying(where: string, fields: readonly Field[]): FiledSaying {
  const numbers = fields.flatMap(({ id, value }): FiledSaying["numbers"] => {
    const noun = NUMBERS.find(([fits]) => fits.test(id))?.[1];
    const digits = /^\D{0,8}(\d[\d,. ]*)$/.exec(value.trim())?.[1]?.replace(/\D/g, "");
    return noun !== undefined && digits
      ? [{ kind: kindOf(noun), value: Number(digits) }]
      : countedIn(value).map((one) => ({ kind: one.kind, value: one.value }));
  });
  const days: Partial<Record<Topic, readonly string[]>> = {};
  for (const { id, value } of fields) {
    const topic = DAYS.find(([fits]) => fits.test(id))?.[1];
    const named = daysIn(value);
    if (topic !== undefined && named.length > 0) days[topic] = [...(days[topic] ?? []), ...named];
  }
  return { where, numbers, days };
}

export type FiledDifference = {
  readonly about: "number" | "day";
  readonly where: string;
  /** What the text says. */
  readonly words: string;
  /** What the filing says. */
  readonly filed: string;
  /** What counts, for a number. */
  readonly value?: number;
  readonly kind?: string;
};

/** What `text` says otherwise than that filing. */
export function filedDifferences(
  text: string,
  { where, numbers, days }: FiledSaying,
): readonly FiledDifference[] {
  const counted = countedIn(text).flatMap(({ words, kind, value }): FiledDifference[] => {
    const told = numbers.filter((one) => one.kind === kind);
    if (told.length === 0 || told.some((one) => one.value === value)) return [];
    const filed = [...new Set(told.map((one) => one.value))].join(" or ");
    return [{ about: "number", where, words, filed: `${filed} ${kind}`, value, kind }];
  });
  const dated = datedIn(text).flatMap(({ topic, words, days: said }): FiledDifference[] => {
    const told = days[topic];
    if (told === undefined || said.some((day) => told.includes(day))) return [];
    return [{ about: "day", where, words, filed: [...new Set(told)].join(" or ") }];
  });
  return [...counted, ...dated];
}

/** Code: `differs-from-filing`. */
export function* filingChecks({ content, beside }: Checked): Iterable<NoticeFinding> {
  for (const saying of beside.filed) {
    for (const { at, text } of sharedPieces(content)) {
      for (const { about, where, words, filed, value, kind } of filedDifferences(
        ownWords(text),
        saying,
      )) {
        // The facts moved on since: the notice is right, and the authority is owed the news.
        const isTold = beside.numbers.some(
          (number) => number.value === value && kindOf(number.noun) === kind,
        );
        const mend = isTold
          ? "It is what is held now: file a follow-up."
          : "Put one of the two right; what was filed is corrected by a follow-up.";
        yield {
          code: "differs-from-filing",
          level: about === "number" && !isTold ? "block" : "warn",
          message: `“${words}” differs from what was filed (${where}): ${filed}. ${mend}`,
          at,
          words,
        };
      }
    }
  }
}
