/**
 * Roles that would wake nobody: a deputy who is not there, and a mail address where
 * accounts are woken.
 */

import { leadRole } from "./escalation.ts";
import type { Found } from "./lint-finding.ts";
import type { PolicyDocument } from "./parse.ts";
import { toPointer } from "./places.ts";

/** `role-deputy` and `role-mail`. */
export function* roleChecks({ policy: { roles } }: PolicyDocument): Generator<Found> {
  const lead = leadRole(roles);
  for (const [i, role] of roles.entries()) {
    const deputy = roles.find(({ id }) => id === role.deputy);
    const at = toPointer(["roles", i, "deputy"]);
    if (deputy && (deputy === role || deputy.outside === true)) {
      const message =
        deputy === role
          ? `"${role.id}" is its own deputy: name another role.`
          : `The deputy of "${role.id}" is outside the team and cannot act here: name a role inside.`;
      yield { code: "role-deputy", level: "block", at, message };
    } else if (role.deputy !== undefined && role !== lead) {
      const message = `Only the first role inside the team leads, so the deputy of "${role.id}" is never woken.`;
      yield { code: "role-deputy", level: "warn", at, message };
    }
    if (role.mail !== undefined && role.outside !== true) {
      const message = `"${role.id}" is inside the team, and is woken at the account of whoever holds it: leave mail out.`;
      yield { code: "role-mail", level: "warn", at: toPointer(["roles", i, "mail"]), message };
    }
  }
}
