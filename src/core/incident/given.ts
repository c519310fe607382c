/**
 * Given: incidents for tests, said in events.
 *
 *   const incident = given(OPENED, "18:00", severity("critical"));
 *   expect(when(incident, "19:00", { type: "…" })).toEqual(…)
 *
 * Times are of Friday 20 November 2026, UTC; a text with a date is another day.
 * Each event is a minute after the one before, unless a time stands before it.
 * Nothing but tests imports this.
 */

import type { Letters, Person, PinnedPolicy } from "../context.ts";
import { type Obligation, standing, type Standing } from "../policy/obligations.ts";
import {
  ADA,
  type Changed,
  context,
  FENNEL_HASH,
  FRIDAY,
  instant,
  PINNED,
} from "../policy/fennel.ts";
import type { PageRequested } from "../notice/notice.ts";
import type { Problem } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import { RULES_APART } from "./apart.ts";
import { decide, foldIncident, type IncidentCommand, type IncidentEvent } from "./incident.ts";
import type { FactRecorded } from "./response/fact.ts";
import { lawObligations } from "./owed/law-owed.ts";
import { START_PAGE } from "./owed/start-page-due.ts";
import { startPage } from "./owed/deadlines.ts";
import { leaving } from "./notice/leaving.ts";
import { incidentObligations } from "./owed/obligation.ts";
import type { IncidentOpened } from "./opening.ts";
import type { SeverityChanged } from "./response/severity.ts";
import type { Incident } from "./state.ts";
import { draftHash, findingsOf } from "./notice/telling.ts";

/** The policy of the tests, with the laws read beside it as the server does. */
export const LAWFUL: PinnedPolicy = { ...PINNED, law: lawObligations };

/** What the server makes letters by. */
export const LETTERS: Letters = {
  hash: draftHash,
  findings: findingsOf,
  leaving,
  startPage,
};

export const OPENED: IncidentOpened = {
  type: "IncidentOpened",
  number: 7,
  title: "Bucket exports-prod is listable",
  policyVersion: 1,
  policyHash: FENNEL_HASH,
};

/** The team was sent the deadlines to keep: for tests that are about other pages. */
export const START_PAGED: PageRequested = {
  type: "PageRequested",
  page: START_PAGE,
  rung: "deadlines",
  obligation: "deadlines",
  to: [],
  subject: "Open deadlines",
  body: "",
};

export const severity = (to: string, from?: string): SeverityChanged => ({
  type: "SeverityChanged",
  to,
  reason: "By its criteria",
  answers: {},
  ...(from === undefined ? {} : { from }),
});

export const exposed = (
  state: FactRecorded["state"],
  more: Partial<FactRecorded> = {},
): FactRecorded => ({
  type: "FactRecorded",
  claim: "data-exposed",
  state,
  source: "Access log",
  sets:
    state === "suspected" ? ["suspectAt"] : state === "confirmed" ? ["confirmedAt", "awareAt"] : [],
  ...more,
});

/** `18:05` of that Friday, or any instant. */
export const time = (text: string): Instant =>
  instant(text.length === 5 ? `2026-11-20T${text}:00Z` : text);

/** A time, a person, or what happened then by them. */
export type Said = string | Person | IncidentEvent;

/** Entries from what is said. */
export function entries(...said: readonly Said[]): readonly Recorded<IncidentEvent>[] {
  const recorded: Recorded<IncidentEvent>[] = [];
  let [at, by] = [FRIDAY, ADA.id];
  for (const item of said) {
    if (typeof item === "string") at = time(item);
    else if ("mail" in item) by = item.id;
    else {
      const version = recorded.length + 1;
      recorded.push({ version, seq: version - 1, id: `entry-${version}`, at, by, event: item });
      at = plus(at, MINUTE_MS);
    }
  }
  return recorded;
}

/** The incident after what is said. */
export const given = (...said: readonly Said[]): Incident =>
  foldIncident("INC-7", entries(...said));

/** The events that the command adds at that time, or the codes it is refused with. */
export function when(
  incident: Incident,
  at: string,
  command: IncidentCommand,
  more: Changed = {},
): readonly IncidentEvent[] | readonly string[] {
  const decided = asked(incident, at, command, more);
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
}

/** What the command is refused with, whole: the code, the sentence, and where. */
export function whyNot(
  incident: Incident,
  at: string,
  command: IncidentCommand,
  more: Changed = {},
): readonly Problem[] {
  const decided = asked(incident, at, command, more);
  return decided.ok ? [] : decided.problems;
}

const asked = (incident: Incident, at: string, command: IncidentCommand, more: Changed) =>
  decide(
    incident,
    command,
    context(time(at), { policy: LAWFUL, letters: LETTERS, apart: RULES_APART, ...more }),
  );

/** What is owed as `<clause>@<recipient>`. */
export function owed(incident: Incident, id: string): Obligation {
  const found = incidentObligations(incident, LAWFUL).find((obligation) => obligation.id === id);
  if (!found) throw new Error(`Nothing is owed as ${id}.`);
  return found;
}

/** Every obligation with its standing at that time. */
export const owedAt = (incident: Incident, at: string): Readonly<Record<string, Standing>> =>
  Object.fromEntries(
    incidentObligations(incident, LAWFUL).map((obligation) => [
      obligation.id,
      standing(obligation, time(at)),
    ]),
  );
