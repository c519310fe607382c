/**
 * Obligation, as the incident owes it: everything but the answers to reporters
 * and the escalation, which their signals owe.
 *
 * Derived whenever asked, never kept: only misses and reminders are, by the
 * ladder.
 */

import type { PinnedPolicy } from "../context.ts";
import { nextWakeAt, type Owing } from "../notice/ladder.ts";
import { runningOf } from "../notice/meet.ts";
import { leadRole, outsideContact } from "../policy/escalation.ts";
import { afterArranging } from "../policy/arranged.ts";
import { boundTo, type TermsClause } from "../policy/bound.ts";
import { bySoonest, type Obligation, obligations } from "../policy/obligations.ts";
import { invariant, type Result } from "../problem.ts";
import type { Instant } from "../time/instant.ts";
import { startPageDueAt } from "./start-page-due.ts";
import { lastCounted } from "./counted.ts";
import { keepingLaw } from "./kept-law.ts";
import { promises } from "./promise.ts";
import { leavesAt } from "./sending-due.ts";
import { situationOf } from "./situation.ts";
import { customerId, type Incident, providerId } from "./state.ts";

/**
 * What this incident owes under the policy it is pinned to, soonest due first.
 *
 * One command asks several times over (what was missed, what it meets, what the board shows), and
 * so does whoever reads after it: the answer is kept until an entry comes that may change it.
 */
export function incidentObligations(
  incident: Incident,
  policy: PinnedPolicy,
): readonly Obligation[] {
  const { version } = incident;
  const counted = lastCounted(incident);
  const held = (counted && BY_ENTRY.get(counted.entry)) ?? OWED.get(incident);
  const stands = counted === undefined ? held?.version === version : held?.nth === counted.nth;
  if (held && stands && held.policy === policy) return held.owed;
  const owed = owedBy(incident, policy);
  const known: Known = { version, nth: counted?.nth, policy, owed };
  if (counted === undefined) OWED.set(incident, known);
  else keep(counted.entry, known);
  return owed;
}

type Known = {
  readonly version: number;
  readonly nth: number | undefined;
  readonly policy: PinnedPolicy;
  readonly owed: readonly Obligation[];
};

/** Of states that were supposed. */
const OWED = new WeakMap<Incident, Known>();
/** Of states that entries made, by the last that counts: so few, that few are held in memory. */
const BY_ENTRY = new Map<object, Known>();
const ENTRIES_MAX = 8;

function keep(entry: object, known: Known): void {
  BY_ENTRY.delete(entry);
  BY_ENTRY.set(entry, known);
  const [oldest] = BY_ENTRY.keys();
  if (BY_ENTRY.size > ENTRIES_MAX && oldest !== undefined) BY_ENTRY.delete(oldest);
}

function owedBy(incident: Incident, { terms, law }: PinnedPolicy): readonly Obligation[] {
  invariant(law !== undefined || !incident.law, `${incident.reference} looks at laws, unread`);
  const clauses = terms.clauses.filter(({ duty }) => duty !== "acknowledge" && duty !== "escalate");
  const all = [...clauses, ...contractClauses(incident)];
  const promised = obligations({ ...terms, clauses: all }, situationOf(incident));
  const byLaw = law?.(incident, terms) ?? [];
  const here = [...byLaw, ...promises(incident)];
  const owed = here.length === 0 ? promised : bySoonest([...keepingLaw(promised, byLaw), ...here]);
  return afterArranging(owed, incident.arranged);
}

/** The clauses of the contracts with those who are touched or involved, as they bound then. */
export const contractClauses = ({ customers, providers }: Incident): readonly TermsClause[] => [
  ...customers.flatMap(({ id, bond }) =>
    bond === undefined ? [] : boundTo({ kind: "customer", id: customerId(id) }, bond),
  ),
  ...providers.flatMap(({ id, bond }) =>
    bond === undefined ? [] : boundTo({ kind: "provider", id: providerId(id) }, bond, true),
  ),
];

/** What is owed under this id and still runs. Refuses with `obligation-unknown`, `obligation-stopped`. */
export const runningObligation = (
  incident: Incident,
  id: string,
  policy: PinnedPolicy,
): Result<Obligation> => runningOf(incidentObligations(incident, policy), id);

/** When the worker must look at this incident again. */
export function incidentWakeAt(incident: Incident, policy: PinnedPolicy): Instant | undefined {
  if (incident.state === "none") return undefined;
  const owing = incidentOwing(incident, policy, "");
  const bySelf = sooner(leavesAt(incident), startPageDueAt(incident, owing.owed));
  return sooner(nextWakeAt(owing), bySelf);
}

const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** What the ladder needs to know of this incident. */
export function incidentOwing(incident: Incident, policy: PinnedPolicy, url: string): Owing {
  const { roles } = policy.policy;
  const leading = leadRole(roles);
  const lead = incident.roles[leading?.id ?? ""];
  const deputy = incident.roles[leading?.deputy ?? ""];
  const outside = outsideContact(roles);
  return {
    owed: incidentObligations(incident, policy).filter((owed) => isPressing(owed, incident)),
    held: incident.held,
    link: `${url}/app/incidents/${incident.reference}`,
    mark: incident.drill ? "DRILL: " : "",
    ...(lead === undefined ? {} : { lead }),
    ...(deputy === undefined ? {} : { deputy }),
    ...(outside === undefined ? {} : { outside }),
  };
}

/** Our own targets end when the incident is closed; what is owed to others does not. */
const isPressing = ({ recipient, startedAt }: Obligation, { moments }: Incident): boolean =>
  recipient.kind !== "team" || startedAt >= (moments["closedAt"] ?? -Infinity);
