/**
 * Carried: what the public page says for machines beside its sentences, so that the page
 * alone can be taken in again and promises the same.
 *
 *   <li id="notify-1" data-clause="{duty: notify, to: customer, from: awareAt, …}">
 *     <p data-is="says">We tell every customer …</p>
 *
 * An attribute holds one item of the document as YAML in one line. What it does not say is
 * the text below that is marked with the key: what a reader sees is not written twice, which
 * would make the page half as heavy again. A text that a page does not keep letter by letter
 * (two spaces, a line break) is written whole. `nth` is where an item stands in the document,
 * where that is not after the one before it. Nothing here is secret: the file that runs is
 * offered beside it and says more.
 */

import type { Clause } from "./clause.ts";
import type { Policy, PolicyCalendar } from "./policy.ts";

/** What is carried item by item: the attribute's name, and the list of the document it belongs to. */
export const CARRIED = {
  clause: "clauses",
  severity: "severities",
  question: "questions",
  role: "roles",
  channel: "channels",
  element: "elements",
  stage: "stages",
  calendar: "calendars",
  section: "sections",
} as const satisfies Readonly<Record<string, keyof Policy>>;
export type CarriedName = keyof typeof CARRIED;

/** Keys of which a page shows a list, each entry marked by itself. */
export const SHOWN_LISTS: readonly string[] = ["criteria", "holidays"];

/** The item itself, less what stands on the page: the texts of the keys `shown`. */
export function carriedItem(item: object, shown: readonly string[], nth?: number): string {
  const told = Object.entries(item)
    .filter(([key, value]) => !(shown.includes(key) && isKept(value)))
    .map(([key, value]): readonly [string, string] => [key, flow(value)]);
  if (nth !== undefined) told.push(["nth", String(nth)]);
  return braced(told);
}

/** A promise; its id is the id of the element. */
export function carriedClause({ id: _, ...clause }: Clause, nth: number | undefined): string {
  return carriedItem(clause, ["says", "cites"], nth);
}

/** A calendar; its holidays stand on the page by date and name, where they are in order. */
export function carriedCalendar(calendar: PolicyCalendar): string {
  const { holidays, ...rest } = calendar;
  return carriedItem(
    areHolidaysShown(calendar) ? rest : { ...rest, ...(holidays && { holidays }) },
    ["name", "source"],
  );
}

/** Whether the page's list of closed days says all of a calendar's holidays. */
export const areHolidaysShown = ({ holidays = [] }: PolicyCalendar): boolean =>
  holidays.length > 0 &&
  holidays.every(
    ({ date, name }, i) =>
      (name === undefined || isKept(name)) && date >= (holidays[i - 1]?.date ?? ""),
  );

/** A section, whose id is in that of the element: of one that is not public, which file it is. */
export function carriedSection({ id: _, ...section }: Policy["sections"][number]): string {
  if (!("text" in section)) return carriedItem(section, ["title", "digest"]);
  const { audience, title } = section;
  return isKept(title) && !/[¶#]$/.test(title) ? "" : flow({ audience, title });
}

/** The id of a section's element. */
export const SECTION_ID = "section_";

/** Single values that stand nowhere on the page. */
export const carriedRest = ({ id, calendar, otherwise, review }: Policy): string =>
  flow({ id, calendar, otherwise, reviewed: review.severities });

/** Where an item stands in the document, if that is not after the one shown before it. */
export const placesIn =
  <T>(all: readonly T[], shown: readonly T[]) =>
  (item: T): number | undefined => {
    const before = shown[shown.indexOf(item) - 1];
    const place = all.indexOf(item);
    return place === (before === undefined ? 0 : all.indexOf(before) + 1) ? undefined : place;
  };

/** Whether a page shows exactly these letters. */
const isKept = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every((one) => typeof one === "string" && isKept(one))
    : typeof value === "string" && /^\S+(?: \S+)*$/.test(value) && !UNSEEN.test(value);

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00A0\uFEFF\uFFFE\uFFFF]/u;

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return braced(Object.entries(value).map(([key, one]) => [key, flow(one)]));
  return typeof value === "string" ? quoted(value) : String(value);
}

const braced = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`;

/** Words that YAML takes for something else than a text. */
const OTHER = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const quoted = (text: string): string =>
  /^[A-Za-z][\w-]*$/.test(text) && !OTHER.test(text)
    ? text
    : JSON.stringify(text).replace(/[\p{Cf}\p{Zl}\p{Zp}\u007F-\u00A0\uFFFE\uFFFF]/gu, (letter) =>
        letter.length > 1 ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
