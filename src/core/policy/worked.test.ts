import { describe, expect, test } from "vitest";
import { type Instant, parseInstant } from "../time/instant.ts";
import type { Clause } from "./clause.ts";
import { FENNEL } from "./fennel.ts";
import { examples, worked } from "./worked.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const clause = (within: Clause["within"], more: Partial<Clause> = {}): Clause => ({
  id: "triage-any",
  duty: "triage",
  to: "team",
  from: "receivedAt",
  within,
  ...more,
});

/** Mon-Fri 09:00-17:00 in Berlin, closed on Christmas. */
const POLICY = {
  ...FENNEL,
  calendar: "berlin",
  calendars: [
    {
      id: "berlin",
      zone: "Europe/Berlin",
      windows: {
        mon: [["09:00", "17:00"]] as [string, string][],
        tue: [["09:00", "17:00"]] as [string, string][],
        wed: [["09:00", "17:00"]] as [string, string][],
        thu: [["09:00", "17:00"]] as [string, string][],
        fri: [["09:00", "17:00"]] as [string, string][],
      },
      holidays: [{ date: "2026-12-25", name: "Christmas Day" }],
    },
  ],
};

describe("a clause tried on one moment", () => {
  test("reported on a Friday evening, four business hours end on Monday at one", () => {
    const tried = worked(
      clause({ count: 4, unit: "business-hours" }),
      POLICY,
      at("2026-11-20T17:40:00Z"),
    );
    expect(tried.says).toBe("Fri 20 Nov 2026, 18:40 CET: triage due Mon 23 Nov 2026, 13:00 CET");
    expect(tried.dueAt).toBe(at("2026-11-23T12:00:00Z"));
    expect(tried.steps.join(" ")).toContain("Sat 21 Nov");
  });

  test("four hours by the clock end the same night", () => {
    const tried = worked(clause({ count: 4, unit: "hours" }), POLICY, at("2026-11-20T17:40:00Z"));
    expect(tried.says).toContain("triage due Fri 20 Nov 2026, 22:40 CET");
  });

  test("what ends with a day is said as that day's end, not as the next one's beginning", () => {
    const tried = worked(clause({ count: 3, unit: "days" }), POLICY, at("2026-11-20T17:40:00Z"));
    expect(tried.says).toContain("due Mon 23 Nov 2026, 24:00 CET");
  });

  test("a promise without a number gets none", () => {
    const tried = worked(clause("immediately"), POLICY, at("2026-11-20T17:40:00Z"));
    expect(tried.says).toContain("at once");
    expect(tried.dueAt).toBeUndefined();
  });

  test("what cannot be counted says why", () => {
    const closed = { ...POLICY, calendars: [{ id: "berlin", zone: "Europe/Berlin", windows: {} }] };
    const tried = worked(
      clause({ count: 1, unit: "business-hours" }),
      closed,
      at("2026-11-20T17:40:00Z"),
    );
    expect(tried.says).toContain("cannot be counted");
    expect(tried.steps.length).toBe(1);
  });
});

describe("the three examples beside every clause", () => {
  const now = at("2026-11-22T02:00:00Z");

  test("business time is tried before a holiday", () => {
    const shown = examples(clause({ count: 1, unit: "business-days" }), POLICY, now);
    expect(shown.map(({ label }) => label)).toEqual([
      "On a Wednesday",
      "On a Friday evening",
      "Before Christmas Day",
    ]);
    expect(shown[0]?.says).toContain("Wed 25 Nov 2026, 10:00 CET");
    expect(shown[1]?.says).toContain("Fri 27 Nov 2026, 18:40 CET");
    expect(shown[2]?.says).toContain(
      "Thu 24 Dec 2026, 16:00 CET: triage due Mon 28 Dec 2026, 17:00 CET",
    );
  });

  test("elapsed hours are tried across a change of the clocks", () => {
    const shown = examples(clause({ count: 24, unit: "hours" }), POLICY, now);
    expect(shown[2]?.label).toBe("Before the clocks go forward");
    expect(shown[2]?.says).toContain(
      "Sat 27 Mar 2027, 18:40 CET: triage due Sun 28 Mar 2027, 19:40 CEST",
    );
  });

  test("a promise without a number is tried on two", () => {
    expect(examples(clause("best-effort"), POLICY, now)).toHaveLength(2);
  });
});

describe("a clause of a draft whose calendar has no zone yet", () => {
  const OPEN = {
    ...POLICY,
    calendars: [{ id: "berlin", zone: "undecided", windows: {} }],
  };
  const now = at("2026-11-22T02:00:00Z");

  test("is tried in UTC where it counts hours", () => {
    const [wednesday] = examples(clause({ count: 4, unit: "hours" }), OPEN, now);
    expect(wednesday?.says).toBe(
      "Wed 25 Nov 2026, 10:00 UTC: triage due Wed 25 Nov 2026, 14:00 UTC",
    );
  });

  test("is not counted in business time, and says why", () => {
    const [wednesday] = examples(clause({ count: 1, unit: "business-days" }), OPEN, now);
    expect(wednesday?.dueAt).toBeUndefined();
    expect(wednesday?.steps.join(" ")).toContain("time zone");
  });
});
