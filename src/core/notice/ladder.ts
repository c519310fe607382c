/**
 * Ladder: time passes, and the ledger is told; then the team is woken.
 *
 * Used by every subject that owes something. It records only what the ledger
 * does not hold already, so being asked early, late or twice is harmless. If
 * several rungs have passed at once only the latest is paged: somebody who wakes
 * up to four reminders of one obligation reads none. Every miss is recorded.
 *
 * What is held is kept by due instant: a clock that was moved later and passes
 * again is missed again; one that was moved earlier is not missed twice.
 */

import type { Instant } from "../time/instant.ts";

export type ObligationMissed = {
  readonly type: "ObligationMissed";
  /** `<clause>@<recipient>`. */
  readonly obligation: string;
  readonly clause: string;
  readonly recipient: string;
  readonly dueAt: Instant;
};

export type ReminderReached = {
  readonly type: "ReminderReached";
  readonly obligation: string;
  readonly rung: string;
  readonly dueAt: Instant;
};

/** "I have it": whoever says so hears the next rung first. */
export type ClockTaken = { readonly type: "ClockTaken"; readonly obligation: string };

export type LadderEvent = ObligationMissed | ReminderReached | ClockTaken;

/** Sent by the worker when a subject's wake instant has passed; nobody types it. */
export type Wake = { readonly type: "Wake" };

export type TakeClock = { readonly type: "TakeClock"; readonly obligation: string };

/** What the ledger holds of one obligation. */
export type Held = {
  /** The latest due instant whose miss is recorded. */
  missedAt?: Instant;
  /** The last rung reached, and the due instant it led up to. */
  rung?: { readonly dueAt: Instant; readonly rung: string };
  takenBy?: string;
};
