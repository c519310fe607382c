/** Who answers when: what the turns of a rota leave open, and what each opening is called. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPolicy } from "./check.ts";

const FENNEL = readFileSync("src/core/policy/fennel.yaml", "utf8");

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** A calendar in one line; `hours` for each day named. */
const calendar = (id: string, days: readonly string[], hours: string, more = ""): string =>
  `  - { id: ${id}, zone: Europe/Berlin, windows: { ${days.map((day) => `${day}: [${hours}]`).join(", ")} }${more} }\n`;

const CALENDARS = [
  calendar(
    "office",
    DAYS.slice(0, 5),
    '["09:00", "17:00"]',
    ", holidays: [{ date: 2026-12-25 }], closures: [{ from: 2026-12-28, to: 2026-12-31 }]",
  ),
  calendar("split", DAYS.slice(0, 5), '["09:00", "12:00"], ["13:00", "17:00"]'),
  calendar("nights", DAYS, '["00:00", "09:00"], ["17:00", "24:00"]'),
  calendar("days-off", DAYS.slice(5), '["09:00", "17:00"]'),
  calendar("always", DAYS, '["00:00", "24:00"]'),
].join("");

/** What is found of one promise of our own, where the only role says this of when it is there. */
function found(role: string, within: string): string | undefined {
  const rest = FENNEL.split(/^(?=[a-zA-Z]+:)/m)
    .filter((part) => !/^(?:calendars?|roles|clauses|sections):/.test(part))
    .join("");
  const text = `${rest}calendar: office
calendars:
${CALENDARS}roles:
  - { id: lead, name: Lead, responsibility: Decides., ${role} }
clauses:
  - { id: look, duty: triage, to: team, from: receivedAt, within: ${within} }
sections:
  - { id: all, title: All, audience: public, text: "We look [[look]]." }
`;
  const findings = checkPolicy(text);
  expect(findings.filter(({ code }) => code.startsWith("policy-"))).toEqual([]);
  return findings.find(({ code }) => code === "target-unstaffed")?.message;
}

/** When it cannot be kept. */
const when = (role: string, within: string): string | undefined =>
  /\) ((?:at|on|by) .*?): what/.exec(found(role, within) ?? "")?.[1];

const rota = (...turns: readonly string[]): string =>
  `rota: [${turns.map((one) => `{ calendar: ${one} }`).join(", ")}]`;
const ONE_HOUR = "{ count: 1, unit: hours }";

describe("what the turns leave open", () => {
  test.each([
    [rota("office"), "at night, at weekends and on holidays"],
    ["hours: office", "at night, at weekends and on holidays"],
    [rota("office", "nights"), "at weekends and on holidays"],
    [rota("office", "days-off"), "at night and on holidays"],
    [rota("office", "nights", "days-off"), "on holidays"],
    [rota("split", "nights", "days-off"), undefined],
    [rota("always"), undefined],
    [`hours: office, ${rota("always")}`, undefined],
  ])("%s", (role, expected) => {
    // The hour at noon that two turns leave is longer than this one.
    expect(when(role, "{ count: 1.5, unit: hours }")).toBe(expected);
  });

  test("an hour at noon is by day, and an hour is exactly too short for it", () => {
    const role = rota("split", "nights", "days-off");
    expect(when(role, ONE_HOUR)).toBe("by day");
    expect(when(role, "{ count: 1.01, unit: hours }")).toBeUndefined();
  });

  test("a turn that is closed on a holiday does not cover it", () => {
    expect(found(rota("office", "nights", "days-off"), ONE_HOUR)).toContain(
      "what starts on Fri 25 Dec 2026, 09:00 CET is due on Fri 25 Dec 2026, 10:00 CET, and " +
        "nobody can be reached before Fri 25 Dec 2026, 17:00 CET.",
    );
  });
});

describe("how long whoever has the turn takes", () => {
  const SLOW = "{ calendar: always, answers: { count: 2, unit: hours } }";

  test("nothing is too late where the promise is longer, and every hour where it is not", () => {
    expect(when(`rota: [${SLOW}]`, "{ count: 2.5, unit: hours }")).toBeUndefined();
    expect(when(`rota: [${SLOW}]`, ONE_HOUR)).toBe("at night, at weekends and by day");
  });

  test("in the office somebody is faster, and a holiday is not the office", () => {
    const both = `rota: [{ calendar: office }, ${SLOW}]`;
    expect(when(both, ONE_HOUR)).toBe("at night, at weekends and on holidays");
    expect(when(both, "{ count: 3, unit: hours }")).toBeUndefined();
  });
});

test("while one role says nothing of when, somebody can be woken at any hour", () => {
  const other = `${rota("office")} }\n  - { id: two, name: Two, responsibility: Helps.`;
  expect(when(other, ONE_HOUR)).toBeUndefined();
});
