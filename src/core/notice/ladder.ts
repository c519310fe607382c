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

import type { Context, Person } from "../context.ts";
import type { Duty } from "../policy/clause.ts";
import { type Obligation, overdueAt, rungs, standing } from "../policy/obligations.ts";
import { ok, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { formatInstant } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import type { PageRequested } from "./notice.ts";

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
export type Owing = {
  readonly owed: readonly Obligation[];
  readonly held: Readonly<Record<string, Held>>;
  /** Whoever leads the response; they hear the early rungs. */
  readonly lead?: string;
  readonly link: string;
  /** `DRILL: ` in a drill, else empty: opens every subject line and body. */
  readonly mark: string;
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
  for (const obligation of owing.owed) {
    const { id, dueAt, stoppedAt } = obligation;
    if (dueAt === undefined || stoppedAt !== undefined) continue;
    const next = rungs(obligation).slice(rungsHeld(obligation, owing.held[id]));
    const reached = next.filter((rung) => rung.at <= context.at).at(-1)?.rung;
    if (reached === undefined) continue;
    if (reached !== "missed") {
      events.push({ type: "ReminderReached", obligation: id, rung: reached, dueAt });
    }
    events.push(page(obligation, dueAt, reached, owing, context));
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

const OWED_AS: Readonly<Record<Duty, string>> = {
  acknowledge: "acknowledgement",
  escalate: "escalation",
  triage: "triage",
  mitigate: "mitigation",
  fix: "fix",
  verify: "verification",
  notify: "notice",
  update: "update",
  file: "filing",
  publish: "publication",
  "confirm-closure": "confirmation of closure",
  review: "review",
  summarise: "summary",
  remediate: "remediations",
  report: "report",
};

const TO_WHOM: Readonly<Record<Obligation["recipient"]["kind"], string>> = {
  team: "",
  reporter: " to a reporter",
  customer: " to a customer",
  authority: " to an authority",
  provider: " to a provider",
  public: " to the public",
};

/** `notice to a customer`: what is owed, without saying to which. */
export const owedInWords = ({ clause, recipient }: Obligation): string =>
  OWED_AS[clause.duty] + TO_WHOM[recipient.kind];

/** How many rungs of this very clock have been reached. */
function rungsHeld(obligation: Obligation, held: Held | undefined): number {
  if (held?.rung === undefined || held.rung.dueAt !== obligation.dueAt) return 0;
  return rungs(obligation).findIndex(({ rung }) => rung === held.rung?.rung) + 1;
}

function pendingAt(obligation: Obligation, held: Held | undefined): Instant | undefined {
  const { dueAt, stoppedAt } = obligation;
  if (dueAt === undefined) return undefined;
  if (stoppedAt === undefined) return rungs(obligation)[rungsHeld(obligation, held)]?.at;
  const isLate = standing(obligation, stoppedAt) === "met-late";
  return isLate && (held?.missedAt ?? -Infinity) < dueAt ? dueAt : undefined;
}

function page(
  obligation: Obligation,
  dueAt: Instant,
  rung: string,
  owing: Owing,
  { team, zone }: Pick<Context, "team" | "zone">,
): PageRequested {
  const what = owedInWords(obligation);
  const when = formatInstant(dueAt, zone);
  const subject = `${owing.mark}${headline(rung, what, when)}`;
  return {
    type: "PageRequested",
    page: `${obligation.id}#${rung}#${dueAt}`,
    rung,
    obligation: obligation.id,
    dueAt,
    to: woken(rung, obligation, owing, team).map(({ name, mail }) => ({ name, mail })),
    subject,
    // A mail may be read by anyone: no title, no name, only the way in.
    body: `${subject}\n\n${owing.link}\n\nSay "I have it" there, and the next reminder comes to you first.\n`,
  };
}

function headline(rung: string, what: string, when: string): string {
  switch (rung) {
    case "prepare":
      return `START NOW: ${what}, due ${when}`;
    case "half":
      return `HALF GONE: ${what}, due ${when}`;
    case "hour":
      return `DUE in 1 h: ${what}, ${when}`;
    default:
      return `OVERDUE: ${what} was due ${when}`;
  }
}

/** Early rungs go to whoever has it or leads; the last hour and a miss wake everyone who can act. */
function woken(
  rung: string,
  { id, clause }: Obligation,
  { held, lead }: Owing,
  team: readonly Person[],
): readonly Person[] {
  const first =
    team.find((person) => person.id === held[id]?.takenBy) ??
    team.find((person) => person.id === lead);
  if (first && (rung === "prepare" || rung === "half")) return [first];
  const speaks = ["notify", "update", "publish", "acknowledge"].includes(clause.duty);
  return team.filter(
    ({ role }) => role === "owner" || role === "responder" || (speaks && role === "communications"),
  );
}
