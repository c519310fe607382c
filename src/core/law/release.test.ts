import { describe, expect, test } from "vitest";
import type { LawClause, Regime } from "./regime.ts";
import { changesBetween } from "./release-changes.ts";
import { parseRelease, releaseOf, releaseText } from "./release.ts";

/** An invented law of an invented place: nobody's real deadline is in this file. */
const CLAUSE: LawClause = {
  id: "report",
  duty: "file",
  to: "authority",
  recipient: "harbour-office",
  recipientName: "Harbour Office",
  from: "awareAt",
  within: { count: 72, unit: "hours" },
  contents: ["what happened"],
};
const LAW: Regime = {
  id: "xx-harbour-1",
  name: "Harbour Act",
  jurisdiction: "XX",
  cite: "Harbour Act s. 1",
  status: "in-force",
  verified: "U",
  checked: "2026-11-21",
  who: ["controller"],
  bound: { told: { fact: "role", is: ["controller"] } },
  clauses: [CLAUSE],
};
const release = (...regimes: readonly Regime[]) => releaseOf("2026-11-21", regimes);
const next = (...regimes: readonly Regime[]) => releaseOf("2027-01-15", regimes);
const withClause = (change: Partial<LawClause>): Regime => ({
  ...LAW,
  clauses: [{ ...CLAUSE, ...change }],
});
const said = (is: Regime) => changesBetween(release(LAW), next(is)).map(({ says }) => says);
const moves = (is: Regime) => changesBetween(release(LAW), next(is)).map((one) => one.movesDue);

describe("between two releases of the law's data", () => {
  test("nothing changed is nothing said, whatever the date", () => {
    expect(changesBetween(release(LAW), next(LAW))).toEqual([]);
    expect(release(LAW).hash).toBe(next(LAW).hash);
  });

  test("a shorter time is said as moved, with both", () => {
    const is = withClause({ within: { count: 24, unit: "hours" } });
    expect(said(is)).toEqual([
      'Harbour Act s. 1, report: due moved from "72 hours from becoming aware" to "24 hours from becoming aware".',
    ]);
    expect(moves(is)).toEqual([true]);
  });

  test("another moment is another due instant, though the number is the same", () => {
    expect(said(withClause({ from: "confirmedAt" }))).toEqual([
      expect.stringContaining("due moved from"),
    ]);
  });

  test("a way of counting that no words show is said all the same", () => {
    const is = withClause({ within: { count: 72, unit: "hours", profile: "eu1182" } });
    expect(said(is)).toEqual([
      "Harbour Act s. 1, report: it is counted or tested otherwise, in the same words.",
    ]);
    expect(moves(is)).toEqual([true]);
  });

  test("a stage that came, one that went, a whole law that came and went", () => {
    const final: LawClause = { ...CLAUSE, id: "final", within: { count: 1, unit: "months" } };
    const two = { ...LAW, clauses: [CLAUSE, final] };
    expect(said(two)).toEqual([
      "Harbour Act s. 1, final: new, file to Harbour Office, 1 month from becoming aware.",
    ]);
    expect(changesBetween(release(two), next(LAW)).map(({ kind }) => kind)).toEqual(["withdrawn"]);
    const other = { ...LAW, id: "xx-quay-2", name: "Quay Act", cite: "Quay Act s. 2" };
    expect(changesBetween(release(LAW), next(LAW, other)).map(({ says }) => says)).toEqual([
      "New: Quay Act (Quay Act s. 2), in-force, 1 stage.",
    ]);
    expect(
      changesBetween(release(LAW, other), next(LAW)).map(({ regime, kind }) => [regime, kind]),
    ).toEqual([["xx-quay-2", "withdrawn"]]);
  });

  test("how far it was checked, and when, moves nothing", () => {
    const is: Regime = { ...LAW, verified: "P", checked: "2027-01-10" };
    expect(said(is)).toEqual([
      "Harbour Act s. 1: checked against the official text; before, not verified yet.",
      "Harbour Act s. 1: checked as of 2027-01-10; before, as of 2026-11-21.",
    ]);
    expect(moves(is)).toEqual([false, false]);
  });

  test("a proposal that became law, and another scope, may move what is due", () => {
    const proposed: Regime = { ...LAW, status: "proposed" };
    expect(changesBetween(release(proposed), next(LAW)).map(({ says }) => says)).toEqual([
      "Harbour Act s. 1: in-force; before, proposed.",
    ]);
    const bound = { told: { fact: "role", is: ["controller", "manufacturer"] } } as const;
    expect(said({ ...LAW, bound })).toEqual([
      "Harbour Act s. 1: whom it binds, or what triggers it, is tested otherwise.",
    ]);
  });

  test("what may move a due instant is told first", () => {
    const is: Regime = {
      ...withClause({ contents: ["what happened", "who was hurt"] }),
      checked: "2027-01-10",
    };
    const both = { ...is, clauses: is.clauses.map((one) => ({ ...one, from: "confirmedAt" })) };
    expect(changesBetween(release(LAW), next(both)).map(({ kind }) => kind)).toEqual([
      "due",
      "contents",
      "verified",
    ]);
  });
});

describe("a release's file", () => {
  test("is read as it was written", () => {
    const kept = release(LAW);
    expect(parseRelease(releaseText(kept))).toEqual({ ok: true, value: kept });
  });

  test("that somebody changed is refused", () => {
    const text = releaseText(release(LAW)).replace("72 hours", "73 hours");
    const read = parseRelease(text);
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toEqual(["release-unreadable"]);
    for (const wrong of ["", "{}", "[1]", "no JSON"]) expect(parseRelease(wrong).ok).toBe(false);
  });
});
