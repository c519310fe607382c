/**
 * Line: what people write into the one running timeline, and how it is corrected.
 *
 * A correction never erases: the struck entry stays readable, marked, with the
 * reason and who said so, and no longer counts. What was held before it is held
 * again, because the fold leaves struck entries out.
 */

import type { Instant } from "../time/instant.ts";

export type LineLogged = {
  readonly type: "LineLogged";
  readonly text: string;
  readonly happenedAt?: Instant;
  readonly key?: boolean;
};
/** Strikes the incident's entry of that version. */
export type EntryStruck = {
  readonly type: "EntryStruck";
  readonly version: number;
  readonly reason: string;
};
export type EntryMarked = {
  readonly type: "EntryMarked";
  readonly version: number;
  readonly key: boolean;
};

export type Log = {
  readonly type: "Log";
  readonly text: string;
  readonly happenedAt?: Instant;
  readonly key?: boolean;
};
export type StrikeEntry = {
  readonly type: "StrikeEntry";
  readonly version: number;
  readonly reason: string;
};
export type MarkEntry = {
  readonly type: "MarkEntry";
  readonly version: number;
  readonly key: boolean;
};
