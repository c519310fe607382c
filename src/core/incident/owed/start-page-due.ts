/**
 * Start page, due: when the team is sent the open deadlines to keep, for the day on which this
 * server cannot be reached.
 *
 * A quarter of an hour after the first severity, so that the first facts are in; where nobody
 * sets one, an hour after opening. Once: whether it was asked for stands in the record. Apart
 * from deadlines.ts, which asks what is owed: when to wake asks this.
 */

import type { Obligation } from "../../policy/obligations.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../../time/instant.ts";
import type { Incident } from "../state.ts";

/** The page of the start; those of handovers have names of their own. */
export const START_PAGE = "deadlines";

const AFTER_SEVERITY_MS = 15 * MINUTE_MS;
const AFTER_OPENING_MS = HOUR_MS;

/** Undefined where it was sent, and while there is nothing to say. */
export function startPageDueAt(
  { state, withdrawn, notices, moments, severity }: Incident,
  owed: readonly Obligation[],
): Instant | undefined {
  const { openedAt } = moments;
  if (state !== "open" || withdrawn || openedAt === undefined) return undefined;
  if (notices[START_PAGE] !== undefined || !owed.some(isOpenAndDated)) return undefined;
  const first = severity[0]?.at;
  return first === undefined
    ? plus(openedAt, AFTER_OPENING_MS)
    : plus(Math.max(openedAt, first) as Instant, AFTER_SEVERITY_MS);
}

export const isOpenAndDated = ({ dueAt, stoppedAt }: Obligation): boolean =>
  dueAt !== undefined && stoppedAt === undefined;
