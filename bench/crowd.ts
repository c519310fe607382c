/**
 * What one fact costs in an incident that touches thousands of customers, each with three
 * clauses of their contract: until everything owed is counted again, recorded and on the board.
 *
 *     npx tsx bench/crowd.ts [CUSTOMERS]      (default 10,000)
 *
 * The floor adds hours to an instant as often as something is owed. Both sides run on the same
 * machine in the same run: read the ratios. Ends with 1 where counting grows with their number
 * by more than the number does, or where the board is not what the record says.
 */

import { bySoonest } from "../src/core/policy/obligations.ts";
import { incidentObligations } from "../src/core/incident/owed/obligation.ts";
import type { Incident } from "../src/core/incident/state.ts";
import { plusHours } from "../src/core/time/count.ts";
import type { Instant } from "../src/core/time/instant.ts";
import { type Envelope, handleTogether } from "../src/handle.ts";
import { must, testInstallation } from "../src/server/fixture.ts";
import { testServer } from "../src/store/fixture.ts";
import { tell } from "./result.ts";

const CLAUSES = 3;
const BATCH = 500;
const FACTS = 5;
/** What is owed to one of thousands may cost this many times what it costs of a hundred. */
const GROWTH_MAX = 3;

const largest = Number(process.argv[2] ?? 10_000);
const server = await testServer();

const clause = (customer: number, i: number) => ({
  clause: `c${customer}-${i}`,
  text: "We are told.",
  document: "dpa" as const,
  terms: {
    duty: "notify",
    from: "awareAt",
    within: { count: 24 * (i + 1), unit: "hours" },
  } as const,
});

const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

type Crowd = {
  readonly owed: number;
  readonly countMs: number;
  readonly addMs: number;
  readonly touchMs: number;
  readonly factMs: number;
  readonly boardMs: number;
};

async function crowd(customers: number): Promise<Crowd> {
  const { handling, now, read } = await testInstallation(server);
  const by = "account/ac_ada";
  const send = async (envelopes: readonly Omit<Envelope, "at" | "by">[]) => {
    for (let from = 0; from < envelopes.length; from += BATCH) {
      const batch = envelopes.slice(from, from + BATCH).map((one) => ({ ...one, at: now(), by }));
      await must(handleTogether(batch, handling.world));
    }
  };
  const ids = Array.from({ length: customers }, (_, i) => `cus_${String(i).padStart(10, "0")}`);
  await send(
    ids.map((id, i) => ({
      subject: `party/${id}`,
      command: {
        type: "AddCustomer",
        name: `Customer ${i}`,
        clauses: Array.from({ length: CLAUSES }, (_unused, c) => clause(i, c)),
      },
    })),
  );
  await send([{ subject: "incident", command: { type: "OpenIncident", title: "All of them" } }]);
  const subject = "incident/INC-1";
  const from = performance.now();
  await send([{ subject, command: { type: "TouchCustomers", list: ids.join("\n") } }]);
  const touchMs = performance.now() - from;
  const facts: number[] = [];
  const boards: number[] = [];
  let seen = 0;
  for (let i = 0; i < FACTS; i += 1) {
    const state = i % 2 === 0 ? "confirmed" : "ruled-out";
    const claim = "personal-data-exposed";
    const from = performance.now();
    const command = { type: "RecordFact", claim, state, source: "Log" } as const;
    await must(handling.handle({ subject, at: now(), by, command }));
    facts.push(performance.now() - from);
    const asked = performance.now();
    const [board] = await Promise.all([read("/due"), read("/obligations?limit=100")]);
    boards.push(performance.now() - asked);
    seen = (board.body as { open: number }).open;
  }
  const policy = await handling.world.policies.current();
  const opened = await handling.subjects.open("incident", "INC-1");
  const incident = opened?.folded.state as Incident;
  if (policy === undefined) throw new Error("no policy is published");
  const owed = incidentObligations(incident, policy).length;
  const [counts, adds]: [number[], number[]] = [[], []];
  for (let i = 0; i < 7; i += 1) {
    let from = performance.now();
    // A copy, which nothing is known of yet: what is kept for one entry would cost nothing.
    bySoonest(incidentObligations({ ...incident }, policy));
    counts.push(performance.now() - from);
    from = performance.now();
    let sum = 0;
    for (let n = 0; n < owed; n += 1) sum += plusHours((now() + n) as Instant, 72);
    if (sum === 0) throw new Error("never");
    adds.push(performance.now() - from);
  }
  if (owed < customers * CLAUSES || seen < owed)
    throw new Error(`${owed} are owed and ${seen} are on the board`);
  return {
    owed,
    countMs: median(counts),
    addMs: median(adds),
    touchMs,
    factMs: median(facts),
    boardMs: median(boards),
  };
}

const small = await crowd(100);
const large = await crowd(largest);
await server.stop();
for (const [name, one] of [
  ["100", small],
  [String(largest), large],
] as const) {
  console.log(
    `${name} customers: ${one.owed} owed; counted in ${one.countMs.toFixed(1)} ms (added in ${one.addMs.toFixed(2)} ms); all touched in ${one.touchMs.toFixed(0)} ms, a fact recorded in ${one.factMs.toFixed(0)} ms, the board in ${one.boardMs.toFixed(0)} ms`,
  );
}
const each = ({ countMs, owed }: Crowd): number => countMs / owed;
tell({
  name: "crowd: cost of one owed, largest against 100 customers",
  value: each(large) / each(small),
  unit: "x",
  aim: { atMost: GROWTH_MAX },
  says: `${large.owed} owed counted in ${large.countMs.toFixed(0)} ms`,
});
tell({
  name: "crowd: one fact until it is recorded and shown, against counting alone",
  value: (large.factMs + large.boardMs) / large.countMs,
  unit: "x",
  says: `${large.factMs.toFixed(0)} ms and ${large.boardMs.toFixed(0)} ms for ${largest} customers`,
});
