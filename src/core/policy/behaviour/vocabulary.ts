/**
 * Vocabulary of two policies: one language for both, so that what was only given another
 * id is not told as a change.
 *
 * Severities, channels, stages, claims and elements are the same where their ids are, or
 * else where their words are. The older policy is rewritten to the newer one's ids, in
 * what its clauses read, and nowhere else.
 */

import type { Clause } from "../clause.ts";
import type { Condition } from "../condition/condition.ts";
import type { Policy } from "../policy.ts";

type Named = { readonly id: string; readonly words: string };
type Kind = "severity" | "channel" | "stage" | "claim" | "element";

const LISTS: Readonly<Record<Kind, (policy: Policy) => readonly Named[]>> = {
  severity: (policy) => policy.severities.map(({ id, name }) => ({ id, words: name })),
  channel: (policy) => policy.channels.map(({ id, name }) => ({ id, words: name })),
  stage: (policy) => (policy.stages ?? []).map(({ id, name }) => ({ id, words: name })),
  claim: (policy) => policy.facts.map(({ claim, says }) => ({ id: claim, words: says })),
  element: (policy) => policy.elements.map(({ id, name }) => ({ id, words: name })),
};

/** `before` with the ids of `after` wherever only the id is another. */
export function inWordsOf(before: Policy, after: Policy): Policy {
  const to = (kind: Kind): ((id: string) => string) => {
    const renames = renamesOf(LISTS[kind](before), LISTS[kind](after));
    return (id) => renames.get(id) ?? id;
  };
  const [severity, channel, stage, claim, element] = [
    to("severity"),
    to("channel"),
    to("stage"),
    to("claim"),
    to("element"),
  ];
  const condition = (of: Condition): Condition => {
    if ("all" in of) return { all: of.all.map(condition) };
    if ("any" in of) return { any: of.any.map(condition) };
    if ("not" in of) return { not: condition(of.not) };
    if ("severity" in of) return { severity: of.severity.map(severity) };
    if ("channel" in of) return { channel: of.channel.map(channel) };
    if ("stage" in of) return { stage: of.stage.map(stage) };
    if ("fact" in of) return { fact: { ...of.fact, claim: claim(of.fact.claim) } };
    return of;
  };
  const clause = (of: Clause): Clause => ({
    ...of,
    ...(of.when === undefined ? {} : { when: condition(of.when) }),
    ...(typeof of.from === "string" ? {} : { from: { ...of.from, claim: claim(of.from.claim) } }),
    ...(of.contents === undefined ? {} : { contents: of.contents.map(element) }),
    ...(of.by === undefined ? {} : { by: of.by.map(channel) }),
  });
  const named = <T extends { readonly id: string }>(
    all: readonly T[],
    of: (id: string) => string,
  ) => all.map((one) => ({ ...one, id: of(one.id) }));
  return {
    ...before,
    severities: named(before.severities, severity),
    channels: named(before.channels, channel),
    stages: named(before.stages ?? [], stage),
    elements: named(before.elements, element),
    facts: before.facts.map((one) => ({ ...one, claim: claim(one.claim) })),
    clauses: before.clauses.map(clause),
  };
}

/** By the older id; none that the newer list still has, and none that two would share. */
function renamesOf(before: readonly Named[], after: readonly Named[]): ReadonlyMap<string, string> {
  const kept = new Set(before.map(({ id }) => id));
  const renames = new Map<string, string>();
  for (const { id, words } of before) {
    if (after.some((one) => one.id === id)) continue;
    const same = after.filter((one) => plain(one.words) === plain(words) && !kept.has(one.id));
    const [only] = same;
    if (only !== undefined && same.length === 1) renames.set(id, only.id);
  }
  const targets = [...renames.values()];
  return new Map([...renames].filter(([, to]) => targets.indexOf(to) === targets.lastIndexOf(to)));
}

const plain = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
