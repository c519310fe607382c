/**
 * Ghosts: what would be owed too, if what is suspected were confirmed now.
 *
 * The same rules on a copy in which every suspected fact is confirmed; nothing is
 * recorded, and nothing runs. Their due times move on with `at`, until somebody
 * confirms the fact or rules it out.
 */

import type { PinnedPolicy } from "../../context.ts";
import type { Obligation } from "../../policy/obligations.ts";
import { momentsSet } from "../../policy/policy.ts";
import type { Instant } from "../../time/instant.ts";
import { type FactRecorded, keepFact } from "../response/fact.ts";
import { incidentObligations } from "./obligation.ts";
import type { Incident } from "../state.ts";

/** What would start at `at`, soonest due first. */
export function ghosts(
  incident: Incident,
  policy: PinnedPolicy,
  at: Instant,
): readonly Obligation[] {
  const suspected = Object.values(incident.facts).filter(({ state }) => state === "suspected");
  if (suspected.length === 0 || incident.state === "closed") return [];
  const held = { facts: { ...incident.facts }, moments: { ...incident.moments } };
  for (const { claim, concerning, version } of suspected) {
    const event: FactRecorded = {
      type: "FactRecorded",
      claim,
      state: "confirmed",
      source: "",
      sets: momentsSet(policy.policy, claim, "confirmed"),
      ...(concerning === undefined ? {} : { concerning }),
    };
    keepFact(held, { version, id: "", at, by: "", event });
  }
  const running = new Set(incidentObligations(incident, policy).map(({ id }) => id));
  return incidentObligations({ ...incident, ...held }, policy).filter(
    ({ id, stoppedAt }) => !running.has(id) && stoppedAt === undefined,
  );
}
