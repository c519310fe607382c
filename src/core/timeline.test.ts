import { describe, expect, test } from "vitest";
import { entries, exposed, OPENED, type Said, severity, time } from "./incident/given.ts";
import type { IncidentEvent } from "./incident/incident.ts";
import { ADA, BEN, FENNEL, PINNED } from "./policy/fennel.ts";
import type { Names } from "./says.ts";
import { REPORTED } from "./signal/given.ts";
import { incidentTimeline, signalTimeline } from "./timeline.ts";

const names: Names = {
  policy: FENNEL,
  zone: "Europe/Berlin",
  nameOf: (id) => [ADA, BEN].find((person) => person.id === id)?.name ?? id,
};
const timeline = (...said: readonly Said[]) =>
  incidentTimeline("INC-7", entries(...said), PINNED, names);

describe("a timeline", () => {
  test("of customers touched one after another shows with each what began for them", () => {
    const touched = ["cus_1", "cus_2", "cus_3"].map(
      (customer): IncidentEvent => ({ type: "CustomerTouched", customer }),
    );
    const before = [OPENED, exposed("confirmed")] as const;
    const between: IncidentEvent = { type: "LineLogged", text: "Another one" };
    const clocksOf = (...said: readonly Said[]) =>
      timeline(...before, ...said)
        .filter(({ type }) => type === "CustomerTouched")
        .map(({ clocks }) => clocks);
    const run = clocksOf(...touched);
    expect(run.map((clocks) => clocks.map(({ obligation }) => obligation.split("@")[1]))).toEqual(
      touched.map((event) =>
        run[0]?.map(() => `customer:${event.type === "CustomerTouched" && event.customer}`),
      ),
    );
    expect(run[0]?.length).toBeGreaterThan(0);
    expect(run).toEqual(clocksOf(...touched.flatMap((event) => [event, between])));
  });

  test("stands in the order things happened, and keeps when they were written", () => {
    const lines = timeline(
      OPENED,
      "18:30",
      { type: "LineLogged", text: "Keys revoked", happenedAt: time("18:20") },
      "18:25",
      { type: "LineLogged", text: "Bucket closed" },
    );
    expect(lines.map(({ text, at, happenedAt }) => [text, at, happenedAt])).toEqual([
      [OPENED.title, time("17:40"), undefined],
      ["Keys revoked", time("18:30"), time("18:20")],
      ["Bucket closed", time("18:25"), undefined],
    ]);
  });

  test("reads ids out as the policy names them, with who did it beside", () => {
    const lines = timeline(
      BEN,
      OPENED,
      severity("critical"),
      exposed("confirmed", { since: time("17:00") }),
      { type: "RoleTaken", role: "lead", person: ADA.id },
    );
    expect(lines.map(({ byName, says }) => `${byName}: ${says}`)).toEqual([
      "Ben: Opened the incident under version 1 of the policy.",
      "Ben: Severity Critical.",
      "Ben: Confirmed: customer data are exposed, held since Fri 20 Nov 2026, 18:00 CET.",
      "Ben: Ada took Incident lead.",
    ]);
  });

  test("keeps a struck line in its place, with who struck it and why", () => {
    const lines = timeline(OPENED, { type: "LineLogged", text: "Keys revoked" }, BEN, "18:00", {
      type: "EntryStruck",
      version: 2,
      reason: "Wrong key",
    });
    expect(lines[1]).toMatchObject({
      text: "Keys revoked",
      struck: { at: time("18:00"), byName: "Ben", reason: "Wrong key" },
    });
    expect(lines[0]).not.toHaveProperty("struck");
  });

  test("marks key moments, by the last word on each", () => {
    const mark = (key: boolean): IncidentEvent => ({ type: "EntryMarked", version: 2, key });
    const line: IncidentEvent = { type: "LineLogged", text: "x", key: true };
    expect(timeline(OPENED, line)[1]?.key).toBe(true);
    expect(timeline(OPENED, line, mark(false))[1]?.key).toBe(false);
    expect(timeline(OPENED, severity("low"), mark(true))[1]?.key).toBe(true);
  });
});

describe("what an entry did to the clocks", () => {
  const clocksOf = (version: number, ...said: readonly Said[]) =>
    timeline(...said)
      .find((line) => line.version === version)
      ?.clocks.map(({ change, obligation }) => `${change} ${obligation}`);

  test("a raised severity adds clocks, a lowered one removes them", () => {
    const raised = [OPENED, severity("low"), severity("critical", "low")] as const;
    expect(clocksOf(2, ...raised)).toEqual(["stopped triage@team"]);
    expect(clocksOf(3, ...raised)).toEqual([
      "added mitigate-critical@team",
      "added mitigate-high@team",
    ]);
    expect(clocksOf(4, ...raised, severity("high", "critical"))).toEqual([
      "removed mitigate-critical@team",
    ]);
  });

  test("a signal that came earlier moves clocks back, and both due instants are shown", () => {
    const [line] = timeline(OPENED, {
      type: "SignalLinked",
      signal: "R-7QK4-M2",
      receivedAt: time("16:00"),
      channel: "research",
    });
    expect(line?.clocks).toEqual([
      {
        change: "moved",
        obligation: "triage@team",
        says: "triage",
        dueAt: time("20:00"),
        wasDueAt: time("21:40"),
      },
    ]);
  });

  test("an entry struck later had its effect until then, and the strike takes it back", () => {
    const said = [
      OPENED,
      exposed("confirmed"),
      { type: "EntryStruck", version: 2, reason: "Wrong bucket" },
    ] as const;
    expect(clocksOf(2, ...said)).toEqual(["added file@authority"]);
    expect(clocksOf(3, ...said)).toEqual(["removed file@authority"]);
  });

  test("a line that somebody logs does nothing to them", () => {
    expect(clocksOf(2, OPENED, { type: "LineLogged", text: "x" })).toEqual([]);
  });
});

test("a signal's timeline begins when it reached us and shows its clocks stop", () => {
  const lines = signalTimeline(
    "R-7QK4-M2",
    [
      { version: 1, id: "e1", at: time("17:45"), by: "public", event: REPORTED },
      {
        version: 2,
        id: "e2",
        at: time("18:00"),
        by: ADA.id,
        event: { type: "SignalConfirmed", incident: "INC-7" },
      },
    ],
    PINNED,
    names,
  );
  expect(
    lines.map(({ says, happenedAt, clocks }) => [
      says,
      happenedAt,
      clocks.map(({ change, obligation }) => `${change} ${obligation}`),
    ]),
  ).toEqual([
    [
      "A signal came in: Security reports.",
      time("17:40"),
      ["added triage@team", "added ack@reporter:R-7QK4-M2"],
    ],
    ["Confirmed into INC-7.", undefined, ["removed triage@team"]],
  ]);
});
