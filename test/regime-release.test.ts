/**
 * The law's data and their releases: what runs is always a release that is kept, so that
 * nobody's deadline moves by a change that the next release does not tell of.
 */

import { expect, test } from "vitest";
import { changesBetween } from "../src/core/law/release-changes.ts";
import { type Release, releaseOf } from "../src/core/law/release.ts";
import { currentRelease, regimes, releases, releasesNamed } from "../src/server/regimes.ts";
import { lawChanges } from "../src/server/views/law.ts";

test("the law's data are the newest release (else: due regime snapshot DATE > regimes/releases/DATE.json)", () => {
  const { release, hash } = currentRelease();
  const now = releaseOf(release, regimes());
  expect(changesBetween(currentRelease(), now)).toEqual([]);
  expect(now.hash).toBe(hash);
  expect(releases()).not.toHaveLength(0);
});

/** The next release, invented: one law gone, and one clause an hour shorter. */
const NEXT: Release = {
  ...releaseOf(
    "2031-02-03",
    regimes()
      .filter(({ id }) => id !== "uk-csrb")
      .map((one) =>
        one.id === "gdpr-33-1"
          ? {
              ...one,
              clauses: one.clauses.map((clause) => ({
                ...clause,
                within: { count: 71, unit: "hours" } as const,
              })),
            }
          : one,
      ),
  ),
};
const BOTH = [currentRelease(), NEXT];
const changesSeen = (lastRead: string | undefined, asked = {}) => {
  const seen = lawChanges(BOTH, lastRead, asked);
  if (!seen.ok) return seen.problems.map(({ code }) => code);
  return [seen.value.from, seen.value.to, seen.value.changes.length];
};

test("what changed is told since the release that was read last, else since the one before", () => {
  const before = currentRelease().release;
  const count = changesBetween(currentRelease(), NEXT).length;
  expect(count).toBeGreaterThan(1);
  expect(changesSeen(undefined)).toEqual([before, "2031-02-03", count]);
  expect(changesSeen(before)).toEqual([before, "2031-02-03", count]);
  expect(changesSeen("2031-02-03")).toEqual(["2031-02-03", "2031-02-03", 0]);
  expect(changesSeen("1999-01-01")).toEqual([before, "2031-02-03", count]);
  expect(changesSeen(undefined, { from: before, to: before })).toEqual([before, before, 0]);
  expect(changesSeen(undefined, { from: "2020-01-01" })).toEqual(["release-unknown"]);
});

test("the command line compares any two that are kept, and says which there are", () => {
  const named = (range?: string) => {
    const found = releasesNamed(range, BOTH);
    return found.ok ? found.value.map(({ release }) => release) : found.problems[0].message;
  };
  const first = currentRelease().release;
  expect(named()).toEqual([first, "2031-02-03"]);
  expect(named(`${first}..2031-02-03`)).toEqual([first, "2031-02-03"]);
  expect(named(first)).toEqual([first, "2031-02-03"]);
  expect(named(`${first}..data`)).toEqual([first, "data"]);
  for (const wrong of ["2020-01-01..2031-02-03", "..", `${first}..2031-02-03..data`, "x"])
    expect(named(wrong)).toContain("names no two releases");
  const one = releasesNamed(undefined, [NEXT]);
  expect(one.ok).toBe(false);
});
