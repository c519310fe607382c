/** The view of promise against record: each clause's promise, and what became of it in a period. */

import type { ViewOf } from "../../api/view.ts";
import type { TermsClause } from "../../core/policy/bound.ts";
import { attainment, keptShare, total } from "../../core/policy/attainment.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { parseDay, plusMonths, toDateText } from "../../core/time/day.ts";
import type { Instant } from "../../core/time/instant.ts";
import { dayStart, localDay } from "../../core/time/zone.ts";
import type { AttainmentRow } from "../../store/views/attainment.ts";
import { policyOfVersion, type Reading, recipientNames, sentenceOf } from "./reading.ts";
import type { Views } from "./views.ts";

/** A year of 366 days, ten times. */
const DAYS_MAX = 3_660;

export const attainmentViews = (reading: Reading): Pick<Views, "attainment"> => ({
  async attainment({ query, at }) {
    const zone = await zoneOf(reading);
    const period = periodOf(query as Period, at, zone);
    if (!period.ok) return period;
    const { from, to, fromAt, untilAt } = period.value;
    const rows = await reading.store.views.attainment.byPromise({
      from: fromAt,
      until: untilAt,
      now: at,
    });
    return ok({
      from,
      to,
      zone,
      ...(await told(reading, rows)),
    });
  },
});

/** Days are those of the calendar that the policy counts by. */
export async function zoneOf({ handling }: Pick<Reading, "handling">): Promise<string> {
  const policy = await handling.world.policies.current();
  const calendar = policy?.terms.calendars.get(policy.terms.calendar);
  return calendar?.zone ?? (await handling.installation()).zone;
}

type Period = { readonly from?: string; readonly to?: string };

/** Both days included; without them the year that ends today. Refuses with bad-query. */
function periodOf(
  { from, to }: Period,
  now: Instant,
  zone: string,
): Result<{ from: string; to: string; fromAt: Instant; untilAt: Instant }> {
  const last = to === undefined ? localDay(now, zone) : parseDay(to);
  if (last === undefined) return refuse("bad-query", "to must be a date, like 2026-12-31.", "/to");
  const first = from === undefined ? plusMonths(last, -12) + 1 : parseDay(from);
  if (first === undefined)
    return refuse("bad-query", "from must be a date, like 2026-01-01.", "/from");
  if (first > last || last - first > DAYS_MAX)
    return refuse(
      "bad-query",
      "from must not be after to, nor more than ten years before.",
      "/from",
    );
  return ok({
    from: toDateText(first),
    to: toDateText(last),
    fromAt: dayStart(first, zone),
    untilAt: dayStart(last + 1, zone),
  });
}

type Told = Pick<ViewOf<"attainment">, "items" | "total">;

async function told(reading: Reading, rows: readonly AttainmentRow[]): Promise<Told> {
  const lines = attainment(rows);
  const parties = lines.flatMap(({ party, to }) =>
    party === null ? [] : [{ kind: to as "customer" | "provider", id: party }],
  );
  const names = await recipientNames(reading, parties);
  const says = await sentences(reading, rows);
  return {
    items: lines.map((line) => ({
      ...line,
      says: says(line),
      partyName: line.party === null ? null : (names.get(line.party) ?? null),
      kept: keptShare(line) ?? null,
    })),
    total: { ...total(lines), kept: keptShare(total(lines)) ?? null },
  };
}

/** What each promise says, by the newest version that it was counted by. */
async function sentences(reading: Reading, rows: readonly AttainmentRow[]) {
  const versions = [...new Set(rows.map(({ policyVersion }) => policyVersion))].sort(
    (a, b) => b - a,
  );
  const policies = new Map(
    await Promise.all(
      versions.map(async (one) => [one, await policyOfVersion(reading, one)] as const),
    ),
  );
  return ({
    clause,
    origin,
    party,
  }: Pick<AttainmentRow, "clause" | "origin" | "party">): string => {
    const row = rows.find(
      (one) => one.clause === clause && one.origin === origin && one.party === party,
    );
    const policy = policies.get(row?.policyVersion ?? 0)?.policy;
    const known =
      row?.boundClause == null
        ? policy?.clauses.find(({ id }) => id === clause)
        : (JSON.parse(row.boundClause) as TermsClause);
    return known && policy ? sentenceOf(known, policy) : (known?.says ?? clause);
  };
}
