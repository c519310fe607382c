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

/** What is wrong with it; undefined where it is in the draft. */
export type Put = string | undefined;

/**
 * A value that would make the whole text unreadable is told beside its field and not put in:
 * half an address is no reason to take the document from the screen.
 */
function change(place: string, edited: (document: PolicyDocument) => string): Put {
  const parsed = parsePolicy(draftText());
  if (!parsed.ok) return "The source cannot be read at the moment: nothing was changed.";
  const text = edited(parsed.value);
  const after = parsePolicy(text);
  if (!after.ok) return after.problems[0].message;
  writeDraft(text, place);
  return undefined;
}

/** `value` at `path`, or nothing there any more; `order` is where a new key stands. */
export const putValue = (
  path: Path,
  value: unknown,
  place = "",
  order: readonly string[] = [],
): Put => change(place, (document) => withValue(document, path, value, order));

/** One more item at the end of the list at `path`. */
export const putItem = (path: Path, value: object): Put =>
  change("", (document) => withItem(document, path, value));
