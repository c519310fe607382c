/**
 * Simulate: what would be owed if this happened then, by a policy's text and the laws;
 * without a server, a database or the present time.
 */

import { Option } from "commander";
import type { PinnedPolicy } from "../core/context.ts";
import { CLAIM_STATES, type ClaimState } from "../core/policy/condition/condition.ts";
import { parsePolicy, policyHash } from "../core/policy/parse/parse.ts";
import type { Recipient } from "../core/policy/situation.ts";
import { pinned } from "../core/policy/terms.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import {
  type Simulated,
  type SimulatedOwed,
  type SupposedFact,
  type Supposition,
  simulate as suppose,
} from "../core/simulation.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import { readDocument } from "./document.ts";
import { answered, inline, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, complete, type Fill, several } from "./verb.ts";
import { parseWhen } from "./when.ts";

type Options = Asked & {
  readonly policy: string;
  readonly at?: string;
  readonly severity?: string;
  readonly fact?: readonly string[];
  readonly customer?: readonly string[];
  readonly stage?: string;
  readonly role?: "controller" | "processor";
  readonly channel?: string;
};

const EXAMPLE =
  "due simulate --policy policies/solo.yaml --at 2026-11-20T18:40:00+01:00 --severity sev1 --json";

export const simulate: Fill = (command, shell) => {
  complete(
    command
      .requiredOption("--policy <file>", "the policy's text; - reads standard input")
      .option("--at <instant>", "when it reaches us; now, if not said")
      .option("--severity <id>", "one of the policy's severities")
      .option(
        "--fact <fact>",
        "CLAIM=confirmed@INSTANT, or NAME=VALUE that a law reads; several times",
        several,
      )
      .option("--customer <id>", "a customer touched; several times", several)
      .option("--stage <id>", "the customers' stage")
      .addOption(
        new Option("--role <role>", "our role for their data").choices(["controller", "processor"]),
      )
      .option("--channel <id>", "how it came"),
    EXAMPLE,
  ).action(async (options: Options) => {
    const text = await readDocument(options.policy);
    if (!text.ok) return refused(shell, text.problems, options);
    const parsed = parsePolicy(text.value);
    if (!parsed.ok) return refused(shell, parsed.problems, options);
    const policy = pinned(1, policyHash(text.value), parsed.value.policy);
    const supposed = await supposition(options, policy, shell);
    if (!supposed.ok) return refused(shell, supposed.problems, options);
    const { regimes } = await import("../server/regimes.ts");
    answered(shell, suppose(supposed.value, policy, regimes()), options, lines);
  });
};

async function supposition(
  options: Options,
  policy: PinnedPolicy,
  shell: Shell,
): Promise<Result<Supposition>> {
  const { severity, channel, customer = [], stage, role } = options;
  const zone = policy.terms.calendars.get(policy.terms.calendar)?.zone ?? "UTC";
  const instant = async (given: string, place: string): Promise<Result<Instant>> => {
    const clock = { now: shell.now(), zone: async () => ok(zone) };
    const read = await parseWhen(given, clock, "at", place);
    return read.ok ? ok(parseInstant(read.value) as Instant) : read;
  };
  const at = options.at === undefined ? ok(shell.now()) : await instant(options.at, "/at");
  if (!at.ok) return at;
  const facts: SupposedFact[] = [];
  const told: Record<string, unknown> = {};
  for (const given of options.fact ?? []) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(given) ?? [];
    if (name === undefined || value === undefined) return malformed(given);
    const [state, since] = value.split(/@(.*)/s);
    if (!CLAIM_STATES.some((known) => known === state)) {
      told[name] = toldAs(value);
      continue;
    }
    const from = since === undefined ? at : await instant(since, "/fact");
    if (!from.ok) return from;
    facts.push({ claim: name, state: state as ClaimState, at: from.value });
  }
  const customers = customer.map((id) => ({
    recipient: {
      kind: "customer",
      id: id.startsWith("customer:") ? id : `customer:${id}`,
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
    } satisfies Recipient,
  }));
  return ok({
    at: at.value,
    facts,
    told,
    customers,
    ...(severity === undefined ? {} : { severity }),
    ...(channel === undefined ? {} : { channel }),
  });
}

/** `true`, `500`, `EU,UK`, or the word as it stands. */
function toldAs(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return text.includes(",") ? text.split(",").map((part) => part.trim()) : text;
}

const malformed = (given: string): Result<never> =>
  refuse(
    "fact-malformed",
    `"${given.slice(0, 60)}" is no fact: write CLAIM=confirmed, CLAIM=suspected@INSTANT or NAME=VALUE.`,
    "/fact",
  );

function lines({ obligations, notDue, ghosts }: Simulated): readonly string[] {
  const line = ({ due, state, clause, recipient, slackOf }: SimulatedOwed): string => {
    const slack = slackOf === undefined ? "" : `  (slack: ${slackOf} governs)`;
    return inline(`${due ?? state}  ${clause} to ${recipient}${slack}`);
  };
  return [
    `Owed: ${obligations.length}`,
    ...obligations.map((one) => `  ${line(one)}`),
    ...ghosts.flatMap(({ says, obligations: started }) => [
      inline(`If you confirm now that ${says}:`),
      ...started.map((one) => `  ${line(one)}`),
    ]),
    `Not due: ${notDue.length}`,
    ...notDue.map((one) => inline(`  ${one.clause ?? one.regime}: ${one.reason}`)),
  ];
}
