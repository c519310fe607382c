/** Prose of a policy becomes markup that runs nothing, loads nothing and skips no heading. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../parse/parse.ts";
import { sectionHtml } from "./section-html.ts";

const parsed = parsePolicy(readFileSync("policies/solo.yaml", "utf8"));
if (!parsed.ok) throw new Error("the example does not parse");
const { policy } = parsed.value;
const html = (text: string): string => sectionHtml(text, policy);

describe("prose", () => {
  test("the words of a promise lead to the promise", () => {
    expect(html("You hear [[acknowledge-report]] of it.")).toBe(
      '<p>You hear <a href="#acknowledge-report">within 4 hours</a> of it.</p>\n',
    );
    expect(html("[[acknowledge-report]] of it.")).toContain(">Within 4 hours</a> of it.");
    expect(html("It is done. [[acknowledge-report]] of it.")).toContain(">Within 4 hours</a>");
    expect(html("[[severity.sev1]]")).toBe("<p>SEV1 Critical</p>\n");
  });

  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "![x](https://evil.example/pixel.png)",
    '<https://a.example/"onmouseover=alert(1)>',
    '[x](https://a.example "\' onload=alert(1)")',
    '<a href="https://a.example" style="position:fixed">x</a>',
  ])("%s runs nothing and loads nothing", (text) => {
    const made = html(text);
    const tags = made.match(/<[^>]*>/g) ?? [];
    const names = tags.join("").replace(/"[^"]*"/g, "");
    expect(names).not.toMatch(/<(?:script|img|iframe|style)|\son\w+=|style=/i);
    expect(made).not.toMatch(/href="(?!https?:|mailto:|#|\/[^/\\])/);
  });

  test("headings begin below the section's own, and skip none", () => {
    const levels = [...html("# A\n\n#### B\n\n## C").matchAll(/<h(\d)>/g)].map(
      ([, level]) => level,
    );
    expect(levels).toEqual(["3", "4", "4"]);
  });

  test("there may be any number of headings", () => {
    expect(html("# a\n".repeat(150_000)).match(/<h3>/g)).toHaveLength(150_000);
  });

  test("a table scrolls by itself, and its columns are aligned without a style attribute", () => {
    const made = html("| | a |\n|---|---:|\n| b | c |");
    expect(made).toContain('<th scope="col" class="to-right">a</th>');
    expect(made).toContain("<td></td>");
    expect(made).not.toContain("style=");
  });
});
