/**
 * Putting: one value into the draft, at its own place in the source.
 *
 * The draft is read anew for it: what is on screen may be a moment old, and an edit over
 * an old text would take back what was typed since.
 */

import { withItem, withValue } from "../../../core/policy/edit.ts";
import { parsePolicy, type PolicyDocument } from "../../../core/policy/parse/parse.ts";
import type { Path } from "../../../core/policy/places.ts";
import { ok, type Result } from "../../../core/problem.ts";
import { draftText, writeDraft } from "./draft.ts";

/** What is wrong with it; undefined where it is in the draft. */
export type Put = string | undefined;

let last: { readonly text: string; readonly read: Result<PolicyDocument> } | undefined;

/** A text of the draft, read once for all who ask. */
export function readDraft(text: string): Result<PolicyDocument> {
  if (last?.text !== text) last = { text, read: parsePolicy(text) };
  return last.read;
}

/**
 * The draft changed as a whole, or not at all. What would make it unreadable is told beside its
 * field and not put in: half an address is no reason to take the document from the screen.
 */
export function changeDraft(
  place: string,
  edited: (document: PolicyDocument) => Result<string>,
): Put {
  const parsed = readDraft(draftText());
  if (!parsed.ok) return "The source cannot be read at the moment: nothing was changed.";
  const next = edited(parsed.value);
  if (!next.ok) return next.problems[0].message;
  const after = parsePolicy(next.value);
  if (!after.ok) return after.problems[0].message;
  last = { text: next.value, read: after };
  writeDraft(next.value, place);
  return undefined;
}

/** `value` at `path`, or nothing there any more; `order` is where a new key stands. */
export const putValue = (
  path: Path,
  value: unknown,
  place = "",
  order: readonly string[] = [],
): Put => changeDraft(place, (document) => ok(withValue(document, path, value, order)));

/** One more item at the end of the list at `path`. */
export const putItem = (path: Path, value: object): Put =>
  changeDraft("", (document) => ok(withItem(document, path, value)));
