/**
 * Line: what people write into the one running timeline, and how it is corrected.
 *
 * A correction never erases: the struck entry stays readable, marked, with the
 * reason and who said so, and no longer counts. What was held before it is held
 * again, because the fold leaves struck entries out.
 */

import type { Context } from "../../context.ts";
import { ok, refuse, refuseAll, type Result } from "../../problem.ts";
import { LINE_CHARACTERS_MAX, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem } from "../../when.ts";
import type { Incident } from "../state.ts";

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

/** What may be struck: what a person has said was so. Everything else is undone by another act. */
export const STRIKABLE = [
  "FactRecorded",
  "LineLogged",
  "GateShown",
  "GateExcepted",
  "MitigationApplied",
  "FixShipped",
  "FixVerified",
  "ObligationMet",
  "CallRecorded",
  "FilingRecorded",
  "ObligationExtended",
  "ObligationWaived",
  "ObligationDisputed",
  "RegimeOpened",
  "FactTold",
] as const;

/** Writes a line. Refuses with `text-missing`, `text-too-long`, `instant-in-future`. */
export function log(
  _: Incident,
  { text, happenedAt, key }: Log,
  { at }: Context,
): Result<readonly LineLogged[]> {
  const problems = [
    textProblem(text, LINE_CHARACTERS_MAX, "/text", "Write something: the line is empty."),
    futureProblem(happenedAt, at, "/happenedAt"),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "LineLogged",
      text,
      ...(happenedAt === undefined ? {} : { happenedAt }),
      ...(key === undefined ? {} : { key }),
    },
  ]);
}

/**
 * Strikes an entry: it stays readable and no longer counts.
 * Refuses with `entry-unknown`, `entry-not-strikable`, `text-missing`, `text-too-long`.
 */
export function strikeEntry(
  incident: Incident,
  { version, reason }: StrikeEntry,
): Result<readonly EntryStruck[]> {
  if (version < 1 || version > incident.version) return unknownEntry(incident, version);
  if (!incident.strikable.some(([first, last]) => first <= version && version <= last)) {
    const message =
      "This entry is struck already, or is of a kind that is undone by another act: a severity by changing it, a phase by going back.";
    return refuse("entry-not-strikable", message, "/version");
  }
  const unsaid = textProblem(
    reason,
    NOTE_CHARACTERS_MAX,
    "/reason",
    "Say why it no longer counts: the entry stays readable beside the reason.",
  );
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "EntryStruck", version, reason }]);
}

/** Marks an entry as a key moment, or unmarks it. Refuses with `entry-unknown`. */
export function markEntry(
  incident: Incident,
  { version, key }: MarkEntry,
): Result<readonly EntryMarked[]> {
  if (version < 1 || version > incident.version) return unknownEntry(incident, version);
  return ok([{ type: "EntryMarked", version, key }]);
}

const unknownEntry = (incident: Incident, version: number): Result<never> =>
  refuse(
    "entry-unknown",
    `There is no entry ${version} here: the last one is ${incident.version}.`,
    "/version",
  );
