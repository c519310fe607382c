/**
 * Recorded: an event with the place and the circumstances it was recorded in.
 *
 * This is what a store gives back and what folding takes. `version` counts the
 * entries of one subject from 1 without gaps, so an entry can be cited as "line
 * 14 of this incident"; the subject's version is that of its last entry.
 */

import type { Instant } from "./time/instant.ts";

export type Recorded<E> = {
  /** The entry's number within its subject, from 1. */
  readonly version: number;
  /** The entry's place in the ledger, once it has one. */
  readonly seq?: number;
  /** UUIDv7. */
  readonly id: string;
  /** When it was written, not when the thing happened. */
  readonly at: Instant;
  /** `account/ac_…`, `token/…`, `worker`, `public` or `intake/<source>`. */
  readonly by: string;
  readonly event: E;
};
