import { describe, expect, test } from "vitest";
import { given, OPENED, when } from "./given.ts";

describe("opening", () => {
  const open = { type: "OpenIncident", title: "Bucket exports-prod is listable" } as const;

  test("pins the policy that runs and begins in its first phase", () => {
    expect(when(given(), "18:00", open)).toEqual([
      { ...OPENED, title: open.title },
      { type: "PhaseEntered", phase: "triage" },
    ]);
  });

  test("keeps the release of the time zones that count", () => {
    expect(when(given(), "18:00", open, { zoneRules: "2026b" })).toMatchObject([
      { type: "IncidentOpened", zoneRules: "2026b" },
      {},
    ]);
  });

  test("with answers weighs them, and says how", () => {
    expect(
      when(given(), "18:00", { ...open, answers: { exposed: "no", down: "yes" } }),
    ).toMatchObject([
      {},
      {},
      {
        type: "SeverityChanged",
        to: "high",
        reason: "By the policy's questions: “Is the service down?” yes.",
      },
    ]);
  });

  test("at another severity than the answers give needs a reason of its own", () => {
    const command = { ...open, answers: { exposed: "no" }, severity: "critical" } as const;
    expect(when(given(), "18:00", command)).toEqual(["text-missing"]);
    expect(when(given(), "18:00", { ...command, reason: "Press is calling" })).toMatchObject([
      {},
      {},
      { to: "critical", reason: "Press is calling" },
    ]);
  });

  test("twice is refused, and so is work on what is not there", () => {
    expect(when(given(OPENED), "18:00", open)).toEqual(["already-open"]);
    expect(when(given(), "18:00", { type: "Log", text: "x" })).toEqual(["incident-unknown"]);
  });

  test("a title that is the same changes nothing", () => {
    const retitle = { type: "RetitleIncident", title: OPENED.title } as const;
    expect(when(given(OPENED), "18:00", retitle)).toEqual(["title-unchanged"]);
  });
});
