/**
 * Simulations: what would be owed, asked over HTTP. Whoever may read obligations may ask;
 * nothing is recorded.
 */

import type { Handler } from "hono";
import type { z } from "zod";
import { simulationInput } from "../api/simulation.ts";
import { VIEWS } from "../api/view.ts";
import type { PinnedPolicy } from "../core/context.ts";
import { parsePolicy, policyHash } from "../core/policy/parse.ts";
import { pinned } from "../core/policy/terms.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { type Simulated, simulate, type SupposedCustomer } from "../core/simulation.ts";
import { customerId } from "../core/incident/state.ts";
import { bondOf } from "../core/party/contract.ts";
import type { Handling } from "./handling.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import type { Caller } from "./access-port.ts";
import { readJson } from "./body.ts";
import { parseInput } from "./input.ts";
import { OK, refusal } from "./problem.ts";
import { regimes } from "./regimes.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

const BODY_BYTES_MAX = 2 * 1024 * 1024;

/** What simulations are answered from. */
export type Suppose = (
  asked: z.infer<typeof simulationInput>,
  now: Instant,
) => Promise<Result<Simulated>>;

export const simulations =
  (world: Pick<World, "config" | "access" | "now">, suppose: Suppose): Handler<AppEnv> =>
  async (context) => {
    const base = basePath(world.config.url);
    const spec = VIEWS.find(({ name }) => name === "obligations");
    const may = spec && world.access.mayView(context.var.caller as Caller, spec);
    if (may && !may.ok) return refusal(may.problems, { base });
    const body = await readJson(context.req.raw, BODY_BYTES_MAX);
    if (!body.ok) return refusal(body.problems, { base });
    const asked = parseInput(simulationInput, body.value);
    if (!asked.ok) return refusal(asked.problems, { base });
    const answer = await suppose(asked.value as z.infer<typeof simulationInput>, world.now());
    if (!answer.ok) return refusal(answer.problems, { base });
    return Response.json(answer.value, { status: OK, headers: { "cache-control": "no-store" } });
  };

/** Answers over the published policy and the customers on record. */
export const supposing =
  ({ subjects, world }: Pick<Handling, "subjects" | "world">): Suppose =>
  async (asked, now) => {
    const policy =
      asked.policy === undefined ? ok(await world.policies.current()) : pinnedText(asked.policy);
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

function pinnedText(text: string): Result<PinnedPolicy> {
  const parsed = parsePolicy(text);
  return parsed.ok ? ok(pinned(0, policyHash(text), parsed.value.policy)) : parsed;
}
