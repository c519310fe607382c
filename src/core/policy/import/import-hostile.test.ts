import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computedMs } from "../../../../test/computed.ts";
import { parsePolicy } from "../parse/parse.ts";
import { importPolicy } from "./import.ts";
import { draftOf, imported, NAMES, proseOf } from "../../../../test/imported.ts";

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
      const ms = computedMs(() => {
        importPolicy(text, "markdown");
        importPolicy(text, "text");
        importPolicy(text, "html");
        importPolicy(`SEV1: down.\nSEV2: slow.\n\nWe notify customers within 24 hours of ${text}`);
      });
      expect(ms).toBeLessThan(30_000);
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
