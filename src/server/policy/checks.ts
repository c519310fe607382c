/**
 * Policy checks: what is wrong with a text, beside what this installation knows: the hour,
 * its zone, the laws that bind what it says it is, and the contracts on record.
 */

import { Hono } from "hono";
import { policyCheckInput } from "../../api/policy-check.ts";
import { VIEWS } from "../../api/view.ts";
import { lawPromises, lawStages } from "../../core/law/promised.ts";
import { contractPromises } from "../../core/party/contract.ts";
import type { ContractPromise, LintBeside } from "../../core/policy/lint/beside.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Store } from "../../store/store.ts";
import type { Caller } from "../access-port.ts";
import { asking, type Question } from "../asking.ts";
import { everyCustomer } from "../views/every-customer.ts";
import type { Handling } from "../handling.ts";
import { regimes } from "../regimes.ts";
import type { AppEnv, World } from "../world.ts";

export type Checking = Pick<World, "config" | "access" | "now" | "limits" | "texts"> & {
  readonly store: Pick<Store, "views" | "pool">;
  readonly handling: Pick<Handling, "installation">;
};

export const policyCheckRoutes = (checking: Checking): Hono<AppEnv> =>
  new Hono<AppEnv>().post("/policy-checks", asking(checking, policyChecks(checking)));

const policyChecks = (checking: Checking): Question<typeof policyCheckInput> => ({
  as: "policy",
  input: policyCheckInput,
  async answer({ text }, by, now) {
    return checking.texts.findingsOf(text, await besideOf(checking, by, now));
  },
});

async function besideOf(checking: Checking, by: Caller, now: Instant): Promise<LintBeside> {
  const { zone, told } = await checking.handling.installation();
  return {
    now,
    zone,
    stages: lawStages(regimes()),
    ...(told === undefined ? {} : { laws: lawPromises(regimes(), told) }),
    contracts: mayReadParties(checking, by) ? await contractsOf(checking) : [],
  };
}

/** A finding names the customer and what was signed: who may not read that is not told of it. */
function mayReadParties({ access }: Checking, by: Caller): boolean {
  const spec = VIEWS.find(({ name }) => name === "party");
  return spec !== undefined && access.mayView(by, spec).ok;
}

/** Contracts of one kind are many and alike; beyond this nobody reads them beside a policy. */
const CONTRACTS_MAX = 2_000;

async function contractsOf({ store }: Checking): Promise<readonly ContractPromise[]> {
  const promises: ContractPromise[] = [];
  for await (const page of everyCustomer(store)) {
    promises.push(...page.flatMap((customer) => contractPromises(customer.name, customer)));
    if (promises.length >= CONTRACTS_MAX) break;
  }
  return promises;
}
