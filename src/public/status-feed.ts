/**
 * Status as Atom (RFC 4287): one entry for each update, the newest first. An entry that
 * was corrected keeps its id and says when; no two are of the same instant.
 */

import type { StatusIncident, StatusUpdate } from "../core/status/state.ts";
import { STATUS_WORDS } from "../core/status/words.ts";
import { formatBoth } from "../core/time/format.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import { escaped } from "./feed.ts";
import { updatedAt } from "./status-json.ts";
import type { StatusShown } from "./status-place.ts";

export const STATUS_FEED = "/status.atom";
const ENTRIES_MAX = 50;

type Said = { readonly incident: StatusIncident; readonly update: StatusUpdate };

export function statusFeed(given: StatusShown & { readonly url: string }): string {
  const { page, organisation, url } = given;
  const said = page.incidents
    .flatMap((incident) => incident.updates.map((update) => ({ incident, update })))
    .sort((a, b) => updatedAt(b.update) - updatedAt(a.update) || b.update.number - a.update.number)
    .slice(0, ENTRIES_MAX);
  const dates = apart(said.map(({ update }) => updatedAt(update)));
  const base = escaped(`${url}/status`);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<title>${escaped(`${organisation} status`)}</title>`,
    `<id>${base}</id>`,
    `<link rel="alternate" type="text/html" href="${base}"/>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(`${url}${STATUS_FEED}`)}"/>`,
    `<updated>${toIso(dates[0] ?? page.components[0]?.at ?? (0 as Instant))}</updated>`,
    `<author><name>${escaped(organisation)}</name></author>`,
    ...said.map((one, index) => entry(given, one, dates[index] ?? one.update.at)),
    "</feed>",
    "",
  ].join("\n");
}

/** Each at least a millisecond before the one above it. */
function apart(dates: readonly Instant[]): readonly Instant[] {
  const told: Instant[] = [];
  for (const at of dates) told.push(Math.min(at, (told.at(-1) ?? Infinity) - 1) as Instant);
  return told;
}

function entry(
  { url, zone }: StatusShown & { readonly url: string },
  { incident, update }: Said,
  date: Instant,
): string {
  const page = `${url}/status/${incident.id}`;
  const next =
    update.nextAt === undefined
      ? ""
      : `\n\nThe next update comes by ${formatBoth(update.nextAt, zone)}.`;
  return [
    "<entry>",
    `<title>${escaped(`${incident.title}: ${STATUS_WORDS[update.state]}`)}</title>`,
    `<id>${escaped(`${page}/${update.update}`)}</id>`,
    `<link rel="alternate" type="text/html" href="${escaped(`${page}#u${update.update}`)}"/>`,
    `<published>${toIso(update.at)}</published>`,
    `<updated>${toIso(date < update.at ? update.at : date)}</updated>`,
    `<content type="text">${escaped(`${update.text}${next}`)}</content>`,
    "</entry>",
  ].join("\n");
}
