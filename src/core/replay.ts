/**
 * Replay: what happened, counted by another text of the policy.
 *
 * The real entries are folded as they stand, with one more behind them that no ledger holds:
 * that the incident goes on under the other text. So a replay shows exactly what re-basing
 * would do, what was really done meets or misses what would have been due, contracts and laws
 * count as they were taken up, and nothing of it can be recorded.
 */

import type { PinnedPolicy } from "./context.ts";
import { foldIncident, type IncidentEvent } from "./incident/incident.ts";
import { incidentObligations } from "./incident/owed/obligation.ts";
import { type IncidentRebased, rebasedTo } from "./incident/rebase.ts";
import type { Incident } from "./incident/state.ts";
import { type Move, moves } from "./policy/moves.ts";
import type { Policy } from "./policy/policy.ts";
import type { Recorded } from "./recorded.ts";
import { signalObligations } from "./signal/obligation.ts";
import type { Signal } from "./signal/state.ts";
import type { Instant } from "./time/instant.ts";

export type Replayed = {
  readonly moves: readonly Move[];
  /** What of the record the other text has no word for. */
  readonly unknown: readonly string[];
};

/** An incident's entries, by the version they run under and by `target`. */
export function replayIncident(
  reference: string,
  entries: readonly Recorded<IncidentEvent>[],
  { pinned, target, now, severity }: Other & { readonly severity?: string | undefined },
): Replayed {
  const incident = foldIncident(reference, entries);
  const named = severity ?? sameSeverity(incident, pinned.policy, target.policy);
  const event: IncidentRebased = rebasedTo(incident, target, { severity: named });
  const version = incident.version + 1;
  const last: Recorded<IncidentEvent> = { version, seq: 0, id: "", at: now, by: "", event };
  const then = foldIncident(reference, [...entries, last]);
  return {
    moves: moves(incidentObligations(incident, pinned), incidentObligations(then, target), now),
    unknown: unknownIn(then, pinned.policy, target.policy),
  };
}

/** A signal, by what runs and by `target`. */
export const replaySignal = (signal: Signal, { pinned, target, now }: Other): Replayed => ({
  moves: moves(signalObligations(signal, pinned), signalObligations(signal, target), now),
  unknown: [],
});

type Other = {
  readonly pinned: PinnedPolicy;
  readonly target: PinnedPolicy;
  readonly now: Instant;
};

/** The severity of the same name, where only the id is another. */
function sameSeverity(incident: Incident, from: Policy, to: Policy): string | undefined {
  const now = incident.severity.at(-1)?.to;
  if (now === undefined || to.severities.some(({ id }) => id === now)) return undefined;
  const name = from.severities.find(({ id }) => id === now)?.name;
  return to.severities.find((one) => one.name === name)?.id;
}

function unknownIn(incident: Incident, from: Policy, to: Policy): readonly string[] {
  const severity = incident.severity.at(-1)?.to;
  const isKnown = severity === undefined || to.severities.some(({ id }) => id === severity);
  const name = from.severities.find(({ id }) => id === severity)?.name ?? severity;
  const claims = [...new Set(Object.values(incident.facts).map(({ claim }) => claim))];
  const phase = from.phases.find(({ id }) => id === incident.phase.main);
  return [
    ...(isKnown ? [] : [`It has the severity ${name}, which is not in that text.`]),
    ...claims
      .filter((claim) => !to.facts.some((fact) => fact.claim === claim))
      .map((claim) => `The claim ${claim} is on record, and not in that text.`),
    ...(phase === undefined || to.phases.some(({ id }) => id === phase.id)
      ? []
      : [`It stands in the phase ${phase.name}, which is not in that text.`]),
  ];
}
