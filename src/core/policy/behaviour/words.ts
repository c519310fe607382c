/**
 * The sentences of a difference in behaviour: `Critical: notice to customers 48 hours later
 * (within 72 hours instead of within 24 hours).`
 *
 * The names are those of the newer policy, or of the older one for what the newer no longer
 * has. How long and from when are said in the same words as on the policy's page.
 */

import { listed } from "../../text.ts";
import { formatDuration, formatInstant } from "../../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../time/instant.ts";
import type { Change, Promised } from "./change.ts";
import type { Described } from "./cases.ts";
import { NOTHING_HELD, type Variable } from "./situations.ts";
import { type Duty, toldAt } from "../clause.ts";
import { CLAIM_STATES, type ClaimState } from "../condition/condition.ts";
import { conditionWords } from "../condition/words.ts";
import { afterWords, anchorWords, factWords, momentWords } from "../moment-words.ts";
import type { Policy } from "../policy.ts";
import { withinWords } from "../sentence.ts";
import type { RecipientKind } from "../situation.ts";
import { termsOf } from "../terms.ts";

export type Speaking = {
  readonly before: Policy;
  readonly after: Policy;
  readonly trials: readonly Instant[];
  readonly zone: string;
};

/** What is owed, as a noun: `notice to customers`. */
export const dutyNoun = (duty: Duty, to: RecipientKind, isCall: boolean): string =>
  isCall ? `call${TO_WHOM[to]}` : `${NOUNS[duty]}${TO_WHOM[to]}`;

const NOUNS: Readonly<Record<Duty, string>> = {
  acknowledge: "acknowledgement",
  escalate: "escalation",
  triage: "triage",
  decide: "decision",
  mitigate: "mitigation",
  fix: "fix",
  verify: "verification of the fix",
  notify: "notice",
  update: "update",
  file: "filing",
  publish: "publication",
  "confirm-closure": "confirmation of closure",
  review: "review",
  summarise: "summary of the review",
  remediate: "remediations",
  report: "report",
};

const TO_WHOM: Readonly<Record<RecipientKind, string>> = {
  team: "",
  reporter: " to the reporter",
  customer: " to customers",
  authority: " to the authority",
  provider: " to the provider",
  public: " to the public",
};

/** What changed, without where: `48 hours later (within 72 hours instead of within 24 hours)`. */
export function changeWords(change: Change, speaking: Speaking): string {
  switch (change.kind) {
    case "added":
      return `${change.also ? "also" : "now"} owed, ${promisedWords(change.is, speaking.after)}`;
    case "removed":
      return change.also
        ? `no longer also owed ${promisedWords(change.was, speaking.before)}`
        : `no longer owed (it was, ${promisedWords(change.was, speaking.before)})`;
    case "trigger":
      return triggerWords(change, speaking);
    case "number":
      return insteadWords(change, speaking);
    case "contents":
      return contentsWords(change, speaking);
    case "until":
      return `ends once ${momentWords(toldAt(change.is.clause), speaking.after)}, not once ${momentWords(toldAt(change.was.clause), speaking.before)}`;
    case "met":
      return `met when ${MET[change.is.clause.met ?? "accepted"]}, not when ${MET[change.was.clause.met ?? "accepted"]}`;
    case "by":
      return `goes ${channelWords(change.is, speaking.after)} instead of ${channelWords(change.was, speaking.before)}`;
    default:
      return movedWords(change, speaking);
  }
}

const MET = {
  sent: "it is sent",
  accepted: "their mail server has accepted it",
  contact: "a person has spoken to them",
} as const;

const channelWords = ({ clause: { by = [] } }: Promised, { channels }: Policy): string =>
  by.length === 0
    ? "by no channel in particular"
    : `by ${listed(by.map((id) => channels.find((one) => one.id === id)?.name ?? id))}`;

/** `within 24 hours of confirming that …`, `as a best effort`. */
function promisedWords({ clause }: Promised, policy: Policy): string {
  const from = anchorWords(clause.from, policy);
  if (clause.within === "immediately") return `immediately on ${from}`;
  if (clause.within === "best-effort") return "as a best effort";
  if (clause.within === "aggregated") return "in the periodic report";
  return `${withinWords(clause, termsOf(policy), { hours: false })} of ${from}`;
}

const shortWords = ({ clause }: Promised, policy: Policy, hours: boolean): string =>
  withinWords(clause, termsOf(policy), { hours });

function insteadWords(
  { was, is }: { readonly was: Promised; readonly is: Promised },
  { before, after }: Speaking,
): string {
  for (const hours of [false, true]) {
    const [then, now] = [shortWords(was, before, hours), shortWords(is, after, hours)];
    if (then !== now) return `${now} instead of ${then}`;
  }
  return `${shortWords(is, after, false)} as before, by another calendar`;
}

function triggerWords(change: Extract<Change, { kind: "trigger" }>, speaking: Speaking): string {
  const { was, is } = change;
  const { before, after } = speaking;
  const from = [anchorWords(was.clause.from, before), anchorWords(is.clause.from, after)] as const;
  const named =
    from[0] === from[1]
      ? ([eventWords(was.trigger, before), eventWords(is.trigger, after)] as const)
      : from;
  const counted = `counted from ${named[1]} instead of ${named[0]}`;
  const [then, now] = [shortWords(was, before, true), shortWords(is, after, true)];
  return then === now ? counted : `${counted}, ${insteadWords(change, speaking)}`;
}

/** `suspecting that customer data are exposed`, for what a trigger is made of. */
const eventWords = (trigger: string, policy: Policy): string =>
  trigger
    .split("|")
    .map((event) => {
      const [claim = "", state] = event.split(".");
      return state === undefined
        ? afterWords(claim)
        : anchorWords({ claim, is: state as ClaimState }, policy);
    })
    .join(" or ");

function contentsWords(
  { added, removed }: Extract<Change, { kind: "contents" }>,
  { before, after }: Speaking,
): string {
  const names = (ids: readonly string[], { elements }: Policy): string =>
    listed(ids.map((id) => `“${elements.find((one) => one.id === id)?.name ?? id}”`));
  return [
    ...(added.length === 0 ? [] : [`must now contain ${names(added, after)}`]),
    ...(removed.length === 0 ? [] : [`need no longer contain ${names(removed, before)}`]),
  ].join(", and ");
}

function movedWords(
  change: Extract<Change, { kind: "earlier" | "later" | "moved" }>,
  speaking: Speaking,
): string {
  const { kind, byMs } = change;
  const [first = 0] = byMs;
  const most = Math.max(...byMs.map(Math.abs));
  const words = insteadWords(change, speaking);
  if (kind !== "moved" && byMs.every((ms) => ms === first))
    return `${spanWords(most)} ${kind} (${words})`;
  const by = kind === "moved" ? "earlier or later by" : kind;
  const span =
    kind === "moved" ? `${by} up to ${spanWords(most)}` : `up to ${spanWords(most)} ${by}`;
  return `${span}, depending on when it starts (${words}; ${exampleWords(change, most, speaking)})`;
}

/** `started Fri 18 Dec 2026, 18:40 CET it is due … instead of …`: where it differs most. */
function exampleWords(
  { byMs, was, is }: Extract<Change, { byMs: unknown }>,
  most: number,
  { trials, zone }: Speaking,
): string {
  const at = byMs.findIndex((ms) => Math.abs(ms) === most);
  const say = (instant: Instant | undefined): string =>
    instant === undefined ? "never" : formatInstant(instant, zone);
  return `started ${say(trials[at])} it is due ${say(is.dues[at])} instead of ${say(was.dues[at])}`;
}

/** `48 hours`, `30 days`, `66 h 20 min`. */
function spanWords(ms: number): string {
  if (ms % HOUR_MS !== 0) return formatDuration(ms);
  const isLong = ms % DAY_MS === 0 && ms > 4 * DAY_MS;
  const count = ms / (isLong ? DAY_MS : HOUR_MS);
  return `${count} ${isLong ? "day" : "hour"}${count === 1 ? "" : "s"}`;
}

/** The head of a sentence and its end: the severities, and what else must be so. */
export function whereWords(
  at: Described,
  variables: readonly Variable[],
  change: Change,
  { before, after }: Speaking,
): { readonly severities: readonly string[]; readonly head: string; readonly end: string } {
  const policy = { ...after, ...unionOf(before, after) };
  let severities: readonly string[] = [];
  const ends: string[] = [];
  for (const [i, places] of at) {
    const { name, classes } = variables[i] as Variable;
    const values = places.flatMap((place) => classes[place] ?? []);
    const others = classes.flatMap((one, place) => (places.includes(place) ? [] : one));
    if (name === "severity") severities = values;
    else if (!isSaid(name, values, change)) ends.push(testWords(name, values, others, policy));
  }
  const names = severities.map((id) => policy.severities.find((one) => one.id === id)?.name ?? id);
  return {
    severities,
    head: names.length === 0 ? "" : `${listed(names)}: `,
    end: ends.map((words) => `, ${words}`).join(""),
  };
}

/** What both policies know, the newer one's words first. */
function unionOf(before: Policy, after: Policy) {
  const joined = <T>(of: (policy: Policy) => readonly T[], id: (one: T) => string): T[] => [
    ...of(after),
    ...of(before).filter((one) => !of(after).some((known) => id(known) === id(one))),
  ];
  const byId = ({ id }: { readonly id: string }): string => id;
  return {
    severities: joined((policy) => policy.severities, byId),
    channels: joined((policy) => policy.channels, byId),
    stages: joined((policy) => policy.stages ?? [], byId),
    facts: joined(
      (policy) => policy.facts,
      ({ claim }) => claim,
    ),
  };
}

/** Whether the trigger has said it: counted from confirming it, it is confirmed. */
function isSaid(name: string, values: readonly string[], change: Change): boolean {
  if (!name.startsWith("claim:") || values.includes(NOTHING_HELD)) return false;
  const claim = name.slice("claim:".length);
  const triggers = ["was", "is"].flatMap((side) => {
    const promised = (change as unknown as Record<string, Promised | undefined>)[side];
    return promised?.trigger.split("|") ?? [];
  });
  return triggers.some((event) => {
    const [of, state] = event.split(".");
    if (of !== claim) return false;
    return state === "suspected" || values.every((value) => value === state);
  });
}

/** `when it is confirmed that …`; what holds for most is told by what it is not. */
function testWords(
  name: string,
  values: readonly string[],
  others: readonly string[],
  policy: Policy,
): string {
  if (name.startsWith("claim:")) {
    const claim = name.slice("claim:".length);
    const states = (of: readonly string[]) => CLAIM_STATES.filter((state) => of.includes(state));
    return values.includes(NOTHING_HELD)
      ? `unless ${factWords(claim, states(others), policy)}`
      : `when ${factWords(claim, states(values), policy)}`;
  }
  if (name.startsWith("moment:")) {
    const words = momentWords(name.slice("moment:".length), policy);
    return values[0] === "yes" ? `when ${words}` : `unless ${words}`;
  }
  if (name === "role")
    return `when ${conditionWords({ role: values[0] as "controller" | "processor" }, policy)}`;
  const isMost = values.length > others.length && others.length > 0;
  const said = isMost ? others : values;
  const test = name === "channel" ? { channel: said } : { stage: said };
  return `${isMost ? "unless" : "when"} ${conditionWords(test, policy)}`;
}
