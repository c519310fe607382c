import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Clause } from "../clause.ts";
import { applyFix } from "../fix.ts";
import { lint } from "../lint.ts";
import { parsePolicy } from "../parse.ts";
import { formatOf, formatOfName, type Imported, importPolicy } from "./import.ts";

const FOLDER = new URL("../../../../test/golden/prose/", import.meta.url);
const NAMES = readdirSync(FOLDER);
const proseOf = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8");

function imported(name: string): Imported {
  const result = importPolicy(proseOf(name), formatOfName(name));
  if (!result.ok) throw new Error(`${name}: ${result.problems[0].message}`);
  return result.value;
}

function draftOf(name: string) {
  const parsed = parsePolicy(imported(name).draft);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.value.policy;
}

/** `duty to [severities] within from`, one for each clause. */
const told = (name: string): readonly string[] =>
  draftOf(name).clauses.map(({ duty, to, when, from, within }) => {
    const anchor = typeof from === "string" ? from : `${from.claim}:${from.is}`;
    const limit = typeof within === "string" ? within : `${within.count} ${within.unit}`;
    return [duty, to, `[${severitiesIn(when).join(" ")}]`, limit, anchor].join(" ");
  });

function severitiesIn(when: Clause["when"]): readonly string[] {
  if (when === undefined) return [];
  if ("severity" in when) return when.severity;
  return "all" in when ? when.all.flatMap(severitiesIn) : [];
}

const findings = (name: string, code: string) =>
  imported(name).findings.filter((finding) => finding.code === code);

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

const NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

describe("nothing is invented", () => {
  test.each(NAMES)(
    "%s: every duration, address and name of the draft stands in the text",
    (name) => {
      const prose = proseOf(name).replace(/\s+/g, " ");
      const policy = draftOf(name);
      for (const { within } of policy.clauses) {
        if (typeof within === "string") continue;
        const count = within.count < 1 ? within.count * 60 : within.count;
        const isSaid =
          [count, count / 7, count / 12, count / 3, count / 5].some((n) =>
            new RegExp(`(?<!\\d)${n}(?!\\d)|\\b${NUMBERS[n] ?? "never"}\\b`, "i").test(prose),
          ) ||
          (count === 1 && /\b(?:an?|every|each) /.test(prose));
        expect(isSaid, `${name}: ${within.count} ${within.unit}`).toBe(true);
      }
      const code = imported(name).draft;
      for (const [mail] of code.matchAll(/[\w.+-]+@[\w.-]+\.\w+/g)) expect(prose).toContain(mail);
      for (const [url] of code.matchAll(/https?:\/\/[^\s"'()[\]]+/g))
        expect(prose).toContain(url.replace(/[.,)]+$/, ""));
      const said = [
        policy.owner.name,
        policy.organisation,
        ...policy.roles.flatMap(({ name: role, contact }) => [role, contact ?? role]),
      ];
      for (const one of said.filter((text) => !text.startsWith("{{")))
        expect(prose.toLowerCase()).toContain(one.toLowerCase());
    },
  );

  test.each(NAMES)(
    "%s: every place of a finding lies within the text, and in the draft",
    (name) => {
      const lines = proseOf(name).split("\n");
      const rows = imported(name).draft.split("\n");
      for (const { line, column, draft, message, code } of imported(name).findings) {
        expect(line, code).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        expect(message).toMatch(/[.?]$/);
        if (draft) expect(draft.line).toBeLessThanOrEqual(rows.length);
      }
    },
  );
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

describe("hostile texts", () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ["brackets", "[".repeat(20_000)],
    ["braces", "{{".repeat(20_000)],
    ["stars", "*a ".repeat(15_000)],
    ["quotes below quotes", ">".repeat(20_000)],
    [
      "lists below lists",
      Array.from({ length: 1_500 }, (_, i) => `${" ".repeat(i * 2)}- a`)
        .join("\n")
        .slice(0, 200_000),
    ],
    ["elements below elements", "<div>".repeat(12_000)],
    ["inline elements", "<b><i>x".repeat(15_000)],
    ["merged cells", `<table>${"<tr><td colspan=9999 rowspan=9999>24 hours".repeat(400)}</table>`],
    ["an endless sentence", "within 24 hours and or ".repeat(4_000)],
    ["commas", "we notify customers, or ".repeat(4_000)],
    ["bars", "|".repeat(80_000)],
    ["pipes in rows", "| a ".repeat(20_000)],
    ["addresses", "a@b.co ".repeat(12_000)],
    ["digits", "1".repeat(80_000)],
    ["escalations", "security incident response ".repeat(4_000)],
    ["underscores", "_ ".repeat(30_000)],
    ["line ends", "a\n".repeat(30_000)],
    [
      "control characters",
      "We notify customers within 24 hours.\u001b[31m\u0007\u0085 SEV1 SEV2 ".repeat(500),
    ],
  ];
  test.each(HOSTILE)(
    "%s neither throw nor take long",
    (_, text) => {
      const started = performance.now();
      importPolicy(text, "markdown");
      importPolicy(text, "text");
      importPolicy(text, "html");
      importPolicy(`SEV1: down.\nSEV2: slow.\n\nWe notify customers within 24 hours of ${text}`);
      expect(performance.now() - started).toBeLessThan(30_000);
    },
    60_000,
  );

  test("no mixture of a policy's words throws, and every draft is a policy that parses", () => {
    const word = fc.constantFrom(
      "SEV1",
      "Critical",
      "High:",
      "within",
      "24 hours",
      "five (5) business days",
      "of",
      "confirmed",
      "exposure",
      "customer data",
      "we",
      "notify",
      "escalate",
      "|",
      "\n",
      "\n\n",
      "# ",
      "- ",
      "1. ",
      "{{TBD}}",
      "[[x]]",
      "<td>",
      "**",
      "`",
      "Owner:",
      "Roles",
      "quarterly",
      "security@a.example",
      ": ",
      "\t",
      "'",
      '"',
      "immediately",
      "review",
      "post-mortem",
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 80 }),
        fc.constantFrom("markdown", "html", "text"),
        (words, format) => {
          const result = importPolicy(words.join(" "), format as "text");
          if (result.ok) expect(parsePolicy(result.value.draft).ok).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
