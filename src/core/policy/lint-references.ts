/**
 * References that lead nowhere: to severities, calendars, channels, claims, stages,
 * elements, moments and clauses that the policy does not have.
 *
 * A clause that counts from a moment nothing sets never starts, and nobody sees
 * that it did not: this is the check that matters most.
 */

import { anchorMoment } from "./clause.ts";
import { conditionsIn, type Test, testsIn } from "./condition-places.ts";
import { type Fix, fixOf, replaced, type Source } from "./fix.ts";
import type { Found } from "./lint-finding.ts";
import { knownMoments } from "./moments.ts";
import { nearest } from "./nearest.ts";
import type { PolicyDocument } from "./parse.ts";
import { type Path, toPointer } from "./places.ts";
import type { Policy } from "./policy.ts";

/** An id that names something declared elsewhere, and where it stands. */
type Reference = { readonly kind: Kind; readonly id: string; readonly path: Path };

/** What may be named, and the key under which it is declared. */
const DECLARED_UNDER = {
  severity: "severities",
  calendar: "calendars",
  claim: "facts",
  stage: "stages",
  element: "elements",
  role: "roles",
  "channel in": "channels",
  "channel out": "channels",
} as const;

type Kind = keyof typeof DECLARED_UNDER;
type Names = Readonly<Record<Kind, ReadonlySet<string>>>;

/** `reference-unknown`, `channel-direction` and `moment-unknown`. */
export function* references(
  document: Pick<PolicyDocument, "policy"> & Partial<Source>,
): Generator<Found> {
  const { policy } = document;
  const names = namesOf(policy);
  for (const reference of referencesIn(policy)) {
    if (!names[reference.kind].has(reference.id)) yield unknown(reference, names, document);
  }
  const moments = knownMoments(policy);
  for (const { id, path } of momentsIn(policy)) {
    if (!moments.has(id)) yield momentUnknown(id, path, moments, document);
  }
}

function namesOf(policy: Policy): Names {
  const channels = (direction: "in" | "out"): ReadonlySet<string> =>
    new Set(policy.channels.filter((one) => one.direction === direction).map(({ id }) => id));
  const ids = (items: readonly { readonly id: string }[] = []): ReadonlySet<string> =>
    new Set(items.map(({ id }) => id));
  return {
    severity: ids(policy.severities),
    calendar: ids(policy.calendars),
    claim: new Set(policy.facts.map(({ claim }) => claim)),
    stage: ids(policy.stages),
    element: ids(policy.elements),
    role: ids(policy.roles),
    "channel in": channels("in"),
    "channel out": channels("out"),
  };
}

function* referencesIn(policy: Policy): Generator<Reference> {
  yield { kind: "calendar", id: policy.calendar, path: ["calendar"] };
  for (const [i, { severity, claim }] of policy.questions.entries()) {
    yield { kind: "severity", id: severity, path: ["questions", i, "severity"] };
    if (claim) yield { kind: "claim", id: claim, path: ["questions", i, "claim"] };
  }
  yield { kind: "severity", id: policy.otherwise, path: ["otherwise"] };
  yield* listed("severity", policy.review.severities, ["review", "severities"]);
  for (const [i, { claim }] of (policy.decision ?? []).entries()) {
    if (claim) yield { kind: "claim", id: claim, path: ["decision", i, "claim"] };
  }
  for (const [i, { deputy, hours, rota = [] }] of policy.roles.entries()) {
    if (hours) yield { kind: "calendar", id: hours, path: ["roles", i, "hours"] };
    for (const [k, { calendar }] of rota.entries())
      yield { kind: "calendar", id: calendar, path: ["roles", i, "rota", k, "calendar"] };
    if (deputy) yield { kind: "role", id: deputy, path: ["roles", i, "deputy"] };
  }
  for (const [i, clause] of policy.clauses.entries()) {
    const at = ["clauses", i];
    if (clause.calendar) yield { kind: "calendar", id: clause.calendar, path: [...at, "calendar"] };
    if (typeof clause.from !== "string") {
      yield { kind: "claim", id: clause.from.claim, path: [...at, "from", "claim"] };
    }
    yield* listed("element", clause.contents, [...at, "contents"]);
    yield* listed("channel out", clause.by, [...at, "by"]);
  }
  for (const { condition, path } of conditionsIn(policy)) {
    for (const placed of testsIn(condition, path)) yield* testReferences(placed.test, placed.path);
  }
}

function* testReferences(test: Test, path: Path): Generator<Reference> {
  if ("severity" in test) yield* listed("severity", test.severity, [...path, "severity"]);
  if ("channel" in test) yield* listed("channel in", test.channel, [...path, "channel"]);
  if ("stage" in test) yield* listed("stage", test.stage, [...path, "stage"]);
  if ("fact" in test)
    yield { kind: "claim", id: test.fact.claim, path: [...path, "fact", "claim"] };
}

function* listed(kind: Kind, ids: readonly string[] | undefined, path: Path): Generator<Reference> {
  for (const [i, id] of (ids ?? []).entries()) yield { kind, id, path: [...path, i] };
}

function* momentsIn(policy: Policy): Generator<{ readonly id: string; readonly path: Path }> {
  for (const [i, { from, until }] of policy.clauses.entries()) {
    if (typeof from === "string") yield { id: anchorMoment(from), path: ["clauses", i, "from"] };
    if (until) yield { id: until, path: ["clauses", i, "until"] };
  }
  for (const { condition, path } of conditionsIn(policy)) {
    for (const placed of testsIn(condition, path)) {
      const { test } = placed;
      if ("moment" in test) yield { id: test.moment, path: [...placed.path, "moment"] };
    }
  }
}

function unknown({ kind, id, path }: Reference, names: Names, source: Partial<Source>): Found {
  const other = kind === "channel in" ? "channel out" : "channel in";
  if (kind.startsWith("channel") && names[other].has(id)) return wrongDirection(kind, id, path);
  const near = nearest(id, names[kind]);
  const noun = kind.split(" ", 1)[0] ?? kind;
  const right =
    near === undefined ? `add it to ${DECLARED_UNDER[kind]}.` : `did you mean "${near}"?`;
  const message = `There is no ${noun} "${id}": ${right}`;
  const at = toPointer(path);
  return { code: "reference-unknown", level: "block", at, message, fixes: meant(source, at, near) };
}

/** The word that was most likely meant, in place of what stands at `at`. */
function meant(
  { text, places }: Partial<Source>,
  at: string,
  near: string | undefined,
): readonly (Fix | undefined)[] {
  if (near === undefined || text === undefined || places === undefined) return [];
  return [fixOf(`Write "${near}"`, replaced({ text, places }, at, near))];
}

function wrongDirection(kind: Kind, id: string, path: Path): Found {
  const message =
    kind === "channel in"
      ? `"${id}" is a channel out, and a condition asks by which channel something came in: ` +
        "name one of those."
      : `"${id}" is a channel in, and this is sent out: name a channel of direction out.`;
  return { code: "channel-direction", level: "block", at: toPointer(path), message };
}

function momentUnknown(
  id: string,
  path: Path,
  moments: ReadonlySet<string>,
  source: Partial<Source>,
): Found {
  const near = nearest(id, moments);
  const right =
    near === undefined ? "let a claim set it, or name one that comes." : `did you mean "${near}"?`;
  const message =
    `Nothing ever sets the moment "${id}", so what hangs on it would never happen: ` + right;
  const at = toPointer(path);
  return { code: "moment-unknown", level: "block", at, message, fixes: meant(source, at, near) };
}
