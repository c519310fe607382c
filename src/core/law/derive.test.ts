/** What holds of every set that comes out of facts; the worked cases are in test/golden. */

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printSet } from "./conformance.ts";
import { deriveLaw } from "./derive.ts";
import type { LawOwed } from "./owed.ts";
import { lawOf, parseRegimes } from "./parse-regimes.ts";
import type { Regime } from "./regime.ts";

const regimes: readonly Regime[] = (() => {
  const files = readdirSync("regimes")
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => {
      const parsed = parseRegimes(readFileSync(`regimes/${name}`, "utf8"));
      return parsed.ok ? parsed.value : expect.fail(`${name}: ${parsed.problems[0].message}`);
    });
  const law = lawOf(files);
  return law.ok ? law.value : expect.fail(law.problems[0].message);
})();

test("two files that give one id to two regimes are no body of law", () => {
  const [one] = regimes;
  const asOf = "2026-11-20";
  const law = lawOf([
    { asOf, regimes },
    { asOf, regimes: one ? [one] : [] },
  ]);
  expect(law.ok ? [] : law.problems).toEqual([
    { code: "regime-twice", message: `Two regimes have the id ${one?.id}: rename one.` },
  ]);
});

type Facts = Readonly<Record<string, unknown>>;

const derived = (opened: string, facts: Facts, calendar: unknown = null) =>
  deriveLaw({ regimes, opened, facts, calendar });

function set(opened: string, facts: Facts, calendar: unknown = null) {
  const result = derived(opened, facts, calendar);
  return result.ok ? result.value : expect.fail(result.problems[0].message);
}

const known = { seed: 1182, numRuns: 100 };
const opened = fc.constantFrom("multi", "contract", ...regimes.map(({ id }) => id));

const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((at) => new Date(at).toISOString());
const MOMENTS = `awareAt discoveredAt determinedAt classifiedAt knownAt noticedAt reportableAt
  assessedAt reasonToBelieveAt materialityDeterminedAt measureAvailableAt paymentMadeAt
  notificationSubmittedAt initialSubmittedAt individualsNotifiedAt preliminarySentAt riskRaisedAt
  highRiskAt processorNotifiedAt lastReportAt resolvedAt customerNotifiedAt holdUntil asOf`
  .trim()
  .split(/\s+/);
const SAID = `personalData personalDataBreach highRisk dataProtected significantIncident phi
  exploitedVulnerability severeIncident ongoingAtMonth smallScale encrypted complete malicious
  significantHarm reliefWithdrawn clientsAffected cii`
  .trim()
  .split(/\s+/);
const roles = `controller processor manufacturer covered-entity business-associate us-registrant
  data-owner maintainer fedramp-provider business-operator organisation service-provider`
  .trim()
  .split(/\s+/);
const places = ["EU", "UK", "US", "US-CA", "US-TX", "US-FL", "IN", "JP", "SG", "BR", "KR"];
const contract = fc.record(
  {
    customer: fc.constantFrom("A", "B"),
    n: fc.integer({ min: 1, max: 72 }),
    unit: fc.constantFrom("hours", "days", "business-days"),
    anchor: fc.constantFrom("awareAt", "discoveredAt"),
  },
  { requiredKeys: ["customer"] },
);
const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.record(
      {
        zone: fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Tokyo"),
        role: fc.subarray(roles),
        jurisdictions: fc.subarray(places),
        entity: fc.constantFrom("important", "insurer", "ccp", "trust-service-provider"),
        nis2: fc.constantFrom("essential", "no"),
        risk: fc.constantFrom("unlikely", "risk", "high"),
        class: fc.constantFrom("A", "C", "D"),
        pain: fc.integer({ min: 1, max: 5 }),
        individuals: fc.integer({ min: 490, max: 510 }),
        residents: fc.integer({ min: 240, max: 510 }),
        contracts: fc.array(contract, { maxLength: 3 }),
      },
      { requiredKeys: ["zone", "role"] },
    ),
    fc.dictionary(fc.constantFrom(...MOMENTS), instant),
    fc.dictionary(fc.constantFrom(...SAID), fc.boolean()),
  )
  .map(([said, moments, told]) => ({ ...said, ...moments, ...told }));

const key = ({ regime, stage, recipient }: LawOwed): string => `${regime}/${stage}/${recipient}`;

describe("every set", () => {
  test("does not depend on the order of its facts, and is the same when asked again", () => {
    const cases = fc.property(opened, facts, (id, told) => {
      const shuffled = Object.fromEntries(Object.entries(told).toReversed());
      expect(printSet(set(id, shuffled))).toEqual(printSet(set(id, told)));
      expect(printSet(set(id, told))).toEqual(printSet(set(id, told)));
    });
    fc.assert(cases, known);
  }, 60_000);

  test("has a date where it is due, none where nothing counts, and no latest before due", () => {
    const cases = fc.property(opened, facts, (id, told) => {
      for (const { state, dueAt, latestAt, satisfiedAt, waitingFor } of set(id, told).obligations) {
        if (["due", "held", "informational"].includes(state)) expect(dueAt).toBeDefined();
        if (["asap", "record", "not-started", "anchor-missing"].includes(state)) {
          expect(dueAt).toBeUndefined();
        }
        if (latestAt !== undefined) expect(latestAt).toBeGreaterThanOrEqual(dueAt as number);
        expect(state === "done").toBe(satisfiedAt !== undefined);
        if (state === "not-started") expect(waitingFor).toMatch(/At$/);
      }
    });
    fc.assert(cases, known);
  }, 60_000);

  test("owes nothing that it also says is not due, and gives a reason for each that is not", () => {
    const cases = fc.property(opened, facts, (id, told) => {
      const { obligations, notDue } = set(id, told);
      for (const { regime, stage, reason } of notDue) {
        expect(reason).not.toBe("");
        const owed = obligations.filter((one) => one.regime === regime);
        const same = stage === undefined ? owed : owed.filter((one) => one.stage === stage);
        // Of a processor's customer we show the clock; it is not ours.
        expect(same.filter(({ state }) => state !== "informational").map(key)).toEqual([]);
      }
    });
    fc.assert(cases, known);
  }, 60_000);

  test("says the same whatever is recorded that no law reads", () => {
    const cases = fc.property(opened, facts, (id, told) => {
      const more = { ...told, expected: { due: "2020-01-01T00:00:00Z" }, colour: "red", seenAt: 1 };
      expect(printSet(set(id, more))).toEqual(printSet(set(id, told)));
    });
    fc.assert(cases, { ...known, numRuns: 60 });
  }, 60_000);

  test("takes null for what nobody told", () => {
    const untold = Object.fromEntries([...MOMENTS, ...SAID].map((name) => [name, null]));
    const cases = fc.property(opened, facts, (id, told) => {
      expect(printSet(set(id, { ...untold, ...told }))).toEqual(printSet(set(id, told)));
    });
    fc.assert(cases, { ...known, numRuns: 60 });
  }, 60_000);

  test("is never due later for an earlier awareness", () => {
    const stages = ["gdpr-33-1", "nis2-23", "cra-14-vuln", "kr-pipa-34", "uk-pecr-5a", "cer-15"];
    const ms = fc.integer({ min: 0, max: 30 * 86_400_000 });
    const from = { min: Date.UTC(2026, 9, 1), max: Date.UTC(2027, 6, 1) };
    const cases = fc.property(fc.constantFrom(...stages), fc.integer(from), ms, (id, at, later) => {
      const dates = (awareAt: number) =>
        set(id, { zone: "Europe/Berlin", awareAt: new Date(awareAt).toISOString() }).obligations;
      const after = new Map(dates(at + later).map((owed) => [key(owed), owed.dueAt]));
      for (const owed of dates(at)) {
        if (owed.dueAt === undefined) continue;
        expect(owed.dueAt).toBeLessThanOrEqual(after.get(key(owed)) as number);
      }
    });
    fc.assert(cases, known);
  }, 60_000);

  test("closes by a filing the stage that was filed, and changes no other's date", () => {
    for (const { id, clauses } of regimes) {
      const moments = { zone: "Europe/Berlin", role: [] as string[], asOf: "2027-06-01" };
      const at = "2027-06-01T10:00:00Z";
      const facts = { ...moments, ...Object.fromEntries(MOMENTS.slice(0, 12).map((m) => [m, at])) };
      const before = set(id, facts).obligations;
      for (const clause of clauses) {
        const filed = { [`${id}/${clause.id}`]: "2027-06-02T10:00:00Z" };
        const now = set(id, { ...facts, filed }).obligations;
        for (const owed of before) {
          const same = now.find((one) => key(one) === key(owed));
          if (owed.stage === clause.id && owed.state !== "record" && !clause.repeats) {
            expect([key(owed), same?.state]).toEqual([key(owed), "done"]);
          } else if (owed.dueAt !== undefined) {
            expect([key(owed), same?.dueAt]).toEqual([key(owed), owed.dueAt]);
          }
        }
      }
    }
  });
});

test("whatever is told, nothing throws", () => {
  const names = fc.constantFrom(...MOMENTS, ...SAID, "zone", "role", "jurisdictions", "contracts");
  const more = fc.constantFrom(
    "filed",
    "policyFloor",
    "hold",
    "holdDays",
    "entity",
    "class",
    "pain",
  );
  const odd = fc.constantFrom<unknown>(
    "2026-11-18",
    "2026-11-18T10:00:00Z",
    "UTC",
    -1,
    1e300,
    [[]],
    {
      "gdpr-33-1/sa-notification": 7,
    },
  );
  const wild = fc.oneof(odd, fc.jsonValue());
  const contracts = fc.array(
    fc.dictionary(fc.constantFrom("customer", "n", "unit", "anchor"), wild),
  );
  const dictionary = fc.dictionary(fc.oneof(names, more), fc.oneof(wild, contracts));
  const days = fc.dictionary(
    fc.constantFrom("zone", "windows", "holidays", "optionalHolidays", "id"),
    wild,
  );
  const cases = fc.property(opened, dictionary, fc.oneof(days, wild), (id, told, calendar) => {
    const result = derived(id, told, calendar);
    if (!result.ok) expect(result.problems[0].message).toMatch(/\S/);
  });
  fc.assert(cases, { seed: 1182, numRuns: 300 });
}, 60_000);

describe("a set that cannot be derived says why", () => {
  const at = { zone: "Europe/Paris", role: "processor", awareAt: "2026-09-10T06:45:00Z" };
  const contracts = (one: object) => ({ ...at, contracts: [{ customer: "A", n: 2, ...one }] });
  test.each<[string, string, Facts, unknown]>([
    ["regime-unknown: There is no regime gdpr-99: see due regime list.", "gdpr-99", {}, null],
    ["regime-unknown: There is no regime : see due regime list.", "", {}, null],
    [
      'zone-unknown: "Europe/Pariss" is not a time zone: did you mean "Europe/Paris"?',
      "hipaa-404",
      { zone: "Europe/Pariss", holdUntil: "2026-04-09" },
      null,
    ],
    [
      'calendar-date-invalid: "Christmas" in holidays is not a date of the calendar: write YYYY-MM-DD.',
      "gdpr-33-1",
      at,
      { holidays: ["Christmas"] },
    ],
    [
      'rule-invalid: contract:A has the unit "weeks": write one of hours, days, months, business-days, business-hours.',
      "gdpr-33-2",
      contracts({ unit: "weeks" }),
      null,
    ],
    [
      "rule-invalid: contract:A counts -2: write a number up to 10000.",
      "gdpr-33-2",
      contracts({ n: -2 }),
      null,
    ],
    [
      "zone-missing: The calendar has windows and no zone: give one.",
      "gdpr-33-2",
      contracts({ unit: "business-hours" }),
      null,
    ],
  ])("%s", (sentence, id, told, calendar) => {
    const result = derived(id, told, calendar);
    const [problem] = result.ok ? [] : result.problems;
    expect(`${problem?.code}: ${problem?.message}`).toBe(sentence);
  });

  test("a table that cannot be read leaves its stages undecided, and says what to record", () => {
    const told = { zone: "America/New_York", reportableAt: "2026-11-20T20:00:00Z", class: "E" };
    const [iir] = set("us-fedramp-cr26", told).obligations;
    expect(iir).toMatchObject({
      state: "scope-undecided",
      reason: "The limit hangs on class (A, B, C, D) and pain (1 to 5): record both.",
    });
  });
});

test("what was met says when, and whether that was too late", () => {
  const told = { zone: "Europe/Berlin", role: "controller", awareAt: "2026-11-18T10:15:00+01:00" };
  const met = (saNotifiedAt: string) => set("gdpr-33-1", { ...told, saNotifiedAt }).obligations[0];
  expect(met("2026-11-21T09:15:00Z")).toMatchObject({ state: "done" });
  expect(met("2026-11-21T09:15:00Z")).not.toHaveProperty("late");
  expect(met("2026-11-21T09:15:01Z")).toMatchObject({ state: "done", late: true });
});

test("at the midnight that ends a last day it is too late", () => {
  const told = { zone: "America/Los_Angeles", discoveredAt: "2026-01-02T09:00:00-08:00" };
  const met = (individualsNotifiedAt: string) =>
    set("us-ca-1798-82", { ...told, individualsNotifiedAt }).obligations[0];
  expect(met("2026-02-02T07:59:59Z")).not.toHaveProperty("late");
  expect(met("2026-02-02T08:00:00Z")).toMatchObject({ state: "done", late: true });
});

test("a hold is told in any of the ways that docs/law.md lists", () => {
  const told = { zone: "America/New_York", discoveredAt: "2026-01-15T14:00:00-05:00" };
  const held = (hold: object) => set("hipaa-404", { ...told, ...hold }).obligations[0];
  const until = Date.parse("2026-04-10T04:00:00Z");
  const ways = [
    { holdUntil: "2026-04-09" },
    { holdUntil: "2026-04-10T04:00:00Z" },
    { holdAt: "2026-03-10T12:00:00-04:00" },
    { holdAt: "2026-04-04T12:00:00-04:00", holdDays: 5 },
    { hold: { issuer: "FBI", form: "written", until: "2026-04-09" } },
    { hold: { at: "2026-03-10T12:00:00-04:00", form: "oral" } },
  ];
  for (const way of ways) {
    expect(held(way)).toMatchObject({ state: "held", dueAt: until, holdUntilAt: until });
  }
  expect(held({ holdUntil: "2026-02-01" })).toMatchObject({
    state: "held",
    dueAt: Date.parse("2026-03-17T04:00:00Z"),
  });
});

test("a customer of two laws is told once, and has a clock under each", () => {
  const told = {
    zone: "Europe/London",
    role: "processor",
    jurisdictions: ["EU", "UK"],
    personalData: true,
    awareAt: "2026-09-10T06:45:00Z",
    customerNotifiedAt: "2026-09-10T20:00:00Z",
    contracts: [{ customer: "A", n: 24, unit: "hours", anchor: "awareAt" }],
  };
  expect(set("multi", told).obligations.map(key)).toEqual([
    "contract:A/customer-notice/customer:A",
    "gdpr-33-1/customer-own-clock/sa (customer A, information only)",
    "uk-gdpr-33-1/customer-own-clock/ico (customer A, information only)",
  ]);
});
