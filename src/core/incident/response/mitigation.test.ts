import { describe, expect, test } from "vitest";
import { given, OPENED, owed, severity, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

describe("mitigations", () => {
  const apply = { type: "ApplyMitigation", kind: "rotate", text: "Rotated the key" } as const;
  const applied = (more: object = {}): IncidentEvent => ({
    type: "MitigationApplied",
    mitigation: "M1",
    kind: "rotate",
    text: "Rotated the key",
    happenedAt: time("18:10"),
    ...more,
  });

  test("count from when they were applied, and both instants are kept", () => {
    const incident = given(OPENED, severity("critical"), "19:00", applied());
    expect(owed(incident, "mitigate-critical@team").stoppedAt).toBe(time("18:10"));
  });

  test("in part stop no clock", () => {
    const incident = given(OPENED, severity("critical"), applied({ partial: true }));
    expect(owed(incident, "mitigate-critical@team").stoppedAt).toBeUndefined();
  });

  test("are of the policy's kinds", () => {
    expect(when(given(OPENED), "18:00", { ...apply, kind: "hope" })).toEqual([
      "mitigation-kind-unknown",
    ]);
  });

  test("are lifted once, with a reason", () => {
    const lift = { type: "LiftMitigation", mitigation: "M1", reason: "Fixed" } as const;
    expect(when(given(OPENED, applied()), "19:00", lift)).toEqual([
      { type: "MitigationLifted", mitigation: "M1", reason: "Fixed" },
    ]);
    const lifted = given(OPENED, applied(), {
      type: "MitigationLifted",
      mitigation: "M1",
      reason: "Fixed",
    });
    expect(when(lifted, "19:00", lift)).toEqual(["mitigation-lifted"]);
    expect(when(given(OPENED), "19:00", lift)).toEqual(["mitigation-unknown"]);
  });
});
