/**
 * Touched: which customers this incident concerns. Each becomes a recipient of
 * its own, so that every clause runs for each of them separately, and those of
 * their own contract run for them alone.
 *
 * What the contract said is kept in the incident's own entries: it must decide the
 * same for ever, whatever is signed later. A contract that has changed is taken up
 * by saying so.
 */

import type { Beside, Context } from "../../context.ts";
import type { DataRole } from "../../party/holding.ts";
import { apartFrom, type Bond } from "../../policy/bound.ts";
import type { BoundClause } from "../../policy/clause.ts";
import type { Policy } from "../../policy/policy.ts";
import { ok, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Incident, TouchedCustomer } from "../state.ts";

type Bound = {
  readonly customer: string;
  readonly stage?: string;
  readonly role?: "controller" | "processor";
  /** What their contract promises, as it is counted. */
  readonly clauses?: readonly BoundClause[];
  /** By clause: where it comes from, and its words. */
  readonly words?: Bond["words"];
  /** The sets of their data that this is about, with our role for each. */
  readonly dataSets?: readonly { readonly id: string; readonly role: DataRole }[];
};
export type CustomerTouched = Bound & { readonly type: "CustomerTouched" };
/** From now on by what is signed with them now, at their present stage. */
export type CustomerRebound = Bound & { readonly type: "CustomerRebound" };
export type CustomerCleared = {
  readonly type: "CustomerCleared";
  readonly customer: string;
  readonly reason: string;
};

export type TouchCustomer = { readonly type: "TouchCustomer"; readonly customer: string };
export type RebindCustomer = { readonly type: "RebindCustomer"; readonly customer: string };
export type ClearCustomer = {
  readonly type: "ClearCustomer";
  readonly customer: string;
  readonly reason: string;
};

/** Records that a customer is affected. Refuses with `customer-touched`, `customer-unknown`. */
export function touchCustomer(
  incident: Incident,
  { customer: id }: TouchCustomer,
  context: Context,
): Result<readonly CustomerTouched[]> {
  if (incident.customers.some((customer) => customer.id === id)) {
    return refuse("customer-touched", "This customer is touched already.", "/customer");
  }
  const bound = boundNow(id, context);
  return bound.ok ? ok([{ type: "CustomerTouched", ...bound.value }]) : bound;
}

/**
 * Takes up what is signed with a touched customer now.
 * Refuses with `customer-not-touched`, `customer-unknown`, `contract-unchanged`.
 */
export function rebindCustomer(
  incident: Incident,
  { customer: id }: RebindCustomer,
  context: Context,
): Result<readonly CustomerRebound[]> {
  const touched = incident.customers.find((customer) => customer.id === id);
  if (!touched) return refuse("customer-not-touched", "This customer is not touched.", "/customer");
  const bound = boundNow(id, context);
  if (!bound.ok) return bound;
  const { dataSets: _, ...held } = touched;
  if (context.beside && isSame(held, toTouched(bound.value))) {
    const message = "Their contract, stage and role are what this incident goes by already.";
    return refuse("contract-unchanged", message, "/customer");
  }
  return ok([{ type: "CustomerRebound", ...bound.value }]);
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

/** Keeps whom the incident touches, and what binds us towards them. */
export function keepTouched(incident: Incident, event: CustomerTouched | CustomerRebound): void {
  const touched = toTouched(event);
  if (event.type === "CustomerTouched") incident.customers.push(touched);
  else
    incident.customers = incident.customers.map((one) =>
      one.id === touched.id
        ? { ...(one.dataSets === undefined ? {} : { dataSets: one.dataSets }), ...touched }
        : one,
    );
}

/** The customer as they are bound now; where `beside` is missing that is left to the server. */
function boundNow(id: string, { beside, policy }: Context): Result<Bound> {
  const customer = beside?.customer;
  if (beside && (customer?.id !== id || customer.removed)) {
    return refuse("customer-unknown", "There is no such customer: add them first.", "/customer");
  }
  return ok(boundBy(customer ?? { id }, policy.policy));
}

type Known = Pick<NonNullable<Beside["customer"]>, "id" | "stage" | "role" | "bond">;

/**
 * That this customer is affected, in these sets of their data: our role is the one for them.
 * Where we are both, what is owed to whoever decides over the data comes first.
 */
export function touchedBy(
  customer: Known,
  policy: Policy,
  dataSets: readonly { readonly id: string; readonly role: DataRole }[] | undefined,
): CustomerTouched {
  if (dataSets === undefined) return { type: "CustomerTouched", ...boundBy(customer, policy) };
  const role = dataSets.some((set) => set.role === "processor") ? "processor" : "controller";
  return {
    type: "CustomerTouched",
    ...boundBy({ ...customer, role }, policy),
    dataSets: dataSets.map(({ id, role: ours }) => ({ id, role: ours })),
  };
}

function boundBy({ id, stage, role, bond: signed }: Known, policy: Policy): Bound {
  const bond = signed && apartFrom(policy, signed);
  return {
    customer: id,
    ...(stage === undefined ? {} : { stage }),
    ...(role === undefined ? {} : { role }),
    ...(bond === undefined ? {} : bond),
  };
}

const toTouched = ({
  customer,
  stage,
  role,
  clauses,
  words = {},
  dataSets,
}: Bound): TouchedCustomer => ({
  id: customer,
  ...(stage === undefined ? {} : { stage }),
  ...(role === undefined ? {} : { role }),
  ...(dataSets === undefined ? {} : { dataSets }),
  ...(clauses === undefined ? {} : { bond: { clauses, words } }),
});

/** Whatever the order of their fields: what was stored comes back in another one. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [ours, theirs] = [Object.entries(a), Object.entries(b)];
  return (
    ours.length === theirs.length &&
    ours.every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]))
  );
}
