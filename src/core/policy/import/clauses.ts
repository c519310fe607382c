/**
 * Clauses from promises: said in several places they become one, and each keeps every
 * place where it was said. Two that differ stay two: to choose is the author's.
 */

import type { Clause } from "../clause.ts";
import type { Condition } from "../condition/condition.ts";
import { particular } from "./claims.ts";
import type { Promised } from "./promises.ts";
import type { SeverityRead } from "./severities.ts";

export type Drafted = { readonly clause: Clause; readonly sources: readonly Promised[] };

type Given = {
  readonly promises: readonly Promised[];
  readonly severities: readonly SeverityRead[];
  readonly elements: readonly string[];
  /** Claims that the text speaks of beside its promises. */
  readonly claims: readonly string[];
  /** The id of the channel in that a name belongs to. */
  readonly channelOf: (name: string) => string | undefined;
  readonly mail: string | undefined;
};

export function draftedClauses(given: Given): readonly Drafted[] {
  const claims = new Set([
    ...given.claims,
    ...given.promises.flatMap(({ claim }) => claim?.claim ?? []),
  ]);
  const plain = given.promises.map((one) => generalised(one, claims));
  const decided = plain.filter(({ within }) => within !== "undecided");
  const open = plain.filter(
    (one) =>
      one.within === "undecided" &&
      !decided.some(
        (other) =>
          other.duty === one.duty &&
          other.to === one.to &&
          covers(other.severities, one.severities),
      ),
  );
  let groups: Group[] = [];
  for (const one of [...decided, ...open]) {
    const channel = channelFor(one, given);
    const same = groups.find((group) => isSame(group, one, channel));
    if (same) same.sources.push(one);
    else groups.push({ one, channel, sources: [one] });
  }
  groups = withoutEchoes(groups);
  const taken = new Set<string>();
  return groups.map((group) => ({ clause: clauseOf(group, given, taken), sources: group.sources }));
}

type Group = {
  readonly one: Promised;
  readonly channel: string | undefined;
  readonly sources: Promised[];
};

function generalised(one: Promised, claims: ReadonlySet<string>): Promised {
  if (one.claim === undefined) return one;
  const claim = particular(one.claim.claim, claims);
  return {
    ...one,
    claim: { ...one.claim, claim },
    from:
      typeof one.from === "string"
        ? one.from
        : { ...one.from, claim: particular(one.from.claim, claims) },
  };
}

/** `Customer reports: tickets are escalated …` is about what comes that way. */
const channelFor = (one: Promised, { channelOf }: Given): string | undefined => {
  if (one.duty !== "escalate") return undefined;
  const [near] = one.said.around;
  const own = near === undefined || near.length > 60 ? undefined : channelOf(near);
  return (
    own ??
    (/\b(?:support|customer|ticket|help ?desk)/i.test(one.words.text)
      ? channelOf("customer")
      : undefined)
  );
};

const key = (one: Promised): string =>
  JSON.stringify([one.duty, one.to, one.claim ?? null, one.from, one.within]);

const isSame = (group: Group, one: Promised, channel: string | undefined): boolean =>
  key(group.one) === key(one) &&
  group.channel === channel &&
  String(group.one.severities) === String(one.severities);

const covers = (
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
): boolean => wide === undefined || (narrow?.every((id) => wide.includes(id)) ?? false);

/** A narrower saying of the same, and a vaguer one, are no promises of their own. */
function withoutEchoes(groups: readonly Group[]): Group[] {
  const kept: Group[] = [];
  const isEcho = (one: Group, of: Group): boolean => {
    if (one === of || one.one.duty !== of.one.duty || one.one.to !== of.one.to) return false;
    if (JSON.stringify(one.one.within) !== JSON.stringify(of.one.within)) return false;
    const same = key(one.one) === key(of.one);
    const vague =
      one.one.open.includes("anchor") &&
      !of.one.open.includes("anchor") &&
      one.one.claim === undefined;
    if (!same && !vague) return false;
    const equal =
      String(one.one.severities) === String(of.one.severities) && one.channel === of.channel;
    return (
      covers(of.one.severities, one.one.severities) &&
      (of.channel === undefined || of.channel === one.channel) &&
      !(equal && same)
    );
  };
  for (const group of groups) {
    const into = groups.find((other) => isEcho(group, other));
    if (into) into.sources.push(...group.sources);
    else kept.push(group);
  }
  return kept;
}

function clauseOf({ one, channel, sources }: Group, given: Given, taken: Set<string>): Clause {
  const when = conditionOf(one, channel);
  const tells = one.duty === "notify" && one.to === "customer";
  const says = sources.find(({ open }) => open.includes("every"))?.words.text;
  return {
    id: idOf(one, channel, given.severities, taken),
    duty: one.duty,
    to: one.to,
    ...(when === undefined ? {} : { when: when as NonNullable<Clause["when"]> }),
    from: one.from,
    within: one.within,
    ...(tells && given.elements.length > 0 ? { contents: [...given.elements] } : {}),
    ...(tells && given.mail !== undefined ? { by: [given.mail] } : {}),
    ...(says === undefined || says.length > 2_000 ? {} : { says }),
  };
}

function conditionOf(
  { severities, claim, from }: Promised,
  channel: string | undefined,
): Condition | undefined {
  const tests: Condition[] = [];
  if (channel !== undefined) tests.push({ channel: [channel] });
  if (severities !== undefined) tests.push({ severity: [...severities] });
  const fact =
    claim ?? (typeof from === "string" ? undefined : { claim: from.claim, states: [from.is] });
  if (fact !== undefined) {
    const states = typeof from === "string" ? (["suspected", "confirmed"] as const) : fact.states;
    const [only] = states;
    tests.push({
      fact: { claim: fact.claim, is: states.length === 1 && only ? only : [...states] },
    });
  }
  return tests.length > 1 ? { all: tests } : tests[0];
}

function idOf(
  one: Promised,
  channel: string | undefined,
  severities: readonly SeverityRead[],
  taken: Set<string>,
): string {
  const about =
    one.duty === "acknowledge"
      ? "report"
      : one.duty === "file"
        ? "authority"
        : one.duty === "review"
          ? "incident"
          : undefined;
  const suspected =
    typeof one.from !== "string" && one.from.is === "suspected" ? "suspected" : undefined;
  const scope =
    one.severities &&
    (one.severities.length > 2
      ? `${one.severities[0]}-to-${one.severities.at(-1)}`
      : one.severities.join("-"));
  const parts = [
    one.duty,
    about,
    suspected,
    one.claim?.claim,
    channel,
    severities.length === 0 ? undefined : scope,
  ];
  const base = parts
    .filter((part) => part !== undefined)
    .join("-")
    .slice(0, 58)
    .replace(/-+$/, "");
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  taken.add(id);
  return id;
}
