/** Source completion: core's suggestions, as the editor wants them. */

import type { Completion, CompletionContext, CompletionSource } from "@codemirror/autocomplete";
import type { Policy } from "../../../core/policy/policy.ts";
import { policyJsonSchema } from "../../../core/policy/schema.ts";
import { type SchemaNode, suggest } from "../../../core/policy/suggest.ts";

let schema: SchemaNode | undefined;

/** Offers keys, words of the format and the document's own ids. */
export const completionsFor =
  (policy: () => Policy | undefined): CompletionSource =>
  ({ state, pos, explicit, matchBefore }: CompletionContext) => {
    schema ??= policyJsonSchema() as SchemaNode;
    const found = suggest(state.doc.toString(), pos, schema, policy());
    if (found === undefined || found.suggestions.length === 0) return null;
    if (!explicit && found.from === pos && !matchBefore.call({ state, pos }, /\[\[|[[:,{] ?$/))
      return null;
    const options = found.suggestions.map(
      ({ text, says, kind }): Completion => ({
        label: text.trim(),
        apply: text,
        type: kind === "key" ? "property" : "constant",
        ...(says === undefined ? {} : { detail: says }),
      }),
    );
    // A word that is whole needs nothing: Enter after it begins a line, and takes no other word.
    const isWhole = (word: string): boolean => options.some(({ label }) => label === word);
    if (!explicit && isWhole(state.sliceDoc(found.from, pos))) return null;
    const validFor = (word: string): boolean => /^[\w.-]*$/.test(word) && !isWhole(word);
    return { from: found.from, options, validFor };
  };
