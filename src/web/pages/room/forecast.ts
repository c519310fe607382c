/**
 * Forecast: what a command would do to the clocks, before anybody sends it.
 *
 * The same decide and evolve as the server's, on a copy of the state that is on
 * screen. Shown after the questions are answered, never before: whoever sees the
 * deadlines first picks the answers that are comfortable.
 */

import type { Context } from "../../../core/context.ts";
import { evolve } from "../../../core/incident/evolve.ts";
import { decide, type IncidentCommand } from "../../../core/incident/incident.ts";
import { incidentObligations } from "../../../core/incident/owed/obligation.ts";
import type { Incident } from "../../../core/incident/state.ts";
import type { Obligation } from "../../../core/policy/obligations.ts";
import { ok, type Result } from "../../../core/problem.ts";
import { toIso } from "../../../core/time/instant.ts";

export type Moved = {
  readonly change: "added" | "moved" | "removed" | "stopped";
  readonly obligation: string;
  readonly duty: string;
  readonly recipient: { readonly kind: string; readonly id: string };
  readonly dueAt: string | null;
  readonly wasDueAt: string | null;
};

/** Which clocks `command` would start, move, stop or remove. Refuses as decide does. */
export function forecast(
  incident: Incident,
  command: IncidentCommand,
  context: Context,
): Result<readonly Moved[]> {
  const decided = decide(incident, command, context);
  if (!decided.ok) return decided;
  const after = structuredClone(incident);
  for (const event of decided.value) {
    const version = after.version + 1;
    evolve(after, { version, id: "", at: context.at, by: context.by, event }, false);
  }
  return ok(
    difference(
      incidentObligations(incident, context.policy),
      incidentObligations(after, context.policy),
    ),
  );
}

function difference(before: readonly Obligation[], after: readonly Obligation[]): readonly Moved[] {
  const were = new Map(before.map((obligation) => [obligation.id, obligation]));
  const are = new Set(after.map(({ id }) => id));
  const changed = after.flatMap((is): Moved[] => {
    const was = were.get(is.id);
    if (!was) return [moved("added", is, undefined)];
    if (is.stoppedAt !== undefined && was.stoppedAt === undefined)
      return [moved("stopped", is, was)];
    return is.dueAt === was.dueAt ? [] : [moved("moved", is, was)];
  });
  const removed = before.filter(({ id }) => !are.has(id)).map((was) => moved("removed", was, was));
  return [...changed, ...removed];
}

const moved = (change: Moved["change"], is: Obligation, was: Obligation | undefined): Moved => ({
  change,
  obligation: is.id,
  duty: is.clause.duty,
  recipient: { kind: is.recipient.kind, id: is.recipient.id },
  dueAt: change === "removed" || is.dueAt === undefined ? null : toIso(is.dueAt),
  wasDueAt: was?.dueAt === undefined ? null : toIso(was.dueAt),
});
