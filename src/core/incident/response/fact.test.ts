import { describe, expect, test } from "vitest";
import { isAllowed } from "../../policy/fennel.ts";
import { exposed, given, OPENED, owed, owedAt, time, when } from "../given.ts";
import type { RecordFact } from "./fact.ts";

const record = (more: Partial<RecordFact> = {}): RecordFact => ({
  type: "RecordFact",
  claim: "data-exposed",
  state: "confirmed",
  source: "Access log of the bucket",
  ...more,
});
const touched = { type: "CustomerTouched", customer: "cus_1" } as const;
const strike = (version: number) =>
  ({ type: "EntryStruck", version, reason: "Wrong bucket" }) as const;

describe("recording a fact", () => {
  test("names the moments that the vocabulary says it sets; confirming makes aware", () => {
    expect(when(given(OPENED), "18:00", record())).toEqual([
      {
        type: "FactRecorded",
        claim: "data-exposed",
        state: "confirmed",
        source: "Access log of the bucket",
        sets: ["confirmedAt", "awareAt"],
      },
    ]);
    expect(when(given(OPENED), "18:00", record({ state: "suspected" }))).toMatchObject([
      { sets: ["suspectAt"] },
    ]);
  });

  test("of a claim that the policy does not know is refused", () => {
    expect(when(given(OPENED), "18:00", record({ claim: "aliens" }))).toEqual(["claim-unknown"]);
  });

  test("without a source is refused", () => {
    expect(when(given(OPENED), "18:00", record({ source: " " }))).toEqual(["text-missing"]);
  });

  test("in the future is refused beyond the difference of two clocks", () => {
    const since = (at: string) => when(given(OPENED), "18:00", record({ since: time(at) }));
    expect(isAllowed(since("18:02"))).toBe(true);
    expect(since("18:03")).toEqual(["instant-in-future"]);
    expect(when(given(OPENED), "18:00", record({ happenedAt: time("19:00") }))).toEqual([
      "instant-in-future",
    ]);
  });

  test("about a party without a part in the incident is refused", () => {
    const concerning = "customer:cus_1";
    expect(when(given(OPENED), "18:00", record({ concerning }))).toEqual(["party-unknown"]);
    expect(isAllowed(when(given(OPENED, touched), "18:00", record({ concerning })))).toBe(true);
  });

  test("does not turn what is confirmed into a suspicion", () => {
    const confirmed = given(OPENED, exposed("confirmed"));
    expect(when(confirmed, "18:00", record({ state: "suspected" }))).toEqual(["fact-weaker"]);
    expect(isAllowed(when(confirmed, "18:00", record({ state: "ruled-out" })))).toBe(true);
  });
});

describe("the moments that facts set", () => {
  test("a confirmed exposure owes customers a notice within 72 hours of the confirmation", () => {
    const incident = given(OPENED, touched, "19:00", exposed("confirmed"));
    expect(owed(incident, "notify-exposed@customer:cus_1").dueAt).toBe(
      time("2026-11-23T19:00:00Z"),
    );
  });

  test("a suspicion keeps its own instant beside the confirmation's", () => {
    const incident = given(OPENED, "18:00", exposed("suspected"), "20:00", exposed("confirmed"));
    expect(incident.moments).toMatchObject({
      suspectAt: time("18:00"),
      confirmedAt: time("20:00"),
      awareAt: time("20:00"),
      "data-exposed.suspectedAt": time("18:00"),
      "data-exposed.confirmedAt": time("20:00"),
    });
  });

  test("come once: a second confirmation moves nothing", () => {
    const incident = given(OPENED, "18:00", exposed("confirmed"), "20:00", exposed("confirmed"));
    expect(incident.moments["awareAt"]).toBe(time("18:00"));
  });

  test("count from an instant given as since, and that alone moves one back", () => {
    const later = given(
      OPENED,
      "20:00",
      exposed("confirmed", { since: time("15:00"), happenedAt: time("09:00") }),
    );
    expect(later.moments["awareAt"]).toBe(time("15:00"));
    expect(later.facts["data-exposed"]).toMatchObject({ since: time("15:00") });
  });

  test("are not moved by when the thing happened in the world", () => {
    const incident = given(OPENED, "20:00", exposed("confirmed", { happenedAt: time("09:00") }));
    expect(incident.moments["awareAt"]).toBe(time("20:00"));
  });

  test("an earlier awareness stays the earlier one", () => {
    const aware = exposed("suspected", { sets: ["awareAt"] });
    const incident = given(OPENED, "18:00", aware, "20:00", exposed("confirmed"));
    expect(incident.moments["awareAt"]).toBe(time("18:00"));
    expect(incident.moments["confirmedAt"]).toBe(time("20:00"));
  });

  test("concern one party alone where the fact does, and the others are not owed for it", () => {
    const both = [touched, { type: "CustomerTouched", customer: "cus_2" }] as const;
    const incident = given(
      OPENED,
      ...both,
      "19:00",
      exposed("confirmed", { concerning: "customer:cus_1" }),
    );
    const ids = Object.keys(owedAt(incident, "20:00"));
    expect(ids).toContain("notify-exposed@customer:cus_1");
    expect(ids).not.toContain("notify-exposed@customer:cus_2");
    expect(incident.moments["confirmedAt"]).toBeUndefined();
  });

  test("said in general earlier, a party's own later instant does not move its clock", () => {
    const incident = given(
      OPENED,
      touched,
      "18:00",
      exposed("confirmed"),
      "21:00",
      exposed("confirmed", { concerning: "customer:cus_1" }),
    );
    expect(owed(incident, "notify-exposed@customer:cus_1").startedAt).toBe(time("18:00"));
  });

  test("said of a party first, then of all since earlier, the earlier instant holds for it too", () => {
    const incident = given(
      OPENED,
      touched,
      "18:00",
      exposed("confirmed", { concerning: "customer:cus_1" }),
      "21:00",
      exposed("confirmed", { since: time("16:00") }),
    );
    expect(owed(incident, "notify-exposed@customer:cus_1").startedAt).toBe(time("16:00"));
  });
});

describe("striking a fact", () => {
  test("restores what was held before it, moments included", () => {
    const incident = given(
      OPENED,
      "18:00",
      exposed("suspected"),
      "20:00",
      exposed("confirmed"),
      "21:00",
      strike(3),
    );
    expect(incident.facts).toMatchObject({
      "data-exposed": { claim: "data-exposed", state: "suspected" },
    });
    expect(incident.moments["confirmedAt"]).toBeUndefined();
    expect(incident.moments["suspectAt"]).toBe(time("18:00"));
    expect(Object.keys(owedAt(incident, "21:00"))).not.toContain("file@authority");
  });

  test("of the first of two lets the second set the moment", () => {
    const incident = given(
      OPENED,
      "18:00",
      exposed("confirmed"),
      "20:00",
      exposed("confirmed"),
      strike(2),
    );
    expect(incident.moments["awareAt"]).toBe(time("20:00"));
  });

  test("a ruled-out claim owes nothing, and what it set remains known", () => {
    const incident = given(OPENED, touched, exposed("confirmed"), exposed("ruled-out"));
    expect(Object.keys(owedAt(incident, "20:00"))).not.toContain("notify-exposed@customer:cus_1");
    expect(incident.moments["confirmedAt"]).toBe(time("17:42"));
  });
});
