/** The parts of the status page: a state as shape and word, one event with what was said. */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import {
  type ComponentState,
  isAhead,
  isOver,
  lastUpdate,
  stateAt,
  type StatusIncident,
  type StatusPage,
  type StatusUpdate,
} from "../core/status/state.ts";
import { COMPONENT_WORDS, IMPACT_WORDS, STATUS_WORDS } from "../core/status/words.ts";
import { formatBoth } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";

/** What every part is told. */
export type Shown = {
  readonly page: StatusPage;
  readonly zone: string;
  /** Undefined on a copy: there nothing is late, because nobody knows when it is read. */
  readonly now: Instant | undefined;
  readonly base: string;
};

const PATHS: Readonly<Record<ComponentState, string>> = {
  operational: "M2 8.5l4 4 8-9",
  maintenance: "M8 2a6 6 0 1 0 .01 0z",
  degraded: "M8 2a6 6 0 0 1 0 12z",
  "partial-outage": "M8 2l6.5 12h-13z",
  "major-outage": "M2 2h12v12H2z",
};

export const Shape = ({ state }: { readonly state: ComponentState }) => (
  <svg class={`shape ${state}`} viewBox="0 0 16 16" aria-hidden="true">
    <path d={PATHS[state]} />
  </svg>
);

export const Time = ({ at, zone }: { readonly at: Instant; readonly zone: string }) => (
  <time datetime={toIsoSeconds(at)}>{formatBoth(at, zone)}</time>
);

/** One event whole: the newest word first. */
export function Event({
  incident,
  isAlone,
  ...shown
}: Shown & { readonly incident: StatusIncident; readonly isAlone?: boolean }) {
  const { id, title } = incident;
  const link = `${shown.base}/status/${id}`;
  return (
    <article class="event" id={isAlone ? undefined : id}>
      {isAlone ? null : (
        <h3>
          <a href={link}>{title}</a>
        </h3>
      )}
      <Head incident={incident} {...shown} />
      <ol class="said" reversed>
        {incident.updates.toReversed().map((update) => (
          <Said update={update} incident={incident} isAlone={isAlone === true} {...shown} />
        ))}
      </ol>
    </article>
  );
}

function Head({ incident, zone, now }: Shown & { readonly incident: StatusIncident }) {
  const { startsAt, endsAt, openedAt } = incident;
  const state =
    STATUS_WORDS[now === undefined ? lastUpdate(incident).state : stateAt(incident, now)];
  return (
    <p class="quiet">
      {startsAt === undefined || endsAt === undefined ? (
        <>
          {state}. Since <Time at={openedAt} zone={zone} />
          {isOver(incident) ? (
            <>
              {" until "}
              <Time at={lastUpdate(incident).at} zone={zone} />
            </>
          ) : null}
          .
        </>
      ) : (
        <>
          {state}. Maintenance from <Time at={startsAt} zone={zone} /> until{" "}
          <Time at={endsAt} zone={zone} />.
        </>
      )}
    </p>
  );
}

type SaidGiven = Shown & {
  readonly update: StatusUpdate;
  readonly incident: StatusIncident;
  readonly isAlone: boolean;
};

function Said({ update, incident, page, zone, now, isAlone }: SaidGiven) {
  const { at, state, impact, text, struck } = update;
  const named = Object.entries(update.components).map(([id, is]) => {
    const name = page.components.find((one) => one.id === id)?.name ?? id;
    return `${name}: ${COMPONENT_WORDS[is]}`;
  });
  return (
    <li id={isAlone ? `u${update.update}` : undefined}>
      <p class="when">
        <strong>{STATUS_WORDS[state]}</strong>
        <Time at={at} zone={zone} />
      </p>
      <div>
        <p class="words">{text}</p>
        {struck.toReversed().map((was) => (
          <p class="about">
            Corrected <Time at={was.until} zone={zone} />. Before, it read:{" "}
            <del class="was">{was.text}</del>
          </p>
        ))}
        {named.length === 0 && impact === "none" ? null : (
          <p class="about">
            {[...named, ...(impact === "none" ? [] : [IMPACT_WORDS[impact]])].join(" · ")}
          </p>
        )}
        <Next update={update} incident={incident} zone={zone} now={now} />
      </div>
    </li>
  );
}

/** Only the last word still promises something; that it is late is said. */
function Next({
  update,
  incident,
  zone,
  now,
}: Pick<SaidGiven, "update" | "incident" | "zone" | "now">) {
  const { nextAt } = update;
  if (nextAt === undefined || update !== lastUpdate(incident) || isOver(incident)) return null;
  return (
    <p class="about next">
      Next update by <Time at={nextAt} zone={zone} />
      {now !== undefined && now > nextAt ? ". We promised it and it is late." : "."}
    </p>
  );
}

/** Announced and still to come, soonest first. */
export const aheadOf = ({ incidents }: StatusPage, now: Instant): readonly StatusIncident[] =>
  incidents
    .filter((one) => isAhead(one, now))
    .sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0));
