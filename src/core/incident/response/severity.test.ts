import { describe, expect, test } from "vitest";
import { FENNEL, isAllowed } from "../../policy/fennel.ts";
import { exposed, given, OPENED, owed, owedAt, severity, time, when } from "../given.ts";
import { severityFor, weighedInWords } from "./severity.ts";

const change = (to: string, answers?: Record<string, "yes" | "no" | "unknown">) =>
  ({
    type: "ChangeSeverity",
    to,
    reason: "Keys were found",
    ...(answers ? { answers } : {}),
  }) as const;

describe("the policy's questions", () => {
  test("the most severe question answered yes decides", () => {
    const weighed = severityFor(FENNEL, { exposed: "yes", down: "yes" });
    expect(weighed.severity).toBe("critical");
    expect(weighed.why.map(({ question }) => question)).toEqual(["exposed"]);
  });

  test("an unknown counts as its question says, and what is not answered is unknown", () => {
    expect(severityFor(FENNEL, { exposed: "unknown", down: "no" }).severity).toBe("critical");
    expect(severityFor(FENNEL, { exposed: "no", down: "unknown" }).severity).toBe("low");
    expect(severityFor(FENNEL, {}).severity).toBe("critical");
  });

  test("with every question answered no it is what the policy says otherwise", () => {
    const weighed = severityFor(FENNEL, { exposed: "no", down: "no" });
    expect(weighed).toEqual({ severity: "low", why: [] });
    expect(weighedInWords(weighed)).toBe(
      "By the policy's questions: none of them was answered yes.",
    );
  });
});

describe("changing the severity", () => {
  test("is recorded with what it was, what it is, the reason and the answers", () => {
    expect(
      when(given(OPENED, severity("low")), "18:00", change("high", { exposed: "no", down: "yes" })),
    ).toEqual([
      {
        type: "SeverityChanged",
        from: "low",
        to: "high",
        reason: "Keys were found",
        answers: { exposed: "no", down: "yes" },
      },
    ]);
  });

  test("without a reason is refused", () => {
    const command = { type: "ChangeSeverity", to: "high", reason: "  " } as const;
    expect(when(given(OPENED), "18:00", command)).toEqual(["text-missing"]);
  });

  test("to one that the policy does not have is refused", () => {
    expect(when(given(OPENED), "18:00", change("sev1"))).toEqual(["severity-unknown"]);
  });

  test("below what the answers give is refused: an answer is to be changed, not the outcome", () => {
    const answered = given(OPENED, { ...severity("critical"), answers: { exposed: "yes" } });
    expect(when(answered, "18:00", change("low"))).toEqual(["severity-below-answers"]);
    expect(when(answered, "18:00", change("low", { exposed: "no" }))).toMatchObject([
      { to: "low", answers: { exposed: "no" } },
    ]);
  });

  test("above what the answers give is a person's right", () => {
    const answers = { exposed: "no", down: "no" } as const;
    expect(when(given(OPENED), "18:00", change("critical", answers))).toMatchObject([
      { to: "critical" },
    ]);
  });

  test("to the one that is held is refused, unless an answer is news", () => {
    const high = given(OPENED, severity("high"));
    expect(when(high, "18:00", change("high"))).toEqual(["severity-unchanged"]);
    expect(isAllowed(when(high, "18:00", change("high", { exposed: "no", down: "yes" })))).toBe(
      true,
    );
  });

  test("with an answer to a question that the policy does not ask is refused", () => {
    expect(when(given(OPENED), "18:00", change("low", { weather: "yes" }))).toEqual([
      "question-unknown",
    ]);
  });
});

describe("what the severity does to the clocks", () => {
  test("the first severity is the end of triage, and stays it", () => {
    const incident = given(OPENED, "18:00", severity("low"), "20:00", severity("high", "low"));
    expect(incident.moments["triagedAt"]).toBe(time("18:00"));
  });

  test("a raised severity counts from the original moment", () => {
    const raised = given(OPENED, severity("low"), "19:00", severity("critical", "low"));
    expect(owed(raised, "mitigate-critical@team")).toMatchObject({
      startedAt: time("17:40"),
      dueAt: time("2026-11-21T01:40:00Z"),
    });
  });

  test("what would be over already is due at the instant of the change", () => {
    const raised = given(
      OPENED,
      severity("low"),
      "2026-11-21T09:00:00Z",
      severity("critical", "low"),
    );
    expect(owed(raised, "mitigate-critical@team")).toMatchObject({
      dueAt: time("2026-11-21T09:00:00Z"),
      raisedAt: time("2026-11-21T09:00:00Z"),
    });
  });

  test("lowering relaxes what hangs on the label, and not what hangs on facts", () => {
    const touched = { type: "CustomerTouched", customer: "cus_1" } as const;
    const critical = given(OPENED, severity("critical"), exposed("confirmed"), touched);
    const lowered = given(
      OPENED,
      severity("critical"),
      exposed("confirmed"),
      touched,
      severity("low", "critical"),
    );
    const ids = (incident: typeof critical) => Object.keys(owedAt(incident, "18:00"));
    expect(ids(critical)).toContain("notify-critical@customer:cus_1");
    expect(ids(lowered)).not.toContain("notify-critical@customer:cus_1");
    expect(ids(lowered)).toContain("notify-exposed@customer:cus_1");
  });
});

describe("the priority", () => {
  test("is a scale of its own and touches no severity", () => {
    const command = { type: "ChangePriority", to: "now", reason: "Launch day" } as const;
    expect(when(given(OPENED), "18:00", command)).toEqual([
      { type: "PriorityChanged", to: "now", reason: "Launch day" },
    ]);
    expect(when(given(OPENED), "18:00", { ...command, to: "p1" })).toEqual(["priority-unknown"]);
  });
});
