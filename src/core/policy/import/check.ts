/**
 * What is wrong in the prose itself, whatever the draft makes of it: hand-offs that use
 * up another promise's time, business time without a calendar, an address that nobody
 * reads, and promises of which only half is said.
 */

import { withinWords } from "../sentence.ts";
import type { Clause } from "../clause.ts";
import { elapsed } from "../target-length.ts";
import { anchorWords } from "../moment-words.ts";
import type { Policy } from "../policy.ts";
import { isBusiness } from "./durations.ts";
import type { Draft } from "./draft.ts";
import { type Found, found } from "./finding.ts";
import type { Reading } from "./read.ts";
import { placeIn, shown, type Words } from "./words.ts";
import { toWindows } from "./standing.ts";

export function* proseFindings(reading: Reading, draft: Draft): Generator<Found> {
  yield* calendar(reading, draft);
  yield* handOffs(draft);
  yield* senders(reading);
  yield* halves(draft);
  yield* uncertain(draft);
}

/** All business time of a text stands on one calendar, so it is said once, with its lines. */
function* calendar({ standing, promises }: Reading, { drafted }: Draft): Generator<Found> {
  const counted = promises.filter(({ within }) => isBusiness(within));
  const [first] = counted;
  const windows = standing.hours && toWindows(standing.hours.text);
  if (windows && standing.zone) return;
  if (first === undefined && drafted.length > 0 && !standing.hours) {
    const message =
      "The text names no calendar, and nothing in it counts business time yet: the draft has one without hours, to be filled or left.";
    yield found("calendar-unsaid", "warn", message, undefined, "/calendars/0");
    return;
  }
  const lines = listedLines(counted.map(({ number }) => number));
  const what = windows
    ? "the hours stand in the text, and their time zone does not"
    : "no days, hours, holidays or time zone are given";
  const message = `"${shown(first?.number.text ?? "business days", 40)}" (${lines}) cannot be counted: ${what}. Say which calendar counts.`;
  yield found(
    "calendar-missing",
    "block",
    message,
    first?.number ?? standing.hours,
    "/calendars/0/windows",
  );
}

/** `line 20`, `lines 20, 24 and 31`. */
function listedLines(words: readonly Words[]): string {
  const lines = [...new Set(words.map((one) => placeIn(one).line))];
  if (lines.length > 8) return `${lines.length} lines, the first of them ${lines[0]}`;
  const last = lines.pop();
  return lines.length === 0 ? `line ${last ?? 1}` : `lines ${lines.join(", ")} and ${last}`;
}

/** A ticket that may be passed on later than triage has to begin. */
function* handOffs({ drafted }: Draft): Generator<Found> {
  for (const [i, { clause: hand, sources }] of drafted.entries()) {
    if (hand.duty !== "escalate" || hand.from !== "receivedAt" || typeof hand.within === "string")
      continue;
    for (const later of drafted) {
      const { clause, sources: said } = later;
      if (
        clause.duty !== "triage" &&
        !(clause.duty === "mitigate" && clause.within !== "immediately")
      )
        continue;
      if (clause.from !== "receivedAt" || typeof clause.within === "string") continue;
      if (!isLater(hand.within, clause.within)) continue;
      const [from, to] = [sources[0], said[0]];
      if (!from || !to) continue;
      const message =
        `A report may be handed on only ${plainWithin(hand)} of its arrival (line ${placeIn(from.number).line}), and line ${placeIn(to.number).line} promises to ${clause.duty} it ${plainWithin(clause)} of the same arrival` +
        `${to.severities ? ` (${to.severities.join(", ")})` : ""}: the second can be missed before anybody on call sees it. Tighten the hand-off, or count from it.`;
      yield found("handoff-exceeds", "block", message, from.number, `/clauses/${i}/within`);
      break;
    }
  }
}

const isLater = (a: Clause["within"], b: Clause["within"]): boolean =>
  elapsed(a).most > elapsed(b).most || elapsed(a).least > elapsed(b).least;

const plainWithin = (clause: Clause): string =>
  withinWords(clause, { clauses: [], calendars: new Map(), calendar: "" });

function* senders({ standing }: Reading): Generator<Found> {
  for (const words of standing.unattended) {
    const message = `Nobody reads ${words.text}: notices come from a person, at an address that is answered.`;
    yield found("address-unattended", "block", message, words);
  }
}

/** Promises that give no time. */
function* halves({ drafted }: Draft): Generator<Found> {
  for (const [i, { clause, sources }] of drafted.entries()) {
    const [first] = sources;
    if (clause.within !== "undecided" || !first) continue;
    const message = `"${shown(first.words.text, 120)}" promises to ${clause.duty.replaceAll("-", " ")} and says no time that can be counted: write how long it may take.`;
    yield found("undecided", "block", message, first.number, `/clauses/${i}/within`);
  }
}

/** One question for each duty whose beginning is not said, and one for each doubtful number. */
function* uncertain({ drafted, policy }: Draft): Generator<Found> {
  const asked = new Map<string, { words: Words[]; from: Clause["from"]; at: string }>();
  for (const [i, { clause, sources }] of drafted.entries())
    for (const { open, number, duty, within } of sources) {
      if (open.includes("span"))
        yield found(
          "span-uncertain",
          "warn",
          `"${number.text}" has two ends: the draft takes the later one, which is what can be relied on. Say which is promised.`,
          number,
          `/clauses/${i}/within`,
        );
      if (open.includes("usual"))
        yield found(
          "promise-uncertain",
          "warn",
          `"${number.text}" is said as usual, or aimed at: is it promised? The draft counts it as a promise.`,
          number,
          `/clauses/${i}/within`,
        );
      if (open.includes("duty"))
        yield found(
          "duty-uncertain",
          "warn",
          `What is owed within "${number.text}" is read from what stands around it ("${duty}"): say so beside the number.`,
          number,
          `/clauses/${i}`,
        );
      if (!open.includes("anchor") || within === "undecided") continue;
      const one = asked.get(duty) ?? { words: [], from: clause.from, at: `/clauses/${i}/from` };
      one.words.push(number);
      asked.set(duty, one);
    }
  for (const [duty, { words, from, at }] of asked) {
    const message = `From when the time to ${duty.replaceAll("-", " ")} counts is not said (${listedLines(words)}): the draft counts from ${anchorWords(from, policy as Policy)}, the earliest that it can mean. Say from when.`;
    yield found("anchor-unsaid", "warn", message, words[0], at);
  }
}
