import { describe, expect, test } from "vitest";
import { BEN, isAllowed } from "../../policy/fennel.ts";
import { exposed, given, OPENED, owed, severity, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

const fixed: IncidentEvent = {
  type: "FixShipped",
  fix: "F1",
  text: "The bucket is private",
  happenedAt: time("19:00"),
};
const verified: IncidentEvent = {
  type: "FixVerified",
  note: "Listing gives 403",
  happenedAt: time("20:00"),
};
const resolved: IncidentEvent = { type: "IncidentResolved", note: "Quiet for a day" };
const told: IncidentEvent = { type: "GateShown", of: "close", gate: "told", evidence: ["Mail"] };
const written: IncidentEvent = {
  type: "ReviewWritten",
  text: "What we learned",
  answers: { "0": "A bucket was public", "1": "Buckets are private by default" },
};
const published: IncidentEvent = { type: "ReviewPublished", audience: "internal" };
const remediation: IncidentEvent = {
  type: "RemediationAdded",
  remediation: "A1",
  title: "Scan for public buckets",
  owner: "Ben",
  targetOn: "2026-12-18",
};
const done: IncidentEvent = { type: "RemediationChanged", remediation: "A1", status: "done" };
const linked: IncidentEvent = {
  type: "SignalLinked",
  signal: "R-7QK4-M2",
  receivedAt: time("17:00"),
  channel: "research",
  reporter: { id: "reporter:R-7QK4-M2" },
};

const close = { type: "CloseIncident", note: "All done" } as const;
const resolve = { type: "ResolveIncident", note: "Quiet for a day" } as const;

describe("resolving", () => {
  test("is refused until the policy's gates hold", () => {
    expect(when(given(OPENED), "20:00", resolve)).toEqual(["gate-open"]);
    expect(when(given(OPENED, fixed, verified), "20:00", resolve)).toEqual([
      { type: "IncidentResolved", note: "Quiet for a day" },
    ]);
  });

  test("twice is refused", () => {
    expect(when(given(OPENED, fixed, verified, resolved), "20:00", resolve)).toEqual([
      "already-resolved",
    ]);
  });

  test("starts the clock of the review, 10 business days", () => {
    const incident = given(
      OPENED,
      severity("high"),
      "2026-11-23T10:00:00Z",
      fixed,
      verified,
      resolved,
    );
    expect(owed(incident, "review@team").dueAt).toBe(time("2026-12-07T16:00:00Z"));
  });

  test("is not closing: the incident is still there to be worked on", () => {
    const incident = given(OPENED, fixed, verified, resolved);
    expect(incident.state).toBe("resolved");
    expect(isAllowed(when(incident, "20:00", { type: "Log", text: "Still watching" }))).toBe(true);
  });
});

describe("closing", () => {
  test("names everything that is open, all at once", () => {
    const incident = given(
      OPENED,
      severity("high"),
      linked,
      { type: "CustomerTouched", customer: "cus_1" },
      exposed("confirmed"),
      remediation,
    );
    expect(when(incident, "20:00", close)).toEqual([
      "not-resolved",
      "gate-open",
      "review-missing",
      "remediation-open",
      "obligation-open",
      "obligation-open",
      "reporter-unacknowledged",
    ]);
  });

  test("without a severity is refused", () => {
    expect(when(given(OPENED, fixed, verified, resolved, told), "21:00", close)).toEqual([
      "severity-missing",
    ]);
  });

  test("of a low one needs no review", () => {
    const incident = given(OPENED, severity("low"), fixed, verified, resolved, told);
    expect(when(incident, "21:00", close)).toEqual([{ type: "IncidentClosed", note: "All done" }]);
  });

  test("of a high one needs the review and its remediations", () => {
    const base = [OPENED, severity("high"), fixed, verified, resolved, told] as const;
    expect(when(given(...base), "21:00", close)).toEqual(["review-missing"]);
    expect(when(given(...base, written, published, remediation), "21:00", close)).toEqual([
      "remediation-open",
    ]);
    expect(
      isAllowed(when(given(...base, written, published, remediation, done), "21:00", close)),
    ).toBe(true);
  });

  test("waits for the word of a person to every reporter", () => {
    const incident = given(OPENED, linked, severity("low"), fixed, verified, resolved, told);
    const reporters = (acknowledgedAt?: string) => ({
      beside: {
        reporters: [
          {
            signal: "R-7QK4-M2",
            ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: time(acknowledgedAt) }),
          },
        ],
      },
    });
    expect(when(incident, "21:00", close, reporters())).toEqual(["reporter-unacknowledged"]);
    expect(isAllowed(when(incident, "21:00", close, reporters("19:00")))).toBe(true);
  });

  test("waits for what was promised to others, and is free once that was done outside", () => {
    const base = [
      OPENED,
      severity("low"),
      exposed("confirmed"),
      fixed,
      verified,
      resolved,
    ] as const;
    const filed = {
      type: "MeetObligation",
      obligation: "file@authority",
      evidence: "Receipt 2026-1187",
      happenedAt: time("20:30"),
    } as const;
    const incident = given(...base, told);
    expect(when(incident, "21:00", close)).toEqual(["obligation-open"]);
    const met = when(incident, "21:00", filed);
    expect(met).toEqual([
      {
        type: "ObligationMet",
        obligation: "file@authority",
        moment: "filedAt",
        recipient: "authority",
        happenedAt: time("20:30"),
        evidence: "Receipt 2026-1187",
      },
    ]);
    const after = given(...base, told, ...(met as readonly IncidentEvent[]));
    expect(owed(after, "file@authority").stoppedAt).toBe(time("20:30"));
    expect(isAllowed(when(after, "21:00", close))).toBe(true);
  });

  test("waits for notices that are on their way, and for those that never arrived", () => {
    const base = [
      OPENED,
      severity("low"),
      { type: "CustomerTouched", customer: "cus_1" },
      fixed,
      verified,
      resolved,
      told,
    ] as const satisfies readonly IncidentEvent[];
    const notice = (id: string): IncidentEvent => ({
      type: "NoticeRequested",
      notice: id,
      kind: "notice",
      automatic: false,
      recipient: "customer:cus_1",
      meets: ["notifiedAt"],
      to: { mail: "cleo@meridian.example" },
      subject: "How it ended",
      body: "It ended.",
    });
    const failed: IncidentEvent = {
      type: "DeliveryFailed",
      notice: "N-1",
      attempt: 1,
      reason: "550",
      permanent: true,
    };
    const arrived: IncidentEvent = {
      type: "Delivered",
      notice: "N-2",
      attempt: 1,
      at: time("19:00"),
      response: "250",
    };
    const told1 = [...base, notice("N-1")];
    expect(when(given(...told1), "21:00", close)).toEqual(["notice-pending"]);
    expect(when(given(...told1, failed), "21:00", close)).toEqual(["notice-failed"]);
    expect(isAllowed(when(given(...told1, failed, notice("N-2"), arrived), "21:00", close))).toBe(
      true,
    );
  });

  test("ends our own clocks, and nothing but a correction is possible without reopening", () => {
    const closed = given(OPENED, severity("low"), fixed, verified, resolved, told, {
      type: "IncidentClosed",
      note: "All done",
    });
    expect(when(closed, "2026-12-20T10:00:00Z", { type: "Wake" })).toEqual([]);
    expect(when(closed, "22:00", { type: "RetitleIncident", title: "X" })).toEqual([
      "incident-closed",
    ]);
    expect(isAllowed(when(closed, "22:00", { type: "Log", text: "Found a note" }))).toBe(true);
    expect(when(closed, "22:00", { type: "ReopenIncident", reason: "It came again" })).toEqual([
      { type: "IncidentReopened", reason: "It came again" },
    ]);
  });

  test("silences our own targets that still ran, and nothing that others are owed", () => {
    const closed = given(OPENED, severity("high"), exposed("confirmed"), {
      type: "IncidentClosed",
      note: "All done",
    });
    const events = when(closed, "2026-12-20T10:00:00Z", { type: "Wake" });
    const missed = events.flatMap((event) =>
      typeof event !== "string" && event.type === "ObligationMissed" ? [event.clause] : [],
    );
    expect(missed).toEqual(["file"]);
  });
});

describe("reopening", () => {
  test("takes back both ends, and a new resolution starts the review's clock anew", () => {
    const again = given(
      OPENED,
      severity("high"),
      fixed,
      verified,
      resolved,
      { type: "IncidentReopened", reason: "It came again" },
      "2026-12-01T10:00:00Z",
      resolved,
    );
    expect(again.moments["resolvedAt"]).toBe(time("2026-12-01T10:00:00Z"));
    expect(owed(again, "review@team").startedAt).toBe(time("2026-12-01T10:00:00Z"));
  });

  test("of an open incident is refused", () => {
    expect(when(given(OPENED), "18:00", { type: "ReopenIncident", reason: "x" })).toEqual([
      "not-resolved",
    ]);
  });
});

describe("the review", () => {
  const base = [OPENED, severity("high"), fixed, verified] as const;
  const publish = { type: "PublishReview" } as const;

  test("is published once it is written, answers the policy's questions, and looks back", () => {
    expect(when(given(...base), "21:00", publish)).toEqual(["not-resolved", "review-unwritten"]);
    const half: IncidentEvent = { type: "ReviewWritten", text: "So far", answers: { "0": "Yes" } };
    expect(when(given(...base, resolved, half), "21:00", publish)).toEqual(["review-unanswered"]);
    expect(when(given(...base, resolved, written), "21:00", publish)).toEqual([
      { type: "ReviewPublished", audience: "internal" },
    ]);
  });

  test("is published once", () => {
    expect(when(given(...base, resolved, written, published), "21:00", publish)).toEqual([
      "review-published",
    ]);
  });

  test("answers only questions that the policy asks", () => {
    const write = { type: "WriteReview", text: "So far", answers: { "7": "?" } } as const;
    expect(when(given(...base), "21:00", write)).toEqual(["question-unknown"]);
  });
});

describe("remediations", () => {
  const base = [OPENED, severity("high"), fixed, verified, resolved, written] as const;

  test("have an owner and a date that exists", () => {
    const add = {
      type: "AddRemediation",
      title: "Scan",
      owner: "Ben",
      targetOn: "2026-02-30",
    } as const;
    expect(when(given(...base), "21:00", add)).toEqual(["date-invalid"]);
    expect(when(given(...base), "21:00", { ...add, targetOn: "2026-12-18" })).toEqual([
      {
        type: "RemediationAdded",
        remediation: "A1",
        title: "Scan",
        owner: "Ben",
        targetOn: "2026-12-18",
      },
    ]);
  });

  test("are remediated when the last one is done, and not any more when one is added", () => {
    const all = given(...base, published, remediation, "22:00", done);
    expect(all.moments["remediatedAt"]).toBe(time("22:00"));
    const more: IncidentEvent = { ...remediation, remediation: "A2" } as IncidentEvent;
    expect(given(...base, published, remediation, done, more).moments["remediatedAt"]).toBe(
      undefined,
    );
  });

  test("are dropped with a reason only", () => {
    const drop = { type: "ChangeRemediation", remediation: "A1", status: "dropped" } as const;
    const incident = given(...base, remediation);
    expect(when(incident, "22:00", drop)).toEqual(["text-missing"]);
    expect(isAllowed(when(incident, "22:00", { ...drop, note: "Moved to the provider" }))).toBe(
      true,
    );
  });

  test("that nothing changes in are refused", () => {
    const same = { type: "ChangeRemediation", remediation: "A1", status: "open" } as const;
    expect(when(given(...base, remediation), "22:00", same)).toEqual(["remediation-unchanged"]);
    expect(when(given(...base), "22:00", same)).toEqual(["remediation-unknown"]);
  });
});

describe("verifying", () => {
  test("needs a fix that is out", () => {
    const verify = { type: "VerifyFix", note: "403" } as const;
    expect(when(given(OPENED), "20:00", verify)).toEqual(["nothing-fixed"]);
    expect(when(given(OPENED, BEN, fixed), "20:00", verify)).toEqual([
      { type: "FixVerified", note: "403", happenedAt: time("20:00") },
    ]);
  });
});
