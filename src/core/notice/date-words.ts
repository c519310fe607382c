/**
 * Date words: an instant as a recipient reads it in their own language.
 *
 *   Samstag, 21. November 2026, 21:05 CET (20:05 UTC)
 *
 * Spelled out here and not left to Intl, whose wording differs between releases: what
 * was approved must be what is sent, also after an upgrade in between.
 */

import { weekdayIndex } from "../time/day.ts";
import { formatBoth, formatTime, zoneAbbreviation } from "../time/format.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import { localDay } from "../time/zone.ts";
import type { Language } from "./draft.ts";

type Words = {
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly join: (weekday: string, day: number, month: string, year: number) => string;
};

const WORDS: Readonly<Record<Exclude<Language, "en">, Words>> = {
  de: {
    weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(" "),
    months:
      "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(
        " ",
      ),
    join: (weekday, day, month, year) => `${weekday}, ${day}. ${month} ${year}`,
  },
  fr: {
    weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche".split(" "),
    months:
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(
        " ",
      ),
    join: (weekday, day, month, year) => `${weekday} ${day} ${month} ${year}`,
  },
  es: {
    weekdays: "lunes martes miércoles jueves viernes sábado domingo".split(" "),
    months:
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(
        " ",
      ),
    join: (weekday, day, month, year) => `${weekday} ${day} de ${month} de ${year}`,
  },
};

/** `at` in the zone of whoever reads it, and in UTC. */
export function dateWords(at: Instant, zone: string, language: string): string {
  const words = WORDS[language as keyof typeof WORDS];
  if (!words) return formatBoth(at, zone);
  const local = `${dayWords(at, zone, words)}, ${formatTime(at, zone)}`;
  if (zoneAbbreviation(at, zone) === "UTC") return local;
  const sameDay = localDay(at, zone) === localDay(at, "UTC");
  const utc = formatTime(at, "UTC");
  return `${local} (${sameDay ? utc : `${dayWords(at, "UTC", words)}, ${utc}`})`;
}

function dayWords(at: Instant, zone: string, { weekdays, months, join }: Words): string {
  const day = localDay(at, zone);
  const date = new Date(day * DAY_MS);
  return join(
    weekdays[weekdayIndex(day)] as string,
    date.getUTCDate(),
    months[date.getUTCMonth()] as string,
    date.getUTCFullYear(),
  );
}
