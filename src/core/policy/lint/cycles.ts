/**
 * What goes round in a circle: phases that wait for each other, clauses whose clocks start
 * only when the other has stopped, and a policy that names itself as its source.
 */

import { anchorMoment, toldAt } from "../clause.ts";
import { domainsOf } from "../domains.ts";
import { fixOf, removed } from "./fix.ts";
import type { Found } from "./finding.ts";
import { allOf, casesOf } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import type { Gate, Phase, Policy } from "../policy.ts";
import { testsIn } from "../condition/places.ts";

/** `phases-cyclic`, `clauses-cyclic` and `names-itself`. */
export function* cycleChecks(document: PolicyDocument): Generator<Found> {
  yield* phases(document);
  yield* clauses(document);
  yield* itself(document);
}

/** A phase that is entered by what only it, or a phase after it, brings about. */
function* phases({ policy, places }: PolicyDocument): Generator<Found> {
  const brings = policy.phases.map((phase) => {
    const before = new Set(demanded(phase.enter, policy));
    return demanded(phase.leave, policy).filter((moment) => !before.has(moment));
  });
  for (const [i, phase] of policy.phases.entries()) {
    for (const [k, gate] of (phase.enter ?? []).entries()) {
      for (const moment of demanded([gate], policy)) {
        const by = brings.findIndex((moments) => moments.includes(moment));
        const source = policy.phases[by];
        if (by <= i || source === undefined || source.parallel === true || phase.parallel) continue;
        yield circular(
          { phase, source, moment, line: placeOf(places, toPointer(["phases", by])).line },
          ["phases", i, "enter", k, "holds"],
        );
      }
    }
  }
}

/** The moments without which these gates never hold; one that is asked only sometimes demands none. */
function demanded(gates: readonly Gate[] | undefined, policy: Policy): readonly string[] {
  const domains = domainsOf(policy, undefined);
  return (gates ?? []).flatMap(({ holds, when }) => {
    if (holds === undefined || when !== undefined) return [];
    const moments = [...testsIn(holds, [])].flatMap(({ test }) =>
      "moment" in test ? [test.moment] : [],
    );
    const cases = casesOf(holds, domains);
    return moments.filter(
      (moment) => allOf([cases, casesOf({ not: { moment } }, domains)])?.length === 0,
    );
  });
}

type Circle = {
  readonly phase: Phase;
  readonly source: Phase;
  readonly moment: string;
  readonly line: number;
};

function circular(
  { phase, source, moment, line }: Circle,
  path: readonly (string | number)[],
): Found {
  const message =
    `"${phase.id}" is entered once ${moment} has come, and that comes of "${source.id}" (line ` +
    `${line}), which follows it: they wait for each other. Change the gate, or the order.`;
  return { code: "phases-cyclic", level: "block", at: toPointer(path), message };
}

/** Clauses that count from what only one of them brings: no clock of theirs ever starts. */
function* clauses({ policy }: PolicyDocument): Generator<Found> {
  const met = new Set(policy.clauses.map(toldAt));
  const startable = new Set<string>();
  for (let before = -1; before < startable.size; ) {
    before = startable.size;
    for (const clause of policy.clauses) {
      const from = anchorMoment(clause.from);
      if (!met.has(from) || startable.has(from)) startable.add(toldAt(clause));
    }
  }
  for (const [i, clause] of policy.clauses.entries()) {
    const from = anchorMoment(clause.from);
    if (!met.has(from) || startable.has(from) || from === toldAt(clause)) continue;
    const message =
      `"${clause.id}" counts from ${from}, and what brings that counts, in the end, from ` +
      `${toldAt(clause)}: none of these clocks starts. Let one count from receivedAt.`;
    yield {
      code: "clauses-cyclic",
      level: "block",
      at: toPointer(["clauses", i, "from"]),
      message,
    };
  }
}

/** A promise that cites the policy it stands in, or an organisation that is its own provider. */
function* itself(document: PolicyDocument): Generator<Found> {
  const { policy } = document;
  const own = [policy.title, `${policy.organisation} policy`].map(plain);
  for (const [i, { id, cites }] of policy.clauses.entries()) {
    if (cites === undefined) continue;
    const said = plain(cites);
    const isOwn =
      own.some((name) => name.length > 3 && said.startsWith(name)) ||
      /^(?:see )?(?:this|our own) (?:policy|plan|page|document|clause)\b/.test(said) ||
      said === plain(id) ||
      said === plain(policy.id);
    if (!isOwn) continue;
    const at = toPointer(["clauses", i, "cites"]);
    const message =
      `"${id}" cites this very policy: name the contract, law or document it comes from, or ` +
      "leave it out.";
    const fixes = [fixOf("Leave it out", removed(document, at))];
    yield { code: "names-itself", level: "block", at, message, fixes };
  }
  for (const [i, { name }] of (policy.providers ?? []).entries()) {
    if (plain(name) !== plain(policy.organisation)) continue;
    const message = `"${name}" is named as its own provider: name who provides, or leave it out.`;
    const at = toPointer(["providers", i, "name"]);
    const isOnly = policy.providers?.length === 1;
    const entry = isOnly ? "/providers" : toPointer(["providers", i]);
    const fixes = [fixOf("Leave it out", removed(document, entry))];
    yield { code: "names-itself", level: "block", at, message, fixes };
  }
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
