/**
 * Parts: what a policy declares beside its clauses and its prose, in the groups in which
 * people change it. Every key of the format is in one of them, on the head of the document
 * (who, since when, where reports go), or has a form of its own; a test holds that.
 */

import type { Path } from "./places.ts";

export type Part = {
  readonly id: string;
  readonly name: string;
  /** Keys of the policy, in the order in which they are shown. */
  readonly keys: readonly string[];
};

export const PARTS: readonly Part[] = [
  {
    id: "severities",
    name: "Severities",
    keys: ["severities", "questions", "otherwise", "priorities"],
  },
  { id: "phases", name: "Phases", keys: ["phases", "gates", "mitigations"] },
  { id: "roles", name: "Roles", keys: ["roles", "providers"] },
  { id: "calendars", name: "Calendars", keys: ["calendar", "calendars"] },
  { id: "channels", name: "Channels", keys: ["channels"] },
  { id: "facts", name: "Facts", keys: ["facts", "decision"] },
  { id: "contents", name: "Contents", keys: ["elements", "stages"] },
  { id: "reports", name: "Reports", keys: ["reporting", "owner"] },
  { id: "review", name: "Review", keys: ["review", "cadence", "publicRecord"] },
];

/** The part that a pointer's key belongs to; undefined where it is of the head, a clause, the prose. */
export const partOf = ([key]: Path): Part | undefined =>
  PARTS.find(({ keys }) => keys.includes(String(key)));

/** One item of a list, by the key of the list. */
const NOUNS: Readonly<Record<string, string>> = {
  severities: "severity",
  priorities: "priority",
  facts: "claim",
  decision: "question",
  enter: "gate",
  leave: "gate",
  fix: "gate",
  resolve: "gate",
  close: "gate",
  rota: "turn",
  holidays: "holiday",
  optionalHolidays: "optional holiday",
  criteria: "criterion",
  include: "point",
  sets: "moment",
};

/** `phase` for `phases`. */
export const nounOf = (list: string): string => NOUNS[list] ?? list.replace(/s$/, "");
