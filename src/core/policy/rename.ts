/**
 * Rename: another id for something that a policy declares, and everything that names it.
 *
 * All or nothing: the text that comes out says exactly what the old one said, under another
 * name. What stands in a file of its own (a section under agreement) is not in the text and
 * cannot follow; who renames is told which these are.
 */

import { invariant, ok, refuse, type Result } from "../problem.ts";
import { listed, textIn } from "../text.ts";
import { idSchema } from "./condition/schema.ts";
import { withValue } from "./edit.ts";
import { applyFix, type Edit, fixOf, replaced } from "./lint/fix.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";
import { type Path, toPointer, valueAt } from "./places.ts";
import { nounOf } from "./parts.ts";
import { placeWords } from "./place-words.ts";
import type { Policy } from "./policy.ts";
import { proseReferences } from "./prose/prose.ts";
import { DECLARED_UNDER, type Kind, type Reference, referencesIn } from "./references.ts";

/** The lists whose items an id leads to; `list` below is the path of one, or of a list of gates. */
const KINDS = Object.entries(DECLARED_UNDER) as readonly [Kind, string][];

/** What `[[severity.…]]` and `[[…]]` of the prose lead to, by the list that declares it. */
const IN_PROSE: Readonly<Record<string, string>> = {
  severities: "severity.",
  calendars: "calendar.",
  clauses: "",
};

/** The key that is the id of an item of this list. */
export const idKeyOf = (list: Path): "id" | "claim" => (list[0] === "facts" ? "claim" : "id");

const itemAt = (policy: Policy, list: Path, index: number): Readonly<Record<string, unknown>> =>
  (valueAt(policy, toPointer([...list, index])) ?? {}) as Readonly<Record<string, unknown>>;

const idOf = (policy: Policy, list: Path, index: number): string =>
  textIn(itemAt(policy, list, index)[idKeyOf(list)]);

/** Where the item is named: by its id first, then in the prose. */
export function namingOf(policy: Policy, list: Path, index: number): readonly Path[] {
  const id = idOf(policy, list, index);
  const { references, prose } = namesIn(policy);
  const kinds = list.length === 1 ? KINDS.filter(([, key]) => key === list[0]) : [];
  const named = references.filter(
    (one) => one.id === id && kinds.some(([kind]) => kind === one.kind),
  );
  const isNamed = inProse(list, id);
  const told = isNamed ? prose.filter(({ names }) => names.some(isNamed)) : [];
  return [...named, ...told].map(({ path }) => path);
}

type Names = {
  readonly references: readonly Reference[];
  /** What stands between brackets, section by section. */
  readonly prose: readonly { readonly path: Path; readonly names: readonly string[] }[];
};

/** A policy on screen is asked about each of its items. */
const known = new WeakMap<Policy, Names>();

function namesIn(policy: Policy): Names {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const prose = policy.sections.flatMap((section, i) => {
    const names = "text" in section ? proseReferences(section.text) : [];
    return [{ path: ["sections", i, "text"], names: names.map((one) => one.names) }];
  });
  const found = { references: [...referencesIn(policy)], prose };
  known.set(policy, found);
  return found;
}

function inProse(list: Path, id: string): ((names: string) => boolean) | undefined {
  const before = list.length === 1 ? IN_PROSE[String(list[0])] : undefined;
  if (before === undefined) return undefined;
  const whole = `${before}${id}`;
  return (names) => names === whole || (before === "" && names === `${whole}.sentence`);
}

/** `the question "tampered" and the clauses …`: where it is named, each place once. */
export function namingWords(policy: Policy, paths: readonly Path[]): string {
  const words = [...new Set(paths.map((path) => placeWords(policy, path)))];
  const more = words.length - PLACES_MAX;
  return listed(more > 1 ? [...words.slice(0, PLACES_MAX), `${more} more places`] : words);
}

const PLACES_MAX = 8;

/**
 * The text with another id for the item, followed by all that names it.
 * Refuses with `id-malformed` and `id-taken`.
 */
export function renamed(
  document: PolicyDocument,
  list: Path,
  index: number,
  next: string,
): Result<string> {
  const { policy, text } = document;
  const id = idOf(policy, list, index);
  if (next === id) return ok(text);
  if (!idSchema.safeParse(next).success) return refuse("id-malformed", MALFORMED);
  const others = valueAt(policy, toPointer(list)) as readonly unknown[];
  if (others.some((_, i) => idOf(policy, list, i) === next))
    return refuse(
      "id-taken",
      `Another ${nounOf(String(list.at(-1)))} has the id "${next}" already.`,
    );
  const paths = [[...list, index, idKeyOf(list)], ...namingOf(policy, list, index)];
  const values = paths.map((path) => ({ path, value: nextAt(policy, list, path, id, next) }));
  return ok(inPlace(document, values) ?? oneByOne(document, values));
}

const MALFORMED =
  "An id is lower-case words joined by hyphens, like data-exposed, 64 letters at most.";

type Put = { readonly path: Path; readonly value: string };

/** What stands at a place afterwards: the new id, or the prose with it. */
function nextAt(policy: Policy, list: Path, path: Path, id: string, next: string): string {
  if (path[0] !== "sections") return next;
  const names = inProse(list, id);
  const before = IN_PROSE[String(list[0])] ?? "";
  const text = String(valueAt(policy, toPointer(path)));
  const parts = proseReferences(text).filter((one) => names?.(one.names));
  return parts.reduceRight(
    (prose, { offset }) =>
      prose.slice(0, offset) +
      `[[${before}${next}` +
      prose.slice(offset + `[[${before}${id}`.length),
    text,
  );
}

/** Word for word where it stands; undefined where that would not say the same. */
function inPlace(document: PolicyDocument, puts: readonly Put[]): string | undefined {
  const edits = puts.flatMap(({ path, value }): readonly (Edit | undefined)[] => {
    if (path[0] !== "sections") return [replaced(document, toPointer(path), value)];
    return proseEdits(document, path, value);
  });
  const fix = fixOf("", ...edits);
  const text = fix && applyFix(document.text, fix);
  return text !== undefined && says(text, puts, document) ? text : undefined;
}

/** The prose as it is written, where it was and is the same but for the words between brackets. */
function proseEdits({ text, places, policy }: PolicyDocument, path: Path, value: string) {
  const span = places.spots.get(toPointer(path))?.value;
  const was = proseReferences(String(valueAt(policy, toPointer(path))));
  const now = proseReferences(value);
  if (span === undefined) return [undefined];
  const written = proseReferences(text.slice(span.from, span.to));
  return written.map(({ offset, written: words }, i) => {
    const start = span.from + offset;
    const isSameAs = words === was[i]?.written;
    return isSameAs
      ? { start, end: start + words.length, text: now[i]?.written ?? words }
      : undefined;
  });
}

function says(text: string, puts: readonly Put[], { policy }: PolicyDocument): boolean {
  const read = parsePolicy(text);
  if (!read.ok) return false;
  const meant = structuredCloneOf(policy);
  for (const { path, value } of puts) {
    const holder = valueAt(meant, toPointer(path.slice(0, -1))) as Record<string | number, unknown>;
    holder[path.at(-1) as string | number] = value;
  }
  return JSON.stringify(read.value.policy) === JSON.stringify(meant);
}

const structuredCloneOf = (policy: Policy): unknown => JSON.parse(JSON.stringify(policy));

function oneByOne(document: PolicyDocument, puts: readonly Put[]): string {
  let text = document.text;
  for (const { path, value } of puts) {
    const read = parsePolicy(text);
    invariant(read.ok, "a name in the place of another is read as it was");
    text = withValue(read.value, path, value);
  }
  return text;
}

/**
 * Why the item cannot be taken away: it is named elsewhere, and what names it would lead
 * nowhere. Refuses with `id-named`.
 */
export function mayGo(policy: Policy, list: Path, index: number): Result<void> {
  const paths = namingOf(policy, list, index);
  if (paths.length === 0) return ok(undefined);
  const id = idOf(policy, list, index);
  const message = `"${id}" is named by ${namingWords(policy, paths)}: let these name another first.`;
  return refuse("id-named", message, toPointer([...list, index]));
}

/** The sections whose text stands in a file of its own, and could name anything. */
export const sectionsElsewhere = ({ sections }: Policy): readonly string[] =>
  sections.flatMap((section) => ("text" in section ? [] : section.title));
