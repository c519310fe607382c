/** What somebody begins with who has no text yet: questions, and nothing promised. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { blankPolicy } from "./blank.ts";
import { lendable, withCalendarOf } from "./calendar-lent.ts";
import { withValue } from "./edit.ts";
import { fromPointer } from "./places.ts";
import { isPublishable, lint } from "./lint/lint.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}
const RUNNING = read(readFileSync("test/faults/good.yaml", "utf8"));

describe("a blank policy", () => {
  const blank = read(blankPolicy(RUNNING.policy));

  test("keeps who and when, and promises nothing", () => {
    const { policy } = blank;
    for (const key of ["id", "title", "organisation", "owner"] as const)
      expect(policy[key]).toEqual(RUNNING.policy[key]);
    expect(policy.reporting.email).toBe(RUNNING.policy.reporting.email);
    expect(policy.calendars).toEqual(RUNNING.policy.calendars);
    expect(policy.clauses.map(({ within }) => within)).toEqual([
      "undecided",
      "undecided",
      "undecided",
    ]);
  });

  test("cannot be published, and says nothing against itself but its own questions", () => {
    const findings = lint(blank);
    expect(isPublishable(findings)).toBe(false);
    expect(new Set(findings.map(({ code }) => code))).toEqual(
      new Set(["placeholder", "undecided"]),
    );
    expect(findings.length).toBeGreaterThan(12);
  });

  test("every question answered where it stands, it can be published", () => {
    let document = blank;
    for (let left = 40; left > 0; left -= 1) {
      const [found] = lint(document).filter(({ level }) => level === "block");
      if (found === undefined) break;
      const value =
        found.at === "/effective"
          ? "2026-12-01"
          : found.code === "undecided"
            ? { count: 30, unit: "days" }
            : "We say it here in a sentence.";
      document = read(withValue(document, fromPointer(found.at), value));
    }
    expect(lint(document).filter(({ level }) => level === "block")).toEqual([]);
  });
});

test("whatever the names are, it parses", () => {
  const awkward = {
    ...RUNNING.policy,
    title: 'Yes: "no" # not',
    organisation: "{{}} & Söhne: *Ltd*",
    owner: { name: "- on", role: "off", email: "mara.lind@oakline.net" },
  };
  const { policy } = read(blankPolicy(awkward));
  expect([policy.title, policy.organisation, policy.owner]).toEqual([
    awkward.title,
    awkward.organisation,
    awkward.owner,
  ]);
});

describe("a calendar is lent to a draft", () => {
  const [office] = RUNNING.policy.calendars;
  const open = { zone: "undecided", windows: {} };
  const undecided = read(
    withValue(RUNNING, ["calendars", 0], { id: "office", name: "Business days", ...open }),
  );

  test("that says nothing of its hours, under its own id and name, and nothing else changes", () => {
    expect(lendable(undecided.policy, RUNNING.policy)).toEqual({
      own: undefined,
      lent: "Mon-Fri 09:00-17:00, Europe/Vienna, with 3 closed dates",
    });
    const { policy } = read(withCalendarOf(undecided, RUNNING.policy));
    expect(policy.calendars).toEqual([{ ...office, name: "Business days" }]);
    expect({ ...policy, calendars: [] }).toEqual({ ...undecided.policy, calendars: [] });
    expect(lendable(policy, RUNNING.policy)).toBeUndefined();
  });

  test("that has hours of its own, which are told beside the others", () => {
    const other = read(withValue(RUNNING, ["calendars", 0, "zone"], "Europe/Lisbon"));
    expect(lendable(other.policy, RUNNING.policy)?.own).toBe(
      "Mon-Fri 09:00-17:00, Europe/Lisbon, with 3 closed dates",
    );
  });
});
