import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "./parse/parse.ts";
import { policyJsonSchema } from "./schema.ts";
import { type SchemaNode, suggest } from "./suggest.ts";

const SOLO = readFileSync("policies/solo.yaml", "utf8");
const parsed = parsePolicy(SOLO);
if (!parsed.ok) throw new Error("the example does not parse");
const { policy } = parsed.value;
const SCHEMA = policyJsonSchema() as SchemaNode;

/** What is offered where `|` stands at the end of `typed`, after the clauses of the example. */
function offered(typed: string, before = "clauses:\n"): readonly string[] {
  const text = before + typed;
  return suggest(text, text.length, SCHEMA, policy)?.suggestions.map(({ text: one }) => one) ?? [];
}

describe("what may stand where", () => {
  test("the keys of the document at its left edge", () => {
    expect(offered("", "")).toEqual(
      expect.arrayContaining(["format: ", "clauses: ", "sections: "]),
    );
  });

  test("the keys of a clause within one", () => {
    const keys = offered("  - id: a\n    du");
    expect(keys).toEqual(expect.arrayContaining(["duty: ", "within: ", "when: "]));
    expect(keys).not.toContain("sections: ");
    expect(offered("  - i")).toContain("id: ");
    expect(offered("- id: a\n  du")).toContain("duty: ");
    expect(offered("- id: a\n  to: team\n- id: b\n  when:\n    fact:\n      cl")).toContain(
      "claim: ",
    );
  });

  test("the duties after duty, and whom it may be owed to", () => {
    expect(offered("  - id: a\n    duty: no")).toEqual(
      expect.arrayContaining(["notify", "triage"]),
    );
    expect(offered("  - id: a\n    to: ")).toContain("customer");
  });

  test("the document's own ids: severities, channels, elements, calendars", () => {
    expect(offered("  - id: a\n    when: { severity: [")).toEqual(["sev1", "sev2", "sev3"]);
    expect(offered("  - id: a\n    contents: [tracking-id, ")).toContain("next-update");
    expect(offered("  - id: a\n    by: [")).toContain("mail");
    expect(offered("  - id: a\n    from: ")).toEqual(expect.arrayContaining(["receivedAt"]));
  });

  test("units in a target on one line", () => {
    expect(offered("  - id: a\n    within: { count: 4, unit: ")).toContain("business-days");
    expect(offered("  - id: a\n    within: { ")).toEqual(
      expect.arrayContaining(["count: ", "unit: ", "ends: "]),
    );
  });

  test("clauses after two brackets in prose", () => {
    const found = offered("  - id: x\n    text: |\n      You hear [[ack", "sections:\n");
    expect(found).toEqual(expect.arrayContaining(["acknowledge-report]]", "severity.sev1]]"]));
  });

  test("nothing in a comment", () => {
    expect(offered("  # du")).toEqual([]);
  });
});

test("nothing is offered twice, whatever the place", () => {
  for (let offset = 0; offset < SOLO.length; offset += 397) {
    const found = suggest(SOLO, offset, SCHEMA, policy)?.suggestions.map(({ text }) => text) ?? [];
    expect(new Set(found).size).toBe(found.length);
  }
});
