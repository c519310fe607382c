/**
 * Simulations: what would be owed, asked over HTTP. Whoever may read obligations may ask;
 * nothing is recorded.
 */

import type { Handler } from "hono";
import type { z } from "zod";
import { simulationInput } from "../../api/simulation.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Simulated, simulate, type SupposedCustomer } from "../../core/simulation.ts";
import { customerId } from "../../core/incident/state.ts";
import { bondOf } from "../../core/party/contract.ts";
import type { Handling } from "../handling.ts";
import { type Instant, parseInstant } from "../../core/time/instant.ts";
import { asking, unpublished } from "../asking.ts";
import { regimes } from "../regimes.ts";
import type { AppEnv, World } from "../world.ts";

/** What simulations are answered from. */
export type Suppose = (
  asked: z.infer<typeof simulationInput>,
  now: Instant,
) => Promise<Result<Simulated>>;

export const simulations = (
  world: Pick<World, "config" | "access" | "now" | "limits">,
  suppose: Suppose,
): Handler<AppEnv> =>
  asking(world, {
    as: "obligations",
    input: simulationInput,
    answer: (asked, _, now) => suppose(asked, now),
  });

/** Answers over the published policy and the customers on record. */
export const supposing =
  ({ subjects, world, texts }: Pick<Handling, "subjects" | "world" | "texts">): Suppose =>
  async (asked, now) => {
    const policy =
      asked.policy === undefined
        ? ok(await world.policies.current())
        : await unpublished({ texts }, asked.policy);
    if (!policy.ok) return policy;
    if (policy.value === undefined) {
      return refuse("policy-missing", "No policy is published: send one as `policy`.", "/policy");
    }
    const customers: SupposedCustomer[] = [];
    for (const [i, id] of (asked.customers ?? []).entries()) {
      const customer = await customerOf(subjects, id);
      if (customer === undefined) {
        return refuse("customer-unknown", `There is no customer ${id}.`, `/customers/${i}`);
      }
      customers.push(customer);
    }
    const at = instantOf(asked.at) ?? now;
    const { severity, channel } = asked;
    return simulate(
      {
        at,
        facts: (asked.facts ?? []).map((fact) => ({ ...fact, at: instantOf(fact.at) ?? at })),
        told: asked.told ?? {},
        customers,
        ...(severity === undefined ? {} : { severity }),
        ...(channel === undefined ? {} : { channel }),
      },
      policy.value,
      regimes(),
    );
  };

async function customerOf(
  subjects: Handling["subjects"],
  id: string,
): Promise<SupposedCustomer | undefined> {
  const found = await subjects.open("party", id);
  const customer = found?.folded.state;
  if (customer === undefined || customer.state !== "customer") return undefined;
  const bond = bondOf(customer);
  const { stage, role } = customer;
  return {
    recipient: {
      kind: "customer",
      id: customerId(id),
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
    },
    ...(bond === undefined ? {} : { bond }),
  };
}

const instantOf = (text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : parseInstant(text);
