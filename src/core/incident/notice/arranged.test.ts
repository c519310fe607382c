import { describe, expect, test } from "vitest";
import { nextWakeAt } from "../../notice/ladder.ts";
import { BEN, FENNEL, FENNEL_HASH, PINNED } from "../../policy/fennel.ts";
import { pinned } from "../../policy/terms.ts";
import type { DisputeSettled, ObligationDisputed } from "../owed/dispute.ts";
import type { ObligationExtended } from "../owed/extension.ts";
import {
  exposed,
  given,
  LAWFUL,
  OPENED,
  owed,
  owedAt,
  severity,
  time,
  when,
  whyNot,
} from "../given.ts";
import { foldIncident, type IncidentEvent } from "../incident.ts";
import { incidentOwing } from "../owed/obligation.ts";
import type { ObligationWaived } from "../owed/waiver.ts";

const ID = "mitigate-critical@team";
const DUE = "2026-11-21T01:40:00Z";
const LATER = "2026-11-21T08:00:00Z";
const CRITICAL = [OPENED, severity("critical")] as const;

const extended = (dueAt = LATER): ObligationExtended => ({
  type: "ObligationExtended",
  obligation: ID,
  dueAt: time(dueAt),
  wasDueAt: time(DUE),
  agreedBy: "Ana Keller",
  reason: "The provider's rotation takes the night.",
});
const waived: ObligationWaived = {
  type: "ObligationWaived",
  obligation: ID,
  reason: "Nothing of ours is reachable: there is nothing to mitigate.",
};
const disputed: ObligationDisputed = {
  type: "ObligationDisputed",
  obligation: ID,
  ground: "counted-wrongly",
  reason: "It counts from the first signal, and that was a test.",
};
const settled: DisputeSettled = {
  type: "DisputeSettled",
  obligation: ID,
  outcome: "stands",
  reason: "Ben looked: it was no test.",
};
const struck = (version: number): IncidentEvent => ({
  type: "EntryStruck",
  version,
  reason: "Said too soon",
});
const extend = {
  type: "ExtendObligation",
  obligation: ID,
  dueAt: time(LATER),
  agreedBy: "Ana Keller",
  reason: "The provider's rotation takes the night.",
} as const;

describe("an extension", () => {
  test("is recorded with the due time that it moves, who agreed and why", () => {
    expect(when(given(...CRITICAL), "20:00", extend)).toEqual([extended()]);
  });

  test("moves the due time and keeps the first one beside it", () => {
    expect(owed(given(...CRITICAL, extended()), ID)).toMatchObject({
      dueAt: time(LATER),
      originalDueAt: time(DUE),
    });
  });

  test.each([
    ["at the new due time it still runs", LATER, "running"],
    ["one millisecond later it is missed", "2026-11-21T08:00:00.001Z", "missed"],
    ["at the first due time it runs on", "2026-11-21T01:40:00.001Z", "running"],
  ])("%s", (_, at, standing) => {
    expect(owedAt(given(...CRITICAL, extended()), at)[ID]).toBe(standing);
  });

  test("stopped at the new due time it is met", () => {
    const done: IncidentEvent = {
      type: "MitigationApplied",
      mitigation: "M1",
      kind: "rotate",
      text: "Rotated.",
      happenedAt: time(LATER),
    };
    const incident = given(...CRITICAL, extended(), LATER, done);
    expect(owedAt(incident, "2026-11-21T09:00:00Z")[ID]).toBe("met");
  });

  test("struck, it is due when the clause says again", () => {
    const incident = given(...CRITICAL, extended(), struck(3));
    expect(owed(incident, ID).dueAt).toBe(time(DUE));
    expect(owed(incident, ID).originalDueAt).toBeUndefined();
  });

  test("of an extension keeps the clause's own time as the first one", () => {
    const incident = given(...CRITICAL, extended(), extended("2026-11-21T12:00:00Z"));
    expect(owed(incident, ID)).toMatchObject({
      dueAt: time("2026-11-21T12:00:00Z"),
      originalDueAt: time(DUE),
    });
  });

  test("of what was missed already leaves the miss on the record", () => {
    const events = when(given(...CRITICAL), "2026-11-21T02:00:00Z", extend);
    expect(events).toMatchObject([
      { type: "ObligationMissed", obligation: ID, dueAt: time(DUE) },
      { type: "ObligationExtended" },
    ]);
  });

  test("moves the reminders with it", () => {
    const incident = given(...CRITICAL, extended());
    const only = incidentOwing(incident, PINNED, "");
    const mitigate = only.owed.filter(({ id }) => id === ID);
    expect(nextWakeAt({ owed: mitigate, held: {} })).toBe(time("2026-11-21T00:50:00Z"));
  });

  test("of a law's clause says who granted it, or is none", () => {
    const incident = given(OPENED, severity("critical"), exposed("confirmed"));
    const file = { ...extend, obligation: "file@authority", dueAt: time("2026-11-25T08:00:00Z") };
    expect(when(incident, "20:00", { ...file, agreedBy: " " })).toEqual(["text-missing"]);
    expect(when(incident, "20:00", file)).toMatchObject([
      { type: "ObligationExtended", obligation: "file@authority" },
    ]);
  });

  test.each([
    ["of nothing that is owed", { obligation: "mitigate@moon" }, "obligation-unknown"],
    ["to a time before it is due", { dueAt: time("22:00") }, "extension-not-later"],
    ["to the time it is due anyway", { dueAt: time(DUE) }, "extension-not-later"],
    ["without a reason", { reason: "" }, "text-missing"],
    ["that nobody agreed to", { agreedBy: "" }, "text-missing"],
  ])("is refused %s", (_, wrong, code) => {
    expect(when(given(...CRITICAL), "20:00", { ...extend, ...wrong })).toEqual([code]);
  });

  test("is refused of a promise without a number: there is no time to move", () => {
    const clauses = FENNEL.clauses.map((clause) =>
      clause.id === "mitigate-critical" ? { ...clause, within: "best-effort" as const } : clause,
    );
    const policy = { ...LAWFUL, ...pinned(1, FENNEL_HASH, { ...FENNEL, clauses }) };
    expect(whyNot(given(...CRITICAL), "20:00", extend, { policy })).toEqual([
      {
        code: "obligation-uncounted",
        message: "This is promised without a number: there is no due time that could be moved.",
        at: "/obligation",
      },
    ]);
  });

  test("is refused to a time that is past", () => {
    const late = when(given(...CRITICAL), "2026-11-21T09:00:00Z", extend);
    expect(late).toEqual(["extension-not-later"]);
  });

  test("is refused of what is met", () => {
    const incident = given(...CRITICAL);
    const triage = { ...extend, obligation: "triage@team" };
    expect(when(incident, "20:00", triage)).toEqual(["obligation-stopped"]);
  });
});

describe("a waiver", () => {
  test("stops the clock without meeting it", () => {
    const incident = given(...CRITICAL, "20:00", waived);
    expect(owed(incident, ID)).toMatchObject({ stoppedAt: time("20:00"), waivedAt: time("20:00") });
    expect(owedAt(incident, "2026-11-22T00:00:00Z")[ID]).toBe("waived");
  });

  test("is no miss, however late it gets", () => {
    const incident = given(...CRITICAL, "20:00", waived);
    const woken = when(incident, "2026-11-21T02:00:00Z", { type: "Wake" });
    expect(JSON.stringify(woken)).not.toContain(ID);
  });

  test("of what is overdue leaves the miss on the record", () => {
    const command = { type: "WaiveObligation", obligation: ID, reason: "Not ours." } as const;
    expect(when(given(...CRITICAL), "2026-11-21T02:00:00Z", command)).toMatchObject([
      { type: "ObligationMissed", obligation: ID },
      { type: "ObligationWaived", obligation: ID },
    ]);
  });

  test("struck, it is owed again at its first due time", () => {
    const incident = given(...CRITICAL, waived, struck(3));
    expect(owed(incident, ID).stoppedAt).toBeUndefined();
    expect(owed(incident, ID).dueAt).toBe(time(DUE));
  });

  test("needs a reason, and something that runs", () => {
    const command = { type: "WaiveObligation", obligation: ID, reason: "" } as const;
    expect(when(given(...CRITICAL), "20:00", command)).toEqual(["text-missing"]);
    const twice = { ...command, reason: "Again" };
    expect(when(given(...CRITICAL, waived), "20:00", twice)).toEqual(["obligation-stopped"]);
  });
});

describe("a dispute", () => {
  const dispute = {
    type: "DisputeObligation",
    obligation: ID,
    ground: "counted-wrongly",
    reason: disputed.reason,
  } as const;

  test("is shown and changes nothing", () => {
    const without = owed(given(...CRITICAL), ID);
    const incident = given(...CRITICAL, "20:00", disputed);
    expect(owed(incident, ID)).toEqual({ ...without, disputedAt: time("20:00") });
    const late = owedAt(incident, "2026-11-21T01:40:00.001Z");
    expect(late[ID]).toBe("missed");
  });

  test("is over once it is settled", () => {
    const incident = given(...CRITICAL, disputed, settled);
    expect(owed(incident, ID).disputedAt).toBeUndefined();
  });

  test("cannot be raised twice, or settled where there is none", () => {
    expect(when(given(...CRITICAL, disputed), "20:00", dispute)).toEqual(["obligation-disputed"]);
    const settle = { ...settled, type: "SettleDispute" } as const;
    expect(when(given(...CRITICAL), "20:00", settle)).toEqual(["dispute-missing"]);
    expect(when(given(...CRITICAL), "20:00", dispute)).toEqual([disputed]);
  });
});

test("all of it can still be said of a closed incident", () => {
  const closed: IncidentEvent = { type: "IncidentClosed", note: "Done" };
  const incident = given(...CRITICAL, BEN, closed);
  const said = when(incident, "23:00", {
    type: "DisputeObligation",
    obligation: ID,
    ground: "not-owed",
    reason: "Never was.",
  });
  expect(said).toMatchObject([{ type: "ObligationDisputed" }]);
  expect(foldIncident("INC-7", []).arranged).toEqual({});
});
