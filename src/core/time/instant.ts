/**
 * Instant: a point in time, and nothing civil about it.
 *
 * Everywhere outside core/time an instant is milliseconds since the Unix epoch,
 * UTC. Zones, dates, weekdays and clock changes never leave core/time: a local
 * time that escapes and has hours added to it is wrong twice a year.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __instant: never };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** RFC 3339 with an offset or Z, to the second or finer (digits past the millisecond are cut). */
const RFC3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Undefined when the text is no instant: a bare date, a time without offset, 30 February. */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  // 24 characters hold the milliseconds and a Z; anything shorter has no digits to cut.
  const cut = text.length > 24 ? text.replace(/(\.\d{3})\d+/, "$1") : text;
  const ms = Date.parse(cut);
  if (Number.isNaN(ms)) return undefined;
  // Date.parse rolls 30 February into March; a date that does not exist is no instant.
  const day = Number(text.slice(8, 10));
  if (day <= 28) return ms as Instant;
  const local = new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`));
  return local.getUTCDate() === day ? (ms as Instant) : undefined;
}

/** `2026-11-20T21:05:00.000Z`. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString();

/** `2026-11-20T21:05:00Z`: cut to whole seconds. */
export const toIsoSeconds = (instant: Instant): string =>
  `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** `instant` moved by `ms`, which may be negative. */
export const plus = (instant: Instant, ms: number): Instant => (instant + ms) as Instant;
