/**
 * Apart: rules of commands that a browser does not decide about, because what they read
 * of the world is not there, and which would only be weight in it. It is asked for
 * nothing but who may send them; the server decides.
 */

import type { Context } from "../context.ts";
import type { Result } from "../problem.ts";
import { type ListedEvent, type TouchCustomers, touchCustomers } from "./listed.ts";
import type { Incident } from "./state.ts";

type Rule<C, E> = (incident: Incident, command: C, context: Context) => Result<readonly E[]>;

export type RulesApart = {
  readonly TouchCustomers: Rule<TouchCustomers, ListedEvent>;
};

export const RULES_APART: RulesApart = {
  TouchCustomers: touchCustomers,
};
