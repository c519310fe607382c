import { describe, expect, test } from "vitest";
import { given, OPENED, severity, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

const logged: IncidentEvent = { type: "LineLogged", text: "Keys revoked" };
const mitigation = (n: number): IncidentEvent => ({
  type: "MitigationApplied",
  mitigation: `M${n}`,
  kind: "rotate",
  text: "Rotated",
  happenedAt: time("18:00"),
});
const strike = (version: number): IncidentEvent => ({
  type: "EntryStruck",
  version,
  reason: "Wrong key",
});

describe("logging", () => {
  test("keeps when it happened beside when it is written", () => {
    const log = {
      type: "Log",
      text: "Keys revoked",
      happenedAt: time("17:50"),
      key: true,
    } as const;
    expect(when(given(OPENED), "18:30", log)).toEqual([
      { type: "LineLogged", text: "Keys revoked", happenedAt: time("17:50"), key: true },
    ]);
  });

  test("of the future or of nothing is refused", () => {
    expect(when(given(OPENED), "18:30", { type: "Log", text: " " })).toEqual(["text-missing"]);
    expect(
      when(given(OPENED), "18:30", { type: "Log", text: "x", happenedAt: time("18:40") }),
    ).toEqual(["instant-in-future"]);
    expect(when(given(OPENED), "18:30", { type: "Log", text: "x".repeat(20_001) })).toEqual([
      "text-too-long",
    ]);
  });
});

describe("striking", () => {
  test("names the entry and the reason", () => {
    const command = { type: "StrikeEntry", version: 2, reason: "Wrong key" } as const;
    expect(when(given(OPENED, logged), "18:30", command)).toEqual([
      { type: "EntryStruck", version: 2, reason: "Wrong key" },
    ]);
    expect(when(given(OPENED, logged), "18:30", { ...command, reason: "" })).toEqual([
      "text-missing",
    ]);
  });

  test("of an entry that is not there, struck, or no statement of a person is refused", () => {
    const command = { type: "StrikeEntry", version: 2, reason: "Wrong key" } as const;
    expect(when(given(OPENED), "18:30", command)).toEqual(["entry-unknown"]);
    expect(when(given(OPENED, logged, strike(2)), "18:30", command)).toEqual([
      "entry-not-strikable",
    ]);
    expect(when(given(OPENED, severity("low")), "18:30", command)).toEqual(["entry-not-strikable"]);
  });

  test("of one line among many takes away that one alone", () => {
    const incident = given(OPENED, logged, logged, logged, severity("low"), logged, strike(3));
    const may = (version: number) =>
      when(incident, "18:30", { type: "StrikeEntry", version, reason: "Wrong key" });
    expect([2, 4, 6].map((version) => may(version)).flat()).toEqual(
      [2, 4, 6].map((version) => ({ type: "EntryStruck", version, reason: "Wrong key" })),
    );
    for (const version of [1, 3, 5]) expect(may(version)).toEqual(["entry-not-strikable"]);
  });

  test("a mitigation takes its moment back, and its number is not given again", () => {
    const incident = given(OPENED, mitigation(1), strike(2));
    expect(incident.moments["mitigatedAt"]).toBeUndefined();
    expect(incident.mitigations).toEqual([]);
    const apply = { type: "ApplyMitigation", kind: "rotate", text: "Rotated" } as const;
    expect(when(incident, "18:30", apply)).toMatchObject([{ mitigation: "M2" }]);
  });

  test("of an act that another entry spoke of leaves the other one standing", () => {
    const incident = given(
      OPENED,
      mitigation(1),
      { type: "MitigationLifted", mitigation: "M1", reason: "Not needed" },
      strike(2),
    );
    expect(incident.mitigations).toEqual([]);
    expect(incident.version).toBe(4);
  });
});

describe("marking", () => {
  test("takes any entry that is there", () => {
    const mark = { type: "MarkEntry", version: 1, key: true } as const;
    expect(when(given(OPENED), "18:30", mark)).toEqual([
      { type: "EntryMarked", version: 1, key: true },
    ]);
    expect(when(given(OPENED), "18:30", { ...mark, version: 2 })).toEqual(["entry-unknown"]);
  });
});
