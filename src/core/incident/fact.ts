/**
 * Fact: a claim of the policy's vocabulary, and how sure we are of it.
 *
 * Facts start clocks. A moment that a fact sets is the instant it was recorded,
 * or an earlier one that is given as `since` and stays visible beside it;
 * `happenedAt` says when the thing was so in the world and never moves a clock.
 */

import type { ClaimState } from "../policy/condition.ts";
import type { Instant } from "../time/instant.ts";

export type FactRecorded = {
  readonly type: "FactRecorded";
  readonly claim: string;
  readonly state: ClaimState;
  /** A recipient's id where it is about that party alone. */
  readonly concerning?: string;
  /** Since when we have held it, where that is earlier than the entry. */
  readonly since?: Instant;
  readonly happenedAt?: Instant;
  readonly source: string;
  readonly note?: string;
  /** The moments that this sets, unless they came before. */
  readonly sets: readonly string[];
};

export type RecordFact = {
  readonly type: "RecordFact";
  readonly claim: string;
  readonly state: ClaimState;
  readonly concerning?: string;
  readonly since?: Instant;
  readonly happenedAt?: Instant;
  readonly source: string;
  readonly note?: string;
};
