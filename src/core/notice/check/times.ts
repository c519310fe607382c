/**
 * Times: every clock time has its zone, and the next word is one that can be kept.
 */

import { formatUtc } from "../../time/format.ts";
import { DAY_MS, HOUR_MS } from "../../time/instant.ts";
import { type Checked, type NoticeFinding, ownClaims } from "./finding.ts";

const CLOCK =
  /(?<![\d:.+\u2212]|[\s]-)(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?[ap]\.?m\.?\b)?|(?<![\d:.])(?:1[0-2]|0?[1-9])\s?(?:[ap]\.?m\b\.?|o'clock)/gi;
/** After the time, or in the brackets that follow it. */
const ZONED =
  /^\s*(?:\(?\s*(?:UTC|GMT|Z\b|[A-Z]{2,5}T\b|[ECMP][SD]?T\b|[+-−]\d{1,2}(?::?\d{2})?|[A-Z][a-z]+\/[A-Z]\w+|(?:Berlin|Paris|London|New York|local|your) time))/;
const RANGE = /^\s*(?:-|–|to|and|until|bis)\s*$/;

/** Code: `time-without-zone`. */
export function* zoneChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of ownClaims(checked)) {
    const times = [...text.matchAll(CLOCK)].filter(([words]) => !/^\d+\.\d+$/.test(words));
    for (const [index, match] of times.entries()) {
      const end = match.index + match[0].length;
      const next = times[index + 1];
      const untilNext = next === undefined ? "" : text.slice(end, next.index);
      // 20:10 to 21:30 CET: one zone says it for both.
      if (ZONED.test(text.slice(end, end + 40)) || (next !== undefined && RANGE.test(untilNext)))
        continue;
      const message = `“${match[0]}” has no zone: whoever reads it elsewhere must guess. Add one, like 20:10 CET.`;
      yield { code: "time-without-zone", level: "block", message, at, words: match[0] };
      break;
    }
  }
}

/** A first answer takes about this long to write and to read back. */
const SOONEST_MS = HOUR_MS;
const LATEST_MS = 30 * DAY_MS;

/** Codes: `next-word-missing`, `next-word-past`, `next-word-late`, `next-word-soon`, `next-word-far`. */
export function* nextWordChecks({ content, recipients, beside }: Checked): Iterable<NoticeFinding> {
  const { nextWordAt, kind, slots } = content;
  const at = "/nextWordAt";
  if (nextWordAt === undefined) {
    const isUnknown = slots.some(({ unknown }) => unknown);
    if (isUnknown || kind === "preliminary") {
      const why = isUnknown
        ? "Something is not known yet"
        : "A preliminary notice promises a further word";
      const message = `${why}: say by when you write again.`;
      yield { code: "next-word-missing", level: "block", message, at };
    }
    return;
  }
  const away = nextWordAt - beside.now;
  if (away <= 0) {
    const message = `${formatUtc(nextWordAt)} has passed: promise an instant that is still to come.`;
    yield { code: "next-word-past", level: "block", message, at };
    return;
  }
  if (away < SOONEST_MS) {
    const message =
      "The next word would be due in less than an hour: promise one that you can keep.";
    yield { code: "next-word-soon", level: "warn", message, at };
  }
  if (away > LATEST_MS) {
    const message =
      "The next word is more than 30 days away: name a nearer one, even if it says little.";
    yield { code: "next-word-far", level: "warn", message, at };
  }
  const ids = new Set(recipients.map(({ id }) => id));
  const late = beside.updatesDue.filter((due) => ids.has(due.recipient) && due.dueAt < nextWordAt);
  const [first] = [...late].sort((a, b) => a.dueAt - b.dueAt);
  if (first !== undefined) {
    const whom = recipients.find(({ id }) => id === first.recipient)?.name ?? first.recipient;
    const message = `${first.clause} owes ${whom} an update by ${formatUtc(first.dueAt)}, before the next word that you name.`;
    yield { code: "next-word-late", level: "block", message, at };
  }
}
