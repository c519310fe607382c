/**
 * Handover: what one person holds in an incident goes to another in one act, with a note.
 *
 * The roles move as they always move (RoleTaken), what they had said "I have it" of is the
 * other's from then on, and the other is sent the open deadlines to keep. The note is for
 * whoever takes over; it stands in the record and in no mail.
 */

import type { Context } from "../../context.ts";
import type { PageRequested } from "../../notice/notice.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { handoverPage } from "../owed/deadlines.ts";
import type { RoleTaken } from "./role.ts";
import type { Incident } from "../state.ts";

export type HandedOver = {
  readonly type: "HandedOver";
  /** Accounts. */
  readonly from: string;
  readonly to: string;
  /** The roles that went with it, by id. */
  readonly roles: readonly string[];
  readonly note?: string;
};

export type HandOver = {
  readonly type: "HandOver";
  readonly to: string;
  /** Whose it is until now; yourself where it is not said. */
  readonly from?: string;
  readonly note?: string;
};

/**
 * Refuses with `person-unknown`, `handover-self`, `handover-nothing`, `handover-reader`,
 * `text-too-long`.
 */
export function handOver(
  incident: Incident,
  { to: taker, from, note }: HandOver,
  context: Context,
): Result<readonly (RoleTaken | HandedOver | PageRequested)[]> {
  const { team, policy, person } = context;
  const to = team.find(({ id }) => id === taker);
  if (!to) {
    const message = "It is handed over to a person of the team: name one of its accounts.";
    return refuse("person-unknown", message, "/to");
  }
  const giver = from ?? person?.id ?? context.behind ?? context.by;
  if (giver === to.id) {
    return refuse("handover-self", `${to.name} holds it already: name somebody else.`, "/to");
  }
  if (to.role === "reader") {
    const message = `${to.name} can only read: give them another access first, or name somebody else.`;
    return refuse("handover-reader", message, "/to");
  }
  const roles = rolesOf(incident, giver);
  const inHand = Object.values(incident.held).some(({ takenBy }) => takenBy === giver);
  const name = team.find(({ id }) => id === giver)?.name ?? "Whoever hands over";
  if (roles.length === 0 && !inHand) {
    const message = `${name} holds no role in ${incident.reference} and has nothing there in hand.`;
    return refuse("handover-nothing", message, "/from");
  }
  const long = tooLong(note, NOTE_CHARACTERS_MAX, "/note");
  const names = policy.policy.roles.filter(({ id }) => roles.includes(id)).map((role) => role.name);
  const what = [...names, ...(inHand ? ["what they had in hand"] : [])];
  const after = { ...incident.roles, ...Object.fromEntries(roles.map((role) => [role, to.id])) };
  const said = note === undefined || note.trim() === "" ? {} : { note };
  const first = `${name} has handed over to you: ${listed(what)}.${said.note === undefined ? "" : " Their note stands in the incident."}`;
  return refuseAll(long ? [long] : [], [
    ...roles.map((role): RoleTaken => ({ type: "RoleTaken", role, person: to.id })),
    { type: "HandedOver", from: giver, to: to.id, roles, ...said },
    handoverPage(incident, context, { to, roles: after, first }),
  ]);
}

const rolesOf = ({ roles }: Incident, person: string): readonly string[] =>
  Object.keys(roles).filter((role) => roles[role] === person);
