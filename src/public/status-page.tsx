/** The status page, one event's page, and a year's. */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import {
  componentState,
  isAhead,
  isOver,
  lastUpdate,
  type StatusIncident,
  type StatusPage,
  worstOf,
} from "../core/status/state.ts";
import { COMPONENT_WORDS, overall, STATUS_WORDS } from "../core/status/words.ts";
import { formatDate, formatMonth, localYear } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { aheadOf, Event, Shape, type Shown, Time } from "./status-parts.tsx";
import { isInUse } from "./status-place.ts";

type Given = Shown & { readonly asOf: Instant };

const PAST_SHOWN = 8;

export function Status(given: Given & { readonly organisation: string }) {
  const { page, asOf, zone, base } = given;
  if (!isInUse(page)) return <Unused />;
  const shown = page.components.filter(({ removed }) => !removed);
  const worst = worstOf(shown.map(({ id }) => componentState(page, id, asOf)));
  const open = page.incidents.filter((one) => !isOver(one) && !isAhead(one, asOf)).toReversed();
  const ahead = aheadOf(page, asOf);
  return (
    <>
      <h1 class="overall">
        <Shape state={worst} /> {overall(page, asOf)}
      </h1>
      <p class="quiet">
        As of <Time at={asOf} zone={zone} />. Written by people, for whoever relies on us.
      </p>
      <Components {...given} />
      {open.length === 0 ? null : <h2>Now</h2>}
      {open.map((incident) => (
        <Event incident={incident} {...given} />
      ))}
      {ahead.length === 0 ? null : <h2>Announced</h2>}
      {ahead.map((incident) => (
        <Event incident={incident} {...given} />
      ))}
      <Past {...given} />
      <h2>Hear of it</h2>
      <p>
        <a href={`${base}/subscribe`}>By mail</a>, one for each update that we tell of;{" "}
        <a href={`${base}/status.atom`}>as a feed (Atom)</a>; or{" "}
        <a href={`${base}/api/v2/summary.json`}>as JSON</a>, for programs.
      </p>
    </>
  );
}

function Components({ page, asOf }: Given) {
  const shown = page.components.filter(({ removed }) => !removed);
  if (shown.length === 0) return null;
  return (
    <ul class="components">
      {shown.map(({ id, name, about }) => {
        const state = componentState(page, id, asOf);
        return (
          <li>
            <span class="name">{name}</span>
            <span class={state === "operational" ? "is well" : "is"}>
              <Shape state={state} /> {COMPONENT_WORDS[state]}
            </span>
            {about === undefined ? null : <span class="about">{about}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Past({ page, zone, base, asOf }: Given) {
  const past = page.incidents.filter(isOver).toReversed();
  const years = yearsOf(page, zone);
  return (
    <>
      <h2>Past</h2>
      {past.length === 0 ? (
        <p>Nothing is past yet: what is open stands above.</p>
      ) : (
        <Months isBelow past={past.slice(0, PAST_SHOWN)} zone={zone} base={base} asOf={asOf} />
      )}
      {past.length > PAST_SHOWN || years.length > 1 ? (
        <p>
          All of{" "}
          {years.map((year, index) => (
            <>
              {index === 0 ? "" : ", "}
              <a href={`${base}/status/history/${year}`}>{year}</a>
            </>
          ))}
          .
        </p>
      ) : null}
    </>
  );
}

/** Every year in which something was opened, the latest first. */
export const yearsOf = ({ incidents }: StatusPage, zone: string): readonly number[] =>
  [...new Set(incidents.map(({ openedAt }) => localYear(openedAt, zone)))].sort((a, b) => b - a);

type MonthsGiven = Pick<Given, "zone" | "base" | "asOf"> & {
  readonly past: readonly StatusIncident[];
  /** Below a heading of the second rank. */
  readonly isBelow?: boolean;
};

function Months({ past, zone, base, isBelow }: MonthsGiven) {
  const months = new Map<string, StatusIncident[]>();
  for (const one of past) {
    const month = formatMonth(one.openedAt, zone);
    months.set(month, [...(months.get(month) ?? []), one]);
  }
  return [...months].map(([month, of]) => (
    <>
      {isBelow ? <h3>{month}</h3> : <h2>{month}</h2>}
      <ul class="months">
        {of.map((incident) => (
          <li>
            <time datetime={toIsoSeconds(incident.openedAt)}>
              {formatDate(incident.openedAt, zone)}
            </time>
            <a href={`${base}/status/${incident.id}`}>{incident.title}</a>
            <span>{STATUS_WORDS[lastUpdate(incident).state]}</span>
          </li>
        ))}
      </ul>
    </>
  ));
}

export function History({
  year,
  past,
  zone,
  base,
  asOf,
}: Given & { readonly year: number; readonly past: readonly StatusIncident[] }) {
  return (
    <>
      <h1>Status in {year}</h1>
      <Months past={past.toReversed()} zone={zone} base={base} asOf={asOf} />
      <p>
        <a href={`${base}/status`}>The status as it is now</a>
      </p>
    </>
  );
}

export function Incident({ incident, ...given }: Given & { readonly incident: StatusIncident }) {
  return (
    <>
      <h1>{incident.title}</h1>
      <Event incident={incident} isAlone {...given} />
      <p>
        <a href={`${given.base}/status`}>The status as it is now</a>
      </p>
    </>
  );
}

const Unused = () => (
  <>
    <h1>No status is published here</h1>
    <p class="lead">When somebody writes one, it stands here.</p>
  </>
);
