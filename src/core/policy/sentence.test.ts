import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calendarWords } from "./calendar-words.ts";
import { type Clause, DUTIES } from "./clause.ts";
import { clauseSchema } from "./clause-schema.ts";
import type { Condition } from "./condition/condition.ts";
import { conditionWords } from "./condition/words.ts";
import { parsePolicy } from "./parse/parse.ts";
import { clauseSentence, clauseWords, withinWords } from "./sentence.ts";
import { RECIPIENT_KINDS } from "./situation.ts";
import { termsOf } from "./terms.ts";

const parsed = parsePolicy(readFileSync(new URL("fennel.yaml", import.meta.url), "utf8"));
if (!parsed.ok) throw new Error("Fennel's policy no longer parses");
const { policy } = parsed.value;
const terms = termsOf(policy);

const hours = (count: number) => ({ count, unit: "hours" as const });

const clause = (change: Readonly<Record<string, unknown>>): Clause =>
  clauseSchema.parse({
    id: "it",
    duty: "notify",
    to: "customer",
    from: { claim: "data-exposed", is: "confirmed" },
    within: hours(24),
    ...change,
  });

const words = (change: Readonly<Record<string, unknown>>): string =>
  clauseWords(clause(change), policy);

describe("how long", () => {
  test.each([
    [hours(24), "within 24 hours"],
    [hours(1), "within 1 hour"],
    [hours(1.5), "within 1.5 hours"],
    [{ count: 1, unit: "months" }, "within 1 month"],
    [{ count: 7, unit: "days" }, "within 7 days"],
    [{ count: 7, unit: "days", ends: "day" }, "within 7 days"],
    [{ count: 7, unit: "days", ends: "same-time" }, "within 7 days (same time of day)"],
    [{ count: 2, unit: "days", ends: "12:00" }, "within 2 days (by 12:00)"],
    [
      { count: 5, unit: "business-days" },
      "within 5 business days (Mon-Fri 09:00-17:00, Europe/Berlin)",
    ],
    [
      { count: 5, unit: "business-days", ends: "close" },
      "within 5 business days (Mon-Fri 09:00-17:00, Europe/Berlin)",
    ],
    [
      { count: 5, unit: "business-days", ends: "day" },
      "within 5 business days (end of day; Mon-Fri 09:00-17:00, Europe/Berlin)",
    ],
    [
      { count: 4, unit: "business-hours" },
      "within 4 business hours (Mon-Fri 09:00-17:00, Europe/Berlin)",
    ],
    ["immediately", "immediately"],
    ["best-effort", "best effort"],
    ["aggregated", "aggregated"],
  ])("%j reads %s", (within, said) => {
    expect(withinWords(clause({ within }), terms)).toBe(said);
  });

  test("the open hours can be left out where they were just said", () => {
    const days = clause({ within: { count: 5, unit: "business-days", ends: "day" } });
    expect(withinWords(days, terms, { hours: false })).toBe("within 5 business days (end of day)");
  });

  test("a calendar that is not there is not named", () => {
    const days = clause({ within: { count: 5, unit: "business-days" }, calendar: "elsewhere" });
    expect(withinWords(days, terms)).toBe("within 5 business days");
  });
});

describe("the open hours of a calendar", () => {
  const nine = ["09:00", "17:00"] as const;
  const open = (windows: object) =>
    calendarWords({
      id: "x",
      zone: "UTC",
      windows,
      holidays: [],
      optionalHolidays: [],
      closures: [],
    });
  test.each([
    [
      { mon: [nine], tue: [nine], wed: [nine], thu: [nine], fri: [["09:00", "15:00"]] },
      "Mon-Thu 09:00-17:00, Fri 09:00-15:00, UTC",
    ],
    [{ mon: [nine], wed: [nine], thu: [nine] }, "Mon 09:00-17:00, Wed-Thu 09:00-17:00, UTC"],
    [
      {
        mon: [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
      },
      "Mon 09:00-12:00 and 13:00-17:00, UTC",
    ],
    [
      Object.fromEntries(
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
      ),
      "every day around the clock, UTC",
    ],
    [{ mon: [] }, "never open, UTC"],
  ])("%#", (windows, said) => {
    expect(open(windows)).toBe(said);
  });
});

describe("what a clause promises", () => {
  test("we notify each affected customer within 24 hours of confirming that personal data are exposed", () => {
    expect(policy.clauses.map((one) => clauseWords(one, policy))).toEqual([
      "we acknowledge it to the reporter within 1 business day (Mon-Fri 09:00-17:00, Europe/Berlin) of receiving it",
      "we triage it within 4 hours of opening the incident, when the severity is Critical",
      "we notify each affected customer within 24 hours of confirming that personal data are exposed",
    ]);
  });

  test("a promise without a number gets none", () => {
    expect(words({ within: "immediately" })).toBe(
      "we notify each affected customer immediately on confirming that personal data are exposed, around the clock",
    );
    expect(words({ within: "best-effort", duty: "fix", to: "team" })).toBe(
      "we fix it as a best effort, without a promised time",
    );
    expect(words({ within: "aggregated", duty: "report", to: "public" })).toBe(
      "we report on it to the public in the periodic report, together with others",
    );
  });

  test("a duty that only a conversation meets says so", () => {
    expect(words({ met: "contact" })).toMatch(
      /^we speak with each affected customer within 24 hours/,
    );
  });

  test("a sentence has a capital and a stop, or is the clause's own", () => {
    expect(clauseSentence(clause({ from: "awareAt", duty: "file", to: "authority" }), policy)).toBe(
      "We file with the competent authority within 24 hours of becoming aware.",
    );
    expect(
      clauseSentence(clause({ says: "You hear from Ana, by day and by night." }), policy),
    ).toBe("You hear from Ana, by day and by night.");
  });

  test("a moment that the vocabulary sets is told by its claim, one that nobody knows by its name", () => {
    expect(words({ from: "outageConfirmedAt" })).toMatch(
      / of confirming that the service is down$/,
    );
    expect(words({ from: "boardInformedAt" })).toMatch(/ of the moment “board informed”$/);
  });

  test("every duty to every kind of recipient has a sentence", () => {
    for (const duty of DUTIES) {
      for (const to of RECIPIENT_KINDS)
        expect(words({ duty, to })).toMatch(/^we [a-z ]+ within 24 hours of /);
    }
  });
});

describe("a condition", () => {
  const said = (condition: Condition): string => conditionWords(condition, policy);

  test.each<[Condition, string]>([
    [{ severity: ["critical", "minor"] }, "the severity is Critical or Minor"],
    [{ channel: ["support"] }, "it came by Support desk"],
    [{ stage: ["pilot"] }, "the stage is Pilot"],
    [{ role: "processor" }, "we are the processor of the data"],
    [{ moment: "resolvedAt" }, "the incident is resolved"],
    [{ moment: "outageConfirmedAt" }, "it was confirmed that the service is down"],
    [{ moment: "quietAt" }, "the moment “quiet” has come"],
    [
      { fact: { claim: "data-exposed", is: ["suspected", "confirmed"] } },
      "it is suspected or confirmed that personal data are exposed",
    ],
    [{ fact: { claim: "nothing", is: "ruled-out" } }, "it is ruled out that “nothing” holds"],
    [{ severity: ["gone"] }, "the severity is gone"],
    [{ not: { severity: ["minor"] } }, "it is not so that the severity is Minor"],
    [
      { all: [{ severity: ["critical"] }, { any: [{ role: "processor" }, { stage: ["pilot"] }] }] },
      "the severity is Critical and (we are the processor of the data or the stage is Pilot)",
    ],
    [{ all: [{ severity: ["critical"] }] }, "the severity is Critical"],
  ])("%j", (condition, words) => {
    expect(said(condition)).toBe(words);
  });

  test("what the anchor says already is not said again", () => {
    const fact = { fact: { claim: "data-exposed", is: ["suspected", "confirmed"] } };
    expect(words({ when: fact })).toMatch(/ exposed$/);
    expect(words({ when: { all: [fact, { severity: ["critical"] }] } })).toMatch(
      / exposed, when the severity is Critical$/,
    );
    expect(words({ when: { all: [fact] } })).toMatch(/ exposed$/);
    expect(words({ when: { fact: { claim: "data-exposed", is: "suspected" } } })).toMatch(
      /, when it is suspected that /,
    );
  });

  test("an exception is one", () => {
    expect(words({ when: { not: { severity: ["minor"] } } })).toMatch(
      /, unless the severity is Minor$/,
    );
  });
});

test("a claim said as a whole sentence loses its capital and its stop, others stay as they are", () => {
  const sentence = {
    ...policy,
    facts: [
      { claim: "data-exposed", says: "Somebody took data." },
      { claim: "other", says: "Sentry is down" },
    ],
  };
  expect(clauseWords(clause({}), sentence)).toMatch(/ of confirming that somebody took data$/);
  expect(clauseWords(clause({ from: { claim: "other", is: "suspected" } }), sentence)).toMatch(
    / of suspecting that Sentry is down$/,
  );
});
