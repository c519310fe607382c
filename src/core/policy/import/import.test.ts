import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lint } from "../lint/lint.ts";
import { parsePolicy } from "../parse/parse.ts";
import { formatOf } from "./format.ts";
import { importPolicy } from "./import.ts";
import { draftOf, findings, imported, NAMES, told } from "../../../../test/imported.ts";

test.each(NAMES)("the title of %s stands over its text once", (name) => {
  const { title, sections } = draftOf(name);
  const [first] = sections;
  for (const section of sections) expect(section.title).not.toBe(title);
  const text = first && "text" in first ? first.text : "";
  expect(text.split("\n").filter((line) => line.includes(title))).toEqual([]);
  expect(text).not.toMatch(/^(?:title|version|subject): /im);
});

describe("other shapes of text", () => {
  test("plain text of one person: a calendar that is said, roles with their holder, suspicion", () => {
    const policy = draftOf("solo.txt");
    expect(policy.calendars).toMatchObject([
      { zone: "Europe/Vienna", windows: { mon: [["09:00", "17:00"]] } },
    ]);
    expect(policy.roles.map(({ name, outside }) => [name, outside ?? false])).toEqual([
      ["Incident lead", false],
      ["Communications", false],
      ["Outside counsel", true],
      ["Independent forensic specialists", true],
    ]);
    expect(policy.phases.map(({ id }) => id)).toEqual([
      "detect",
      "contain",
      "fix",
      "recover",
      "review",
    ]);
    expect(policy.cadence).toMatchObject({
      review: { count: 12, unit: "months" },
      afterMaterialIncident: true,
    });
    expect(told("solo.txt")).toEqual([
      "mitigate team [sev1] immediately receivedAt",
      "mitigate team [sev2] 8 hours receivedAt",
      "review team [] 10 business-days resolvedAt",
      "notify customer [] 72 hours personal-data-breached:confirmed",
      "notify customer [] 72 hours personal-data-breached:suspected",
      "acknowledge reporter [] 1 business-days receivedAt",
    ]);
  });

  test("a wiki page: merged cells, a script that is left out and said", () => {
    expect(findings("wiki.html", "html-active")).toMatchObject([{ line: 4, level: "warn" }]);
    const { draft } = imported("wiki.html");
    expect(draft).not.toContain("never run");
    expect(draftOf("wiki.html")).toMatchObject({
      organisation: "Meridian Health",
      version: "2.1",
      effective: "2026-06-01",
      owner: { name: "Jonas Weber" },
    });
    expect(told("wiki.html")).toEqual([
      "acknowledge reporter [p1] 0.5 hours receivedAt",
      "fix team [p1] 8 hours receivedAt",
      "acknowledge reporter [p2] 4 business-hours receivedAt",
      "fix team [p2] 3 business-days receivedAt",
      "acknowledge reporter [p3] 4 business-hours receivedAt",
      "fix team [p3] best-effort receivedAt",
      "escalate team [p1] 1 hours receivedAt",
      "notify customer [] 48 hours awareAt",
      "file authority [] 72 hours awareAt",
      "update customer [p1] 2 hours notifiedAt",
    ]);
  });

  test("a vendor's page: severities across, stages, one sentence that says from when", () => {
    const policy = draftOf("vendor.md");
    expect(policy.stages?.map(({ name }) => name)).toEqual([
      "Evaluation",
      "Pilot stage",
      "Production",
    ]);
    expect(policy.reporting).toMatchObject({
      email: "psirt@kestrel-forge.example",
      subject: "Vulnerability report",
      pgp: { url: "https://kestrel-forge.example/key.asc" },
    });
    expect(findings("vendor.md", "anchor-unsaid")).toEqual([]);
    expect(told("vendor.md")).toContain("fix team [moderate] 90 days receivedAt");
    expect(told("vendor.md")).toContain("notify customer [] 24 hours exploited:confirmed");
  });

  test("a mail, a contract and a handbook give their promises", () => {
    expect(told("mail.txt")).toContain("mitigate team [critical] 24 hours detectedAt");
    expect(told("mail.txt")).toContain("summarise customer [] 10 business-days closedAt");
    expect(told("contract.md")).toContain("notify customer [] 48 hours awareAt");
    expect(told("contract.md")).toContain("mitigate team [sev1] 8 hours receivedAt");
    expect(told("handbook.md")).toContain("review team [sev0 sev1] 5 business-days resolvedAt");
    expect(told("handbook.md")).toContain("file authority [] 72 hours awareAt");
  });
});

describe("what is no prose of a policy", () => {
  const codes = (text: string): string => {
    const result = importPolicy(text);
    return result.ok ? "a draft" : result.problems[0].code;
  };

  test("is refused in a sentence, by what it is", () => {
    expect(codes("")).toBe("import-empty");
    expect(codes(" \n\t ")).toBe("import-empty");
    expect(codes("%PDF-1.7 and so on")).toBe("import-binary");
    expect(codes("a\0b")).toBe("import-binary");
    expect(codes("We notify within 24 hours, Zo\uFFFD.")).toBe("policy-encoding");
    expect(codes("x".repeat(10 * 1024 * 1024))).toBe("import-too-large");
    expect(codes("# Soup\n\nBoil water. Add leeks. Simmer.\n")).toBe("import-no-policy");
  });

  test("a policy in YAML comes back byte for byte, comments and all, with the linter's findings", () => {
    const yaml = readFileSync(new URL("../../../../policies/solo.yaml", import.meta.url), "utf8");
    const result = importPolicy(yaml);
    if (!result.ok) throw new Error("a policy");
    expect(result.value.draft).toBe(yaml);
    const parsed = parsePolicy(yaml);
    expect(result.value.findings.map(({ code }) => code)).toEqual(
      parsed.ok ? lint(parsed.value).map(({ code }) => code) : [],
    );
    const broken = importPolicy("format: duenotice/policy/1\ntitle: [\n");
    expect(broken.ok && broken.value.findings[0]?.code).toBe("policy-yaml");
  });

  test("the format is told by what the text is full of", () => {
    expect(formatOf("<!doctype html><p>x")).toBe("html");
    expect(formatOf("# A\n\ntext")).toBe("markdown");
    expect(formatOf("A policy\n\ntext")).toBe("text");
    expect(formatOf("# comment\nformat: duenotice/policy/1\n")).toBe("yaml");
  });
});
