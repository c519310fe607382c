/**
 * view_incident: one row for each incident, for lists and the cockpit.
 */

import type { PinnedPolicy } from "../../core/context.ts";
import { ghosts } from "../../core/incident/owed/ghosts.ts";
import type { Incident } from "../../core/incident/state.ts";
import type { Result } from "../../core/problem.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage, searchOf } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type IncidentViewRow = {
  /** The reference: INC-7. */
  readonly id: string;
  /** 7. */
  readonly number: number;
  readonly version: number;
  readonly state: "open" | "resolved" | "closed";
  readonly title: string;
  /** Reference and title in lower case. */
  readonly search: string;
  /** The severity that holds, its name and its rank (1 is the most severe) in the pinned policy. */
  readonly severity: string | null;
  readonly severityName: string | null;
  readonly severityRank: number | null;
  readonly severityOf: number;
  /** JSON: ids and names of the phases it is in. */
  readonly phases: string;
  /** The account that leads. */
  readonly lead: string | null;
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly policyVersion: number;
  readonly drill: boolean;
  readonly sample: boolean;
  /** How many obligations would start if what is suspected were confirmed. */
  readonly ghosts: number;
};

export const INCIDENT_VIEW: Table<IncidentViewRow> = {
  name: "view_incident",
  columns: {
    id: "text",
    number: "integer",
    version: "integer",
    state: "text",
    title: "text",
    search: "text",
    severity: "text",
    severityName: "text",
    severityRank: "integer",
    severityOf: "integer",
    phases: "text",
    lead: "text",
    openedAt: "bigint",
    resolvedAt: "bigint",
    closedAt: "bigint",
    policyVersion: "integer",
    drill: "boolean",
    sample: "boolean",
    ghosts: "integer",
  },
};

export function incidentRows(incident: Incident, pinned: PinnedPolicy): readonly IncidentViewRow[] {
  const { policy } = pinned;
  const { openedAt, resolvedAt, closedAt } = incident.moments;
  if (incident.state === "none" || openedAt === undefined) return [];
  const severity = incident.severity.at(-1)?.to;
  const rank = policy.severities.findIndex(({ id }) => id === severity);
  return [
    {
      id: incident.reference,
      number: numberOf(incident.reference),
      version: incident.version,
      state: incident.state,
      title: incident.title,
      search: `${incident.reference} ${incident.title}`.toLowerCase(),
      severity: severity ?? null,
      severityName: policy.severities[rank]?.name ?? null,
      severityRank: rank < 0 ? null : rank + 1,
      severityOf: policy.severities.length,
      phases: JSON.stringify(phasesOf(incident, policy)),
      lead: leadOf(incident, policy),
      openedAt,
      resolvedAt: incident.state === "open" ? null : (resolvedAt ?? null),
      closedAt: incident.state === "closed" ? (closedAt ?? null) : null,
      policyVersion: incident.policy.version,
      drill: incident.drill,
      sample: incident.sample,
      // How many there are does not hang on when they would start.
      ghosts: ghosts(incident, pinned, openedAt).length,
    },
  ];
}

/** 7 of INC-7. */
export const numberOf = (reference: string): number => Number(reference.slice("INC-".length));

function phasesOf(
  { phase }: Incident,
  policy: PinnedPolicy["policy"],
): { id: string; name: string }[] {
  const now = [...(phase.main === undefined ? [] : [phase.main]), ...phase.beside];
  return now.map((id) => ({ id, name: policy.phases.find((one) => one.id === id)?.name ?? id }));
}

/** Whoever holds the first role of the policy that is held inside the team. */
function leadOf({ roles }: Incident, policy: PinnedPolicy["policy"]): string | null {
  const leading = policy.roles.find((role) => role.outside !== true);
  return (leading && roles[leading.id]) ?? null;
}

export type ListedIncident = IncidentViewRow & { readonly subject: string };

export type IncidentFilter = "open" | "resolved" | "closed" | "all";

const SELECT = `v.subject, ${selectList(INCIDENT_VIEW, "v")}`;

const ONE = statement(
  "view-incident-one",
  `select ${SELECT} from view_incident v where v.subject = $1`,
);
const GHOSTS = statement(
  "view-incident-ghosts",
  `select id, title, ghosts as count, sum(ghosts) over () as total from view_incident
   where ghosts > 0 order by ghosts desc, number desc limit 20`,
);
const NEXT_NUMBER = statement(
  "view-incident-next-number",
  "select coalesce(max(number), 0) + 1 as number from view_incident",
);
const TITLES_IN = statement(
  "view-incident-titles-in",
  `select distinct title from view_incident
   where length(title) >= 4 and strpos($1, lower(title)) > 0 limit 20`,
);
const OPEN_COUNT = statement(
  "view-incident-open-count",
  "select count(*) as count from view_incident where state = 'open'",
);

export const incidentView = (pool: Pool) => ({
  /** Newest first. Refuses with cursor-malformed. */
  list(
    filter: { readonly state: IncidentFilter; readonly severity?: string; readonly q?: string },
    page: PageRequest,
  ): Promise<Result<Page<ListedIncident>>> {
    const values: string[] = [];
    const where: string[] = [];
    // One of four words of ours may stand in the text: the partial index needs it there.
    if (filter.state !== "all") where.push(`v.state = '${filter.state}'`);
    if (filter.severity !== undefined) where.push(`v.severity = $${values.push(filter.severity)}`);
    const found = searchOf("v.search", filter.q, values.length + 1);
    return readPage<ListedIncident>(
      pool,
      {
        name: "view-incident",
        select: SELECT,
        base: "view_incident v",
        alias: "v",
        where: [...where, ...found.where],
        values: [...values, ...found.values],
        order: { columns: ["v.number"], types: ["bigint"], falls: true },
        place: ({ number }) => [number],
      },
      page,
    );
  },

  /** By reference. */
  async one(reference: string): Promise<ListedIncident | undefined> {
    return (await pool.rows<ListedIncident>(ONE, [`incident/${reference}`]))[0];
  },

  /** The number that the next incident would have; two who ask at once are told the same. */
  async nextNumber(): Promise<number> {
    return (await pool.rows<{ number: number }>(NEXT_NUMBER))[0]?.number ?? 1;
  },

  /** Incidents in which something would start, the most first, and how many obligations in all. */
  async ghosts(): Promise<{
    readonly total: number;
    readonly of: readonly { readonly id: string; readonly title: string; readonly count: number }[];
  }> {
    const rows = await pool.rows<{ id: string; title: string; count: number; total: number }>(
      GHOSTS,
    );
    return {
      total: Number(rows[0]?.total ?? 0),
      of: rows.map(({ id, title, count }) => ({ id, title, count })),
    };
  },

  /** Titles that stand in a text, whatever became of the incident. */
  titlesIn: async (text: string): Promise<readonly string[]> =>
    (await pool.rows<{ title: string }>(TITLES_IN, [text.toLowerCase()])).map(({ title }) => title),

  async openCount(): Promise<number> {
    return (await pool.rows<{ count: number }>(OPEN_COUNT))[0]?.count ?? 0;
  },
});
