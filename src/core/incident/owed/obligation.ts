/**
 * Obligation, as the incident owes it: everything but the answers to reporters
 * and the escalation, which their signals owe.
 *
 * Derived whenever asked, never kept: only misses and reminders are, by the
 * ladder.
 */

import type { PinnedPolicy } from "../../context.ts";
import { nextWakeAt, type Owing } from "../../notice/ladder.ts";
import { runningOf } from "../../notice/meet.ts";
import { leadRole, outsideContact } from "../../policy/escalation.ts";
import { afterArranging } from "../../policy/arranged.ts";
import { boundTo, type TermsClause } from "../../policy/bound.ts";
import { bySoonest, type Obligation, obligations } from "../../policy/obligations.ts";
import type { Recipient } from "../../policy/situation.ts";
import { invariant, type Result } from "../../problem.ts";
import type { Instant } from "../../time/instant.ts";
import { startPageDueAt } from "./start-page-due.ts";
import { lastCounted, touchedFrom, touchedSince } from "./counted.ts";
import { keepingLaw } from "./kept-law.ts";
import { looksOwed, wordsOwed } from "./promise.ts";
import { leavesAt } from "../notice/sending-due.ts";
import { situationOf } from "../situation.ts";
import { customerId, type Incident, providerId } from "../state.ts";

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
  const known =
    held && stands && held.policy === policy
      ? held
      : { version, nth: counted?.nth, policy, ...countOn(incident, policy, counted?.nth) };
  OWED.set(incident, known);
  if (counted !== undefined) {
    keep(counted.entry, known);
    touchedFrom(incident, counted.nth);
  }
  return known.owed;
}

type Known = Count & {
  readonly version: number;
  readonly nth: number | undefined;
  readonly policy: PinnedPolicy;
};

/** By state, what it owed when it was last asked. */
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

/** What is owed, and the parts of it that the next count may take over. */
type Count = {
  readonly owed: readonly Obligation[];
  readonly promised: readonly Obligation[];
  readonly words: readonly Obligation[];
};

/** Goes on from the last count of the same state where it is known whom all since has touched. */
function countOn(incident: Incident, policy: PinnedPolicy, nth: number | undefined): Count {
  const before = nth === undefined ? undefined : OWED.get(incident);
  const touched =
    before?.nth === undefined || before.policy !== policy
      ? undefined
      : touchedSince(incident, before.nth);
  return touched
    ? count(incident, policy, { before: before as Known, touched })
    : count(incident, policy);
}

type Since = { readonly before: Count; readonly touched: ReadonlySet<string> };

/**
 * What is owed to others than the touched was counted before. The team, an authority and the
 * public are touched by whatever touches anybody.
 */
function count(incident: Incident, { terms, law }: PinnedPolicy, since?: Since): Count {
  invariant(law !== undefined || !incident.law, `${incident.reference} looks at laws, unread`);
  const clauses = terms.clauses.filter(({ duty }) => duty !== "acknowledge" && duty !== "escalate");
  const all = { ...terms, clauses: [...clauses, ...contractClauses(incident)] };
  const situation = situationOf(incident);
  const isAgain = ({ kind, id }: Recipient): boolean =>
    since === undefined || since.touched.has(id) || !PARTIES.has(kind);
  const recipients = situation.recipients.filter(isAgain);
  const again = obligations(all, { ...situation, recipients });
  const kept = (owed: readonly Obligation[] = []): readonly Obligation[] =>
    owed.filter(({ recipient }) => !isAgain(recipient));
  const promised = since ? bySoonest([...kept(since.before.promised), ...again]) : again;
  const words = [...kept(since?.before.words), ...wordsOwed(incident, since?.touched)];
  const byLaw = law?.(incident, terms) ?? [];
  const here = [...byLaw, ...looksOwed(incident), ...words];
  const owed = here.length === 0 ? promised : bySoonest([...keepingLaw(promised, byLaw), ...here]);
  return { owed: afterArranging(owed, incident.arranged), promised, words };
}

/** What is owed to one of these hangs on what happened to them, and on nobody else's letter. */
const PARTIES: ReadonlySet<string> = new Set(["customer", "provider", "reporter"]);

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
