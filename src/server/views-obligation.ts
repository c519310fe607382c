/**
 * Views of obligations: the deadline board, and why each is due when it is.
 *
 * Whether one runs, was met or was missed is said for the instant of the asking;
 * nothing here is stored.
 */

import type { ObligationView } from "../api/view.ts";
import type { PinnedPolicy } from "../core/context.ts";
import { evolve } from "../core/incident/evolve.ts";
import type { IncidentEvent } from "../core/incident/incident.ts";
import { incidentObligations } from "../core/incident/obligation.ts";
import { emptyIncident } from "../core/incident/state.ts";
import type { Held } from "../core/notice/ladder.ts";
import { explain } from "../core/policy/explain.ts";
import { momentWords } from "../core/policy/moment-words.ts";
import { type Obligation, overdueAt, rungs, standing } from "../core/policy/obligations.ts";
import { ok } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import { signalObligations } from "../core/signal/obligation.ts";
import { parseSubject } from "../core/subject.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import type { ListedObligation, ObligationFilter } from "../store/views/obligation.ts";
import { missing, policyOfVersion, type Reading, recipientNames, sentenceOf } from "./reading.ts";
import type { Opened } from "./subjects.ts";
import type { Asked, Views } from "./views.ts";

/** What one obligation is shown with. */
export type Shown = {
  readonly subject: string;
  readonly policy: PinnedPolicy;
  readonly held: Readonly<Record<string, Held>>;
  readonly names: ReadonlyMap<string, string>;
  readonly at: Instant;
};

export function toObligation(obligation: Obligation, shown: Shown): ObligationView {
  const { clause, recipient, startedAt, dueAt, latestAt, stoppedAt, raisedAt } = obligation;
  const { subject, policy, held, names, at } = shown;
  return {
    id: obligation.id,
    subject,
    clause: clause.id,
    duty: clause.duty,
    recipient: { kind: recipient.kind, id: recipient.id, name: names.get(recipient.id) ?? null },
    says: sentenceOf(clause, policy.policy),
    startedAt: toIso(startedAt),
    dueAt: iso(dueAt),
    overdueAt: iso(overdueAt(obligation)),
    latestAt: iso(latestAt),
    prepareAt: iso(rungs(obligation).find(({ rung }) => rung === "prepare")?.at),
    stoppedAt: iso(stoppedAt),
    raisedAt: iso(raisedAt),
    standing: standing(obligation, at),
    word: typeof clause.within === "string" ? clause.within : null,
    takenBy: held[obligation.id]?.takenBy ?? null,
    problem: obligation.problem?.message ?? null,
  };
}

/** The same of a row of the read table. */
export function rowToObligation(row: ListedObligation, says: string): ObligationView {
  return {
    id: row.id,
    subject: row.subject,
    clause: row.clause,
    duty: row.duty,
    recipient: { kind: row.recipientKind, id: row.recipient, name: row.recipientName },
    says,
    startedAt: toIso(row.startedAt),
    dueAt: iso(row.dueAt),
    overdueAt: iso(row.overdueAt),
    latestAt: iso(row.latestAt),
    prepareAt: iso(row.prepareAt),
    stoppedAt: iso(row.stoppedAt),
    raisedAt: iso(row.raisedAt),
    standing: row.standing,
    word: row.word,
    takenBy: row.takenBy,
    problem: row.problem,
  };
}

export const iso = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : toIso(at);

/** What the promise of a row's clause says; rows of one page share few policies. */
export async function sayingRows(
  reading: Reading,
  rows: Iterable<ListedObligation>,
): Promise<(row: ListedObligation) => ObligationView> {
  const versions = new Set([...rows].map(({ policyVersion }) => policyVersion));
  const policies = new Map(
    await Promise.all(
      [...versions].map(async (one) => [one, await policyOfVersion(reading, one)] as const),
    ),
  );
  return (row) => {
    const policy = policies.get(row.policyVersion)?.policy;
    const clause = policy?.clauses.find(({ id }) => id === row.clause);
    return rowToObligation(row, policy && clause ? sentenceOf(clause, policy) : row.clause);
  };
}

export const obligationViews = (reading: Reading): Pick<Views, "obligations" | "why"> => ({
  async obligations({ query, at }) {
    const { standing: of = "open", subject, cursor, limit } = query as ObligationQuery;
    const filter = { standing: of, ...(subject === undefined ? {} : { subject }) };
    const page = await reading.store.views.obligations.list(filter, at, { cursor, limit });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const toView = await sayingRows(reading, items);
    return ok({
      items: items.map((row) => ({ ...toView(row), subjectTitle: row.subjectTitle })),
      next,
      total,
    });
  },
  why: (asked) => whyOf(reading, asked),
});

type ObligationQuery = {
  readonly standing?: ObligationFilter;
  readonly subject?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** A signal or an incident with what it owes, and the policy that binds it. */
export type Owed = {
  readonly opened: Opened<"signal"> | Opened<"incident">;
  readonly policy: PinnedPolicy;
  readonly owed: readonly Obligation[];
};

export async function owedBy(
  { handling: { world } }: Reading,
  opened: Opened<"signal"> | Opened<"incident">,
): Promise<Owed | undefined> {
  const { folded } = opened;
  const policy = await (folded.kind === "incident"
    ? world.policies.byHash(folded.state.policy.hash)
    : world.policies.current());
  if (!policy) return undefined;
  const owed =
    folded.kind === "incident"
      ? incidentObligations(folded.state, policy)
      : signalObligations(folded.state, policy);
  return { opened, policy, owed };
}

async function whyOf(reading: Reading, { parameters, query, at }: Asked): ReturnType<Views["why"]> {
  const subject = parseSubject(String(query.subject));
  if (subject?.kind !== "signal" && subject?.kind !== "incident") return missing("such subject");
  const opened = await reading.handling.subjects.open(subject.kind, subject.id);
  const owed = opened && (await owedBy(reading, opened as Owed["opened"]));
  const obligation = owed?.owed.find(({ id }) => id === parameters.id);
  if (!owed || !obligation) return missing("such obligation");
  const { policy } = owed;
  const { clause, recipient } = obligation;
  const { zone } = await reading.handling.installation();
  const explained = explain(obligation, policy.terms, zone);
  const names = await recipientNames(reading, [recipient]);
  const { held } = owed.opened.folded.state;
  return ok({
    obligation: toObligation(obligation, { subject: opened.subject, policy, held, names, at }),
    clause,
    clauseSays: sentenceOf(clause, policy.policy),
    source: clause.cites ?? null,
    trigger: {
      moment: explained.moment,
      says: momentWords(explained.moment, policy.policy),
      at: toIso(obligation.startedAt),
      entry: entryThatSet(owed.opened, explained.moment, obligation) ?? null,
    },
    steps: [...explained.steps],
    calendar: explained.calendar ?? null,
    raised: explained.raised ?? null,
  });
}

/** The first entry after which the moment stood where the obligation counts from. */
function entryThatSet(
  { folded, entries }: Owed["opened"],
  moment: string,
  { recipient, startedAt }: Obligation,
): number | undefined {
  if (folded.kind === "signal") return 1;
  const incident = emptyIncident(folded.id);
  const struck = new Set(entries.map(({ event }) => event.type === "EntryStruck" && event.version));
  for (const recorded of entries) {
    evolve(incident, recorded as Recorded<IncidentEvent>, struck.has(recorded.version));
    const { moments } = incident;
    if ((moments[`${moment}/${recipient.id}`] ?? moments[moment]) === startedAt)
      return recorded.version;
  }
  return undefined;
}
