import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withAdded, withKey, withMoved, withoutItem } from "./list-edit.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const VENDOR = read(readFileSync("policies/vendor.yaml", "utf8"));

/** The vendor's policy with comments where people write them. */
const COMMENTED = read(
  VENDOR.text
    .replace("  - id: sev2\n", "\n  # Agreed with support in spring.\n  - id: sev2 # was P2\n")
    .replace("  - id: sev3\n", "    # and no more of it\n  - id: sev3\n"),
);

const commentsOf = (text: string): readonly string[] => (text.match(/#.*$/gm) ?? []).sort();

describe("an item that is moved", () => {
  test("takes its comments along and leaves every other line as it was", () => {
    const text = withMoved(COMMENTED, ["severities"], 1, 0);
    const { severities, ...rest } = read(text).policy;
    const { severities: was, ...others } = COMMENTED.policy;
    expect(severities).toEqual([was[1], was[0], was[2], was[3]]);
    expect(rest).toEqual(others);
    expect(commentsOf(text)).toEqual(commentsOf(COMMENTED.text));
    const [head, sev1] = [text.indexOf("# Agreed with support"), text.indexOf("- id: sev1\n")];
    expect(text.slice(head)).toMatch(
      /^# Agreed with support in spring\.\n {2}- id: sev2 # was P2\n/,
    );
    expect(head).toBeLessThan(sev1);
    expect(text.slice(head, sev1)).toContain("    # and no more of it\n");
    const lines = (one: string): readonly string[] => one.split("\n").sort();
    expect(lines(text)).toEqual(lines(COMMENTED.text));
  });

  test.each([
    ["severities", 0, 3],
    ["phases", 4, 0],
    ["roles", 1, 2],
    ["channels", 9, 0],
    ["facts", 0, 5],
  ] as const)("and back again is the text that was: %s", (list, from, to) => {
    const there = read(withMoved(COMMENTED, [list], from, to));
    expect(there.text).not.toBe(COMMENTED.text);
    expect(withMoved(there, [list], to, from)).toBe(COMMENTED.text);
  });

  test("on one line is written on that line", () => {
    const text = withMoved(VENDOR, ["review", "severities"], 1, 0);
    expect(text).toBe(VENDOR.text.replace("severities: [sev1, sev2]", "severities: [sev2, sev1]"));
  });

  test("within a gate's phase keeps what stands around it", () => {
    const list = ["phases", 1, "leave"];
    const text = withMoved(VENDOR, list, 2, 0);
    expect(read(text).policy.phases[1]?.leave?.map(({ id }) => id)).toEqual([
      "channel-and-ticket",
      "classified",
      "lead-assigned",
    ]);
    expect(text.split("\n").sort()).toEqual(VENDOR.text.split("\n").sort());
  });

  test("stays readable where the last line has no end", () => {
    const text = VENDOR.text.trimEnd();
    const sections = VENDOR.policy.sections.length;
    const moved = read(withMoved(read(text), ["sections"], sections - 1, 0));
    expect(moved.policy.sections.map(({ id }) => id)).toEqual([
      VENDOR.policy.sections.at(-1)?.id,
      ...VENDOR.policy.sections.slice(0, -1).map(({ id }) => id),
    ]);
  });
});

describe("an item that is added", () => {
  test("to a list that is there comes last, written as its neighbours are", () => {
    const holiday = { date: "2029-01-01", name: "New Year's Day" };
    const text = withAdded(VENDOR, ["calendars", 0, "holidays"], holiday);
    expect(text.split("\n").filter((line) => !VENDOR.text.includes(line))).toEqual([
      "      - { date: 2029-01-01, name: New Year's Day }",
    ]);
    expect(read(text).policy.calendars[0]?.holidays?.at(-1)).toEqual(holiday);
  });

  test("to a list that is not there yet makes it, in its place among the keys", () => {
    const order = ["id", "name", "responsibility", "outside", "contact", "deputy", "hours", "rota"];
    const turn = { calendar: "new-york", answers: { count: 2, unit: "hours" } };
    const text = withAdded(VENDOR, ["roles", 0, "rota"], turn, order);
    expect(read(text).policy.roles[0]).toEqual({ ...VENDOR.policy.roles[0], rota: [turn] });
    expect(commentsOf(text)).toEqual(commentsOf(VENDOR.text));
  });

  test("below a key that is not there either makes both", () => {
    const claim = VENDOR.policy.facts.findIndex((fact) => fact["ruled-out"] === undefined);
    const text = withAdded(VENDOR, ["facts", claim, "ruled-out", "sets"], "clearedAt");
    expect(read(text).policy.facts[claim]?.["ruled-out"]).toEqual({ sets: ["clearedAt"] });
    expect(text.split("\n").length).toBe(VENDOR.text.split("\n").length + 1);
  });
});

test("a key of a map that is not there makes the map, and leaves every other line as it was", () => {
  const text = withKey(VENDOR, ["publicRecord", "months"], 12);
  expect(read(text).policy.publicRecord).toEqual({ months: 12 });
  const lines = text.split("\n");
  expect(lines.filter((line) => !VENDOR.text.split("\n").includes(line))).toEqual([
    "publicRecord: { months: 12 }",
  ]);
  expect(lines.length).toBe(VENDOR.text.split("\n").length + 1);
});

describe("an item that is taken away", () => {
  test("leaves what was written above it", () => {
    const text = withoutItem(COMMENTED, ["severities"], 1);
    expect(text).toContain("# Agreed with support in spring.\n");
    expect(read(text).policy.severities.map(({ id }) => id)).toEqual(["sev1", "sev3", "sev4"]);
  });

  test("takes its list along as the last one, where there need be none", () => {
    const at = VENDOR.policy.phases.findIndex(({ enter }) => enter?.length === 1);
    const list = ["phases", at, "enter"];
    const text = withoutItem(VENDOR, list, 0, list);
    expect(read(text).policy.phases[at]).not.toHaveProperty("enter");
    expect(commentsOf(text)).toEqual(commentsOf(VENDOR.text));
  });
});
