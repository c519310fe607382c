/**
 * Announcement: the letter that tells a subscriber of one update, in the words of the
 * update itself: what works and what does not, and by when the next one comes.
 */

import { formatBoth, formatUtc } from "../time/format.ts";
import type { StatusIncident, StatusPage, StatusUpdate } from "./state.ts";
import { COMPONENT_WORDS, IMPACT_WORDS, STATUS_WORDS } from "./words.ts";

type Given = {
  readonly page: Pick<StatusPage, "components">;
  readonly incident: StatusIncident;
  readonly update: StatusUpdate;
  readonly isCorrection: boolean;
  readonly organisation: string;
  readonly zone: string;
  /** Who writes. */
  readonly author: string;
  /** DUE_URL, without a slash at the end. */
  readonly url: string;
  readonly unsubscribe: string;
};

export function statusAnnouncement(given: Given): {
  readonly subject: string;
  readonly body: string;
} {
  const { incident, update, isCorrection, organisation, zone, author, url } = given;
  const state = STATUS_WORDS[update.state];
  const struck = isCorrection ? update.struck.at(-1) : undefined;
  const next =
    update.nextAt === undefined
      ? []
      : [`The next update comes by ${formatBoth(update.nextAt, zone)}.`, ""];
  const body = [
    `${incident.title}: ${state.toLowerCase()}, as of ${formatBoth(update.at, zone)}.`,
    "",
    ...(struck === undefined ? [] : ["We have to correct what we wrote. It now reads:", ""]),
    update.text.trim(),
    "",
    ...(struck === undefined ? [] : ["It read before:", "", quoted(struck.text), ""]),
    ...impactLines(given),
    ...windowLines(given),
    ...next,
    `All of it: ${url}/status/${incident.id}`,
    "",
    author,
    "",
    "You get this because you asked to hear of the status page. To hear no more:",
    given.unsubscribe,
    "",
  ];
  const until = update.nextAt === undefined ? "" : `, next update ${formatUtc(update.nextAt)}`;
  const correction = isCorrection ? "correction, " : "";
  const subject = `${organisation} status: ${correction}${incident.title}, ${state.toLowerCase()}${until}`;
  return { subject: subject.replace(/\s+/g, " "), body: body.join("\n") };
}

function impactLines({ page, update }: Given): readonly string[] {
  const named = Object.entries(update.components).map(([id, state]) => {
    const name = page.components.find((one) => one.id === id)?.name ?? id;
    return `  ${name}: ${COMPONENT_WORDS[state]}`;
  });
  const impact = update.impact === "none" ? [] : [`Impact: ${IMPACT_WORDS[update.impact]}.`];
  return named.length + impact.length === 0 ? [] : [...impact, ...named, ""];
}

function windowLines({ incident: { startsAt, endsAt }, zone }: Given): readonly string[] {
  if (startsAt === undefined || endsAt === undefined) return [];
  return [`From ${formatBoth(startsAt, zone)} until ${formatBoth(endsAt, zone)}.`, ""];
}

const quoted = (text: string): string =>
  text
    .trim()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
