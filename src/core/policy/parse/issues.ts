/**
 * What the schema refused, in our own words and with its place.
 *
 * Zod answers a union with the faults of every option. The option the author
 * meant is the one with the least to mend, and only its faults are told; where
 * none stands out, what all options want is said instead.
 */

import { z } from "zod";
import type { Problem } from "../../problem.ts";
import { nearest } from "../nearest.ts";
import { faultProblem } from "./words.ts";
import { keyPlaceOf, type Path, type Place, type Places, placeOf, toPointer } from "../places.ts";
import { keysOf, schemasAt, testsOf } from "./schema.ts";

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** One thing that is wrong, at the path of the value it is about. */
export type Fault = {
  readonly path: Path;
  readonly input: unknown;
  /** What may stand at `path`. */
  readonly schemas: readonly Schema[];
} & (
  | { readonly kind: "issue"; readonly issue: Issue }
  | { readonly kind: "missing" }
  | { readonly kind: "unknown-key"; readonly key: string; readonly known: readonly string[] }
  | { readonly kind: "none-fits" }
  | { readonly kind: "several-tests"; readonly tests: readonly string[] }
);

export type PlacedFault = Place & { readonly at: string; readonly fault: Fault };

/** What is wrong with `value`, which `root` refused with `issues`; worded by faultProblems. */
export function placedFaults(
  root: Schema,
  issues: readonly Issue[],
  value: unknown,
  places: Places,
): readonly PlacedFault[] {
  return issues
    .flatMap((issue) => faultsOf(issue, [], { root, value }))
    .map((fault) => {
      const unknownKey = fault.kind === "unknown-key";
      const at = toPointer(unknownKey ? [...fault.path, fault.key] : fault.path);
      return { fault, at, ...(unknownKey ? keyPlaceOf(places, at) : placeOf(places, at)) };
    });
}

/** The problems for some faults: one for each, but none for what another one explains. */
export const faultProblems = (faults: readonly PlacedFault[], places: Places): readonly Problem[] =>
  withoutEchoes(faults).map(({ fault, ...place }) => ({
    ...faultProblem(fault, places),
    ...place,
  }));

type Asked = { readonly root: Schema; readonly value: unknown };

function faultsOf(issue: Issue, base: Path, asked: Asked): readonly Fault[] {
  const path = [...base, ...issue.path] as Path;
  const input = valueAt(asked.value, path);
  const about = { path, input, schemas: schemasAt(asked.root, path) };
  if (input === undefined) return [{ ...about, kind: "missing" }];
  if (issue.code === "unrecognized_keys") {
    const known = keysOf(about.schemas);
    return issue.keys.map((key) => ({ ...about, kind: "unknown-key", key, known }));
  }
  if (issue.code !== "invalid_union") return [{ ...about, kind: "issue", issue }];
  const tests = testsOf(about.schemas).filter(
    (test) => isRecord(input) && Object.hasOwn(input, test),
  );
  if (tests.length > 1) return [{ ...about, kind: "several-tests", tests }];
  const meant = optionMeant(issue.errors, input);
  if (meant !== undefined) return meant.flatMap((inner) => faultsOf(inner, path, asked));
  const strangers = keysUnknownToAll(issue.errors);
  if (strangers.length === 0) return [{ ...about, kind: "none-fits" }];
  const known = keysOf(about.schemas);
  return strangers.map((key) => ({ ...about, kind: "unknown-key", key, known }));
}

/** The issues of the option with the least to mend; undefined where none stands out. */
function optionMeant(
  options: readonly (readonly Issue[])[],
  input: unknown,
): readonly Issue[] | undefined {
  const fitting = options.filter((issues) => !issues.some((issue) => isWrongKind(issue, input)));
  const costs = fitting.map((issues) => cost(issues, fitting, input));
  const least = Math.min(...costs);
  const best = fitting.filter((_, i) => costs[i] === least);
  return best.length === 1 ? best[0] : undefined;
}

/** Whether an option can be left aside at once: a list was given where it wants a mapping. */
const isWrongKind = (issue: Issue, input: unknown): boolean =>
  issue.path.length === 0 &&
  (issue.code === "invalid_type" || (issue.code === "invalid_value" && typeof input === "object"));

function cost(
  issues: readonly Issue[],
  options: readonly (readonly Issue[])[],
  input: unknown,
): number {
  let sum = 0;
  for (const issue of issues) {
    if (issue.code === "unrecognized_keys") sum += 2 * issue.keys.length;
    else if (valueAt(input, issue.path as Path) === undefined) sum += 1;
    else sum += options.some((other) => accepts(other, issue)) ? 10 : 1;
  }
  return sum;
}

/** Whether `other` is content with what `issue` is about: then that tells the options apart. */
const accepts = (other: readonly Issue[], { path, code }: Issue): boolean =>
  code === "invalid_value" &&
  path.length === 1 &&
  !other.some((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.includes(String(path[0]))
      : issue.path[0] === path[0],
  );

const keysUnknownToAll = (options: readonly (readonly Issue[])[]): readonly string[] => {
  const unknown = options.map((issues) =>
    issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
    ),
  );
  const [first = [], ...rest] = unknown;
  return first.filter((key) => rest.every((keys) => keys.includes(key)));
};

/** A mistyped key is not also the lack of the right one, and a value has one fault, its first. */
function withoutEchoes(faults: readonly PlacedFault[]): readonly PlacedFault[] {
  const settled = new Set<string>();
  for (const { fault } of faults) {
    if (fault.kind !== "unknown-key") continue;
    const near = nearest(fault.key, fault.known);
    if (near !== undefined) settled.add(toPointer([...fault.path, near]));
  }
  return faults.filter(({ fault, at }) => {
    if (fault.kind === "unknown-key") return true;
    const first = !settled.has(at);
    settled.add(at);
    return first;
  });
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;
