/**
 * Roles that would wake nobody: a deputy who is not there, and a mail address where
 * accounts are woken.
 */

import { leadRole } from "../escalation.ts";
import { fixOf, removed } from "./fix.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";

/** `role-deputy` and `role-mail`. */
export function* roleChecks(document: PolicyDocument): Generator<Found> {
  const { roles } = document.policy;
  const lead = leadRole(roles);
  for (const [i, role] of roles.entries()) {
    const deputy = roles.find(({ id }) => id === role.deputy);
    const at = toPointer(["roles", i, "deputy"]);
    const fixes = [fixOf("Leave the deputy out", removed(document, at))];
    if (deputy && (deputy === role || deputy.outside === true)) {
      const message =
        deputy === role
          ? `"${role.id}" is its own deputy: name another role.`
          : `The deputy of "${role.id}" is outside the team and cannot act here: name a role inside.`;
      yield { code: "role-deputy", level: "block", at, message, fixes };
    } else if (role.deputy !== undefined && role !== lead) {
      const message = `Only the first role inside the team leads, so the deputy of "${role.id}" is never woken.`;
      yield { code: "role-deputy", level: "warn", at, message, fixes };
    }
    if (role.mail !== undefined && role.outside !== true) {
      const message = `"${role.id}" is inside the team, and is woken at the account of whoever holds it: leave mail out.`;
      const mail = toPointer(["roles", i, "mail"]);
      const without = fixOf("Leave the address out", removed(document, mail));
      yield { code: "role-mail", level: "warn", at: mail, message, fixes: [without] };
    }
  }
}
