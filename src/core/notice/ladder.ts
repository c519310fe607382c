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

import type { Context } from "../context.ts";
import { type Obligation, overdueAt, standing } from "../policy/obligations.ts";
import { ok, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { Instant } from "../time/instant.ts";
import { nextRungAt, reachedBy } from "./climb.ts";
import type { PageRequested } from "./notice.ts";
import { outsidePage, page, type Waking } from "./reminder.ts";

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

/** What a subject owes, and what its ledger holds of that. */
export type Owing = Waking & {
  readonly owed: readonly Obligation[];
  readonly held: Readonly<Record<string, Held>>;
};

/** Every miss that is not recorded yet, those included that were met late since. */
export function misses({ owed, held }: Pick<Owing, "owed" | "held">, now: Instant) {
  const missed: ObligationMissed[] = [];
  for (const obligation of owed) {
    const { id, clause, recipient, dueAt, stoppedAt } = obligation;
    const tooLateAt = overdueAt(obligation);
    if (dueAt === undefined || tooLateAt === undefined || now < tooLateAt) continue;
    if (stoppedAt !== undefined && stoppedAt < tooLateAt) continue;
    if ((held[id]?.missedAt ?? -Infinity) >= dueAt) continue;
    missed.push({
      type: "ObligationMissed",
      obligation: id,
      clause: clause.id,
      recipient: recipient.id,
      dueAt,
    });
  }
  return missed;
}

/** What has come to pass by `context.at`: misses, then the latest rung of each that still runs. */
export function wake(
  owing: Owing,
  context: Pick<Context, "at" | "team" | "zone">,
): readonly (ObligationMissed | ReminderReached | PageRequested)[] {
  const events: (ObligationMissed | ReminderReached | PageRequested)[] = misses(owing, context.at);
  let isOutsideAsked = false;
  for (const obligation of owing.owed) {
    const { id, dueAt, stoppedAt } = obligation;
    if (dueAt === undefined || stoppedAt !== undefined) continue;
    const held = owing.held[id];
    const reached = reachedBy(obligation, held, context.at);
    if (reached === undefined) continue;
    const { rung, isFirstMiss } = reached;
    if (!isFirstMiss) {
      events.push({ type: "ReminderReached", obligation: id, rung, dueAt });
    }
    const step = { obligation, dueAt, rung, isFirstMiss, takenBy: held?.takenBy };
    events.push(page(step, owing, context));
    // Somebody outside is told once whom to call, however much is overdue at once.
    if (!isFirstMiss || isOutsideAsked) continue;
    events.push(...outsidePage(step, owing));
    isOutsideAsked = true;
  }
  return events;
}

/**
 * When to wake next; undefined if time alone will change nothing. May lie in the
 * past, where something was passed over: then at once.
 */
export function nextWakeAt({ owed, held }: Pick<Owing, "owed" | "held">): Instant | undefined {
  let next: Instant | undefined;
  for (const obligation of owed) {
    const at = pendingAt(obligation, held[obligation.id]);
    if (at !== undefined && (next === undefined || at < next)) next = at;
  }
  return next;
}

/**
 * "I have it", said of a clock that runs.
 * Refuses with `obligation-unknown` or `obligation-stopped`.
 */
export function takeClock(
  owed: readonly Obligation[],
  { obligation }: TakeClock,
): Result<readonly ClockTaken[]> {
  const found = owed.find(({ id }) => id === obligation);
  if (!found) return refuse("obligation-unknown", `Nothing is owed here as ${obligation}.`);
  if (found.stoppedAt !== undefined) {
    return refuse("obligation-stopped", "This is met already: there is nothing to take in hand.");
  }
  return ok([{ type: "ClockTaken", obligation }]);
}

/** Keeps what the ladder said. */
export function keepLadder(
  draft: { held: Record<string, Held> },
  { event, by }: Recorded<LadderEvent>,
): void {
  const held = (draft.held[event.obligation] ??= {});
  switch (event.type) {
    case "ObligationMissed":
      if ((held.missedAt ?? -Infinity) < event.dueAt) held.missedAt = event.dueAt;
      return;
    case "ReminderReached":
      held.rung = { dueAt: event.dueAt, rung: event.rung };
      return;
    case "ClockTaken":
      held.takenBy = by;
  }
}

function pendingAt(obligation: Obligation, held: Held | undefined): Instant | undefined {
  const { dueAt, stoppedAt } = obligation;
  if (dueAt === undefined) return undefined;
  if (stoppedAt === undefined) return nextRungAt(obligation, held);
  const isLate = standing(obligation, stoppedAt) === "met-late";
  return isLate && (held?.missedAt ?? -Infinity) < dueAt ? dueAt : undefined;
}
