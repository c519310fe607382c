import { describe, expect, test } from "vitest";
import { FENNEL } from "../../policy/fennel.ts";
import type { PinnedPolicy } from "../../context.ts";
import { overtaken } from "./decision.ts";
import { exposed, given, LAWFUL, OPENED, owed, type Said, time, when, whyNot } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

const ASKING: PinnedPolicy = {
  ...LAWFUL,
  policy: {
    ...FENNEL,
    decision: [
      { id: "exposure", ask: "Is exposure confirmed?", claim: "data-exposed" },
      { id: "want", ask: "Would a reasonable customer want to know?" },
    ],
  },
};

const decided = (incident: Parameters<typeof when>[0], at: string, more: object) =>
  when(
    incident,
    at,
    {
      type: "Decide",
      outcome: "notify",
      answers: { exposure: "yes", want: "yes" },
      reason: "Their files could be read.",
      ...more,
    },
    { policy: ASKING },
  ) as readonly IncidentEvent[];

describe("the decision whether to notify", () => {
  test("holds outcome, answers, reason and the facts that were held then", () => {
    const incident = given(OPENED, exposed("confirmed"));
    expect(decided(incident, "18:52", {})).toEqual([
      {
        type: "DecisionRecorded",
        outcome: "notify",
        answers: { exposure: "yes", want: "yes" },
        reason: "Their files could be read.",
        facts: [2],
      },
    ]);
  });

  test("answers every question, and no other", () => {
    const incident = given(OPENED);
    expect(decided(incident, "18:52", { answers: { exposure: "yes", weather: "yes" } })).toEqual([
      "question-unknown",
      "question-unanswered",
    ]);
  });

  test("is not made where the policy asks nothing: what to add to it is said", () => {
    const { decision: _, ...policy } = FENNEL;
    const command = {
      type: "Decide",
      outcome: "notify",
      answers: { exposure: "yes" },
      reason: "Their files could be read.",
    } as const;
    expect(whyNot(given(OPENED), "18:52", command, { policy: { ...LAWFUL, policy } })).toEqual([
      {
        code: "decision-not-asked",
        message: "This policy has no questions for the decision: add them under `decision`.",
      },
    ]);
  });

  test("has a reason, a no as much as a yes", () => {
    const answers = { exposure: "no", want: "no" };
    expect(
      decided(given(OPENED), "18:52", { outcome: "do-not-notify", answers, reason: " " }),
    ).toEqual(["text-missing"]);
  });

  test("says when what is unknown is looked at again, in the time to come", () => {
    const answers = { exposure: "unknown", want: "yes" };
    const incident = given(OPENED);
    expect(decided(incident, "18:52", { answers })).toEqual(["look-again-missing"]);
    expect(decided(incident, "18:52", { outcome: "later" })).toEqual(["look-again-missing"]);
    const past = { answers, lookAgainAt: time("18:00") };
    expect(decided(incident, "18:52", past)).toEqual(["look-again-past"]);
    const soon = decided(incident, "18:52", { answers, lookAgainAt: time("23:00") });
    expect(soon).toMatchObject([{ type: "DecisionRecorded", lookAgainAt: time("23:00") }]);
  });

  test("is refused against what is held", () => {
    const confirmed = given(OPENED, exposed("confirmed"));
    const no = { exposure: "no", want: "yes" };
    expect(decided(confirmed, "18:52", { answers: no })).toEqual(["decision-against-fact"]);
    const ruledOut = given(OPENED, exposed("ruled-out"));
    expect(decided(ruledOut, "18:52", {})).toEqual(["decision-against-fact"]);
  });

  test("cannot be no while a clause owes somebody a notice", () => {
    const incident = given(
      OPENED,
      { type: "CustomerTouched", customer: "cus_1" },
      exposed("confirmed"),
    );
    const answers = { exposure: "yes", want: "no" };
    expect(decided(incident, "18:52", { outcome: "do-not-notify", answers })).toEqual([
      "decision-against-clause",
    ]);
    const waived = given(
      OPENED,
      { type: "CustomerTouched", customer: "cus_1" },
      exposed("confirmed"),
      {
        type: "ObligationWaived",
        obligation: "notify-exposed@customer:cus_1",
        reason: "Test data",
      },
    );
    expect(decided(waived, "18:52", { outcome: "do-not-notify", answers })).toHaveLength(1);
  });
});

const later = (lookAgainAt: string): IncidentEvent => ({
  type: "DecisionRecorded",
  outcome: "later",
  answers: { exposure: "unknown", want: "unknown" },
  reason: "The log is not read yet.",
  lookAgainAt: time(lookAgainAt),
  facts: [],
});
const notify: IncidentEvent = {
  type: "DecisionRecorded",
  outcome: "notify",
  answers: { exposure: "yes", want: "yes" },
  reason: "It is confirmed.",
  facts: [],
};

describe("what is not known yet", () => {
  test("is owed like any promise until it is decided again", () => {
    const open = given(OPENED, "18:52", later("23:00"));
    expect(owed(open, "look-again-1@team")).toMatchObject({
      startedAt: time("18:52"),
      dueAt: time("23:00"),
    });
    expect(owed(open, "look-again-1@team").stoppedAt).toBeUndefined();
    const closed = given(OPENED, "18:52", later("23:00"), "22:10", notify);
    expect(owed(closed, "look-again-1@team").stoppedAt).toBe(time("22:10"));
  });

  test("is decided when yes or no stands, and not before counsel agrees", () => {
    expect(given(OPENED, later("23:00")).moments["decidedAt"]).toBeUndefined();
    expect(given(OPENED, "19:00", notify).moments["decidedAt"]).toBe(time("19:00"));
    const asked = { ...notify, counsel: true } as IncidentEvent;
    expect(given(OPENED, "19:00", asked).moments["decidedAt"]).toBeUndefined();
    const agreed = when(given(OPENED, "19:00", asked), "20:00", {
      type: "AgreeAsCounsel",
      counsel: "Dr. Lund",
    }) as readonly IncidentEvent[];
    expect(agreed).toEqual([{ type: "CounselAgreed", decision: 2, counsel: "Dr. Lund" }]);
    const stands = given(OPENED, "19:00", asked, "20:00", ...agreed);
    expect(stands.moments["decidedAt"]).toBe(time("20:00"));
    expect(when(stands, "20:05", { type: "AgreeAsCounsel", counsel: "Dr. Lund" })).toEqual([
      "counsel-not-asked",
    ]);
  });
});

describe("a decision that facts have overtaken", () => {
  const no: IncidentEvent = {
    type: "DecisionRecorded",
    outcome: "do-not-notify",
    answers: { exposure: "no", want: "no" },
    reason: "Nothing was read.",
    facts: [],
  };
  const asks = (...said: readonly Said[]) => overtaken(given(...said), ASKING.policy);

  test("is opened again by a suspicion after a no, and names the entry", () => {
    expect(asks(OPENED, no)).toEqual([]);
    expect(asks(OPENED, no, exposed("suspected"))).toEqual([
      {
        question: "exposure",
        answered: "no",
        claim: "data-exposed",
        state: "suspected",
        version: 3,
      },
    ]);
  });

  test("stands on what was known when it was made", () => {
    expect(asks(OPENED, exposed("suspected"), no)).toEqual([]);
  });

  test("is opened by an answer to what was unknown, and by ruling out what was a yes", () => {
    expect(asks(OPENED, later("23:00"), exposed("suspected"))).toEqual([]);
    expect(asks(OPENED, later("23:00"), exposed("confirmed"))).toHaveLength(1);
    expect(asks(OPENED, notify, exposed("ruled-out"))).toHaveLength(1);
    const one = exposed("ruled-out", { concerning: "customer:cus_1" });
    expect(asks(OPENED, notify, one)).toEqual([]);
  });
});
