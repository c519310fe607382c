/**
 * Delivering: what became of many letters, recorded in one go.
 *
 * The same rule as for one. A fan-out of thousands would else look at everything that is
 * owed once for each of them; and whoever is paged about what failed is paged once about
 * all of it that is reported together.
 */

import { failurePage } from "../../notice/failure-page.ts";
import type { Context } from "../../context.ts";
import { type NoticeEvent, type RecordDelivery, recordDelivery } from "../../notice/notice.ts";
import { ok, type Result } from "../../problem.ts";
import { incidentOwing } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";

/** Reports of different notices of one incident. */
export type RecordDeliveries = {
  readonly type: "RecordDeliveries";
  readonly reports: readonly Omit<RecordDelivery, "type">[];
};

/** Refuses with `notice-unknown` where one of them is of no notice here. */
export function recordDeliveries(
  incident: Incident,
  { reports }: RecordDeliveries,
  context: Context,
): Result<readonly NoticeEvent[]> {
  const { link, mark } = incidentOwing(incident, context.policy, context.url);
  const paged = { to: context.team, link, mark };
  const events: NoticeEvent[] = [];
  for (const report of reports) {
    const decided = recordDelivery(incident, { type: "RecordDelivery", ...report }, paged);
    if (!decided.ok) return decided;
    events.push(...decided.value.filter(({ type }) => type !== "PageRequested"));
  }
  const failed = events.flatMap((event) => {
    const notice = event.type === "DeliveryFailed" ? incident.notices[event.notice] : undefined;
    return notice === undefined || notice.kind === "page" ? [] : [notice];
  });
  return ok(failed.length === 0 ? events : [...events, failurePage(failed, paged)]);
}
