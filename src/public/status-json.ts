/**
 * Status as JSON, in the shape that Statuspage gives and its readers know.
 *
 *   /api/v2/summary.json             all of it that is of today
 *   /api/v2/status.json              one word for the whole
 *   /api/v2/components.json          what people rely on
 *   /api/v2/incidents.json           the last fifty, with every update
 *   /api/v2/incidents/unresolved.json, /api/v2/scheduled-maintenances.json
 *
 * https://metastatuspage.com/api has the shape; ids are ours. An update that was corrected
 * carries its present words: struck ones stand on the page.
 */

import { hash } from "node:crypto";
import {
  type ComponentState,
  componentState,
  type Impact,
  IMPACTS,
  impactOf,
  isOver,
  lastUpdate,
  stateAt,
  type StatusIncident,
  type StatusPage,
  type StatusState,
  type StatusUpdate,
} from "../core/status/state.ts";
import { overall } from "../core/status/words.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import type { StatusShown } from "./status-place.ts";

const INCIDENTS_MAX = 50;

type Json = Readonly<Record<string, unknown>>;
type Given = StatusShown & { readonly url: string };

/** Each address below /api/v2, and what it answers. */
export const STATUS_JSON: Readonly<Record<string, (given: Given) => Json>> = {
  "summary.json": (given) => ({
    page: pageOf(given),
    components: components(given),
    incidents: incidents(given, (one) => !isOver(one)),
    scheduled_maintenances: maintenances(given, (one) => !isOver(one)),
    status: statusOf(given),
  }),
  "status.json": (given) => ({ page: pageOf(given), status: statusOf(given) }),
  "components.json": (given) => ({ page: pageOf(given), components: components(given) }),
  "incidents.json": (given) => ({ page: pageOf(given), incidents: incidents(given, () => true) }),
  "incidents/unresolved.json": (given) => ({
    page: pageOf(given),
    incidents: incidents(given, (one) => !isOver(one)),
  }),
  "scheduled-maintenances.json": (given) => ({
    page: pageOf(given),
    scheduled_maintenances: maintenances(given, () => true),
  }),
};

const COMPONENT: Readonly<Record<ComponentState, string>> = {
  operational: "operational",
  maintenance: "under_maintenance",
  degraded: "degraded_performance",
  "partial-outage": "partial_outage",
  "major-outage": "major_outage",
};

const pageId = (url: string): string => hash("sha256", url, "hex").slice(0, 12);

const pageOf = ({ url, organisation, zone, page }: Given): Json => ({
  id: pageId(url),
  name: organisation,
  url: `${url}/status`,
  time_zone: zone,
  updated_at: iso(changedAt(page)),
});

/** When anything was said last; the beginning of time where nothing was. */
const changedAt = ({ said, components: known }: StatusPage): Instant =>
  Math.max(0, ...known.map(({ at }) => at), said.at(-1)?.at ?? 0) as Instant;

function statusOf({ page, now }: Given): Json {
  const open = page.incidents.filter((one) => !isOver(one) && one.kind === "incident");
  const shown = page.components.filter(({ removed }) => !removed);
  const states = shown.map(({ id }) => componentState(page, id, now));
  const worst = worstImpact([impactOf(states), ...open.map((one) => lastUpdate(one).impact)]);
  const isMaintained = worst === "none" && states.includes("maintenance");
  return { indicator: isMaintained ? "maintenance" : worst, description: overall(page, now) };
}

const worstImpact = (impacts: readonly Impact[]): Impact =>
  IMPACTS[Math.max(...impacts.map((one) => IMPACTS.indexOf(one)))] ?? "none";

function components({ page, url, now }: Given): readonly Json[] {
  return page.components
    .filter(({ removed }) => !removed)
    .map(({ id, name, about, at }, index) => ({
      id,
      name,
      status: COMPONENT[componentState(page, id, now)],
      created_at: iso(at),
      updated_at: iso(lastNamed(page, id) ?? at),
      position: index + 1,
      description: about ?? null,
      showcase: true,
      start_date: null,
      group_id: null,
      page_id: pageId(url),
      group: false,
      only_show_if_degraded: false,
    }));
}

const lastNamed = ({ incidents: all }: StatusPage, component: string): Instant | undefined =>
  all
    .flatMap(({ updates }) => updates)
    .filter((one) => Object.hasOwn(one.components, component))
    .map(({ at }) => at)
    .sort((a, b) => b - a)[0];

const some = (
  { page }: Given,
  kind: StatusIncident["kind"],
  is: (one: StatusIncident) => boolean,
): readonly StatusIncident[] =>
  page.incidents
    .filter((one) => one.kind === kind && is(one))
    .toReversed()
    .slice(0, INCIDENTS_MAX);

const incidents = (given: Given, is: (one: StatusIncident) => boolean): readonly Json[] =>
  some(given, "incident", is).map((one) => incidentOf(given, one));

const maintenances = (given: Given, is: (one: StatusIncident) => boolean): readonly Json[] =>
  some(given, "maintenance", is).map((one) => ({
    ...incidentOf(given, one),
    impact: "maintenance",
    scheduled_for: iso(one.startsAt),
    scheduled_until: iso(one.endsAt),
  }));

function incidentOf(given: Given, incident: StatusIncident): Json {
  const { page, url, now } = given;
  const { id, title, openedAt, updates } = incident;
  const last = lastUpdate(incident);
  const named = new Set(updates.flatMap((one) => Object.keys(one.components)));
  return {
    id,
    name: title,
    status: word(stateAt(incident, now)),
    created_at: iso(openedAt),
    updated_at: iso(updatedAt(last)),
    monitoring_at: iso(updates.find(({ state }) => state === "monitoring")?.at),
    resolved_at: iso(isOver(incident) ? last.at : undefined),
    impact: worstImpact(updates.map(({ impact }) => impact)),
    shortlink: `${url}/status/${id}`,
    started_at: iso(openedAt),
    page_id: pageId(url),
    incident_updates: updates.toReversed().map((one) => updateOf(page, incident, one)),
    components: components(given).filter((one) => named.has(one.id as string)),
    reminder_intervals: null,
  };
}

function updateOf(page: StatusPage, { id, updates }: StatusIncident, update: StatusUpdate): Json {
  const before = updates[update.update - 2];
  return {
    id: `${id}-${update.update}`,
    status: word(update.state),
    body: update.text,
    incident_id: id,
    created_at: iso(update.at),
    updated_at: iso(updatedAt(update)),
    display_at: iso(update.at),
    affected_components: Object.entries(update.components).map(([code, state]) => ({
      code,
      name: page.components.find((one) => one.id === code)?.name ?? code,
      old_status: COMPONENT[before?.components[code] ?? "operational"],
      new_status: COMPONENT[state],
    })),
    deliver_notifications: page.said.some((one) => one.number === update.number && one.tell),
    custom_tweet: null,
    tweet_id: null,
  };
}

/** A correction changes it. */
export const updatedAt = ({ at, struck }: StatusUpdate): Instant => struck.at(-1)?.until ?? at;

const word = (state: StatusState): string => state.replace("-", "_");
const iso = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));
