import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withItem, withValue } from "./edit.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const SOLO = read(readFileSync("policies/solo.yaml", "utf8"));
const clauseAt = (id: string): number => SOLO.policy.clauses.findIndex((one) => one.id === id);

/** The lines that one text has and the other has not. */
function changed(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(old.length, now.length) - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail += 1;
  return { gone: old.slice(head, old.length - tail), come: now.slice(head, now.length - tail) };
}

describe("a change of one value changes its own lines and no other", () => {
  test("a target", () => {
    const path = ["clauses", clauseAt("triage-signal"), "within"];
    const text = withValue(SOLO, path, { count: 2, unit: "business-hours" });
    expect(changed(SOLO.text, text)).toEqual({
      gone: ["    within: { count: 4, unit: hours }"],
      come: ["    within: { count: 2, unit: business-hours }"],
    });
  });

  test("a number within a target that stands on one line", () => {
    const text = withValue(SOLO, ["clauses", clauseAt("triage-signal"), "within", "count"], 6);
    expect(changed(SOLO.text, text)).toEqual({
      gone: ["    within: { count: 4, unit: hours }"],
      come: ["    within: { count: 6, unit: hours }"],
    });
  });

  test("a condition that was not there, after what it follows", () => {
    const path = ["clauses", clauseAt("triage-signal"), "when"];
    const text = withValue(SOLO, path, { severity: ["sev1"] }, ["id", "duty", "to", "when"]);
    expect(changed(SOLO.text, text)).toEqual({
      gone: [],
      come: ["    when: { severity: [sev1] }"],
    });
    expect(text.split("\n")[text.split("\n").indexOf("    when: { severity: [sev1] }") - 1]).toBe(
      "    to: team",
    );
    const clause = read(text).policy.clauses[clauseAt("triage-signal")];
    expect(clause?.when).toEqual({ severity: ["sev1"] });
  });

  test("a key that is taken away", () => {
    const text = withValue(SOLO, ["clauses", clauseAt("escalate-ticket"), "when"], undefined);
    expect(changed(SOLO.text, text)).toEqual({
      gone: ["    when: { channel: [customer-report] }"],
      come: [],
    });
  });

  test("the prose of a section", () => {
    const text = withValue(SOLO, ["sections", 0, "text"], "One line.\n\nAnd: another one.\n");
    const { come } = changed(SOLO.text, text);
    expect(come).toEqual(["      One line.", "", "      And: another one."]);
    expect(read(text).policy.sections[0]).toMatchObject({
      text: "One line.\n\nAnd: another one.\n",
    });
  });

  test("a folded sentence", () => {
    const says =
      "If you look in good faith, break nothing and give us time, we take no legal steps: that is a promise, and it binds us.";
    const text = withValue(SOLO, ["reporting", "safeHarbour"], says);
    expect(read(text).policy.reporting.safeHarbour).toBe(says);
    expect(changed(SOLO.text, text).gone.join(" ")).toContain("If you look in good faith");
    expect(text).toContain("\n  bounty:\n    absent: We pay no bounty.");
  });
});

test("what was declared is declared absent, and comments around it stay", () => {
  const text = withValue(SOLO, ["reporting", "pgp"], { absent: "We have no key." });
  expect(text).toContain("  pgp: { absent: We have no key. }\n  subject:");
  expect(read(text).policy.reporting.pgp).toEqual({ absent: "We have no key." });
});

test("a clause is added at the end of the list, and taken away again", () => {
  const clause = {
    id: "extra",
    duty: "notify",
    to: "customer",
    when: { all: [{ severity: ["sev1"] }, { fact: { claim: "down", is: "confirmed" } }] },
    from: "confirmedAt",
    within: { count: 3, unit: "days" },
    says: "We tell them, and we do it in a sentence that is long enough to be folded over two lines.",
  };
  const text = withItem(SOLO, ["clauses"], clause);
  const after = read(text);
  expect(after.policy.clauses.at(-1)).toEqual(clause);
  expect(after.policy.clauses.length).toBe(SOLO.policy.clauses.length + 1);
  const back = withValue(after, ["clauses", SOLO.policy.clauses.length], undefined);
  expect(read(back).policy).toEqual(SOLO.policy);
});

test("a clause in the middle is taken away with its own lines alone", () => {
  const text = withValue(SOLO, ["clauses", clauseAt("mitigate-sev2")], undefined);
  const { gone, come } = changed(SOLO.text, text);
  expect(come).toEqual([]);
  expect(gone[0]).toBe("  - id: mitigate-sev2");
  expect(gone.length).toBe(7);
});

test("a map on one line gets and loses keys", () => {
  const text = withValue(SOLO, ["owner", "name"], "Ana, of the “house”");
  expect(read(text).policy.owner.name).toBe("Ana, of the “house”");
  const without = withValue(SOLO, ["owner", "role"], undefined);
  expect(read(without).policy.owner).not.toHaveProperty("role");
});

test.each(["vendor", "product", "solo"])("clauses all over %s can be said anew", (name) => {
  const document = read(readFileSync(`policies/${name}.yaml`, "utf8"));
  for (const [index, clause] of document.policy.clauses.entries()) {
    if (index % 7 !== 0) continue;
    const text = withValue(document, ["clauses", index, "within"], { count: 9, unit: "days" });
    const after = read(text).policy.clauses;
    expect(after[index]).toEqual({ ...clause, within: { count: 9, unit: "days" } });
    expect(changed(document.text, text).come.length).toBeLessThanOrEqual(1);
  }
});
