/**
 * Same place: where something that was shown stands in a text that was changed meanwhile.
 *
 * Somebody else's words may come into a draft between a form being drawn and a press in it.
 * What has an id is found by it; an item without one only where its list is as long as it was.
 */

import type { Path } from "./places.ts";
import type { Policy } from "./policy.ts";

type Item = { readonly id?: unknown; readonly claim?: unknown };

/** The path of the same thing in `now`; undefined where it is no longer there. */
export function samePlace(shown: Policy, now: Policy, path: Path): Path | undefined {
  let [was, is]: [unknown, unknown] = [shown, now];
  const found: (string | number)[] = [];
  for (const step of path) {
    const next = typeof step === "number" ? indexIn(was, is, step) : step;
    if (next === undefined) return undefined;
    found.push(next);
    was = inside(was, step);
    is = inside(is, next);
  }
  return found;
}

const inside = (value: unknown, step: string | number): unknown =>
  (value as Readonly<Record<string | number, unknown>> | undefined)?.[step];

function indexIn(was: unknown, is: unknown, index: number): number | undefined {
  const [before, after] = [itemsOf(was), itemsOf(is)];
  const id = idOf(before[index]);
  if (id === undefined || idOf(after[index]) === id)
    return id === undefined && before.length !== after.length ? undefined : index;
  const found = after.findIndex((item) => idOf(item) === id);
  return found < 0 ? undefined : found;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function idOf(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return undefined;
  const { id, claim } = item as Item;
  return id ?? claim;
}
