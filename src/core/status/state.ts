/**
 * State: what the status page says, after the events so far.
 *
 * A status incident is written for this page and nothing else: it has a title, a state and
 * updates of its own, and knows of no incident behind it. What a component is like follows
 * from the updates that name it and are not over; nobody sets it by hand beside them.
 */

import type { Held } from "../notice/ladder.ts";
import type { NoticeState } from "../notice/notice.ts";
import type { Instant } from "../time/instant.ts";

/** From the best to the worst; maintenance is announced and no fault. */
export const COMPONENT_STATES = [
  "operational",
  "maintenance",
  "degraded",
  "partial-outage",
  "major-outage",
] as const;
export type ComponentState = (typeof COMPONENT_STATES)[number];

export const STATUS_KINDS = ["incident", "maintenance"] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];

/** Of an incident first, then of maintenance; the last of each ends it. */
export const STATUS_STATES = [
  "investigating",
  "identified",
  "monitoring",
  "resolved",
  "scheduled",
  "in-progress",
  "completed",
] as const;
export type StatusState = (typeof STATUS_STATES)[number];

export const STATES_OF: Readonly<Record<StatusKind, readonly StatusState[]>> = {
  incident: ["investigating", "identified", "monitoring", "resolved"],
  maintenance: ["scheduled", "in-progress", "completed"],
};

export const IMPACTS = ["none", "minor", "major", "critical"] as const;
export type Impact = (typeof IMPACTS)[number];

export type Component = {
  readonly id: string;
  readonly at: Instant;
  name: string;
  about?: string;
  /** Its past stays readable. */
  removed: boolean;
};

/** Words that stood on the page and do no longer: struck, and still to be read. */
export type Struck = { readonly text: string; readonly until: Instant; readonly by: string };

export type StatusUpdate = {
  /** From 1 within its status incident. */
  readonly update: number;
  /** Counts everything that was said on the page, corrections included. */
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
  readonly state: StatusState;
  readonly impact: Impact;
  /** What it said of each component that it names. */
  readonly components: Readonly<Record<string, ComponentState>>;
  text: string;
  /** By when it says that the next one comes. */
  readonly nextAt?: Instant;
  /** Oldest first. */
  readonly struck: Struck[];
};

export type StatusIncident = {
  /** `S-7QK4M2`: public, and drawn at random. */
  readonly id: string;
  readonly kind: StatusKind;
  readonly title: string;
  readonly openedAt: Instant;
  /** Of maintenance: its window. */
  startsAt?: Instant;
  endsAt?: Instant;
  /** Oldest first; at least one. */
  readonly updates: StatusUpdate[];
};

/** Something that was said, and whether subscribers are told of it. */
export type Said = {
  readonly number: number;
  readonly status: string;
  readonly update: number;
  readonly isCorrection: boolean;
  readonly at: Instant;
  readonly tell?: { readonly author: string };
};

export type StatusPage = {
  version: number;
  /** In the order in which they were first described. */
  components: Component[];
  /** Oldest first. */
  incidents: StatusIncident[];
  said: Said[];
  notices: Record<string, NoticeState>;
  moments: Record<string, Instant>;
  held: Record<string, Held>;
};

export const emptyStatusPage = (): StatusPage => ({
  version: 0,
  components: [],
  incidents: [],
  said: [],
  notices: {},
  moments: {},
  held: {},
});

/** Its last word. */
export const lastUpdate = ({ updates }: StatusIncident): StatusUpdate =>
  updates.at(-1) as StatusUpdate;

/** Resolved or completed: a person has said so. */
export const isOver = (incident: StatusIncident): boolean =>
  ["resolved", "completed"].includes(lastUpdate(incident).state);

/** Maintenance that is announced and has neither been begun nor reached its window. */
export const isAhead = (incident: StatusIncident, now: Instant): boolean =>
  incident.kind === "maintenance" &&
  lastUpdate(incident).state === "scheduled" &&
  (incident.startsAt === undefined || now < incident.startsAt);

/** What its state is at `now`: the window of maintenance opens by itself, and only a person closes it. */
export const stateAt = (incident: StatusIncident, now: Instant): StatusState => {
  const { state } = lastUpdate(incident);
  return state === "scheduled" && !isAhead(incident, now) ? "in-progress" : state;
};

/** The worst that the updates which are not over say of a component. */
export function componentState(
  { incidents }: Pick<StatusPage, "incidents">,
  component: string,
  now: Instant,
): ComponentState {
  const said = incidents
    .filter((one) => !isOver(one) && !isAhead(one, now))
    .map((one) => saidOf(one, component));
  return worstOf(said);
}

/** The last word of a status incident on one component; maintenance is the least it can be there. */
function saidOf(incident: StatusIncident, component: string): ComponentState {
  const last = incident.updates.findLast(({ components }) => Object.hasOwn(components, component));
  const said = last?.components[component] ?? "operational";
  return said === "operational" && last && incident.kind === "maintenance" ? "maintenance" : said;
}

export const worstOf = (states: readonly ComponentState[]): ComponentState =>
  COMPONENT_STATES[Math.max(0, ...states.map((state) => COMPONENT_STATES.indexOf(state)))] ??
  "operational";

/** How bad these states are together, where nobody says otherwise. */
export const impactOf = (states: readonly ComponentState[]): Impact =>
  (
    ({
      operational: "none",
      maintenance: "none",
      degraded: "minor",
      "partial-outage": "major",
      "major-outage": "critical",
    }) as const
  )[worstOf(states)];
