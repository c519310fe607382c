/**
 * Role: a function that must be covered, not a post. One person may hold all of
 * them; each is held by one person at a time.
 */

import type { Context } from "../../context.ts";
import { ok, refuse, type Result } from "../../problem.ts";
import { listed } from "../../text.ts";
import type { Incident } from "../state.ts";

export type RoleTaken = {
  readonly type: "RoleTaken";
  readonly role: string;
  /** An account. */
  readonly person: string;
};
export type RoleLeft = { readonly type: "RoleLeft"; readonly role: string };

export type TakeRole = {
  readonly type: "TakeRole";
  readonly role: string;
  readonly person?: string;
};
export type LeaveRole = {
  readonly type: "LeaveRole";
  readonly role: string;
  readonly person?: string;
};

/**
 * Gives a role to a person of the team, yourself if not said; whoever held it
 * before does not any more.
 * Refuses with `role-unknown`, `role-outside`, `person-unknown`, `role-held`.
 */
export function takeRole(
  incident: Incident,
  { role: id, person: asked }: TakeRole,
  { policy: { policy }, team, by }: Context,
): Result<readonly RoleTaken[]> {
  const role = policy.roles.find((known) => known.id === id);
  if (!role) {
    const known = listed(policy.roles.filter(({ outside }) => !outside).map((other) => other.id));
    return refuse("role-unknown", `${id} is not a role of this policy: use ${known}.`, "/role");
  }
  if (role.outside) {
    const message = `${role.name} is somebody outside the team: call them, and log that you did.`;
    return refuse("role-outside", message, "/role");
  }
  const person = team.find((known) => known.id === (asked ?? by));
  if (!person) {
    const message = "A role is held by a person of the team: name one of its accounts.";
    return refuse("person-unknown", message, "/person");
  }
  if (incident.roles[id] === person.id) {
    return refuse("role-held", `${person.name} holds ${role.name} already.`, "/person");
  }
  return ok([{ type: "RoleTaken", role: id, person: person.id }]);
}

/** Takes a role back. Refuses with `role-not-held`. */
export function leaveRole(
  incident: Incident,
  { role, person }: LeaveRole,
): Result<readonly RoleLeft[]> {
  const holder = Object.hasOwn(incident.roles, role) ? incident.roles[role] : undefined;
  if (holder === undefined || (person !== undefined && person !== holder)) {
    return refuse("role-not-held", "Nobody holds that role, or somebody else does.", "/role");
  }
  return ok([{ type: "RoleLeft", role }]);
}
