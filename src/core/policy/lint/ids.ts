/**
 * Ids that stand twice: whatever cites one would mean either.
 */

import { gatesIn } from "../condition/places.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { type Path, placeOf, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";

type Id = { readonly scope: string; readonly id: string; readonly path: Path };

/** `id-duplicate`. */
export function* duplicates({ policy, places }: PolicyDocument): Generator<Found> {
  const first = new Map<string, Path>();
  for (const { scope, id, path } of idsIn(policy)) {
    const key = `${scope}/${id}`;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, path);
      continue;
    }
    const { line } = placeOf(places, toPointer(before));
    const message = `The id "${id}" is taken on line ${line}: give this one another.`;
    yield { code: "id-duplicate", level: "block", at: toPointer(path), message };
  }
}

function* idsIn(policy: Policy): Generator<Id> {
  const lists = {
    calendars: policy.calendars,
    severities: policy.severities,
    questions: policy.questions,
    priorities: policy.priorities,
    phases: policy.phases,
    decision: policy.decision,
    roles: policy.roles,
    channels: policy.channels,
    stages: policy.stages,
    elements: policy.elements,
    mitigations: policy.mitigations,
    clauses: policy.clauses,
    sections: policy.sections,
  };
  for (const [scope, items] of Object.entries(lists)) {
    for (const [i, { id }] of (items ?? []).entries()) yield { scope, id, path: [scope, i, "id"] };
  }
  for (const [i, { claim }] of policy.facts.entries()) {
    yield { scope: "facts", id: claim, path: ["facts", i, "claim"] };
  }
  // Evidence is kept by what a gate stands before and its id, entering and leaving alike.
  for (const { gate, path, of } of gatesIn(policy)) {
    yield { scope: `gates of ${of}`, id: gate.id, path: [...path, "id"] };
  }
}
