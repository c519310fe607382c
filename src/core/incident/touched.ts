/**
 * Touched: which customers this incident concerns. Each becomes a recipient of
 * its own, so that every clause runs for each of them separately.
 */

import type { Context } from "../context.ts";
import { ok, refuse, refuseAll, type Result } from "../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import type { Incident } from "./state.ts";

export type CustomerTouched = {
  readonly type: "CustomerTouched";
  readonly customer: string;
  readonly stage?: string;
  readonly role?: "controller" | "processor";
};
export type CustomerCleared = {
  readonly type: "CustomerCleared";
  readonly customer: string;
  readonly reason: string;
};

export type TouchCustomer = { readonly type: "TouchCustomer"; readonly customer: string };
export type ClearCustomer = {
  readonly type: "ClearCustomer";
  readonly customer: string;
  readonly reason: string;
};

/** Records that a customer is affected. Refuses with `customer-touched`, `customer-unknown`. */
export function touchCustomer(
  incident: Incident,
  { customer: id }: TouchCustomer,
  { beside }: Context,
): Result<readonly CustomerTouched[]> {
  if (incident.customers.some((customer) => customer.id === id)) {
    return refuse("customer-touched", "This customer is touched already.", "/customer");
  }
  const customer = beside?.customer;
  if (beside && (customer?.id !== id || customer.removed)) {
    return refuse("customer-unknown", "There is no such customer: add them first.", "/customer");
  }
  return ok([
    {
      type: "CustomerTouched",
      customer: id,
      ...(customer?.stage === undefined ? {} : { stage: customer.stage }),
      ...(customer?.role === undefined ? {} : { role: customer.role }),
    },
  ]);
}

/**
 * Records that a customer is not affected after all.
 * Refuses with `customer-not-touched`, `text-missing`, `text-too-long`.
 */
export function clearCustomer(
  incident: Incident,
  { customer, reason }: ClearCustomer,
): Result<readonly CustomerCleared[]> {
  if (!incident.customers.some(({ id }) => id === customer)) {
    return refuse("customer-not-touched", "This customer is not touched.", "/customer");
  }
  const unsaid = textProblem(
    reason,
    NOTE_CHARACTERS_MAX,
    "/reason",
    "Say how we know that they are not affected: somebody will ask.",
  );
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "CustomerCleared", customer, reason }]);
}
