/**
 * Extension: more time for one obligation, which somebody has agreed to.
 *
 * It is ours, whatever the clause is: of a contract, of our own policy, of a law.
 * Nobody's law ends later because we say so, so the first due instant stays on the
 * obligation and in the entry, and every place that shows the new one shows it.
 */

import type { Context } from "../../context.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX } from "../../text.ts";
import { type Instant, toIsoSeconds } from "../../time/instant.ts";
import { runningObligation } from "./obligation.ts";
import type { Incident } from "../state.ts";

export type ObligationExtended = {
  readonly type: "ObligationExtended";
  readonly obligation: string;
  readonly dueAt: Instant;
  /** When it was due until then. */
  readonly wasDueAt: Instant;
  readonly agreedBy: string;
  readonly reason: string;
};

export type ExtendObligation = {
  readonly type: "ExtendObligation";
  readonly obligation: string;
  readonly dueAt: Instant;
  readonly agreedBy: string;
  readonly reason: string;
};

/**
 * Records an extension of what is owed and runs.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-uncounted`,
 * `extension-not-later`, `text-missing`, `text-too-long`.
 */
export function extendObligation(
  incident: Incident,
  { obligation: id, dueAt, agreedBy, reason }: ExtendObligation,
  { at, policy }: Context,
): Result<readonly ObligationExtended[]> {
  const owed = runningObligation(incident, id, policy);
  if (!owed.ok) return owed;
  const wasDueAt = owed.value.dueAt;
  if (wasDueAt === undefined) {
    const message = "This is promised without a number: there is no due time that could be moved.";
    return refuse("obligation-uncounted", message, "/obligation");
  }
  const problems = [
    laterProblem(dueAt, wasDueAt, at),
    textProblem(
      agreedBy,
      TITLE_CHARACTERS_MAX,
      "/agreedBy",
      owed.value.recipient.kind === "team"
        ? "Say who of us agreed to it."
        : "Say who agreed to it on the other side: without that it is no extension.",
    ),
    textProblem(
      reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      "Say why it takes longer: the reason is kept beside the first due time.",
    ),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    { type: "ObligationExtended", obligation: id, dueAt, wasDueAt, agreedBy, reason },
  ]);
}

/** Keeps it: the last one that is not struck counts. */
export function keepExtension(
  { arranged }: Incident,
  { obligation, dueAt }: ObligationExtended,
  { version }: { readonly version: number },
): void {
  (arranged[obligation] ??= {}).extension = { dueAt, version };
}

function laterProblem(dueAt: Instant, wasDueAt: Instant, now: Instant): Problem | undefined {
  const after = Math.max(wasDueAt, now) as Instant;
  if (dueAt > after) return undefined;
  const message =
    after === wasDueAt
      ? `It is due ${toIsoSeconds(wasDueAt)}: an extension ends after that.`
      : `It is ${toIsoSeconds(now)} now: an extension ends in the future.`;
  return { code: "extension-not-later", message, at: "/dueAt" };
}
