/**
 * Each word of the field has one meaning here (docs/glossary.md). These are the
 * synonyms that would blur one, with the places where each is the right word.
 * Only what we name counts: identifiers and file names, not prose.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** It looks for the words that other people's policies are written in. */
const PROSE = /^core\/policy\/import\//;

/** Banned in names -> what to say instead, and the folders where it is somebody else's word. */
const BANNED: readonly { word: string; say: string; but?: RegExp }[] = [
  { word: "postmortem", say: "review" },
  { word: "actionitem", say: "remediation" },
  { word: "auditlog", say: "ledger" },
  { word: "subprocessor", say: "provider" },
  { word: "bulletin", but: PROSE, say: "advisory" },
  { word: "ticket", but: PROSE, say: "incident" },
  { word: "manager", say: "the noun it manages", but: /^intake\/|alertmanager|policy\/import\//i },
  { word: "helper", say: "what it does" },
  { word: "processor", say: "what it does", but: /core\/|api\/|web\/|cli\/|public\/|store\// },
  { word: "controller", say: "what it does", but: /core\/|api\/|web\/|cli\/|public\/|store\// },
  { word: "repository", say: "store, or what it reads" },
  { word: "dto", say: "the noun" },
  {
    word: "alert",
    say: "signal",
    but: /policy\/import\/|^intake\/|^server\/|^worker\/|^cli\/|role="alert"/,
  },
  { word: "sla", but: PROSE, say: "clause" },
];

const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
);

/** `openTicketCount` -> open, ticket, count. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);

test("names use the field's words, each with one meaning", () => {
  expect(sources.length).toBeGreaterThan(50);
  const blurred: string[] = [];
  for (const file of sources) {
    const code = readFileSync(join("src", file), "utf8")
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")
      .replace(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|>[^<{]*</g, "");
    const names = new Set([...(code.match(/\b[A-Za-z_$][\w$]*\b/g) ?? []), file]);
    for (const { word, say, but } of BANNED) {
      if (but?.test(file)) continue;
      const found = [...names].find(
        (name) =>
          wordsOf(name).includes(word) ||
          (wordsOf(name).join("").includes(word) && word.length > 8),
      );
      if (found) blurred.push(`${file}: ${found} says ${word}; say ${say}`);
    }
  }
  expect(blurred).toEqual([]);
});

test("the list of banned words stays short", () => {
  expect(BANNED.length).toBeLessThan(20);
});
