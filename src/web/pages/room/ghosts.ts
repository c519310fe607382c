/**
 * Ghosts: what would start if a fact were confirmed now. They begin at now and
 * move with it; once the fact is confirmed they are obligations like any other.
 *
 * Asked of the same decide and evolve as a confirmation is, so that what they
 * show is what would come.
 */

import type { ObligationView, ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import type { Incident } from "../../../core/incident/state.ts";
import { type Owed, type TapeItem, toItem } from "../../../core/tape/item.ts";
import { toIso } from "../../../core/time/instant.ts";
import { governing } from "../../../core/policy/governing.ts";
import { forecast, type Moved } from "./forecast.ts";

type Given = {
  readonly incident: Pick<ViewOf<"incident">, "customers" | "obligations">;
  readonly state: Incident;
  readonly context: Context;
};

/** The clocks that confirming a claim would start, for all that are neither confirmed nor ruled out. */
export function ghosts({ incident, state, context }: Given): readonly TapeItem[] {
  const { facts } = context.policy.policy;
  const open = facts.filter(({ claim }) => {
    const held = state.facts[claim]?.state;
    return held !== "confirmed" && held !== "ruled-out";
  });
  const would = open.flatMap(({ claim, says }) => {
    const command = { type: "RecordFact", claim, state: "confirmed", source: "…" } as const;
    const result = forecast(state, command, context);
    const moved = result.ok ? result.value : [];
    return moved
      .filter(({ change, dueAt }) => change === "added" && dueAt !== null)
      .map((one) => ({ says, owed: toOwed(one, incident, context) }));
  });
  // What two facts would start is one ghost: the one that would be due first.
  return governing(would, ({ owed: { id, duty, recipient, dueAt } }) => ({
    id,
    duty,
    recipient: recipient.id,
    dueAt: Date.parse(dueAt ?? ""),
  }))
    .map(({ governs }) => governs)
    .filter(({ owed }) => !incident.obligations.some((runs) => isTighter(runs, owed)))
    .map(({ says, owed }) => {
      const item = toItem(owed);
      return { ...item, says: `If confirmed now that ${says}: ${item.says}` };
    });
}

type Running = Pick<ObligationView, "duty" | "recipient" | "dueAt" | "stoppedAt">;

/** What is promised to them already, and sooner: the ghost would change nothing. */
const isTighter = (runs: Running, { duty, recipient, dueAt }: Owed): boolean =>
  runs.stoppedAt === null &&
  runs.duty === duty &&
  runs.recipient.id === recipient.id &&
  runs.dueAt !== null &&
  runs.dueAt <= (dueAt ?? "");

function toOwed(
  { obligation, duty, recipient, dueAt }: Moved,
  { customers }: Given["incident"],
  { at }: Context,
): Owed {
  const name = customers.find(({ id }) => recipient.id === `customer:${id}`)?.name ?? null;
  return {
    id: `ghost ${obligation}`,
    clause: obligation.split("@")[0] ?? obligation,
    duty,
    recipient: { ...recipient, name },
    startedAt: toIso(at),
    dueAt,
    stoppedAt: null,
    ghost: true,
  };
}
