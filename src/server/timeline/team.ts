/** What entries about who does what say in a timeline: roles, handovers, approvals that were asked. */

import { listed } from "../../core/text.ts";
import type { Teller } from "./says.ts";
import { named } from "./words.ts";

type Told = "RoleTaken" | "RoleLeft" | "HandedOver" | "ApprovalAsked";

export const TEAM_TELLERS: { readonly [T in Told]: Teller<T> } = {
  RoleTaken: ({ role, person }, lens) => ({
    says: `${lens.person(person)} is now ${named(lens.policy.roles, role)}.`,
  }),
  RoleLeft: ({ role }, { policy }) => ({ says: `Nobody is ${named(policy.roles, role)} now.` }),
  HandedOver: ({ from, to, note }, lens) => ({
    says: `${lens.person(from)} handed over to ${lens.person(to)}.`,
    text: note,
  }),
  ApprovalAsked: ({ draft, of }, lens) => ({
    says: `Asked ${listed(of.map((one) => lens.person(one)))} to approve ${draft}.`,
  }),
};
