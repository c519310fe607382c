/**
 * Draft: what was read, in the form of a policy.
 *
 * Where the text is silent the draft says so: `undecided` for a value of a certain
 * form, `{{…}}` with the question for a text. Each of those is a question to the
 * author, and none has an answer of ours in it.
 */

import { POLICY_FORMAT, type Policy } from "../policy.ts";
import { claimIn } from "./claims.ts";
import { type Drafted, draftedClauses } from "./clauses.ts";
import {
  calendarOf,
  cadenceOf,
  effectiveOf,
  ownerOf,
  reportingOf,
  versionOf,
} from "./draft-head.ts";
import { decisionOf, facts, factsOf, reviewOf, severitiesOf } from "./draft-judged.ts";
import {
  channelsOf,
  elementsOf,
  gatesOf,
  mitigationsOf,
  phasesOf,
  providersOf,
  rolesOf,
  stagesOf,
} from "./draft-lists.ts";
import { ask, took, type Under } from "./draft-under.ts";
import { type Found, found } from "./finding.ts";
import { idFrom } from "./ids.ts";
import type { Reading } from "./read.ts";
import { readSections } from "./sections.ts";
import { shown, type Words } from "./words.ts";

/** The policy under way: what stands where, where it came from, and what is asked. */
export type Draft = {
  readonly policy: Policy;
  /** JSON Pointer to the words of the text that it was made of. */
  readonly origins: ReadonlyMap<string, Words>;
  /** What the draft says beside a place: our words to its author. */
  readonly notes: ReadonlyMap<string, string>;
  readonly asked: readonly Found[];
  readonly drafted: readonly Drafted[];
};

export function toDraft(reading: Reading): Draft {
  const under: Under = { reading, origins: new Map(), notes: new Map(), asked: [] };
  const channels = channelsOf(under);
  const elements = elementsOf(under);
  const drafted = clausesOf(under, channels);
  for (const [i, { sources }] of drafted.entries()) {
    const [first] = sources;
    if (first) under.origins.set(`/clauses/${i}`, first.number);
    if (first) under.origins.set(`/clauses/${i}/within`, first.number);
  }
  const { standing } = reading;
  const title = shown(standing.title?.text ?? "", 118);
  const claims = factsOf(under, drafted);
  const policy = {
    format: POLICY_FORMAT,
    id: idFrom(standing.organisation?.text ?? title, new Set(), "policy"),
    title:
      title === ""
        ? ask(under, "/title", "title-missing", "What is this policy called?")
        : took(under, "/title", standing.title, title),
    organisation: standing.organisation
      ? took(under, "/organisation", standing.organisation, shown(standing.organisation.text, 118))
      : ask(under, "/organisation", "organisation-missing", "Whose policy is it?"),
    version: versionOf(under),
    effective: effectiveOf(under),
    owner: ownerOf(under),
    cadence: cadenceOf(under),
    reporting: reportingOf(under),
    calendar: "business",
    calendars: [calendarOf(under)],
    ...severitiesOf(under, claims),
    phases: phasesOf(under),
    gates: gatesOf(under),
    review: reviewOf(under, drafted),
    ...decisionOf(under, claims),
    roles: rolesOf(under),
    channels,
    facts: facts(under, claims),
    ...stagesOf(under),
    elements,
    mitigations: mitigationsOf(under),
    ...providersOf(under),
    clauses: orAsked(under, drafted),
    sections: readSections(reading.outline.blocks, drafted, title).map(
      ({ id, title: name, text, words }, i) => {
        under.origins.set(`/sections/${i}`, words);
        return { id, title: name, audience: "public" as const, text };
      },
    ),
  };
  return {
    policy: policy as unknown as Policy,
    origins: under.origins,
    notes: under.notes,
    asked: under.asked,
    drafted,
  };
}

const CLAUSES_MAX = 300;

/** A text that promises nothing is asked about the first promise of all. */
function orAsked(under: Under, clauses: readonly Drafted[]): Policy["clauses"] {
  if (clauses.length > 0) return clauses.map(({ clause }) => clause);
  const message =
    "The text promises nothing that can be counted: say within which time a report is answered, to begin with.";
  under.asked.push(found("promises-missing", "block", message, undefined, "/clauses/0/within"));
  return [
    {
      id: "acknowledge-report",
      duty: "acknowledge",
      to: "reporter",
      from: "receivedAt",
      within: "undecided",
    },
  ];
}

function clausesOf(under: Under, channels: Policy["channels"]): readonly Drafted[] {
  const { promises, severities, elements } = under.reading;
  const ins = channels.filter(({ direction }) => direction === "in");
  return draftedClauses({
    promises,
    severities,
    elements: elements.map(({ id }) => id),
    claims: under.reading.decision.flatMap(({ text }) => claimIn(text)?.claim ?? []),
    channelOf: (name) =>
      (
        ins.find((channel) => channel.name.toLowerCase() === name.toLowerCase()) ??
        ins.find(({ kind }) => kind === name)
      )?.id,
    mail: channels.find(({ direction, kind }) => direction === "out" && kind === "mail")?.id,
  }).slice(0, CLAUSES_MAX);
}
