/**
 * Sentence: the words of a promise, made from its data.
 *
 * The public page, the room, a mail and the CLI print these same words, so the
 * text cannot promise one thing and the clock count another. English, as the names
 * of the field are; a clause whose sentence should read otherwise has its own in
 * `says`. What is named (a severity, a channel, a claim) keeps the policy's words.
 */

import type { Calendar } from "../time/calendar.ts";
import { endsOf, targetWords } from "../time/target.ts";
import { calendarWords } from "./calendar-words.ts";
import type { Clause, Duty } from "./clause.ts";
import { conditionWords, withoutAnchor } from "./condition/words.ts";
import { anchorWords } from "./moment-words.ts";
import type { Terms } from "./obligations.ts";
import type { Policy } from "./policy.ts";
import type { RecipientKind } from "./situation.ts";
import { termsOf } from "./terms.ts";

/**
 * How long, as [[clause-id]] prints it: `within 24 hours`, `immediately`,
 * `within 5 business days (Mon-Fri 09:00-17:00, Europe/Berlin)`. `hours: false` leaves the
 * open hours out, where they were said just before.
 */
export function withinWords(
  clause: Pick<Clause, "within" | "calendar">,
  terms: Terms,
  { hours = true } = {},
): string {
  const { within } = clause;
  if (typeof within === "string") return UNCOUNTED_WORDS[within];
  const calendar = hours ? countingCalendar(clause, terms) : undefined;
  const notes = [...endWords(within), ...(calendar === undefined ? [] : [calendarWords(calendar)])];
  const words = `within ${targetWords(within)}`;
  return notes.length === 0 ? words : `${words} (${notes.join("; ")})`;
}

/** What stands large beside a promise. */
export function targetLabel({ within }: Pick<Clause, "within">): string {
  switch (within) {
    case "immediately":
      return "Immediately";
    case "best-effort":
      return "Best effort";
    case "aggregated":
      return "Aggregated";
    case "undecided":
      return "Not decided";
    default:
      return targetWords(within);
  }
}

/** The calendar whose open hours a target counts; undefined where it counts none. */
export function countingCalendar(
  { within, calendar }: Pick<Clause, "within" | "calendar">,
  terms: Terms,
): Calendar | undefined {
  if (typeof within === "string" || !within.unit.startsWith("business")) return undefined;
  return terms.calendars.get(calendar ?? terms.calendar);
}

/** What a clause promises, as a whole sentence: its own words, or those made from its data. */
export function clauseSentence(clause: Clause, policy: Policy, terms = termsOf(policy)): string {
  if (clause.says !== undefined) return clause.says;
  const words = clauseWords(clause, policy, terms);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/**
 * The promise as made from the data alone, to stand within a sentence: `we notify each affected
 * customer within 24 hours of confirming that personal data are exposed`.
 */
export function clauseWords(clause: Clause, policy: Policy, terms = termsOf(policy)): string {
  const speak = clause.duty === "notify" && clause.met === "contact" && clause.to !== "team";
  const act = speak
    ? `we speak with ${WHOM[clause.to]}`
    : `we ${ACTS[clause.duty](WHOM[clause.to])}`;
  return `${act} ${termWords(clause, policy, terms)}`;
}

/** How long, from when and under which condition: what follows the act. */
export const termWords = (clause: Clause, policy: Policy, terms = termsOf(policy)): string =>
  `${timeWords(clause, policy, terms)}${whenWords(clause, policy)}`;

const UNCOUNTED_WORDS = {
  immediately: "immediately",
  "best-effort": "best effort",
  aggregated: "aggregated",
  undecided: "in a time that is not decided yet",
} as const;

/** Said only where the day ends otherwise than its unit has it end. */
function endWords(target: Exclude<Clause["within"], string>): readonly string[] {
  const ends = endsOf(target);
  const { ends: _, ...plain } = target;
  if (ends === undefined || ends === endsOf(plain)) return [];
  if (ends === "same-time") return ["same time of day"];
  if (ends === "day") return ["end of day"];
  return [ends === "close" ? "close of business" : `by ${ends}`];
}

/** How long and from when. */
function timeWords(clause: Clause, policy: Policy, terms: Terms): string {
  switch (clause.within) {
    case "immediately":
      return `immediately on ${anchorWords(clause.from, policy)}, around the clock`;
    case "best-effort":
      return "as a best effort, without a promised time";
    case "aggregated":
      return "in the periodic report, together with others";
    case "undecided":
      return UNCOUNTED_WORDS.undecided;
    default:
      return `${withinWords(clause, terms)} of ${anchorWords(clause.from, policy)}`;
  }
}

function whenWords({ when, from }: Clause, policy: Policy): string {
  const rest = when && withoutAnchor(when, from);
  if (rest === undefined) return "";
  return "not" in rest
    ? `, unless ${conditionWords(rest.not, policy)}`
    : `, when ${conditionWords(rest, policy)}`;
}

/** Ourselves are nobody to be named. */
const WHOM: Readonly<Record<RecipientKind, string | undefined>> = {
  team: undefined,
  reporter: "the reporter",
  customer: "each affected customer",
  authority: "the competent authority",
  provider: "the provider",
  public: "the public",
};

const to = (whom: string | undefined): string => (whom === undefined ? "" : ` to ${whom}`);
const forWhom = (whom: string | undefined): string => (whom === undefined ? "" : ` for ${whom}`);

const ACTS: Readonly<Record<Duty, (whom: string | undefined) => string>> = {
  acknowledge: (whom) => `acknowledge it${to(whom)}`,
  escalate: (whom) => `escalate it to ${whom ?? "those on call"}`,
  triage: (whom) => `triage it${forWhom(whom)}`,
  decide: (whom) => `decide whether to notify${forWhom(whom)}`,
  mitigate: (whom) => `mitigate it${forWhom(whom)}`,
  fix: (whom) => `fix it${forWhom(whom)}`,
  verify: (whom) => `verify the fix${forWhom(whom)}`,
  notify: (whom) => `notify ${whom ?? "the team"}`,
  update: (whom) => `send ${whom ?? "the team"} an update`,
  file: (whom) => `file with ${whom ?? "ourselves"}`,
  publish: (whom) => `publish it${forWhom(whom)}`,
  "confirm-closure": (whom) => `confirm closure with ${whom ?? "the team"}`,
  review: (whom) => `complete the review${forWhom(whom)}`,
  summarise: (whom) => `send ${whom ?? "the team"} a summary of the review`,
  remediate: (whom) => `complete the remediations${forWhom(whom)}`,
  report: (whom) => `report on it${to(whom)}`,
};
