/**
 * Rebase: an open incident goes on under another published version of the policy.
 *
 * A person's act, with a reason; nothing does it by itself. What is on record is counted
 * anew from its own moments: facts set what the new version's vocabulary says, contracts and
 * laws stay as they were taken up, and what was met stays met, even where the new version
 * would have it end otherwise. Nothing of the past is rewritten: a miss that was recorded
 * stays recorded.
 */

import type { Context, PinnedPolicy } from "../context.ts";
import { CLAIM_STATES } from "../policy/condition/condition.ts";
import { momentsSet } from "../policy/policy.ts";
import { type Problem, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import type { IncidentEvent } from "./incident.ts";
import { contractClauses, incidentObligations } from "./owed/obligation.ts";
import type { Answers, Incident } from "./state.ts";

export type IncidentRebased = {
  readonly type: "IncidentRebased";
  readonly fromVersion: number;
  readonly policyVersion: number;
  readonly policyHash: string;
  readonly reason: string;
  /** What the severity is called from here on, where the version has it under another id. */
  readonly severity?: string;
  /** The answers to questions that the version still asks. */
  readonly answers: Answers;
  /** By `<claim>/<state>`: the moments that facts on record set, by the version's vocabulary. */
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** What was met and the version would have open again, by obligation: it stays met. */
  readonly met: Readonly<Record<string, Instant>>;
};

export type RebaseIncident = {
  readonly type: "RebaseIncident";
  /** The number of a published version. */
  readonly policyVersion: number;
  /** What its severity is in that version, where its present one is not there. */
  readonly severity?: string;
  readonly reason: string;
};

/**
 * Moves the incident to another published version.
 * Refuses with `version-unknown`, `version-present`, `severity-unknown`, `clause-taken`,
 * `notice-draft-leaving`, `text-missing`, `text-too-long`. In the browser, which knows no other version, only with
 * what this one tells.
 */
export function rebase(
  incident: Incident,
  { policyVersion, severity, reason }: RebaseIncident,
  { beside, policy }: Pick<Context, "beside" | "policy">,
): Result<readonly IncidentRebased[]> {
  const target = beside?.policy;
  const problems = [
    beside !== undefined && target === undefined
      ? wrong("version-unknown", `There is no version ${policyVersion} of the policy.`)
      : undefined,
    policyVersion === incident.policy.version
      ? wrong("version-present", `It runs under version ${policyVersion} already.`)
      : undefined,
    target && severityProblem(incident, target, severity),
    target && takenProblem(incident, target),
    leavingProblem(incident),
    textProblem(
      reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      "Say why this incident goes on under another version: what was promised when it began is no longer what counts.",
    ),
  ].filter((one) => one !== undefined);
  return refuseAll(
    problems,
    target === undefined
      ? []
      : [
          {
            ...rebasedTo(incident, target, { reason, severity }),
            met: stayingMet(incident, policy, target),
          },
        ],
  );
}

/** The entry that moves `incident` to `target`; for a draft as well, to see what it would do. */
export const rebasedTo = (
  incident: Incident,
  target: PinnedPolicy,
  {
    reason = "",
    severity,
  }: { readonly reason?: string; readonly severity?: string | undefined } = {},
): IncidentRebased => ({
  type: "IncidentRebased",
  fromVersion: incident.policy.version,
  policyVersion: target.version,
  policyHash: target.hash,
  reason,
  ...(severity === undefined ? {} : { severity }),
  answers: Object.fromEntries(
    Object.entries(incident.answers).filter(([id]) =>
      target.policy.questions.some((question) => question.id === id),
    ),
  ),
  sets: setsOf(incident, target),
  met: {},
});

/** Keeps the version, and what goes with it. The facts before it are counted by `recounted`. */
export function keepRebased(
  incident: Incident,
  { policyVersion, policyHash, severity, answers, met }: IncidentRebased,
  { version }: { readonly version: number },
): void {
  incident.policy = { version: policyVersion, hash: policyHash };
  incident.answers = answers;
  const last = incident.severity.at(-1);
  if (severity !== undefined && last !== undefined)
    incident.severity = [...incident.severity.slice(0, -1), { ...last, to: severity }];
  for (const [obligation, at] of Object.entries(met)) {
    (incident.arranged[obligation] ??= {}).met = { at, version };
  }
}

/**
 * The entries as they count after the last re-basing among them: facts from before it set
 * the moments that the later vocabulary says.
 */
export function recounted(
  entries: readonly Recorded<IncidentEvent>[],
): readonly Recorded<IncidentEvent>[] {
  const last = entries.findLast(({ event }) => event.type === "IncidentRebased");
  if (last === undefined) return entries;
  const { sets } = last.event as IncidentRebased;
  return entries.map((recorded) => {
    const { event, version } = recorded;
    if (event.type !== "FactRecorded" || version > last.version) return recorded;
    const now = sets[`${event.claim}/${event.state}`];
    return now === undefined ? recorded : { ...recorded, event: { ...event, sets: now } };
  });
}

const wrong = (code: string, message: string, at = "/policyVersion"): Problem => ({
  code,
  message,
  at,
});

/** A claim that the version does not know sets what it set when it was recorded. */
function setsOf(incident: Incident, { policy }: PinnedPolicy): IncidentRebased["sets"] {
  const claims = new Set(Object.values(incident.facts).map(({ claim }) => claim));
  const known = [...claims].filter((claim) => policy.facts.some((fact) => fact.claim === claim));
  return Object.fromEntries(
    known.flatMap((claim) =>
      CLAIM_STATES.map((state) => [`${claim}/${state}`, momentsSet(policy, claim, state)] as const),
    ),
  );
}

function severityProblem(
  incident: Incident,
  { version, policy }: PinnedPolicy,
  given: string | undefined,
): Problem | undefined {
  const known = policy.severities.map(({ id }) => id);
  const now = given ?? incident.severity.at(-1)?.to;
  if (now === undefined || known.includes(now)) return undefined;
  const message = `Version ${version} has no severity ${now}: say which of ${listed(known)} this incident has there.`;
  return wrong("severity-unknown", message, "/severity");
}

/** An obligation is told by its clause: a contract's and the policy's must not share a name. */
function takenProblem(incident: Incident, { version, policy }: PinnedPolicy): Problem | undefined {
  const bound = contractClauses(incident).map(({ id }) => id);
  const taken = policy.clauses.find(({ id }) => bound.includes(id));
  if (taken === undefined) return undefined;
  const message = `Version ${version} calls a clause ${taken.id}, and so does a contract in this incident: they could not be told apart, so it stays where it is.`;
  return wrong("clause-taken", message);
}

/** What was approved would leave in other words. */
function leavingProblem({ drafts }: Incident): Problem | undefined {
  const held = Object.values(drafts).find(({ state }) => state === "holding");
  if (held === undefined) return undefined;
  const message = `${held.id} is about to leave as it was approved: hold it back, or wait until it has left.`;
  return wrong("notice-draft-leaving", message);
}

/** What the new version would have open again although it was met, by the same clause. */
function stayingMet(
  incident: Incident,
  policy: PinnedPolicy,
  target: PinnedPolicy,
): IncidentRebased["met"] {
  const open = new Set(
    incidentObligations(incident, target)
      .filter(({ stoppedAt }) => stoppedAt === undefined)
      .map(({ id }) => id),
  );
  return Object.fromEntries(
    incidentObligations(incident, policy).flatMap(({ id, stoppedAt, waivedAt }) =>
      open.has(id) && stoppedAt !== undefined && waivedAt === undefined
        ? [[id, stoppedAt] as const]
        : [],
    ),
  );
}
