/** Checking a policy from the command line: what it prints, writes, and leaves as exit code. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyFix } from "../core/policy/lint/fix.ts";
import { testShell } from "./fixture.ts";
import { run } from "./program.ts";

const GOOD = readFileSync("test/faults/good.yaml", "utf8");
const SLOW = GOOD.replace("{ count: 1, unit: hours }", "{ count: 1, unit: business-days } # slow");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "check-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function check(text: string, ...more: readonly string[]) {
  const file = put("policy.yaml", text);
  const { shell, out, err } = testShell();
  await run(["policy", "check", file, ...more], shell);
  return { exit: shell.exit, out: out(), err: err(), file: readFileSync(file, "utf8") };
}

describe("the verdict", () => {
  test("is 0 where nothing keeps it from being published", async () => {
    expect(await check(GOOD)).toMatchObject({ exit: 0, out: "It can be published." });
    expect((await check(readFileSync("policies/solo.yaml", "utf8"))).exit).toBe(0);
  });

  test("is 1 where something does, with line, sentence, reason and what would mend it", async () => {
    const { exit, out } = await check(SLOW);
    expect(exit).toBe(1);
    expect(out).toMatch(
      /:142:13 block handoff-exceeds "pass-on" .* can end after "triage-critical"/,
    );
    expect(out).toContain(
      "    Whoever keeps every promise on the way can still break the last one.",
    );
    expect(out).toContain('[Promise "pass-on" within 2 hours]');
    expect(out).toMatch(/It cannot be published: 1 to mend\.$/);
  });

  test.each([
    ["a file that is not there", ["nowhere.yaml"]],
    ["no file", []],
    ["an option nobody knows", ["policies/solo.yaml", "--sariff"]],
    ["an hour that is none", ["policies/solo.yaml", "--now", "Friday"]],
    ["a file beside it that is none", ["policies/solo.yaml", "--against", "package.json"]],
    ["mending what is piped", ["-", "--fix"]],
  ])("is 2 for %s: nothing was judged", async (_, given) => {
    const { shell, out } = testShell();
    await run(["policy", "check", ...given], shell);
    expect(shell.exit).toBe(2);
    expect(out()).toBe("");
  });
});

test("who can be reached when is given beside it: what they cannot keep is told, and no name is", async () => {
  const windows = Object.fromEntries(
    ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:00"]]]),
  );
  const hours = { id: "days", zone: "Europe/Vienna", windows };
  const day = { name: "Ada Lindqvist", roles: ["engineer"], hours };
  const only = put("roster.json", JSON.stringify({ roster: [day] }));
  const { out } = await check(GOOD, "--against", only);
  expect(out).toMatch(/target-unstaffed .*"triage-critical".* at night and at weekends/);
  expect(out).not.toContain("Lindqvist");
  const both = put("two.json", JSON.stringify({ roster: [day, { name: "Ben", roles: ["lead"] }] }));
  expect((await check(GOOD, "--against", both)).out).toBe("It can be published.");
});

describe("as JSON", () => {
  test("a finding has its code, level, place and sentence, why, and edits that can be applied", async () => {
    const { exit, out } = await check(SLOW, "--json");
    const [found, ...others] = JSON.parse(out).findings;
    expect(exit).toBe(1);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "handoff-exceeds", level: "block", line: 142, column: 13 });
    expect(Object.keys(found)).toEqual("code level line column message why fixes".split(" "));
    const mended = applyFix(SLOW, found.fixes[0]);
    expect(mended).toContain("{ count: 2, unit: hours } # slow");
    expect((await check(mended)).exit).toBe(0);
  });

  test("a text that is no policy has findings of the same shape", async () => {
    const { exit, out } = await check("format: duenotice/policy/1\ntitel: x\n", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ code: "policy-key-unknown", level: "block", line: 2, column: 1 }),
    );
  });
});

describe("what stands beside it", () => {
  test("the hour says whether a review is past", async () => {
    expect((await check(GOOD, "--now", "2027-01-01T00:00:00Z")).out).not.toContain("review-past");
    const { exit, out } = await check(GOOD, "--now", "2027-04-01T00:00:00Z");
    expect(out).toContain("warn review-past");
    expect(exit).toBe(0);
  });

  test("a contract and the laws that bind us are held against it", async () => {
    const contracts = put(
      "parties.json",
      JSON.stringify({
        format: "duenotice/parties/1",
        customers: [
          {
            name: "Meridian Health",
            contact: { name: "Cleo", mail: "cleo@meridian-health.net" },
            clauses: [
              {
                clause: "meridian-7-2",
                text: "within twelve hours",
                document: "dpa",
                section: "7.2",
                terms: { duty: "notify", from: "awareAt", within: { count: 12, unit: "hours" } },
              },
            ],
          },
        ],
      }),
    );
    const us = put("us.json", '{"organisation":{"role":["controller"],"jurisdictions":["EU"]}}');
    const loose = GOOD.replace(
      "{ count: 72, unit: hours }\n    cites",
      "{ count: 96, unit: hours }\n    cites",
    );
    const { out } = await check(loose, "--against", contracts, "--against", us);
    expect(out).toMatch(
      /warn looser-than-contract Meridian Health was promised this within 12 hours \(DPA, 7\.2\)/,
    );
    expect(out).toMatch(
      /warn looser-than-law Reg\. \(EU\) 2016\/679 Art\. 33\(1\).* within 72 hours/,
    );
    expect((await check(GOOD, "--against", us)).out).not.toContain("looser-than-law");
  });
});

describe("--fix", () => {
  test("mends slips in the file, keeps its comments, and leaves promises to people", async () => {
    const slips = SLOW.replace("[[answer]]", "[[answr]]").replace(
      "from: resolvedAt",
      "from: resolvdAt",
    );
    const { exit, err, out, file } = await check(slips, "--fix");
    expect(exit).toBe(1);
    expect(err).toMatch(/Mended moment-unknown .*\nMended reference-unknown/);
    expect(out).toContain("handoff-exceeds");
    expect(file).toBe(SLOW);
  });

  test("mends more where it is told to", async () => {
    const { exit, file } = await check(SLOW, "--fix", "--accept", "handoff-exceeds");
    expect(exit).toBe(0);
    expect(file).toContain("{ count: 2, unit: hours } # slow");
  });

  test("a file without anything to mend is left as it is", async () => {
    expect((await check(GOOD, "--fix")).file).toBe(GOOD);
  });
});

describe("as SARIF", () => {
  const broken = SLOW.replace("[[answer]]", "[[answr]]").replace(
    "changes: Critical",
    "changes: TBD",
  );

  // What shape it has stands in sarif.test.ts.
  test("has every rule and the findings of the check", async () => {
    const { exit, out } = await check(broken, "--sarif");
    const log = JSON.parse(out);
    expect(log.version).toBe("2.1.0");
    expect(exit).toBe(1);
    const [{ tool, results }] = log.runs;
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
    expect(ids).toEqual(["handoff-exceeds", "placeholder", "reference-unknown"]);
  });

  test("a fix's regions are where its edits are", async () => {
    const [{ results }] = JSON.parse((await check(broken, "--sarif")).out).runs;
    const found = results.find(({ ruleId }: { ruleId: string }) => ruleId === "reference-unknown");
    const [{ deletedRegion: at, insertedContent }] = found.fixes[0].artifactChanges[0].replacements;
    const line = broken.split("\n")[at.startLine - 1] ?? "";
    expect(at.endLine).toBe(at.startLine);
    expect(line.slice(at.startColumn - 1, at.endColumn - 1)).toBe("[[answr]]");
    expect(insertedContent.text).toBe("[[answer]]");
  });
});
