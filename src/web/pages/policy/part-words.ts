/** Part words: what the keys of a policy are called in a form, and one item in a line. */

import { calendarWords } from "../../../core/policy/calendar-words.ts";
import { coverageWords } from "../../../core/policy/coverage.ts";
import type { Path } from "../../../core/policy/places.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { textIn } from "../../../core/text.ts";
import { DECLARED_UNDER, type Kind } from "../../../core/policy/references.ts";
import { termsOf } from "../../../core/policy/terms.ts";

/** Where the key alone would not say it. */
const LABELS: Readonly<Record<string, string>> = {
  "/calendar": "The calendar that counts",
  "facts/claim": "Id",
  acknowledgments: "Where reporters are thanked",
  bounty: "Bounties",
  email: "Mail address",
  include: "What a report should contain",
  languages: "Languages in which reports are read",
  owner: "Who answers for it",
  pgp: "PGP key",
  "pgp/url": "Where the key is",
  reporting: "How to tell us something",
  subject: "Subject line",
  adds: "What it adds",
  afterMaterialIncident: "Reviewed after every material incident too",
  announce: "How subscribers hear of a change",
  answers: "Answered within",
  ask: "Question",
  calendar: "Calendar",
  claim: "The claim it is about",
  close: "Before it is closed",
  confirmed: "Confirmed, it sets",
  contact: "Who, or how to reach them",
  decision: "The decision whether to notify",
  does: "What is done in it",
  enter: "To enter it",
  evidence: "Shown by",
  facts: "Claims",
  fix: "Before a fix counts",
  gates: "Gates of every incident",
  holds: "The record shows that",
  hours: "Can be reached in the hours of",
  interface: "Where their word reaches us",
  leave: "To leave it",
  mail: "Mail address",
  mitigations: "Kinds of mitigation",
  months: "Whole months back",
  otherwise: "Otherwise",
  outside: "Somebody outside the team",
  parallel: "May run beside another phase",
  publicRecord: "Promise against record, shown to everybody",
  questions: "Questions that decide",
  remediations: "Remediations are looked at again every",
  resolve: "Before it is resolved",
  response: "How the response runs",
  review: "Review",
  "cadence/review": "Looked at again after",
  "review/severities": "Severities that are reviewed",
  "review/questions": "Questions that every review answers",
  "ruled-out": "Ruled out, it sets",
  says: "In words",
  second: "Needs a second person",
  "gates/says": "What must be true",
  "elements/says": "What it tells",
  "facts/says": "In words: “…” is suspected, confirmed or ruled out",
  "questions/severity": "A yes makes it at least",
  sets: "Moments",
  suspected: "Suspected, it sets",
  transparencyReport: "The aggregated report appears every",
  unknown: "An unknown counts as",
  when: "Asked only when",
  windows: "Open hours",
  zone: "Time zone",
};

/** What the field at `path` is called; gates are asked for alike wherever they stand. */
export function labelOf(path: Path): string {
  const keys = path.filter((step) => typeof step === "string");
  const key = keys.at(-1) ?? "";
  const list = GATES.includes(keys.at(-2) ?? "") ? "gates" : keys.at(-2);
  return LABELS[`${list ?? ""}/${key}`] ?? LABELS[key] ?? spoken(key);
}

const GATES: readonly string[] = ["enter", "leave", "fix", "resolve", "close"];

/** `optionalHolidays` is `Optional holidays`. */
const spoken = (key: string): string =>
  key
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (l) => l.toUpperCase());

/** What a word of the format means, where it is not what it says. */
const WORDS: Readonly<Record<string, string>> = {
  in: "in: by it something reaches us",
  out: "out: by it we tell others",
  link: "a link",
  note: "a note",
};

export const wordOf = (word: string): string => WORDS[word] ?? word.replaceAll("-", " ");

type Named = { readonly id: string; readonly name: string };

/** What may be named of a kind, in the document's order. */
export function namedOf(kind: Kind, policy: Policy): readonly Named[] {
  if (kind === "claim") return policy.facts.map(({ claim, says }) => ({ id: claim, name: says }));
  if (kind === "channel in" || kind === "channel out")
    return policy.channels.filter(({ direction }) => kind === `channel ${direction}`);
  const items = policy[DECLARED_UNDER[kind]] as
    | readonly { id: string; name?: string }[]
    | undefined;
  return (items ?? []).map(({ id, name }) => ({ id, name: name ?? id }));
}

export type Item = Readonly<Record<string, unknown>>;

/** How an item is headed: its name, or what it asks or says. */
export function titleOf(item: Item): string {
  const title = item["name"] ?? item["ask"] ?? item["says"] ?? item["id"] ?? item["claim"];
  return typeof title === "string" ? title : "";
}

/** One line of what else it says. */
export function summaryOf(list: Path, item: Item, policy: Policy): string {
  const key = list.length === 1 ? list[0] : "";
  if (key === "calendars") {
    const calendar = termsOf(policy).calendars.get(String(item["id"]));
    return calendar ? `${calendarWords(calendar)}; ${datesOf(item)}` : "";
  }
  if (key === "questions") return `yes: at least ${nameIn(policy.severities, item["severity"])}`;
  if (key === "channels") return [item["direction"], item["kind"]].join(", ").replaceAll("-", " ");
  if (key === "roles") {
    const covered = coverageWords(item as Policy["roles"][number], policy);
    return [item["responsibility"], covered].filter(Boolean).join(" ");
  }
  const said = item["criteria"] ?? item["does"] ?? item["adds"] ?? item["interface"];
  if (said !== undefined) return [said].flat().map(textIn).join(" ");
  return item["name"] === undefined ? "" : textIn(item["says"]);
}

const nameIn = (items: readonly Named[], id: unknown): string =>
  items.find((one) => one.id === id)?.name ?? String(id);

function datesOf(item: Item): string {
  const {
    holidays = [],
    optionalHolidays = [],
    closures = [],
  } = item as Partial<Policy["calendars"][number]>;
  const dates = holidays.length + optionalHolidays.length;
  return `${dates} ${dates === 1 ? "holiday" : "holidays"}, ${closures.length} ${closures.length === 1 ? "closure" : "closures"}`;
}
