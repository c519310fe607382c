/**
 * iCalendar: what is due, as a calendar that any program can subscribe to (RFC 5545).
 *
 * A calendar is kept on machines we do not know and read over shoulders, so an
 * event says the severity's mark, the kind of duty and our reference: no title, no
 * name of a customer or a reporter, no address of this installation. Instants are
 * absolute, in UTC; the reader's program shows them in the reader's zone. The same
 * deadlines give the same bytes, so an ETag tells whether anything has changed.
 */

import type { Instant } from "../time/instant.ts";

export type DueEvent = {
  /** Stable as long as the obligation is: nothing that can be read from it. */
  readonly uid: string;
  /** `INC-7`. */
  readonly reference: string;
  /** 1 is the most severe; undefined where no severity is set. */
  readonly severityRank?: number | undefined;
  /** `notice to a customer`. */
  readonly what: string;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly isOverdue: boolean;
  readonly isDrill: boolean;
};

const LINE_BYTES_MAX = 75;
const NEW_LINE = "\r\n";

/** The calendar, soonest due first as given. */
export function icalendar(events: readonly DueEvent[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Duenotice//Due//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Due",
    "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    "X-PUBLISHED-TTL:PT15M",
    ...events.flatMap(eventLines),
    "END:VCALENDAR",
  ];
  return lines.map((line) => folded(line) + NEW_LINE).join("");
}

function eventLines(event: DueEvent): readonly string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${event.uid}@duenotice`,
    `DTSTAMP:${stamp(event.startedAt)}`,
    `DTSTART:${stamp(event.dueAt)}`,
    `SUMMARY:${escaped(summary(event))}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function summary({ reference, severityRank, what, isOverdue, isDrill }: DueEvent): string {
  const words = [
    ...(isDrill ? ["DRILL"] : []),
    ...(isOverdue ? ["OVERDUE"] : []),
    ...(severityRank === undefined ? [] : [`SEV${severityRank}`]),
    `${reference}:`,
    what,
  ];
  return words.join(" ");
}

/** `20261121T200500Z`; a part of a second is cut, so that nothing is shown too late. */
const stamp = (at: Instant): string =>
  `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, "\\n");

/** No line is longer than 75 octets; what is longer goes on after a space. */
function folded(line: string): string {
  let [all, bytes] = ["", 0];
  for (const character of line) {
    const size = bytesOf(character);
    if (bytes + size > LINE_BYTES_MAX) {
      all += `${NEW_LINE} `;
      bytes = 1;
    }
    all += character;
    bytes += size;
  }
  return all;
}

/** In UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
}
