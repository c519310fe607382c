/**
 * Fennel's night: the design's reference tape as data, for tests and for the
 * project's own pictures. Friday 20 November 2026, 22:15 in Berlin; the exposure
 * was confirmed at 21:05.
 */

import { HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import type { TapeItem } from "./item.ts";

const at = (clock: string): Instant => parseInstant(`2026-11-${clock}:00+01:00`) as Instant;

export const NIGHT_NOW = at("20T22:15");
export const NIGHT_ZONE = "Europe/Berlin";

const item = (
  to: string,
  name: string,
  says: string,
  from: string,
  due: string,
  more: Partial<TapeItem> & { readonly prepareHours?: number } = {},
): TapeItem => {
  const { prepareHours, ...rest } = more;
  const dueAt = at(due);
  return {
    id: name,
    name,
    says,
    to,
    startedAt: at(from),
    dueAt,
    ...(prepareHours === undefined ? {} : { prepareAt: plus(dueAt, -prepareHours * HOUR_MS) }),
    ...rest,
  };
};

export const FENNEL_NIGHT: readonly TapeItem[] = [
  item("reporter", "Ravi: ack", "Acknowledge Ravi", "20T18:40", "20T22:40", {
    stoppedAt: at("20T18:52"),
  }),
  item("team", "triage", "Set the severity", "20T18:40", "20T22:40", { stoppedAt: at("20T18:58") }),
  item("reporter", "Ravi: word", "Update Ravi", "20T18:52", "21T12:00", { prepareHours: 1 }),
  item("team", "mitigate", "Mitigate", "20T18:58", "21T18:58", { prepareHours: 3, isBegun: true }),
  item("customer", "Meridian", "Notify Meridian Health", "20T21:05", "21T21:05", {
    prepareHours: 3,
    isBegun: true,
    zone: "America/New_York",
  }),
  item("customer", "Kestrel", "Notify Kestrel Bank", "20T21:05", "21T21:05", {
    prepareHours: 3,
    slack: [{ at: at("22T21:05"), label: "contract 48 h" }],
  }),
  item("customer", "Oakline", "Notify Oakline", "20T21:05", "21T21:05", { prepareHours: 3 }),
  item("authority", "authority", "File: the authority", "20T21:05", "23T21:05", {
    prepareHours: 3,
  }),
  item("team", "fix", "Ship the fix", "20T18:58", "27T18:58"),
  item("provider", "Gatehouse", "Word from Gatehouse", "20T22:15", "22T22:15", { isGhost: true }),
];
