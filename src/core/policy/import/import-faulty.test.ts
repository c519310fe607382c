import { describe, expect, test } from "vitest";
import { applyFix } from "../lint/fix.ts";
import { lint } from "../lint/lint.ts";
import { parsePolicy } from "../parse/parse.ts";
import { draftOf, findings, imported, proseOf, told } from "../../../../test/imported.ts";

describe("a text with a product team's faults", () => {
  const NAME = "faulty.md";

  test("has every placeholder told by itself, where it stands", () => {
    const lines = proseOf(NAME).split("\n");
    const placeholders = findings(NAME, "placeholder");
    expect(placeholders.length).toBeGreaterThanOrEqual(9);
    for (const { line, column, level, message } of placeholders) {
      const written = /^"([^"]+)"/.exec(message)?.[1] ?? "?";
      expect(lines[line - 1]?.slice(column - 1).startsWith(written), written).toBe(true);
      expect(level).toBe("block");
    }
    const places = placeholders.map(({ line, column }) => `${line}:${column}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test("has the two answers told with both lines, and either can be chosen", () => {
    const [contradiction, ...more] = findings(NAME, "clauses-disagree");
    expect(more).toEqual([]);
    expect(contradiction).toMatchObject({ level: "block", line: 79 });
    expect(contradiction?.message).toContain("(line 79) says within 24 hours");
    expect(contradiction?.message).toContain("(line 33) says within 72 hours");
    const { draft } = imported(NAME);
    const [tighter] = contradiction?.fixes ?? [];
    expect(tighter?.says).toContain("24 hours");
    const settled = parsePolicy(applyFix(draft, tighter ?? { edits: [] }));
    expect(settled.ok && lint(settled.value).some(({ code }) => code === "clauses-disagree")).toBe(
      false,
    );
  });

  test("has the hand-off that uses up triage told, with both lines", () => {
    expect(findings(NAME, "handoff-exceeds")).toMatchObject([{ level: "block", line: 11 }]);
    expect(findings(NAME, "handoff-exceeds")[0]?.message).toContain("line 33");
  });

  test("has business days without a calendar told once, and gets no hours made up", () => {
    expect(findings(NAME, "calendar-missing")).toMatchObject([{ level: "block", line: 11 }]);
    expect(draftOf(NAME).calendars).toMatchObject([{ zone: "undecided", windows: {} }]);
  });

  test("has the address that nobody reads and the one that is missing told", () => {
    expect(findings(NAME, "address-unattended")).toMatchObject([{ line: 27 }]);
    expect(findings(NAME, "reporting-address-missing")).toHaveLength(1);
    expect(draftOf(NAME).reporting.email).toBe("undecided");
  });

  test("is drafted as its author would have: severities, phases, channels, contents, clauses", () => {
    const policy = draftOf(NAME);
    expect(policy.severities.map(({ name }) => name)).toEqual([
      "Critical",
      "High",
      "Medium",
      "Low",
    ]);
    expect(policy.priorities?.map(({ name }) => name)).toEqual(["P0", "P1", "P2", "P3"]);
    expect(policy.phases.map(({ name }) => name)).toEqual([
      "Triage",
      "Mitigation",
      "Permanent fix",
      "Verification and close",
    ]);
    expect(policy.channels.map(({ kind }) => kind)).toEqual([
      "monitoring",
      "audit",
      "customer",
      "researcher",
      "mail",
      "banner",
      "status-page",
    ]);
    expect(policy.elements.map(({ id }) => id)).toEqual([
      "what-happened",
      "what-data",
      "what-we-did",
      "what-you-should-do",
      "contact",
      "next-update",
    ]);
    expect(policy.review.severities).toEqual(["critical", "high"]);
    expect(policy.gates.fix?.map(({ second }) => second ?? false)).toEqual([true, false]);
    expect(policy.cadence).toMatchObject({
      review: { count: 3, unit: "months" },
      remediations: { count: 1, unit: "months" },
    });
    expect(told(NAME)).toEqual([
      "escalate team [] 1 business-days receivedAt",
      "acknowledge reporter [] 1 business-days receivedAt",
      "triage team [critical] 4 hours receivedAt",
      "mitigate team [critical] 24 hours receivedAt",
      "fix team [critical] 7 days receivedAt",
      "notify customer [critical] 72 hours customer-data-exposed:confirmed",
      "triage team [high] 1 business-days receivedAt",
      "mitigate team [high] 5 business-days receivedAt",
      "fix team [high] 30 days receivedAt",
      "notify customer [high] 5 business-days customer-data-affected:confirmed",
      "triage team [medium] 2 business-days receivedAt",
      "mitigate team [medium] 30 days receivedAt",
      "fix team [medium] 90 days receivedAt",
      "triage team [low] 5 business-days receivedAt",
      "mitigate team [low] best-effort receivedAt",
      "fix team [low] best-effort receivedAt",
      "notify customer [critical] 24 hours customer-data-exposed:confirmed",
      "report public [medium low] aggregated resolvedAt",
      "review team [critical high] 10 business-days resolvedAt",
    ]);
  });

  test("keeps its prose, with the numbers leading to their clauses", () => {
    const text = draftOf(NAME)
      .sections.map((section) => ("text" in section ? section.text : ""))
      .join("\n");
    expect(text).toContain(
      "| Critical | [[triage-critical]] | [[mitigate-critical]] | [[fix-critical]] |",
    );
    expect(text).toContain("The engineer on call confirms the report and gives it a grade.");
    expect(imported(NAME).draft).toContain('# line 33: "within 4 hours"');
  });
});
