/** Verbs that need no server, wrongly asked: what is said, by which code, and that nothing was written. */

import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { testShell } from "./fixture.ts";
import { run } from "./program.ts";

const folder = mkdtempSync(join(tmpdir(), "due-refused-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function due(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { shell, out, err } = testShell({ env });
  await run(words, shell);
  return { exit: shell.exit, out: out(), err: err() };
}

describe("a verb says what would be right", () => {
  test.each([
    ["confirmed", "a word"],
    ["=confirmed", "a value without a name"],
  ])("where %j is no fact: %s", async (fact) => {
    const { exit, out, err } = await due([
      "simulate",
      "--policy",
      "policies/solo.yaml",
      "--fact",
      fact,
    ]);
    expect([exit, out]).toEqual([1, ""]);
    expect(err).toContain(
      `"${fact}" is no fact: write CLAIM=confirmed, CLAIM=suspected@INSTANT or NAME=VALUE.`,
    );
    expect(err).toContain("(fact-malformed");
  });

  test.each(["1999", "2999", "soon", "20261"])(
    "where no holidays are kept of the year %s",
    async (year) => {
      const { exit, out, err } = await due(["calendar", "show", "DE-BY", "--year", year]);
      expect([exit, out]).toEqual([1, ""]);
      expect(err).toMatch(
        /The holidays of DE-BY are kept for 20\d\d to 20\d\d\. \(holiday-year-unknown/,
      );
    },
  );

  test("where a file cannot be written, and prints nothing that looks like success", async () => {
    const from = join(folder, "policy.md");
    copyFileSync("test/golden/prose/faulty.md", from);
    for (const to of [join(from, "out.yaml"), join(folder, "none", "out.yaml"), folder]) {
      const { exit, out, err } = await due(["policy", "import", from, "--out", to]);
      expect([exit, out]).toEqual([1, ""]);
      expect(err).toContain(to);
      expect(err).toContain("(file-unwritable");
    }
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

test("of two that owe the same, why asks which one is meant", async () => {
  const owed = (subject: string) => ({ id: "ack@team", subject });
  const server = createServer((_, answer) => {
    const items = [owed("incident/INC-1"), owed("incident/INC-2")];
    answer.setHeader("content-type", "application/json");
    answer.end(JSON.stringify({ items, total: 2, next: null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { exit, out, err } = await due(["why", "ack@team"], {
    DUE_URL: `http://127.0.0.1:${port}`,
    DUE_TOKEN: `due_${"a".repeat(43)}`,
  });
  server.close();
  expect([exit, out]).toEqual([1, ""]);
  expect(err).toContain("Several owe ack@team: say which, like `due why ack@team INC-1`.");
  expect(err).toContain("(several-obligations");
});
