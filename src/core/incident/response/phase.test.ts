import { describe, expect, test } from "vitest";
import { ADA, BEN, isAllowed, FENNEL, PINNED } from "../../policy/fennel.ts";
import type { Gate } from "../../policy/policy.ts";
import { given, OPENED, severity, when } from "../given.ts";
import type { MitigationApplied } from "./mitigation.ts";
import { time } from "../given.ts";

const enter = (phase: string, more: { beside?: boolean; reason?: string } = {}) =>
  ({ type: "EnterPhase", phase, ...more }) as const;
const entered = (phase: string, more: { beside?: boolean } = {}) =>
  ({ type: "PhaseEntered", phase, ...more }) as const;
const mitigated: MitigationApplied = {
  type: "MitigationApplied",
  mitigation: "M1",
  kind: "take-offline",
  text: "Bucket closed",
  happenedAt: time("18:00"),
};
const watched = { type: "GateShown", of: "recover", gate: "watched", evidence: ["Ben"] } as const;

describe("going on", () => {
  test("to the next phase needs no reason", () => {
    expect(when(given(OPENED, entered("triage")), "18:00", enter("contain"))).toEqual([
      { type: "PhaseEntered", phase: "contain" },
    ]);
  });

  test("needs the gates of the phase that is left and of the one entered", () => {
    const containing = given(OPENED, entered("triage"), entered("contain"));
    expect(when(containing, "18:00", enter("recover"))).toEqual(["gate-open", "gate-open"]);
    const contained = given(OPENED, entered("triage"), entered("contain"), mitigated, watched);
    expect(isAllowed(when(contained, "18:00", enter("recover")))).toBe(true);
  });

  test("over a phase that nobody was in needs a reason, but not over one that may run beside", () => {
    const triaging = given(OPENED, entered("triage"), watched);
    expect(when(triaging, "18:00", enter("recover"))).toEqual(["reason-missing"]);
    expect(when(triaging, "18:00", enter("recover", { reason: "It stopped by itself" }))).toEqual([
      { type: "PhaseEntered", phase: "recover", reason: "It stopped by itself" },
    ]);
  });

  test("to where it is, or to no phase of the policy, is refused", () => {
    const triaging = given(OPENED, entered("triage"));
    expect(when(triaging, "18:00", enter("triage"))).toEqual(["phase-present"]);
    expect(when(triaging, "18:00", enter("party"))).toEqual(["phase-unknown"]);
  });
});

describe("going back", () => {
  const recovering = given(OPENED, entered("triage"), entered("contain"), entered("recover"));

  test("needs a reason", () => {
    expect(when(recovering, "18:00", enter("contain"))).toEqual(["reason-missing"]);
  });

  test("needs no gate, and says that it goes back", () => {
    expect(when(recovering, "18:00", enter("contain", { reason: "It came again" }))).toEqual([
      { type: "PhaseEntered", phase: "contain", back: true, reason: "It came again" },
    ]);
  });

  test("needs no gate of the phase it goes back to either", () => {
    const enter: Gate[] = [{ id: "calm", says: "Everybody is calm.", evidence: "note" }];
    const phases = FENNEL.phases.map((phase) =>
      phase.id === "contain" ? { ...phase, enter } : phase,
    );
    const policy = { ...PINNED, policy: { ...FENNEL, phases } };
    const back = { type: "EnterPhase", phase: "contain", reason: "It came again" } as const;
    expect(isAllowed(when(recovering, "18:00", back, { policy }))).toBe(true);
  });
});

describe("beside another phase", () => {
  const containing = given(OPENED, entered("triage"), entered("contain"));

  test("runs what the policy lets run beside", () => {
    expect(when(containing, "18:00", enter("investigate", { beside: true }))).toEqual([
      { type: "PhaseEntered", phase: "investigate", beside: true },
    ]);
  });

  test("runs any other phase only with a reason", () => {
    const watching = given(OPENED, entered("triage"), entered("contain"), watched);
    expect(when(watching, "18:00", enter("recover", { beside: true }))).toEqual(["reason-missing"]);
    expect(
      isAllowed(
        when(watching, "18:00", enter("recover", { beside: true, reason: "Exploited right now" })),
      ),
    ).toBe(true);
  });

  test("the main phase stays, and the other can be left", () => {
    const both = given(
      OPENED,
      entered("triage"),
      entered("contain"),
      entered("investigate", { beside: true }),
    );
    expect(both.phase).toMatchObject({ main: "contain", beside: ["investigate"] });
    expect(when(both, "18:00", { type: "LeavePhase", phase: "investigate" })).toEqual([
      { type: "PhaseLeft", phase: "investigate" },
    ]);
    expect(when(both, "18:00", { type: "LeavePhase", phase: "contain" })).toEqual([
      "phase-not-beside",
    ]);
  });
});

describe("gates", () => {
  const show = (of: string, gate: string, ...evidence: string[]) =>
    ({ type: "ShowGate", of, gate, evidence }) as const;
  const ship = { type: "ShipFix", text: "The bucket is private" } as const;
  const reviewed = {
    type: "GateShown",
    of: "fix",
    gate: "reviewed",
    evidence: ["https://git.fennel.example/pr/9"],
  } as const;

  test("of a link take a link, and of a note anything that says something", () => {
    expect(when(given(OPENED), "18:00", show("fix", "reviewed", "Ben looked"))).toEqual([
      "evidence-no-link",
    ]);
    expect(
      isAllowed(when(given(OPENED), "18:00", show("fix", "reviewed", "https://a.example/1"))),
    ).toBe(true);
    expect(when(given(OPENED), "18:00", show("recover", "watched", " "))).toEqual([
      "evidence-missing",
    ]);
  });

  test("that the record itself tells are not shown by anyone", () => {
    expect(when(given(OPENED), "18:00", show("contain", "contained", "yes"))).toEqual([
      "gate-computed",
    ]);
  });

  test("that the policy does not have are refused", () => {
    expect(when(given(OPENED), "18:00", show("fix", "blessed", "yes"))).toEqual(["gate-unknown"]);
  });

  test("for a second person are not passed by the one who has shown them", () => {
    const shownByAda = given(OPENED, ADA, reviewed);
    expect(when(shownByAda, "18:00", ship)).toEqual(["gate-second-person"]);
    const shownByProgram = given(OPENED, { ...BEN, id: "token/tk_1" }, reviewed);
    expect(when(shownByProgram, "18:00", ship)).toEqual(["gate-second-person"]);
    const shownByBen = given(OPENED, BEN, reviewed);
    expect(isAllowed(when(shownByBen, "18:00", ship))).toBe(true);
  });

  test("are passed by an exception that stands on the record with its reason", () => {
    const except = { type: "ExceptGate", of: "fix", gate: "reviewed", reason: "Alone" } as const;
    expect(when(given(OPENED), "18:00", { ...except, reason: "" })).toEqual(["text-missing"]);
    expect(when(given(OPENED), "18:00", except, { team: [ADA] })).toEqual([
      { type: "GateExcepted", of: "fix", gate: "reviewed", reason: "Alone", alone: true },
    ]);
    const excepted = given(OPENED, {
      type: "GateExcepted",
      of: "fix",
      gate: "reviewed",
      reason: "Alone",
    });
    expect(isAllowed(when(excepted, "18:00", ship))).toBe(true);
  });

  test("that are asked only at some severities are not asked at others", () => {
    const low = given(OPENED, severity("low"), BEN, reviewed);
    const high = given(OPENED, severity("high"), BEN, reviewed);
    expect(isAllowed(when(low, "18:00", ship))).toBe(true);
    expect(when(high, "18:00", ship)).toEqual(["gate-open"]);
  });

  test("that do not hold are named all at once", () => {
    expect(when(given(OPENED, severity("critical")), "18:00", ship)).toEqual([
      "gate-open",
      "gate-open",
    ]);
  });
});
