/**
 * View of seats: who from outside may read an incident, until when, and what they have opened.
 * Seats that are for every incident stand among them, each with its visits here alone.
 */

import type { ViewOf } from "../../api/view.ts";
import type { Context } from "../../core/context.ts";
import { seatHere } from "../../core/incident/people/seat.ts";
import type { Incident } from "../../core/incident/state.ts";
import { ok, type Result } from "../../core/problem.ts";
import { type SeatOpening, seatOver, seatRecipient, type SeatState } from "../../core/seat.ts";
import { HOUR_MS, type Instant, plus, toIso } from "../../core/time/instant.ts";
import { secretWith } from "../../store/notice-secret.ts";
import type { Caller } from "../access-port.ts";
import { iso, owedBy } from "./owed.ts";
import { missing, nameOf, type Reading } from "./reading.ts";
import type { Asked, Views } from "./views.ts";

type Item = ViewOf<"seats">["items"][number];

export const seatViews = (reading: Reading): Pick<Views, "seats"> => ({
  async seats(asked) {
    const { handling } = reading;
    const { incident: id } = asked.query as { readonly incident?: string };
    const [access, { seats }] = await Promise.all([handling.access(), handling.installation()]);
    const wide = seats?.given ?? [];
    const toItem = itemOf(reading, asked, (by) => nameOf(by, access));
    if (id === undefined) {
      const whyNot =
        speaking(asked.caller)?.role === "owner" ? null : "An owner gives such a seat.";
      return ok({ whyNot, items: wide.map((seat) => toItem(seat, "all", seat.opened)) });
    }
    const opened = await handling.subjects.open("incident", id);
    const owed = opened && (await owedBy(reading, opened));
    if (!opened || !owed) return missing("such incident");
    const incident = opened.folded.state;
    const visitsOf = (seat: string) =>
      (incident.seats?.visits ?? []).filter((visit) => visit.seat === seat);
    const whyNot = await refusalHere(reading, incident, owed.policy, asked);
    return ok({
      whyNot,
      items: [
        ...(incident.seats?.given ?? []).map((seat) => toItem(seat, id, seat.opened)),
        ...wide.map((seat) => toItem(seat, "all", visitsOf(seat.id))),
      ],
    });
  },
});

function itemOf(reading: Reading, { at, caller }: Asked, named: (by: string) => string) {
  return (seat: SeatState, of: string, opened: readonly SeatOpening[]): Item => ({
    id: seat.id,
    name: seat.name,
    as: seat.as,
    all: of === "all",
    review: seat.review === true,
    reason: seat.reason,
    givenAt: toIso(seat.at),
    givenBy: named(seat.by),
    until: toIso(seat.until),
    endedAt: iso(seat.endedAt),
    over: seatOver(seat, at) !== undefined,
    path: mayHaveLink(seat, caller, at) ? seatPath(reading, of, seat) : null,
    opened: opened.map((one) => ({
      at: toIso(one.at),
      what: one.what,
      upTo: one.upTo,
      agent: one.agent ?? null,
      entry: one.version,
    })),
  });
}

/** Whoever has the address reads in their name: only who gave it, and owners, are told. */
function mayHaveLink(seat: SeatState, caller: Caller, at: Instant): boolean {
  const person = speaking(caller);
  if (seatOver(seat, at) || !person) return false;
  return person.role === "owner" || seat.by === person.id || seat.by === caller.by;
}

/** The person themselves: a program of theirs is given no address that reads for somebody else. */
const speaking = ({ person, through, scopes }: Caller) =>
  through === "session" || scopes.has("as-person") ? person : undefined;

function seatPath({ store: { signing } }: Reading, of: string, seat: SeatState): string | null {
  if (!signing.ok) return null;
  const made = { incident: of, recipient: seatRecipient(seat.id), madeWith: seat.id };
  const secret = secretWith(seat.digest, signing.value, made);
  return secret === undefined ? null : `/seat/${secret}`;
}

/** The same decide as a command meets, asked of one that would be right. */
async function refusalHere(
  { handling }: Reading,
  incident: Incident,
  policy: Context["policy"],
  { at, caller }: Asked,
): Promise<string | null> {
  const person = speaking(caller);
  const context: Context = {
    at,
    by: caller.by,
    ...(person ? { person } : {}),
    policy,
    team: [],
    zone: "UTC",
    url: "",
    ownPage: () => "-",
  };
  const { ownPage } = handling.world.installation();
  const command = { type: "GiveSeat", name: "-", as: "other", reason: "-" } as const;
  const tried: Result<unknown> = seatHere(
    incident,
    { ...command, until: plus(at, HOUR_MS) },
    { ...context, ...(ownPage ? { ownPage } : {}) },
  );
  return tried.ok ? null : tried.problems[0].message;
}
