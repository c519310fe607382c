import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { lint } from "./lint/lint.ts";
import { parsePolicy } from "./parse/parse.ts";
import { policyJsonSchema, printPolicyJsonSchema } from "./schema.ts";

const POLICIES = new URL("../../../policies/", import.meta.url);
const FILE = new URL("schema.json", POLICIES);

const examples = readdirSync(POLICIES)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => ({ name, text: readFileSync(new URL(name, POLICIES), "utf8") }));

test("the schema in policies/ is current; npx vitest run src/core/policy/schema.test.ts -u prints it anew", async () => {
  expect(existsSync(FILE)).toBe(true);
  await expect(printPolicyJsonSchema()).toMatchFileSnapshot(fileURLToPath(FILE));
});

/** Read back, the schema's own words judge a document: without the parser, as an editor does. */
const asEditor = z.fromJSONSchema(JSON.parse(printPolicyJsonSchema()));

test("there are three examples", () => {
  expect(examples.map(({ name }) => name)).toEqual(["product.yaml", "solo.yaml", "vendor.yaml"]);
});

describe.each(examples)("$name", ({ text }) => {
  test("is what the schema describes", () => {
    const judged = asEditor.safeParse(parse(text));
    expect(judged.success ? [] : judged.error.issues).toEqual([]);
  });

  test("parses, and nothing keeps it from being published", () => {
    const parsed = parsePolicy(text);
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
    expect(lint(parsed.value).filter(({ level }) => level === "block")).toEqual([]);
  });
});

test("the schema refuses what the parser refuses of structure", () => {
  const fennel = parse(readFileSync(new URL("fennel.yaml", import.meta.url), "utf8"));
  expect(asEditor.safeParse(fennel).success).toBe(true);
  expect(asEditor.safeParse({ ...fennel, audiance: "public" }).success).toBe(false);
  expect(asEditor.safeParse({ ...fennel, clauses: [] }).success).toBe(false);
  expect(asEditor.safeParse({ ...fennel, effective: "2026-02-30" }).success).toBe(false);
  const [clause] = fennel.clauses;
  const other = (change: object) => ({ ...fennel, clauses: [{ ...clause, ...change }] });
  expect(asEditor.safeParse(other({ within: "soon" })).success).toBe(false);
  expect(asEditor.safeParse(other({ when: { severty: ["critical"] } })).success).toBe(false);
  expect(asEditor.safeParse(other({ when: { not: { severity: ["critical"] } } })).success).toBe(
    true,
  );
});

test("every key of the document, of a calendar and of a clause is described", () => {
  type Described = { readonly description?: string; readonly $ref?: string };
  const { $defs } = policyJsonSchema() as {
    $defs: Record<string, { properties: Record<string, Described> }>;
  };
  const bare = ["policy", "calendar", "clause"].flatMap((kind) =>
    Object.entries($defs[kind]?.properties ?? {})
      .filter(([key, { description }]) => description === undefined && !/^(?:id|name)$/.test(key))
      .map(([key]) => `${kind}: ${key}`),
  );
  expect(bare).toEqual([]);
});
