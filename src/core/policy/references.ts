/**
 * References: where a policy names by its id what it declares elsewhere.
 *
 * The one list of such places: the linter looks whether each leads somewhere, a form offers
 * what may stand there, and who renames something finds all that names it.
 */

import { conditionsIn, type Test, testsIn } from "./condition/places.ts";
import type { Path } from "./places.ts";
import type { Policy } from "./policy.ts";

/** An id that names something declared elsewhere, and where it stands. */
export type Reference = { readonly kind: Kind; readonly id: string; readonly path: Path };

/** What may be named, and the key under which it is declared. */
export const DECLARED_UNDER = {
  severity: "severities",
  calendar: "calendars",
  claim: "facts",
  stage: "stages",
  element: "elements",
  role: "roles",
  "channel in": "channels",
  "channel out": "channels",
} as const;

export type Kind = keyof typeof DECLARED_UNDER;

/** Beside conditions, which are walked as the trees they are. `*` is any item of a list. */
const NAMED_AT: readonly (readonly [pattern: string, kind: Kind])[] = [
  ["calendar", "calendar"],
  ["questions/*/severity", "severity"],
  ["questions/*/claim", "claim"],
  ["otherwise", "severity"],
  ["review/severities/*", "severity"],
  ["decision/*/claim", "claim"],
  ["roles/*/hours", "calendar"],
  ["roles/*/rota/*/calendar", "calendar"],
  ["roles/*/deputy", "role"],
  ["clauses/*/calendar", "calendar"],
  ["clauses/*/from/claim", "claim"],
  ["clauses/*/contents/*", "element"],
  ["clauses/*/by/*", "channel out"],
];

/** What is named at `path`; undefined where nothing is. */
export function kindAt(path: Path): Kind | undefined {
  const pattern = path.map((step) => (typeof step === "number" ? "*" : step)).join("/");
  return NAMED_AT.find(([named]) => named === pattern)?.[1];
}

/** Every reference of the policy. */
export function* referencesIn(policy: Policy): Generator<Reference> {
  for (const [pattern, kind] of NAMED_AT) {
    for (const { id, path } of idsAt(policy, pattern.split("/"), [])) yield { kind, id, path };
  }
  for (const { condition, path } of conditionsIn(policy)) {
    for (const placed of testsIn(condition, path)) yield* inTest(placed.test, placed.path);
  }
}

function* idsAt(
  value: unknown,
  [step, ...rest]: readonly string[],
  path: Path,
): Generator<{ readonly id: string; readonly path: Path }> {
  if (step === undefined) {
    if (typeof value === "string") yield { id: value, path };
  } else if (step === "*") {
    if (!Array.isArray(value)) return;
    for (const [i, inner] of value.entries()) yield* idsAt(inner, rest, [...path, i]);
  } else if (typeof value === "object" && value !== null) {
    yield* idsAt((value as Record<string, unknown>)[step], rest, [...path, step]);
  }
}

function* inTest(test: Test, path: Path): Generator<Reference> {
  if ("severity" in test) yield* listed("severity", test.severity, [...path, "severity"]);
  if ("channel" in test) yield* listed("channel in", test.channel, [...path, "channel"]);
  if ("stage" in test) yield* listed("stage", test.stage, [...path, "stage"]);
  if ("fact" in test)
    yield { kind: "claim", id: test.fact.claim, path: [...path, "fact", "claim"] };
}

function* listed(kind: Kind, ids: readonly string[], path: Path): Generator<Reference> {
  for (const [i, id] of ids.entries()) yield { kind, id, path: [...path, i] };
}
