import { describe, expect, test } from "vitest";
import type { Person } from "../context.ts";
import type { IncidentEvent } from "../incident/incident.ts";
import {
  START_PAGED,
  entries,
  given,
  OPENED,
  type Said,
  severity,
  time,
} from "../incident/given.ts";
import { decide, foldIncident } from "../incident/incident.ts";
import { incidentWakeAt } from "../incident/owed/obligation.ts";
import { ADA, BEN, context, FENNEL, FENNEL_HASH } from "../policy/fennel.ts";
import { pinned } from "../policy/terms.ts";
import type { Recorded } from "../recorded.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, plus } from "../time/instant.ts";

// Critical at 17:41: mitigated within eight hours of 17:40, and two of them are for the work.
const ID = "mitigate-critical@team";
const DUE = time("2026-11-21T01:40:00Z");
const before = (ms: number): Instant => plus(DUE, -ms);

const CLEO: Person = {
  id: "account/ac_cleo",
  name: "Cleo",
  mail: "cleo@fennel.example",
  role: "owner",
};
const POLICY = pinned(1, FENNEL_HASH, {
  ...FENNEL,
  roles: [
    { id: "lead", name: "Lead", responsibility: "Leads.", deputy: "speaker" },
    { id: "speaker", name: "Speaker", responsibility: "Speaks." },
    {
      id: "home",
      name: "At home",
      responsibility: "Calls Ada.",
      outside: true,
      contact: "Jonas",
      mail: "jonas@home.example",
    },
  ],
  clauses: FENNEL.clauses.filter(({ id }) => id === "mitigate-critical"),
});
const LED: readonly Said[] = [
  OPENED,
  severity("critical"),
  { type: "RoleTaken", role: "lead", person: ADA.id },
  { type: "RoleTaken", role: "speaker", person: BEN.id },
  START_PAGED,
];
const taken: IncidentEvent = { type: "ClockTaken", obligation: ID };

type Entries = readonly Recorded<IncidentEvent>[];

/** Wakes at `at`, and keeps what that recorded. */
function wokenAt(all: Entries, at: Instant): { all: Entries; added: readonly IncidentEvent[] } {
  const world = context(at, { policy: POLICY, team: [ADA, BEN, CLEO] });
  const decided = decide(foldIncident("INC-7", all), { type: "Wake" }, world);
  if (!decided.ok) throw new Error(decided.problems[0].code);
  const more = decided.value.map((event, i) => {
    const version = all.length + 1 + i;
    return { version, id: `entry-${version}`, at, by: "worker", event };
  });
  return { all: [...all, ...more], added: decided.value };
}

/** Who was woken at each instant in turn: `hour Ada Ben`, one for each page. */
function pages(said: readonly Said[], ...instants: readonly Instant[]): readonly string[] {
  let all: Entries = entries(...said);
  return instants.flatMap((at) => {
    const woken = wokenAt(all, at);
    all = woken.all;
    return woken.added.flatMap((event) =>
      event.type === "PageRequested"
        ? [[event.rung, ...event.to.map(({ name }) => name)].join(" ")]
        : [],
    );
  });
}

/** Everything up to and with the miss, so that only what comes after is new. */
const MISSED = [...LED, "2026-11-21T01:41:00Z"] as const;
const missed = (): Entries => wokenAt(entries(...LED), plus(DUE, 1)).all;

describe.each([
  ["when preparation begins", "prepare", before(2 * HOUR_MS), "prepare Ada"],
  ["fifteen minutes later, where nobody has it", "again", before(105 * MINUTE_MS), "again Ada"],
  ["an hour before it is due", "hour", before(HOUR_MS), "hour Ada Ben"],
])("%s", (_, rung, at, page) => {
  const earlier = rung === "prepare" ? [] : [plus(at, -1)];

  test("at the instant the lead is woken, and the deputy in the last hour", () => {
    expect(pages(LED, ...earlier, at).at(-1)).toBe(page);
  });

  test("a millisecond before nobody is", () => {
    const asked = pages(LED, plus(at, -1));
    expect(asked.filter((one) => one.startsWith(`${rung} `))).toEqual([]);
  });

  test("and the worker asks to be woken at that instant", () => {
    const all = wokenAt(entries(...LED), plus(at, -1)).all;
    expect(incidentWakeAt(foldIncident("INC-7", all), POLICY)).toBe(at);
  });

  test("done at that instant, nobody is woken any more", () => {
    const done: IncidentEvent = {
      type: "MitigationApplied",
      mitigation: "M1",
      kind: "rotate",
      text: "Rotated.",
      happenedAt: at,
    };
    expect(pages([...LED, done], at)).toEqual([]);
  });
});

describe("at half time", () => {
  const half = before(4 * HOUR_MS);

  test("the lead is woken at the instant, and nobody a millisecond before", () => {
    expect(pages(LED, plus(half, -1))).toEqual([]);
    expect(pages(LED, half)).toEqual(["half Ada"]);
  });

  test("whoever has it is woken instead of the lead", () => {
    expect(pages([...LED, BEN, taken], half)).toEqual(["half Ben"]);
  });
});

describe("I have it", () => {
  const prepare = before(2 * HOUR_MS);

  test("is silence until the next rung: no second try", () => {
    const said = [...LED, BEN, taken];
    const second = before(105 * MINUTE_MS);
    expect(pages(said, prepare, second, plus(second, MINUTE_MS))).toEqual(["prepare Ben"]);
    const all = wokenAt(entries(...said), prepare).all;
    expect(incidentWakeAt(foldIncident("INC-7", all), POLICY)).toBe(before(HOUR_MS));
  });

  test("does not keep the last hour from the lead and the deputy", () => {
    const said = [...LED, CLEO, taken];
    expect(pages(said, before(HOUR_MS))).toEqual(["hour Ada Ben Cleo"]);
  });
});

describe("a miss", () => {
  test("at the due instant wakes nobody; a millisecond later everybody, and the contact outside", () => {
    expect(pages(LED, before(HOUR_MS), DUE)).toEqual(["hour Ada Ben"]);
    expect(pages(LED, plus(DUE, 1))).toEqual(["missed Ada Ben Cleo", "outside Jonas"]);
  });

  test("tells the contact outside whom to call, and nothing else", () => {
    const { added } = wokenAt(entries(...LED), plus(DUE, 1));
    const outside = added.find(
      (event) => event.type === "PageRequested" && event.rung === "outside",
    );
    const text = JSON.stringify(outside);
    expect(text).toContain("Please call the incident team");
    for (const secret of ["INC-7", "exports-prod", "mitigation of", "https://"]) {
      expect(text.replace(`${ID}#`, "")).not.toContain(secret);
    }
  });

  test("found hours later is told to everybody all the same, once", () => {
    const late = plus(DUE, 5 * HOUR_MS + MINUTE_MS);
    expect(pages(LED, late, plus(late, MINUTE_MS))).toEqual([
      "late-10 Ada Ben Cleo",
      "outside Jonas",
    ]);
  });
});

describe("what stays overdue", () => {
  const at = (halves: number): Instant => plus(DUE, 1 + halves * 30 * MINUTE_MS);

  test("is said every half hour to the lead, and not a millisecond before", () => {
    expect(pages(LED, at(0), plus(at(1), -1), at(1), plus(at(2), -1), at(2))).toEqual([
      "missed Ada Ben Cleo",
      "outside Jonas",
      "late-1 Ada",
      "late-2 Ada",
    ]);
  });

  test("is said to whoever took it last", () => {
    const all = [...missed(), ...entries(...MISSED, CLEO, taken).slice(-1)];
    const renumbered = all.map((entry, i) => ({ ...entry, version: i + 1 }));
    const { added } = wokenAt(renumbered, at(1));
    expect(added).toMatchObject([{ type: "ReminderReached" }, { to: [{ name: "Cleo" }] }]);
  });

  test("stopped at that instant, nobody is woken", () => {
    const done: IncidentEvent = {
      type: "MitigationApplied",
      mitigation: "M1",
      kind: "rotate",
      text: "Rotated.",
      happenedAt: at(1),
    };
    expect(pages([...LED, "2026-11-21T02:10:00Z", done], at(1))).toEqual([]);
  });

  test("is said daily after the first day, and no more after a month", () => {
    let all = missed();
    const told: number[] = [];
    for (let wakes = 0; wakes < 200; wakes += 1) {
      const next = incidentWakeAt(foldIncident("INC-7", all), POLICY);
      if (next === undefined) break;
      told.push(next - DUE - 1);
      all = wokenAt(all, next).all;
    }
    expect(told.slice(0, 48)).toEqual(
      Array.from({ length: 48 }, (_, i) => (i + 1) * 30 * MINUTE_MS),
    );
    expect(told.slice(48)).toEqual(Array.from({ length: 29 }, (_, i) => (i + 2) * DAY_MS));
  });
});

test("without a deputy or a lead, everybody who can act is woken", () => {
  const alone: readonly Said[] = [OPENED, severity("critical")];
  expect(pages(alone, before(2 * HOUR_MS), before(HOUR_MS))).toEqual([
    "prepare Ada Ben Cleo",
    "hour Ada Ben Cleo",
  ]);
  expect(given(...alone).roles).toEqual({});
});
