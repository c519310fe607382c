import { describe, expect, test } from "vitest";
import type { JsonObject } from "./entry.ts";
import { ERASED, ERASED_PRIVATE_FIELDS, erasureData, parseErasure } from "./erasure.ts";
import { sampleEntry, sampleId } from "./sample-ledger.ts";

describe("an erasure", () => {
  const erasure = { entry: sampleId(2), paths: ["/note", "/evidence/0"] };

  test("names entry and paths in clear and seals its reason", () => {
    const { text, disclosures } = sampleEntry(9, {
      subject: "incident/INC-7",
      version: 1,
      type: ERASED,
      data: erasureData(erasure, "Cleo asked for it"),
      privateFields: ERASED_PRIVATE_FIELDS,
    });
    const { data } = JSON.parse(text);
    expect(parseErasure(data)).toEqual({ ok: true, value: erasure });
    expect(text).not.toContain("Cleo");
    expect(disclosures.map(({ path, value }) => [path, value])).toEqual([
      ["/basis", "Cleo asked for it"],
    ]);
  });

  test.each<[string, JsonObject]>([
    ["no entry", { paths: ["/note"] }],
    ["no paths", { entry: sampleId(2) }],
    ["an empty list of paths", { entry: sampleId(2), paths: [] }],
    ["a path that is no text", { entry: sampleId(2), paths: ["/note", 1] }],
  ])("with %s is refused", (_, data) => {
    const parsed = parseErasure(data);
    expect(parsed.ok ? "ok" : parsed.problems[0].code).toBe("erasure-malformed");
  });
});
