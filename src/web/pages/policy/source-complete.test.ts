/** What is offered while the source is typed, and when nothing is. */

import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { FENNEL } from "../../../core/policy/fennel.ts";
import { completionsFor } from "./source-complete.ts";

/** What is offered at the end of `text`. */
async function offered(text: string, explicit = false): Promise<CompletionResult | null> {
  const state = EditorState.create({ doc: text });
  return completionsFor(() => FENNEL)(new CompletionContext(state, text.length, explicit));
}
const labels = async (text: string, explicit = false): Promise<readonly string[]> =>
  (await offered(text, explicit))?.options.map(({ label }) => label) ?? [];

const CLAUSE = "clauses:\n  - id: extra\n";

describe("while a clause is typed", () => {
  test("half a word is offered whole", async () => {
    expect(await labels(`${CLAUSE}    duty: noti`)).toContain("notify");
    expect(await labels(`${CLAUSE}    du`)).toContain("duty:");
  });

  test("a whole word is offered nothing, so that Enter begins the next line", async () => {
    expect(await labels(`${CLAUSE}    duty: notify`)).toEqual([]);
    expect(await labels(`${CLAUSE}    to: customer`)).toEqual([]);
  });

  test("what was offered to half a word is over when the word is whole", async () => {
    const { validFor } = (await offered(`${CLAUSE}    duty: noti`)) ?? {};
    if (typeof validFor !== "function") throw new Error("nothing says how long it is offered");
    const state = EditorState.create({ doc: "" });
    const isOffered = (word: string): boolean => validFor(word, 0, 0, state);
    expect([isOffered("notif"), isOffered("notify"), isOffered("not so")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("whoever asks is told all the same", async () => {
    expect(await labels(`${CLAUSE}    duty: notify`, true)).toContain("notify");
  });
});
