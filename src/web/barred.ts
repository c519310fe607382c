/**
 * Barred: what somebody may not send at all, apart from the rules of what it would
 * do. Lists and drawers ask this without loading those rules.
 */

import type { CommandType } from "../api/command.ts";
import type { Context } from "../core/context.ts";
import { API_ROUTES } from "./api-routes.ts";

export type Asking = {
  readonly context: Pick<Context, "person">;
  /** The past instant that is on screen; undefined for now. */
  readonly asOf: string | undefined;
};

/** Why this person may not send such a command here at all. */
export function barred({ asOf, context }: Asking, type: string): string | undefined {
  if (asOf !== undefined) return "You are reading the past: return to now first.";
  const roles = API_ROUTES.commands[type as CommandType]?.roles ?? [];
  const role = context.person?.role;
  if (role === undefined || roles.includes(role)) return undefined;
  return `This takes ${roles.length === 1 ? "an owner" : `somebody who is ${roles.join(" or ")}`}; you are ${role}.`;
}
