/**
 * Escalation: who is woken beside whoever has it, as the policy's roles say.
 *
 * The first role inside the team leads. Its deputy is another role of the policy;
 * the contact outside is the first outside role that can be mailed.
 */

import type { Policy } from "./policy.ts";

type Roles = Policy["roles"];

/** The role whose holder leads. */
export const leadRole = (roles: Roles): Roles[number] | undefined =>
  roles.find((role) => role.outside !== true);

/** Whom the policy names to be told that something is overdue, without access to it. */
export function outsideContact(
  roles: Roles,
): { readonly name: string; readonly mail: string } | undefined {
  const role = roles.find(({ outside, mail }) => outside === true && mail !== undefined);
  return role?.mail === undefined
    ? undefined
    : { name: role.contact ?? role.name, mail: role.mail };
}
