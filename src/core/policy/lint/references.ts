/**
 * References that lead nowhere: to severities, calendars, channels, claims, stages,
 * elements, moments and clauses that the policy does not have.
 *
 * A clause that counts from a moment nothing sets never starts, and nobody sees
 * that it did not: this is the check that matters most.
 */

import { anchorMoment } from "../clause.ts";
import { conditionsIn, testsIn } from "../condition/places.ts";
import { type Fix, fixOf, replaced, type Source } from "./fix.ts";
import type { Found } from "./finding.ts";
import { knownMoments } from "../moments.ts";
import { nearest } from "../nearest.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { type Path, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { DECLARED_UNDER, type Kind, type Reference, referencesIn } from "../references.ts";

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
