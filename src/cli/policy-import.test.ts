/**
 * Importing from the command line whatever somebody may hand in: a draft, or one clear
 * sentence that says what it is and what would do; never half of something.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsePolicy } from "../core/policy/parse/parse.ts";
import { testShell } from "./fixture.ts";
import { run } from "./program.ts";

const FAULTY = readFileSync("test/golden/prose/faulty.md", "utf8");
const SENTENCE = "We notify customers within 72 hours of confirming a Critical breach. ";
const MILLION = 1024 * 1024;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function imported(name: string, bytes: string | Uint8Array) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const { shell, out, err } = testShell();
  await run(["policy", "import", file], shell);
  return { exit: shell.exit, out: out(), err: err() };
}

const utf16 = (text: string, isBig: boolean, isMarked: boolean): Uint8Array => {
  const bytes = Buffer.from(`${isMarked ? "\uFEFF" : ""}${text}`, "utf16le");
  return isBig ? bytes.swap16() : bytes;
};

describe("what is no text of a policy gets one sentence, and nothing is written", () => {
  test.each([
    [
      "10 MB of prose",
      "long.md",
      SENTENCE.repeat(152_000),
      /has 10,488,000 characters, .* 262,144/,
    ],
    ["10 MB in one line", "line.txt", "x".repeat(10 * MILLION), /has 10,485,760 characters/],
    ["20 MB", "huge.md", "x".repeat(20 * MILLION), /is larger than it may be here \(16 MB\)/],
    [
      "a document named .md",
      "doc.md",
      Buffer.from("504b03041400060008000000210000", "hex"),
      /no text but a file of another kind/,
    ],
    [
      "a PDF named .txt",
      "pdf.txt",
      "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj",
      /no text but a file of another kind/,
    ],
    [
      "rich text",
      "rich.txt",
      "{\\rtf1\\ansi We notify within 24 hours.}",
      /no text but a file of another kind/,
    ],
    [
      "an image",
      "image.png",
      Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
      /no text but a file of another kind/,
    ],
    [
      "random bytes",
      "noise.md",
      Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7_919) % 251)),
      /no text but a file of another kind/,
    ],
    ["NULs in the text", "nul.md", "# Policy\n\nCritical\0within 4 hours\n", /3:9 This is no text/],
    [
      "an old encoding",
      "latin.md",
      Buffer.from("# R\u00e9ponse\n", "latin1"),
      /1:4 Here the file is not UTF-8/,
    ],
    ["nothing", "empty.md", "", /There is no text here/],
    ["blanks", "blank.md", " \n\t\n", /There is no text here/],
    [
      "another text",
      "milk.md",
      "# Shopping\n\nBuy milk and eggs.\n",
      /does not read as an incident policy/,
    ],
    [
      "HTML fifty thousand levels deep",
      "deep.html",
      "<div>".repeat(50_000),
      /does not read as an incident policy/,
    ],
  ] as const)("%s", async (_, name, bytes, sentence) => {
    const { exit, out, err } = await imported(name, bytes);
    expect(out).toBe("");
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(exit).not.toBe(0);
  });
});

describe("what is one is drafted", () => {
  test.each([
    ["UTF-16 with its mark", utf16(FAULTY, false, true)],
    ["UTF-16 the other way round", utf16(FAULTY, true, true)],
    ["UTF-16 without a mark", utf16(FAULTY, false, false)],
    ["UTF-16 the other way round, without a mark", utf16(FAULTY, true, false)],
    ["UTF-8 with a mark", `\uFEFF${FAULTY}`],
    ["line ends of another system", FAULTY.replaceAll("\n", "\r\n")],
  ])("%s is the same draft", async (_, bytes) => {
    const plain = await imported("plain.md", FAULTY);
    const { out } = await imported("faulty.md", bytes);
    expect(out).toBe(plain.out);
    expect(parsePolicy(`${out}\n`).ok).toBe(true);
  });

  test("a page's scripts and styles are no part of it", async () => {
    const page = `<html><head><style>p { content: "within 1 hour" }</style></head><body>
<script>fetch("https://elsewhere.example/" + "within 3 hours of Critical")</script>
<h1>Incident response at Oakline</h1><h2>Notices</h2>
<p onclick="alert(1)">${SENTENCE}</p><p>Critical: work starts within 4 hours of a report.</p>
<iframe src="javascript:alert(2)"></iframe></body></html>`;
    const { out, exit } = await imported("page.html", page);
    expect(exit).toBe(0);
    expect(out).not.toMatch(/script|fetch|alert|elsewhere|onclick|within 1 hour|3 hours/);
    expect(out).toContain("{ count: 72, unit: hours }");
  });

  test("what reads like HTML in prose stays prose, and what reads like YAML stays a text", async () => {
    const prose = `${FAULTY}\n\nNever paste <script>alert("x")</script> or *anchors: &a [*a, *a].\n`;
    const { out } = await imported("prose.md", prose);
    const parsed = parsePolicy(`${out}\n`);
    expect(parsed.ok).toBe(true);
  });
});
