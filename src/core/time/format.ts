/**
 * Format: instants as people read them, `Sat 21 Nov 2026, 21:05 CET`.
 *
 * Weekday first because a person under pressure thinks in weekdays; a zone on
 * every clock time because a time without one is a guess. English, and spelled
 * out here, so that the server, the terminal and every browser print the same;
 * only the zone's abbreviation is Intl's. Times are cut to the minute, which can
 * only make a deadline look earlier. No relative times ("in 2 h"): those need a
 * `now` and belong to the screens.
 */

import { type Day, WEEKDAYS, weekdayIndex } from "./day.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "./instant.ts";
import { dayStart, localDay, localTimeMs, offsetAt } from "./zone.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const LONG_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const LONG_MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/**
 * English-speaking places, since Intl knows an abbreviation only where people
 * use it: CET in Britain, PST in America, AEST in Australia.
 */
const LOCALES = ["en-GB", "en-US", "en-CA", "en-AU", "en-IN", "en-ZA", "en-IE"];

/** By place and zone, made when first asked: making one takes as long as printing a hundred times. */
const printers = new Map<string, Intl.DateTimeFormat>();

/** `Sat 21 Nov 2026, 21:05 CET`. */
export const formatInstant = (at: Instant, zone: string): string =>
  `${formatDate(at, zone)}, ${formatTime(at, zone)}`;

/** `Sat 21 Nov 2026, 20:05 UTC`. */
export const formatUtc = (at: Instant): string => formatInstant(at, "UTC");

/** `Sat 21 Nov 2026, 21:05 CET (20:05 UTC)`; the date is repeated where it differs in UTC. */
export function formatBoth(at: Instant, zone: string): string {
  const local = formatInstant(at, zone);
  if (zoneAbbreviation(at, zone) === "UTC") return local;
  return `${local} (${utcBeside(localDay(at, zone), at)})`;
}

/**
 * As formatBoth, for a deadline at the end of a local day, which is read as the
 * midnight that ends that day: `Wed 18 Nov 2026, 24:00 CET (23:00 UTC)`.
 */
export function formatDayEnd(at: Instant, zone: string): string {
  const last = (at - 1) as Instant;
  if (dayStart(localDay(at, zone), zone) !== at) return formatBoth(at, zone);
  const abbreviation = zoneAbbreviation(last, zone);
  const local = `${formatDate(last, zone)}, 24:00 ${abbreviation}`;
  if (abbreviation === "UTC") return local;
  return `${local} (${utcBeside(localDay(last, zone), at)})`;
}

/** `Sat 21 Nov 2026`. */
export const formatDate = (at: Instant, zone: string): string => dayName(localDay(at, zone), true);

/** `Sat 21 Nov`. */
export const formatShortDate = (at: Instant, zone: string): string => dayName(localDay(at, zone));

/** `Saturday 21 November 21:05 CET`: for a voice. */
export function formatSpoken(at: Instant, zone: string): string {
  const day = localDay(at, zone);
  const date = new Date(day * DAY_MS);
  const month = LONG_MONTHS[date.getUTCMonth()] as string;
  return `${LONG_WEEKDAYS[weekdayIndex(day)]} ${date.getUTCDate()} ${month} ${formatTime(at, zone)}`;
}

/** `Saturday 15:58`, beside a date and a zone that were said. */
export const formatSpokenClock = (at: Instant, zone: string): string =>
  `${LONG_WEEKDAYS[weekdayIndex(localDay(at, zone))]} ${formatClock(at, zone)}`;

/** `21:05 CET`. */
export const formatTime = (at: Instant, zone: string): string =>
  `${formatClock(at, zone)} ${zoneAbbreviation(at, zone)}`;

/** `21:05`, for where the zone is already printed beside it. */
export function formatClock(at: Instant, zone: string): string {
  const minutes = Math.floor(localTimeMs(at, zone) / MINUTE_MS);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `CET`, or `UTC+9` where English has no abbreviation for the zone. */
export function zoneAbbreviation(at: Instant, zone: string): string {
  const known = abbreviations.get(zone);
  if (known?.at === at) return known.says;
  const says = askedAbbreviation(at, zone);
  abbreviations.set(zone, { at, says });
  return says;
}

/** What was said last of each zone: one instant is written in thousands of letters. */
const abbreviations = new Map<string, { readonly at: Instant; readonly says: string }>();

function askedAbbreviation(at: Instant, zone: string): string {
  for (const locale of LOCALES) {
    const parts = printerOf(locale, zone).formatToParts(at);
    const name = parts.find(({ type }) => type === "timeZoneName")?.value;
    if (name !== undefined && !/^GMT[+\-\u2212]/.test(name)) return name;
  }
  return offsetName(offsetAt(at, zone));
}

/** `Sat 21 Nov`, with the year where it is asked for. */
export function dayName(day: Day, withYear = false): string {
  const date = new Date(day * DAY_MS);
  const weekday = WEEKDAYS[weekdayIndex(day)] as string;
  const month = MONTHS[date.getUTCMonth()] as string;
  const year = withYear ? ` ${String(date.getUTCFullYear()).padStart(4, "0")}` : "";
  return `${capital(weekday)} ${date.getUTCDate()} ${month}${year}`;
}

/** `November 2026`. */
export function formatMonth(at: Instant, zone: string): string {
  const date = new Date(localDay(at, zone) * DAY_MS);
  return `${LONG_MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** 2026: the year that it is there. */
export const localYear = (at: Instant, zone: string): number =>
  new Date(localDay(at, zone) * DAY_MS).getUTCFullYear();

/** `3 h 30 min`, `45 min`, `20 s`, `0 min`. */
export function formatDuration(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  const parts = [
    hours > 0 ? `${hours} h` : "",
    minutes > 0 ? `${minutes} min` : "",
    seconds > 0 ? `${seconds} s` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "0 min" : parts.join(" ");
}

/** The instant in UTC, with its date only where that is not the date printed before it. */
const utcBeside = (printed: Day, at: Instant): string =>
  localDay(at, "UTC") === printed ? formatTime(at, "UTC") : formatUtc(at);

/** `UTC+5:30`. */
function offsetName(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  const rest = minutes % 60 === 0 ? "" : `:${two(minutes % 60)}`;
  const sign = offset < 0 ? "-" : "+";
  return minutes === 0 ? "UTC" : `UTC${sign}${Math.floor(minutes / 60)}${rest}`;
}

function printerOf(locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${locale} ${zone}`;
  const known = printers.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" });
  printers.set(key, made);
  return made;
}

const two = (n: number): string => String(n).padStart(2, "0");
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
