/**
 * Views of obligations: the deadline board; why.ts says why each is due when it is.
 *
 * Whether one runs, was met or was missed is said for the instant of the asking;
 * nothing here is stored.
 */

import type { ObligationView } from "../api/view.ts";
import type { TermsClause } from "../core/policy/bound.ts";
import { ok } from "../core/problem.ts";
import { toIso } from "../core/time/instant.ts";
import type { ListedObligation, ObligationFilter } from "../store/views/obligation.ts";
import { iso } from "./owed.ts";
import { policyOfVersion, type Reading, sentenceOf } from "./reading.ts";
import type { Views } from "./views.ts";
import { whyView } from "./why.ts";

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
    originalDueAt: iso(row.originalDueAt),
    disputedAt: iso(row.disputedAt),
    standing: row.standing,
    word: row.word,
    takenBy: row.takenBy,
    problem: row.problem,
  };
}

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
    const clause =
      row.boundClause === null
        ? policy?.clauses.find(({ id }) => id === row.clause)
        : (JSON.parse(row.boundClause) as TermsClause);
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
      items: items.map((row) => ({
        ...toView(row),
        subjectTitle: row.subjectTitle,
        severity: severityOf(row),
        drill: row.drill,
      })),
      next,
      total,
    });
  },
  why: whyView(reading),
});

const severityOf = ({
  severity: id,
  severityName: name,
  severityRank: rank,
  severityOf: of,
}: ListedObligation) =>
  id === null || rank === null ? null : { id, name: name ?? id, rank, of: of ?? rank };

type ObligationQuery = {
  readonly standing?: ObligationFilter;
  readonly subject?: string;
  readonly cursor?: string;
  readonly limit?: number;
};
