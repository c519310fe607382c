/**
 * Views of obligations: the deadline board; why.ts says why each is due when it is.
 *
 * Whether one runs, was met or was missed is said for the instant of the asking;
 * nothing here is stored.
 */

import type { ObligationView } from "../../api/view.ts";
import type { TermsClause } from "../../core/policy/bound.ts";
import { metOf } from "../../core/policy/met-words.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Instant, parseInstant, toIso } from "../../core/time/instant.ts";
import { parseDay } from "../../core/time/day.ts";
import { dayStart, localDay } from "../../core/time/zone.ts";
import type { ObligationFilter } from "../../store/views/board.ts";
import type { ListedObligation } from "../../store/views/obligation.ts";
import { iso, lawStage } from "./owed.ts";
import { policyOfVersion, type Reading, sentenceOf } from "./reading.ts";
import type { Views } from "./views.ts";
import { zoneOf } from "./attainment.ts";
import { authorityName } from "../regimes.ts";
import { whyView } from "./why.ts";

/** The same of a row of the read table. */
export function rowToObligation(
  row: ListedObligation,
  says: string,
  clause?: TermsClause,
): ObligationView {
  return {
    id: row.id,
    subject: row.subject,
    clause: row.clause,
    duty: row.duty,
    met: (clause && metOf(clause)) ?? null,
    recipient: {
      kind: row.recipientKind,
      id: row.recipient,
      name: row.recipientName ?? clause?.law?.recipient ?? authorityName(row.recipient) ?? null,
    },
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
    law: clause ? lawStage(clause) : null,
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
    const clause: TermsClause | undefined =
      row.boundClause === null
        ? policy?.clauses.find(({ id }) => id === row.clause)
        : (JSON.parse(row.boundClause) as TermsClause);
    // What is by no policy says itself what it is.
    const says = clause && (policy ? sentenceOf(clause, policy) : clause.says);
    return rowToObligation(row, says ?? row.clause, clause);
  };
}

export const obligationViews = (reading: Reading): Pick<Views, "obligations" | "due" | "why"> => ({
  async obligations({ query, at }) {
    const { standing: of = "open", cursor, limit, ...rest } = query as ObligationQuery;
    const filter = filterOf(rest, await zoneOf(reading));
    if (!filter.ok) return filter;
    const page = await reading.store.views.obligations.list({ ...filter.value, standing: of }, at, {
      cursor,
      limit,
    });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const toView = await sayingRows(reading, items);
    return ok({
      items: items.map((row) => ({
        ...toView(row),
        subjectTitle: row.subjectTitle,
        severity: severityOf(row),
        drill: row.drill,
        slack: row.slack,
      })),
      next,
      total,
    });
  },
  async due({ query, at }) {
    const { days = "", zone: asked, ...rest } = query as ObligationQuery & DueQuery;
    const filter = filterOf(rest, await zoneOf(reading));
    if (!filter.ok) return filter;
    const edges = daysOf(days);
    if (!edges.ok) return edges;
    const { zone: own } = await reading.handling.installation();
    const zone = asked === "utc" ? "UTC" : own;
    const todayEndsAt = dayStart(localDay(at, zone) + 1, zone);
    const [board, ghosts] = await Promise.all([
      reading.store.views.obligations.board(filter.value, {
        now: at,
        todayEndsAt,
        days: edges.value,
      }),
      reading.store.views.incidents.ghosts(),
    ]);
    return ok({
      ...board,
      days: board.days.map((day) => ({ ...day })),
      ghosts: { total: ghosts.total, incidents: ghosts.of.map((one) => ({ ...one })) },
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
  readonly standing?: ObligationFilter["standing"];
  readonly subject?: string;
  readonly to?: string;
  readonly party?: string;
  readonly duty?: string;
  readonly clause?: string;
  readonly drills?: "shown" | "hidden";
  readonly dueOn?: string;
  readonly takenBy?: string;
  readonly only?: "at-risk";
  readonly slack?: "shown" | "hidden";
  readonly from?: string;
  readonly until?: string;
  readonly order?: "due" | "party";
  readonly cursor?: string;
  readonly limit?: number;
};

type DueQuery = { readonly days?: string; readonly zone?: "utc" };

/** More days than any month has, with its edges. */
const DAYS_MAX = 64;

/** Refuses with bad-query. */
function filterOf(
  {
    only,
    slack,
    from,
    until,
    drills,
    dueOn,
    ...rest
  }: Omit<ObligationQuery, "standing" | "cursor" | "limit">,
  zone: string,
): Result<Omit<ObligationFilter, "standing">> {
  const [first, last] = dueOn?.split("/").map(parseDay) ?? [];
  if (dueOn !== undefined && (first === undefined || last === undefined))
    return refuse("bad-query", "dueOn must be two dates: 2026-01-01/2026-12-31.", "/dueOn");
  const [dueFrom, dueUntil] = [from, until].map((text) =>
    text === undefined ? undefined : parseInstant(text),
  );
  if (from !== undefined && dueFrom === undefined) return noInstant("from");
  if (until !== undefined && dueUntil === undefined) return noInstant("until");
  return ok({
    ...rest,
    dueFrom: first === undefined ? dueFrom : dayStart(first, zone),
    dueUntil: last === undefined ? dueUntil : dayStart(last + 1, zone),
    withoutDrills: drills === "hidden",
    atRisk: only === "at-risk",
    governing: slack === "hidden",
  });
}

/** Refuses with bad-query. */
function daysOf(text: string): Result<readonly Instant[]> {
  const days = text === "" ? [] : text.split(",").map(parseInstant);
  const isRising = days.every((day, i) => day !== undefined && day > (days[i - 1] ?? -Infinity));
  if (days.length > DAYS_MAX || !isRising) {
    const message = `days are at most ${DAYS_MAX} instants, rising, with commas between them: where each day begins, and where the last one ends.`;
    return refuse("bad-query", message, "/days");
  }
  return ok(days as readonly Instant[]);
}

const noInstant = (name: string): Result<never> =>
  refuse("bad-query", `${name} must be an instant, like 2026-11-20T21:05:00Z.`, `/${name}`);
