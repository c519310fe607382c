/**
 * Views of incidents: the list, and one incident whole.
 *
 * Whole means folded from its entries: what the room shows, what the browser
 * asks `decide` with, and what a past instant is read from are the same thing.
 */

import type { IncidentRow } from "../../api/view.ts";
import type { Context } from "../../core/context.ts";
import { openToClose } from "../../core/incident/response/closure.ts";
import { recipientsOf } from "../../core/incident/situation.ts";
import type { Incident } from "../../core/incident/state.ts";
import { type Obligation, standing } from "../../core/policy/obligations.ts";
import { ok } from "../../core/problem.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import {
  type IncidentFilter,
  incidentRows,
  type IncidentViewRow,
} from "../../store/views/incident.ts";
import { nextSays } from "./next-says.ts";
import { missing, type Reading, recipientNames } from "./reading.ts";
import type { Asked, Views } from "./views.ts";
import { noticesOf } from "./notice.ts";
import { iso, type Owed, owedBy, toObligation } from "./owed.ts";
import { sayingRows } from "./obligation.ts";
import { customersOf, providersOf } from "./party.ts";
import { noticeRowsOf } from "./signal.ts";

type IncidentQuery = {
  readonly state?: IncidentFilter;
  readonly severity?: string;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

export const incidentViews = (reading: Reading): Pick<Views, "incidents" | "incident"> => ({
  async incidents({ query, at }) {
    const { state = "all", severity, q, cursor, limit } = query as IncidentQuery;
    const { views } = reading.store;
    const filter = {
      state,
      ...(severity === undefined ? {} : { severity }),
      ...(q === undefined ? {} : { q }),
    };
    const page = await views.incidents.list(filter, { cursor, limit });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const subjects = items.map(({ subject }) => subject);
    const [nexts, missed, people] = await Promise.all([
      views.obligations.nextOf(subjects, at),
      views.obligations.missedOf(subjects, at),
      peopleNames(reading),
    ]);
    const toView = await sayingRows(reading, nexts.values());
    const rows = items.map((row) => {
      const following = nexts.get(row.subject);
      return {
        ...toRow(row, people),
        missed: missed.get(row.subject) ?? 0,
        next: following ? toView(following) : null,
      };
    });
    return ok({ items: rows, next, total });
  },
  incident: (asked) => whole(reading, asked),
});

export function toRow(
  row: IncidentViewRow,
  people: ReadonlyMap<string, string>,
): Omit<IncidentRow, "missed" | "next"> {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    severity:
      row.severity === null
        ? null
        : {
            id: row.severity,
            name: row.severityName ?? row.severity,
            rank: row.severityRank ?? row.severityOf,
            of: row.severityOf,
          },
    phases: JSON.parse(row.phases),
    lead: row.lead === null ? null : (people.get(row.lead) ?? row.lead),
    openedAt: toIso(row.openedAt),
    resolvedAt: iso(row.resolvedAt),
    closedAt: iso(row.closedAt),
    policyVersion: row.policyVersion,
    sample: row.sample,
  };
}

/** Names by account, of those who have left too: old incidents were led by them. */
export async function peopleNames({ handling }: Reading): Promise<ReadonlyMap<string, string>> {
  const { accounts } = await handling.access();
  return new Map(Object.values(accounts).map(({ id, name }) => [id, name]));
}

async function whole(
  reading: Reading,
  { parameters, at, asOf, caller }: Asked,
): ReturnType<Views["incident"]> {
  const { store, handling } = reading;
  const when = asOf ?? at;
  const opened = await handling.subjects.openAsOf("incident", parameters.id ?? "", asOf);
  const owed = opened && (await owedBy(reading, opened));
  if (!opened || !owed) return missing("such incident");
  const incident = opened.folded.state;
  const [row] = incidentRows(incident, owed.policy);
  if (!row) return missing("such incident");
  const [names, people, signals, customers, providers, notices, { zone }, team] = await Promise.all(
    [
      recipientNames(reading, recipientsOf(incident)),
      peopleNames(reading),
      store.views.signals.ofIncident(incident.reference),
      customersOf(
        reading,
        incident.customers.map(({ id }) => id),
      ),
      providersOf(
        reading,
        incident.providers.map(({ id }) => id),
      ),
      noticeRowsOf(reading, opened, asOf),
      handling.installation(),
      handling.team(),
    ],
  );
  const { policy } = owed;
  const shown = { subject: opened.subject, policy, held: incident.held, names, at: when };
  const here = soonest(owed.owed);
  const obligations = here.map((one) => toObligation(one, shown));
  const context: Context = { at: when, by: caller.by, policy, team, zone, url: "" };
  return ok({
    ...toRow(row, people),
    missed: owed.owed.filter((one) => standing(one, when) === "missed").length,
    next: obligations.find(({ stoppedAt }) => stoppedAt === null) ?? null,
    version: opened.version,
    policyHash: incident.policy.hash,
    entries: opened.entries.length,
    signals: linked(incident, new Map(signals.map(({ id, title }) => [id, title]))),
    customers: [...customers],
    providers: [...providers],
    obligations,
    owedTotal: owed.owed.length,
    notices: [...noticesOf(notices, opened.entries)],
    nextSays: nextOf(incident, owed, names, context, when),
    asOf: iso(asOf),
    folded: { ...incident, drafts: withoutLetters(incident.drafts), ownPages: {} },
  });
}

/** What a room shows at once; ten thousand customers are owed more than a browser should be sent. */
const OBLIGATIONS_MAX = 1_000;

/** All of them, or of very many the soonest of those that run. */
function soonest(owed: readonly Obligation[]): readonly Obligation[] {
  if (owed.length <= OBLIGATIONS_MAX) return owed;
  const open = owed.filter(({ stoppedAt }) => stoppedAt === undefined);
  return (open.length === 0 ? owed : open).slice(0, OBLIGATIONS_MAX);
}

/** A list of ten thousand recipients is read with the draft itself. */
const withoutLetters = (drafts: Incident["drafts"]): Incident["drafts"] =>
  Object.fromEntries(
    Object.entries(drafts).map(([id, { asked: _, ...draft }]) => [
      id,
      { ...draft, recipients: draft.recipients.slice(0, 3) },
    ]),
  );

function nextOf(
  incident: Incident,
  { owed, policy }: Owed,
  names: ReadonlyMap<string, string>,
  context: Context,
  at: Instant,
): string {
  const { zone } = context;
  return nextSays({
    incident,
    policy,
    owed,
    openToClose: openToClose(incident, context),
    names,
    zone,
    at,
  });
}

const linked = ({ signals }: Incident, titles: ReadonlyMap<string, string>) =>
  signals.map(({ signal, acknowledgedAt }) => ({
    id: signal,
    title: titles.get(signal) ?? signal,
    acknowledgedAt: iso(acknowledgedAt),
  }));
