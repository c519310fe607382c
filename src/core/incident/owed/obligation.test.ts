import { describe, expect, test } from "vitest";
import { nextWakeAt } from "../../notice/ladder.ts";
import { ADA, BEN, context, PINNED } from "../../policy/fennel.ts";
import { obligations } from "../../policy/obligations.ts";
import type { Recorded } from "../../recorded.ts";
import { HOUR_MS, type Instant, plus } from "../../time/instant.ts";
import {
  START_PAGED,
  entries,
  exposed,
  given,
  LETTERS,
  OPENED,
  owed,
  owedAt,
  type Said,
  severity,
  time,
  when,
} from "../given.ts";
import { decide, foldIncident, type IncidentEvent } from "../incident.ts";
import { incidentObligations, incidentOwing, incidentWakeAt } from "./obligation.ts";

const wake = { type: "Wake" } as const;
const types = (events: readonly (IncidentEvent | string)[]): readonly string[] =>
  events.map((event) => (typeof event === "string" ? event : event.type));

/** Wakes at every instant in turn, keeping what is recorded; returns all entries. */
function woken(start: readonly Recorded<IncidentEvent>[], instants: readonly Instant[]) {
  const all = [...start];
  for (const at of instants) {
    const decided = decide(foldIncident("INC-7", all), wake, context(at, { letters: LETTERS }));
    if (!decided.ok) throw new Error(decided.problems[0].code);
    for (const event of decided.value) {
      const version = all.length + 1;
      all.push({ version, id: `entry-${version}`, at, by: "worker", event });
    }
  }
  return all;
}

const missesOf = (all: readonly Recorded<IncidentEvent>[]) =>
  all.flatMap(({ event }) => (event.type === "ObligationMissed" ? [event] : []));

describe("what an incident owes", () => {
  test("is everything but the answer to the reporter and the escalation", () => {
    const duties = incidentObligations(given(OPENED, severity("critical")), PINNED).map(
      ({ clause }) => clause.duty,
    );
    expect(duties).not.toContain("acknowledge");
    expect(duties).not.toContain("escalate");
    expect(duties).toContain("triage");
  });

  test("without a signal reached us when it was opened; a signal may show that it was earlier", () => {
    expect(owed(given(OPENED), "triage@team").startedAt).toBe(time("17:40"));
    const linked: IncidentEvent = {
      type: "SignalLinked",
      signal: "R-7QK4-M2",
      receivedAt: time("16:00"),
      channel: "research",
    };
    const incident = given(OPENED, linked);
    expect(owed(incident, "triage@team").startedAt).toBe(time("16:00"));
    expect(incident.moments["firstSignalAt"]).toBe(time("16:00"));
  });

  test.each([
    ["at the due instant it still runs", "21:40", "running"],
    ["one millisecond later it is missed", "2026-11-20T21:40:00.001Z", "missed"],
  ])("%s", (_, at, standing) => {
    expect(owedAt(given(OPENED), at)["triage@team"]).toBe(standing);
  });

  test("stopped at the due instant it is met", () => {
    const incident = given(OPENED, "21:40", severity("low"));
    expect(owedAt(incident, "23:00")["triage@team"]).toBe("met");
  });
});

describe("waking", () => {
  // The mail of open deadlines is handover.test.ts's; these are about the ladder.
  const paged = (...said: readonly Said[]) => given(...said, START_PAGED);

  test("records a miss, and wakes everyone who can act", () => {
    const events = when(paged(OPENED), "21:41", wake);
    expect(events).toMatchObject([
      {
        type: "ObligationMissed",
        obligation: "triage@team",
        clause: "triage",
        recipient: "team",
        dueAt: time("21:40"),
      },
      {
        type: "PageRequested",
        rung: "missed",
        obligation: "triage@team",
        to: [
          { name: "Ada", mail: "ada@fennel.example" },
          { name: "Ben", mail: "ben@fennel.example" },
        ],
        subject: "OVERDUE: triage was due Fri 20 Nov 2026, 22:40 CET",
      },
    ]);
  });

  test("records the miss of what was done late since, and wakes nobody for it", () => {
    const late = paged(OPENED, "22:00", severity("low"));
    expect(when(late, "23:00", wake)).toMatchObject([
      { type: "ObligationMissed", obligation: "triage@team", dueAt: time("21:40") },
    ]);
    expect(incidentWakeAt(late, PINNED)).toBe(time("21:40"));
  });

  test("says nothing of the incident in a page but the way in", () => {
    const events = when(paged(OPENED), "21:41", wake) as readonly IncidentEvent[];
    const page = events.find((event) => event.type === "PageRequested");
    expect(page?.body).toContain("https://due.fennel.example/app/incidents/INC-7");
    expect(JSON.stringify(page)).not.toContain("exports-prod");
  });

  test("early records nothing, and twice nothing more", () => {
    expect(when(paged(OPENED), "18:00", wake)).toEqual([]);
    const once = woken(entries(OPENED), [time("21:41")]);
    expect(woken(once, [time("21:41"), time("22:00")])).toHaveLength(once.length);
  });

  test("after several rungs pages the latest one only", () => {
    const events = when(paged(OPENED), "20:41", wake);
    expect(types(events)).toEqual(["ReminderReached", "PageRequested"]);
    expect(events).toMatchObject([{ rung: "hour" }, { rung: "hour" }]);
  });

  test("pages whoever leads at half time, and whoever has it in hand before that", () => {
    const led = paged(OPENED, { type: "RoleTaken", role: "lead", person: BEN.id });
    expect(when(led, "19:41", wake)).toMatchObject([
      { type: "ReminderReached", rung: "half" },
      { to: [{ name: "Ben" }] },
    ]);
    const taken = paged(OPENED, { type: "RoleTaken", role: "lead", person: BEN.id }, ADA, {
      type: "ClockTaken",
      obligation: "triage@team",
    });
    expect(when(taken, "19:41", wake)).toMatchObject([{}, { to: [{ name: "Ada" }] }]);
  });

  test("climbs the ladder anew when the due instant has moved", () => {
    const said = [
      OPENED,
      severity("low"),
      "18:00",
      exposed("confirmed"),
      "2026-11-23T17:01:00Z",
      {
        type: "ReminderReached",
        obligation: "file@authority",
        rung: "hour",
        dueAt: time("2026-11-23T18:00:00Z"),
      },
    ] as const satisfies readonly Said[];
    expect(when(paged(...said), "2026-11-23T17:30:00Z", wake)).toEqual([]);
    const again = paged(
      ...said,
      { type: "EntryStruck", version: 3, reason: "Wrong bucket" },
      exposed("confirmed", { since: time("20:00") }),
    );
    expect(when(again, "2026-11-23T17:30:00Z", wake)).toMatchObject([
      { type: "ReminderReached", rung: "half", dueAt: time("2026-11-23T20:00:00Z") },
      { type: "PageRequested", rung: "half" },
    ]);
  });

  test("opens every page of a drill with the word", () => {
    const events = when(paged({ ...OPENED, drill: true }), "21:41", wake);
    expect(events).toMatchObject([{}, { subject: expect.stringMatching(/^DRILL: /) }]);
  });

  test("wakes at once what was raised into the past", () => {
    const raised = paged(
      OPENED,
      severity("low"),
      "2026-11-21T09:00:00Z",
      severity("critical", "low"),
    );
    expect(types(when(raised, "2026-11-21T09:01:00Z", wake))).toContain("ObligationMissed");
  });

  const dueOf = (day: number) => time(`2026-11-${day}T18:00:00Z`);
  const missed = (dueAt: Instant): IncidentEvent => ({
    type: "ObligationMissed",
    obligation: "file@authority",
    clause: "file",
    recipient: "authority",
    dueAt,
  });
  const struck: IncidentEvent = { type: "EntryStruck", version: 3, reason: "Wrong bucket" };

  test("misses a clock again that was moved later and ran out again", () => {
    const later = paged(
      OPENED,
      severity("low"),
      "18:00",
      exposed("confirmed"),
      "2026-11-24T09:00:00Z",
      missed(dueOf(23)),
      struck,
      "2026-11-24T18:00:00Z",
      exposed("confirmed"),
    );
    const events = when(later, "2026-11-27T18:00:01Z", wake) as readonly IncidentEvent[];
    expect(events).toContainEqual(missed(dueOf(27)));
  });

  test("does not miss twice a clock that was moved earlier", () => {
    const earlier = paged(
      OPENED,
      severity("low"),
      "18:00",
      exposed("confirmed"),
      "2026-11-24T09:00:00Z",
      missed(dueOf(23)),
      exposed("confirmed", { since: time("09:00") }),
    );
    expect(types(when(earlier, "2026-11-24T10:00:00Z", wake))).not.toContain("ObligationMissed");
  });
});

describe("the worker's cadence", () => {
  const start = entries(OPENED, severity("critical"));
  const days = 12;

  test("cannot change what was missed", () => {
    const eager = Array.from({ length: days * 24 * 2 }, (_, i) =>
      plus(time("18:00"), i * (HOUR_MS / 2)),
    );
    const sleepy = [eager.at(-1) as Instant];
    const byId = (all: readonly Recorded<IncidentEvent>[]) =>
      missesOf(all)
        .map(({ obligation, dueAt }) => `${obligation} ${dueAt}`)
        .sort();
    expect(byId(woken(start, eager))).toEqual(byId(woken(start, sleepy)));
    expect(byId(woken(start, sleepy))).toHaveLength(2);
  });

  test("cannot hide a miss behind a late act: whatever fell due first is recorded first", () => {
    const late = when(given(OPENED), "22:00", {
      type: "ChangeSeverity",
      to: "low",
      reason: "Only a test bucket",
    });
    expect(types(late)).toEqual(["ObligationMissed", "SeverityChanged"]);
  });

  test("waking exactly when asked always makes progress, and comes to an end", () => {
    let all: readonly Recorded<IncidentEvent>[] = start;
    let asked: Instant | undefined;
    let wakes = 0;
    while (wakes < 200) {
      const next = incidentWakeAt(foldIncident("INC-7", all), PINNED);
      if (next === undefined) break;
      expect(next).not.toBe(asked);
      const before = all.length;
      all = woken(all, [next]);
      expect(all.length).toBeGreaterThan(before);
      asked = next;
      wakes += 1;
    }
    expect(wakes).toBeGreaterThan(3);
    expect(wakes).toBeLessThan(200);
    expect(missesOf(all).map(({ clause }) => clause)).toEqual([
      "mitigate-critical",
      "mitigate-high",
    ]);
  });

  test("a met obligation asks for nothing more", () => {
    const met = given(OPENED, severity("low"));
    const owing = incidentOwing(met, PINNED, "");
    expect(nextWakeAt(owing)).toBeUndefined();
    expect(
      obligations(PINNED.terms, {
        openedAt: undefined,
        facts: [],
        moments: new Map(),
        recipients: [],
      }),
    ).toEqual([]);
  });
});

describe("taking a clock", () => {
  test("names what is taken, if it runs", () => {
    expect(when(given(OPENED), "18:00", { type: "TakeClock", obligation: "triage@team" })).toEqual([
      { type: "ClockTaken", obligation: "triage@team" },
    ]);
    expect(when(given(OPENED), "18:00", { type: "TakeClock", obligation: "dance@team" })).toEqual([
      "obligation-unknown",
    ]);
    const met = given(OPENED, severity("low"));
    expect(when(met, "18:00", { type: "TakeClock", obligation: "triage@team" })).toEqual([
      "obligation-stopped",
    ]);
  });
});
