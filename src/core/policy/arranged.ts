/**
 * Arranged: what people have agreed or said of an obligation, which no clause says.
 *
 * An extension moves the due instant and keeps the first one beside it; a waiver
 * ends the clock without meeting it; a dispute is shown and moves nothing. None
 * of them is ever silent: the obligation carries what it would be without them.
 */

import type { Instant } from "../time/instant.ts";
import type { Obligation } from "./obligations.ts";

export type Arranged = {
  extension?: {
    readonly dueAt: Instant;
    /** The entry that says so. */
    readonly version: number;
  };
  waiver?: { readonly at: Instant; readonly version: number };
  dispute?: { readonly at: Instant; readonly version: number };
  /** It was met under the version of the policy before, and stays met. */
  met?: { readonly at: Instant; readonly version: number };
};

/** `owed` as it stands after what was arranged, by obligation; soonest due first again. */
export function afterArranging(
  owed: readonly Obligation[],
  arranged: Readonly<Record<string, Arranged>>,
): readonly Obligation[] {
  if (Object.keys(arranged).length === 0) return owed;
  return owed
    .map((obligation) => one(obligation, arranged[obligation.id]))
    .sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || (a.id < b.id ? -1 : 1));
}

function one(counted: Obligation, arranged: Arranged | undefined): Obligation {
  if (!arranged) return counted;
  const { extension, waiver, dispute, met } = arranged;
  const isMet = met !== undefined && counted.stoppedAt === undefined;
  const obligation = isMet ? { ...counted, stoppedAt: met.at } : counted;
  return {
    ...extended(obligation, extension?.dueAt),
    ...(dispute === undefined ? {} : { disputedAt: dispute.at }),
    // What was met needs no waiver.
    ...(waiver === undefined || obligation.stoppedAt !== undefined
      ? {}
      : { stoppedAt: waiver.at, waivedAt: waiver.at }),
  };
}

/** An extension gives more time or nothing: a clock that is due later by itself keeps that. */
function extended(obligation: Obligation, to: Instant | undefined): Obligation {
  const { isDayEnd: _, latestAt, ...rest } = obligation;
  if (to === undefined || obligation.dueAt === undefined || to <= obligation.dueAt)
    return obligation;
  return {
    ...rest,
    dueAt: to,
    originalDueAt: obligation.dueAt,
    ...(latestAt === undefined || latestAt <= to ? {} : { latestAt }),
  };
}
