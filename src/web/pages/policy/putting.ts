/**
 * Putting: one value into the draft, at its own place in the source.
 *
 * The draft is read anew for it: what is on screen may be a moment old, and an edit over
 * an old text would take back what was typed since.
 */

import { withItem, withValue } from "../../../core/policy/edit.ts";
import { parsePolicy, type PolicyDocument } from "../../../core/policy/parse.ts";
import type { Path } from "../../../core/policy/places.ts";
import { draftText, writeDraft } from "./draft.ts";

function change(place: string, edited: (document: PolicyDocument) => string): void {
  const parsed = parsePolicy(draftText());
  // While the source cannot be read, forms say so and change nothing.
  if (parsed.ok) writeDraft(edited(parsed.value), place);
}

/** `value` at `path`, or nothing there any more; `order` is where a new key stands. */
export const putValue = (
  path: Path,
  value: unknown,
  place = "",
  order: readonly string[] = [],
): void => change(place, (document) => withValue(document, path, value, order));

/** One more item at the end of the list at `path`. */
export const putItem = (path: Path, value: object): void =>
  change("", (document) => withItem(document, path, value));
