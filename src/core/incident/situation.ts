/**
 * Situation: the incident as clauses and gates see it, and no more of it.
 *
 * An authority and the public are always there to be owed something; whether
 * anything is owed to them is for the clauses to say.
 */

import type { Recipient, Situation } from "../policy/situation.ts";
import { customerId, type Incident, providerId } from "./state.ts";

export function situationOf(incident: Incident): Situation {
  const channel = incident.signals[0]?.channel;
  return {
    openedAt: incident.moments["openedAt"],
    severity: incident.severity,
    facts: Object.values(incident.facts),
    moments: new Map(Object.entries(incident.moments)),
    recipients: recipientsOf(incident),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** Everyone outside to whom something may be owed. */
export function recipientsOf({ signals, customers, providers }: Incident): readonly Recipient[] {
  const reporters = signals.flatMap(({ reporter, channel }): Recipient[] =>
    reporter === undefined ? [] : [{ kind: "reporter", id: reporter, channel }],
  );
  const touched = customers.map(
    ({ id, stage, role }): Recipient => ({
      kind: "customer",
      id: customerId(id),
      ...(stage === undefined ? {} : { stage }),
      ...(role === undefined ? {} : { role }),
    }),
  );
  return [
    { kind: "authority", id: "authority" },
    { kind: "public", id: "public" },
    ...reporters,
    ...touched,
    ...providers.map(({ id }): Recipient => ({ kind: "provider", id: providerId(id) })),
  ];
}
