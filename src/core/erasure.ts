/**
 * Erasure: private text of an entry goes for good; its proof stays.
 *
 * The entry holds only commitments to its private text. Erasing deletes text and
 * salt beside it and adds an entry that says who did it, which places, and on
 * which basis; afterwards the text reads "[erased]" everywhere. What is not
 * private (ids, instants, words of fixed lists) cannot be erased: without it the
 * record would no longer be one.
 */

import type { AnyEvent } from "./event.ts";
import { isPrivatePath } from "./event.ts";
import { type Problem, refuse, refuseAll, type Result } from "./problem.ts";
import type { Recorded } from "./recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "./text.ts";

export const ERASED = "[erased]";

export type Erased = {
  readonly type: "Erased";
  /** The entry's id. */
  readonly entry: string;
  /** JSON Pointers to the texts, each a leaf. */
  readonly paths: readonly string[];
  /** Why, and on which legal basis. */
  readonly basis: string;
};

export type EraseEntry = {
  readonly type: "EraseEntry";
  readonly entry: string;
  /** Texts, or fields with every text under them. */
  readonly paths: readonly string[];
  readonly basis: string;
};

/**
 * Decides the erasure of private text in one of the subject's entries.
 * Refuses with `entry-unknown`, `path-not-private`, `path-empty`, `text-missing`.
 */
export function eraseEntry(
  entries: readonly Recorded<AnyEvent>[],
  { entry, paths, basis }: EraseEntry,
): Result<readonly Erased[]> {
  const found = entries.find(({ id }) => id === entry);
  if (!found) return refuse("entry-unknown", `There is no entry ${entry} here.`);
  const problems: Problem[] = [];
  const leaves: string[] = [];
  for (const [i, path] of paths.entries()) {
    const under = privateTexts(found.event).filter(
      ({ path: leaf, text }) => text !== ERASED && (leaf === path || leaf.startsWith(`${path}/`)),
    );
    leaves.push(...under.map((leaf) => leaf.path));
    if (under.length === 0) problems.push(pathProblem(found.event, path, `/paths/${i}`));
  }
  const missing = textProblem(
    basis,
    NOTE_CHARACTERS_MAX,
    "/basis",
    "Say why it is erased and on which legal basis: that is kept.",
  );
  if (missing) problems.push(missing);
  return refuseAll(problems, [{ type: "Erased", entry, paths: [...new Set(leaves)], basis }]);
}

/** Every private text of an event, with its JSON Pointer. */
export function privateTexts(event: AnyEvent): readonly { path: string; text: string }[] {
  return textsUnder(event, "").filter(({ path }) => isPrivatePath(event.type, path));
}

/** The event as it reads once the texts at `paths` are gone. */
export const withoutTexts = <E extends AnyEvent>(event: E, paths: ReadonlySet<string>): E =>
  (paths.size === 0 ? event : replaced(event, "", paths)) as E;

/** The subject's entries as they read after an `Erased` that is not yet among them. */
export function afterErasure(
  entries: readonly Recorded<AnyEvent>[],
  { entry, paths }: Erased,
): readonly Recorded<AnyEvent>[] {
  const gone = new Set(paths);
  return entries.map((recorded) =>
    recorded.id === entry ? { ...recorded, event: withoutTexts(recorded.event, gone) } : recorded,
  );
}

function pathProblem(event: AnyEvent, path: string, at: string): Problem {
  return isPrivatePath(event.type, path)
    ? { code: "path-empty", message: `There is no text at ${path} any more.`, at }
    : {
        code: "path-not-private",
        message: `${path} is not private text of a ${event.type}: it is part of the proof and stays.`,
        at,
      };
}

function textsUnder(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsUnder(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

function replaced(value: unknown, path: string, gone: ReadonlySet<string>): unknown {
  if (typeof value === "string") return gone.has(path) ? ERASED : value;
  if (typeof value !== "object" || value === null) return value;
  const inner = (key: string, item: unknown) =>
    replaced(item, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, gone);
  if (Array.isArray(value)) return value.map((item, i) => inner(String(i), item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(key, item)]));
}
