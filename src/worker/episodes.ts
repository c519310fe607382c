/**
 * Episodes: what monitors have said so far, so that messages which come twice, late
 * or in the wrong order change nothing.
 *
 * Of each alert the latest beginning, the latest end and the latest expected end are
 * kept, by the clock of whoever measured: in whichever order messages come, the same
 * three remain. It is over when the end is not before the beginning.
 *
 * Kept in memory. After a start nothing is known of groups that are told in parts;
 * Prometheus repeats what still fires every minute or so, and until five minutes have
 * passed no such group is called over, unless it began after the start.
 */

import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import type { Episode, IncomingSignal } from "../intake/signal.ts";

/** `unproven`: all that is known of it has ended, but there may be more. */
export type Standing = "firing" | "over" | "unproven";

export const LISTEN_MS = 5 * MINUTE_MS;
const GROUPS_MAX = 50_000;
const ALERTS_MAX = 300_000;

type Alert = {
  startedAt: Instant;
  endedAt: Instant | undefined;
  expectedEndAt: Instant | undefined;
};
type Group = {
  /** Nobody had heard of it before: what was named here is all there is. */
  readonly isNew: boolean;
  readonly alerts: Map<string, Alert>;
  /** Bodies that said it is over before anybody said that it had begun. */
  readonly early: Set<string>;
  /** Those of them that were counted with its beginning: read again, they say nothing. */
  readonly counted: Set<string>;
};

export type Episodes = {
  /**
   * How the group stands once this message is taken in; the same one again changes nothing.
   * `isKnown`: a signal of it was recorded earlier, perhaps before this began to listen.
   */
  readonly hear: (signal: IncomingSignal, receivedAt: Instant, isKnown?: boolean) => Standing;
  /** Keeps that this body came before its beginning. */
  readonly holdEarly: (fingerprint: string, raw: string) => void;
  /** How many bodies came so. */
  readonly early: (fingerprint: string) => number;
  /** They have been recorded with its beginning. */
  readonly countEarly: (fingerprint: string) => void;
  /**
   * Whether this body was counted so. Its own lease may have been lost meanwhile, or what was
   * to be kept of it could not be: then it is read again, after its beginning.
   */
  readonly isCounted: (fingerprint: string, raw: string) => boolean;
};

/** `since`: from when on this has listened. */
export function episodes(since: Instant): Episodes {
  // In order of use: the first is forgotten first.
  const groups = new Map<string, Group>();
  let alertCount = 0;

  const groupOf = (fingerprint: string, isKnown = true): Group => {
    const group = groups.get(fingerprint) ?? {
      isNew: !isKnown,
      alerts: new Map(),
      early: new Set(),
      counted: new Set(),
    };
    groups.delete(fingerprint);
    groups.set(fingerprint, group);
    return group;
  };
  const forgetOldest = (): void => {
    for (const [fingerprint, group] of groups) {
      const fits = groups.size <= GROUPS_MAX && alertCount <= ALERTS_MAX;
      if (fits || groups.size === 1) return;
      groups.delete(fingerprint);
      alertCount -= group.alerts.size;
    }
  };

  return {
    hear({ fingerprint, says, episodes: told }, receivedAt, isKnown = true) {
      const { alerts, isNew } = groupOf(fingerprint, isKnown);
      alertCount -= alerts.size;
      for (const episode of told) learn(alerts, episode);
      alertCount += alerts.size;
      forgetOldest();
      for (const alert of alerts.values()) if (!isOver(alert, receivedAt)) return "firing";
      const isWhole = says === "whole" || isNew || receivedAt - since >= LISTEN_MS;
      return isWhole ? "over" : "unproven";
    },
    holdEarly: (fingerprint, raw) => void groupOf(fingerprint).early.add(raw),
    early: (fingerprint) => groups.get(fingerprint)?.early.size ?? 0,
    countEarly(fingerprint) {
      const group = groups.get(fingerprint);
      for (const raw of group?.early ?? []) group?.counted.add(raw);
      group?.early.clear();
    },
    isCounted: (fingerprint, raw) => groups.get(fingerprint)?.counted.has(raw) ?? false,
  };
}

function learn(alerts: Map<string, Alert>, { key, ...told }: Episode): void {
  const known = alerts.get(key);
  const { startedAt, endedAt, expectedEndAt } = told;
  if (known) {
    known.startedAt = later(known.startedAt, startedAt) as Instant;
    known.endedAt = later(known.endedAt, endedAt);
    known.expectedEndAt = later(known.expectedEndAt, expectedEndAt);
  } else alerts.set(key, { startedAt, endedAt, expectedEndAt });
}

const later = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

const isOver = ({ startedAt, endedAt, expectedEndAt }: Alert, at: Instant): boolean =>
  (endedAt !== undefined && endedAt >= startedAt) ||
  (expectedEndAt !== undefined && expectedEndAt <= at);
