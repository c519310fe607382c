/**
 * Promise: an update says by when the next one comes, and from then on that is a clock
 * of ours, as with a notice that names its next word. Maintenance promises the end of its
 * window: by then somebody says how it went.
 *
 * Derived from the updates; nothing here is kept.
 */

import { nextWakeAt, type Owing } from "../notice/ladder.ts";
import type { TermsClause } from "../policy/bound.ts";
import type { Obligation } from "../policy/obligations.ts";
import type { Recipient } from "../policy/situation.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import { isOver, lastUpdate, type StatusIncident, type StatusPage } from "./state.ts";

const PUBLIC: Recipient = { kind: "public", id: "public" };

/** Everything that the page has promised, kept or not, oldest first. */
export const statusPromises = ({ incidents }: StatusPage): readonly Obligation[] =>
  incidents.flatMap(promisesOf);

/** What one status incident has promised. */
function promisesOf(incident: StatusIncident): readonly Obligation[] {
  const { id, updates } = incident;
  const words = updates.flatMap(({ update, at, nextAt }, index) =>
    nextAt === undefined
      ? []
      : [
          owed(`next-update-${id.toLowerCase()}-${update}`, id, at, nextAt, {
            says: "An update on the status page said when the next one comes.",
            stoppedAt: updates[index + 1]?.at,
          }),
        ],
  );
  const { endsAt, openedAt } = incident;
  if (endsAt === undefined) return words;
  const ended = owed(`maintenance-ends-${id.toLowerCase()}`, id, openedAt, endsAt, {
    says: "Maintenance was announced until then: somebody says on the status page how it ended.",
    stoppedAt: isOver(incident) ? lastUpdate(incident).at : undefined,
  });
  return [...words, ended];
}

/** What the ladder goes by, one for each status incident: whoever wrote last is woken first. */
export const statusOwing = (page: StatusPage, url: string): readonly Owing[] =>
  page.incidents.map((incident) => ({
    owed: promisesOf(incident),
    held: page.held,
    lead: lastUpdate(incident).by,
    link: `${url}/app/status`,
    mark: "",
  }));

/** When time alone changes something on record here. */
export function statusWakeAt(page: StatusPage): Instant | undefined {
  const wakes = statusOwing(page, "").flatMap((owing) => nextWakeAt(owing) ?? []);
  return wakes.sort((a, b) => a - b)[0];
}

type Said = { readonly says: string; readonly stoppedAt: Instant | undefined };

function owed(
  id: string,
  cites: string,
  from: Instant,
  dueAt: Instant,
  { says, stoppedAt }: Said,
): Obligation {
  const clause: TermsClause = {
    id,
    duty: "update",
    to: "public",
    from: "notifiedAt",
    within: { count: Math.max(1, Math.round((dueAt - from) / HOUR_MS)), unit: "hours" },
    until: `wordKept.${id}`,
    says,
    cites,
    bound: { to: PUBLIC.id },
    promised: true,
  };
  return {
    id: `${id}@${PUBLIC.id}`,
    clause,
    recipient: PUBLIC,
    startedAt: from,
    dueAt,
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
  };
}
