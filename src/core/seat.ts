/**
 * Seat: a place at our side for somebody from outside (counsel, an auditor, an insurer) who
 * reads the record of one incident, or of all, until an instant, and changes nothing.
 *
 *   /seat/<secret>     only its digest is kept; the secret follows from the ledger's key
 *
 * Each opening is an entry with the version of the record that was read, so that the team and
 * the reader both see it, and what was read can be taken out of the ledger again, to the entry.
 * A seat is no account: it holds no role, and no command of the API takes it.
 */

import type { BareContext } from "./context.ts";
import { type Problem, refuse, refuseAll, type Result } from "./problem.ts";
import type { Recorded } from "./recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "./text.ts";
import { DAY_MS, type Instant, toIsoSeconds } from "./time/instant.ts";

export const SEATED_AS = ["counsel", "auditor", "insurer", "other"] as const;
export type SeatedAs = (typeof SEATED_AS)[number];
/** `list` is of all incidents, for a seat that is for all of them. */
export const SEEN_AS = ["page", "ledger", "list"] as const;
export type SeenAs = (typeof SEEN_AS)[number];

export type SeatGiven = {
  readonly type: "SeatGiven";
  /** `G-7QK4M2XY`. */
  readonly seat: string;
  readonly name: string;
  readonly as: SeatedAs;
  readonly until: Instant;
  /** SHA-256 of the secret, in hex. */
  readonly digest: string;
  /** Whether they are asked to review decisions that wait for counsel. */
  readonly review?: true;
  readonly reason: string;
};
export type SeatOpened = {
  readonly type: "SeatOpened";
  readonly seat: string;
  readonly what: SeenAs;
  /** The version of the record that was shown. */
  readonly upTo: number;
  /** Of a seat that is for all incidents: who sits there. */
  readonly name?: string;
  readonly agent?: string;
};
export type SeatEnded = {
  readonly type: "SeatEnded";
  readonly seat: string;
  readonly reason: string;
};
export type SeatEvent = SeatGiven | SeatOpened | SeatEnded;

export type GiveSeat = Pick<SeatGiven, "name" | "as" | "until" | "reason"> & {
  readonly type: "GiveSeat";
  readonly review?: boolean;
};
export type OpenSeat = Omit<SeatOpened, "type" | "upTo"> & {
  readonly type: "OpenSeat";
  /** The version that was read; what came since was not seen. */
  readonly upTo: number;
};
export type EndSeat = Omit<SeatEnded, "type"> & { readonly type: "EndSeat" };
export type SeatCommand = GiveSeat | OpenSeat | EndSeat;

export type SeatOpening = Pick<SeatOpened, "what" | "upTo" | "agent"> & {
  readonly at: Instant;
  /** The entry's own number. */
  readonly version: number;
};
export type SeatState = Omit<SeatGiven, "type" | "seat"> & {
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  /** The number of the entry that gave it. */
  readonly version: number;
  readonly opened: SeatOpening[];
  endedAt?: Instant;
};

/** What a subject keeps of seats. */
export type Seats = {
  given: SeatState[];
  /** By seats that are for all incidents: who looked here, and at what. */
  visits: (SeatOpening & { readonly seat: string; readonly name: string })[];
};

export const SEAT_DAYS_MAX = 90;
const SEATS_MAX = 200;
/** More than anybody reads; nobody fills the record by reloading. */
const OPENINGS_MAX = 2_000;

/** The recipient by which its secret is made and looked up. */
export const seatRecipient = (seat: string): string => `seat:${seat}`;

/** Why it does not open at `at`; undefined where it does. */
export const seatOver = (
  { until, endedAt }: Pick<SeatState, "until" | "endedAt">,
  at: Instant,
): "ended" | "expired" | undefined =>
  endedAt !== undefined ? "ended" : at >= until ? "expired" : undefined;

/**
 * Decides about seats of `of`: an incident's reference, or `all`. Who may give one is asked before.
 * Refuses with `seat-unknown`, `seat-over`, `seat-no-key`, `until-invalid`, `too-many`,
 * `text-missing`, `text-too-long`.
 */
export function decideSeat(
  { given = [], visits = [] }: Partial<Seats>,
  command: SeatCommand,
  context: BareContext,
  of: string,
): Result<readonly SeatEvent[]> {
  if (command.type === "GiveSeat") return give(given, command, context, of);
  const seat = given.find(({ id }) => id === command.seat);
  if (command.type === "OpenSeat") {
    const own = visits.filter((visit) => visit.seat === command.seat).length;
    return open(seat, own, command, context);
  }
  if (!seat) return refuse("seat-unknown", `Nobody was given the seat ${command.seat}.`, "/seat");
  if (seatOver(seat, context.at)) return refuse("seat-over", "This seat is over already.", "/seat");
  const { reason } = command;
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why it is taken back.");
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "SeatEnded", seat: seat.id, reason }]);
}

function give(
  seats: readonly SeatState[],
  { name, as, until, reason, review }: GiveSeat,
  { at, fresh = "0".repeat(48), ownPage }: BareContext,
  of: string,
): Result<readonly SeatGiven[]> {
  const seat = `G-${fresh.slice(0, 8)}`;
  const digest = ownPage?.(of, seatRecipient(seat), seat);
  const problems: (Problem | undefined)[] = [
    textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Say who sits there: a person, by name."),
    untilProblem(until, at),
    textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say what they read it for."),
    seats.length < SEATS_MAX
      ? undefined
      : { code: "too-many", message: `Only ${SEATS_MAX} seats are kept here.` },
    digest === undefined
      ? {
          code: "seat-no-key",
          message: "The key that the seat's address follows from is missing: see due doctor.",
        }
      : undefined,
  ];
  return refuseAll(
    problems.filter((problem) => problem !== undefined),
    [
      {
        type: "SeatGiven",
        seat,
        name: name.trim(),
        as,
        until,
        digest: digest ?? "",
        ...(review ? { review } : {}),
        reason,
      },
    ],
  );
}

function untilProblem(until: Instant, at: Instant): Problem | undefined {
  if (until > at && until <= at + SEAT_DAYS_MAX * DAY_MS) return undefined;
  const message = `A seat ends within ${SEAT_DAYS_MAX} days from now: ${toIsoSeconds(until)} is ${until <= at ? "past" : "later"}.`;
  return { code: "until-invalid", message, at: "/until" };
}

function open(
  seat: SeatState | undefined,
  visits: number,
  { type: _, name, agent, ...seen }: OpenSeat,
  { at }: Pick<BareContext, "at">,
): Result<readonly SeatOpened[]> {
  // One that is for all incidents stands in the installation's record: who asks has looked there.
  const isVisit = seat === undefined && name !== undefined;
  if (!seat && !isVisit) return refuse("seat-unknown", "There is no such seat.", "/seat");
  if (seat && seatOver(seat, at)) return refuse("seat-over", "This seat is over.", "/seat");
  if ((seat?.opened.length ?? visits) >= OPENINGS_MAX) {
    return refuse("too-many", `It was opened ${OPENINGS_MAX} times: ask for another seat.`);
  }
  const long = tooLong(agent, TITLE_CHARACTERS_MAX, "/agent");
  const event: SeatOpened = {
    type: "SeatOpened",
    ...seen,
    ...(isVisit ? { name } : {}),
    ...(agent === undefined ? {} : { agent }),
  };
  return refuseAll(long ? [long] : [], [event]);
}

/** Keeps what an event says of seats. */
export function keepSeat(
  seats: Seats,
  { event, at, by, version }: Pick<Recorded<SeatEvent>, "event" | "at" | "by" | "version">,
): void {
  const found = seats.given.find(({ id }) => id === event.seat);
  switch (event.type) {
    case "SeatGiven": {
      const { type: _, seat: id, ...rest } = event;
      seats.given.push({ ...rest, id, at, by, version, opened: [] });
      return;
    }
    case "SeatOpened": {
      const { what, upTo, agent, name, seat } = event;
      const opening = { what, upTo, at, version, ...(agent === undefined ? {} : { agent }) };
      if (found) found.opened.push(opening);
      else seats.visits.push({ ...opening, seat, name: name ?? "" });
      return;
    }
    case "SeatEnded":
      if (found) found.endedAt ??= at;
  }
}
