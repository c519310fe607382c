import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Context } from "../../core/context.ts";
import { openToClose } from "../../core/incident/response/closure.ts";
import { foldIncident, type IncidentEvent } from "../../core/incident/incident.ts";
import { incidentObligations } from "../../core/incident/owed/obligation.ts";
import { parsePolicy } from "../../core/policy/parse/parse.ts";
import { pinned } from "../../core/policy/terms.ts";
import type { Recorded } from "../../core/recorded.ts";
import { HOUR_MS, type Instant, plus } from "../../core/time/instant.ts";
import { nextSays } from "./next-says.ts";

const text = readFileSync(join(import.meta.dirname, "../../../policies/solo.yaml"), "utf8");
const parsed = parsePolicy(text);
if (!parsed.ok) throw new Error("the example policy cannot be read");
const policy = pinned(1, "h", parsed.value.policy);

const NOON = Date.parse("2026-11-20T11:00:00Z") as Instant; // 12:00 in Berlin
const opened = {
  type: "IncidentOpened",
  number: 1,
  title: "Leak",
  policyVersion: 1,
  policyHash: "h",
} as const;
const severity = (to: string) =>
  ({ type: "SeverityChanged", to, reason: "x", answers: {} }) as const;
const touched = { type: "CustomerTouched", customer: "cus_meridian" } as const;
const confirmed = {
  type: "FactRecorded",
  claim: "personal-data-exposed",
  state: "confirmed",
  source: "x",
  sets: [],
} as const;
const mitigated = {
  type: "MitigationApplied",
  mitigation: "M1",
  kind: "configuration",
  text: "x",
  happenedAt: NOON,
} as const;
const fixed = { type: "FixShipped", fix: "F1", text: "x", happenedAt: NOON } as const;
const resolved = { type: "IncidentResolved", note: "x" } as const;
const closed = { type: "IncidentClosed", note: "x" } as const;

/** What the room says `hours` after noon, when all these were recorded. */
function says(events: readonly IncidentEvent[], hours = 0): string {
  const entries = events.map(
    (event, n): Recorded<IncidentEvent> => ({
      event,
      version: n + 1,
      id: `e${n}`,
      at: NOON,
      by: "account/ac_ada",
    }),
  );
  const incident = foldIncident("INC-1", entries);
  const at = plus(NOON, hours * HOUR_MS);
  const context: Context = {
    at,
    by: "account/ac_ada",
    policy,
    team: [],
    zone: "Europe/Berlin",
    url: "",
  };
  return nextSays({
    incident,
    policy,
    owed: incidentObligations(incident, policy),
    openToClose: openToClose(incident, context),
    names: new Map([["customer:cus_meridian", "Meridian Health"]]),
    zone: "Europe/Berlin",
    at,
  });
}

describe("what to do next", () => {
  test("is the severity first, with its time and its promise", () => {
    expect(says([opened])).toBe(
      "Set the severity by Fri 20 Nov 2026, 16:00 CET (15:00 UTC), because we triage it within 4 hours of receiving it.",
    );
  });

  test("is said as missed once it is, one millisecond after and not at the instant", () => {
    expect(says([opened], 4)).toMatch(/^Set the severity by /);
    expect(says([opened], 4 + 1 / 3_600_000)).toMatch(
      /^Set the severity now: it was due Fri 20 Nov 2026, 16:00 CET/,
    );
  });

  test("names whom it is owed to", () => {
    const owed = says([opened, severity("sev2"), touched, mitigated, fixed, confirmed]);
    expect(owed).toMatch(/^Notify Meridian Health by Mon 23 Nov 2026, 12:00 CET/);
    expect(owed).toContain("because we notify each affected customer within 72 hours");
  });

  test("comes before everything where a notice did not arrive", () => {
    const asked = {
      type: "NoticeRequested",
      notice: "N-4TTK",
      kind: "notice",
      automatic: false,
      recipient: "customer:cus_meridian",
      meets: ["notifiedAt"],
      to: { mail: "cleo@meridian.example" },
      subject: "x",
      body: "x",
    } as const;
    const failed = {
      type: "DeliveryFailed",
      notice: "N-4TTK",
      attempt: 1,
      reason: "550",
      permanent: true,
    } as const;
    expect(says([opened, touched, asked, failed])).toBe(
      "Call Meridian Health: N-4TTK could not be delivered, and what it owes is still open.",
    );
  });

  test("gives no time where the promise has none, and makes none up", () => {
    const says3 = says([opened, severity("sev3"), mitigated]);
    expect(says3).toMatch(/^Ship the fix, because we fix it .*best effort/);
    expect(says3).not.toMatch(/20 Nov/);
  });

  test("is to close, or what stands in the way, when nothing else is owed", () => {
    const done = [opened, severity("sev3"), mitigated, fixed];
    expect(says(done)).toBe(
      "Nothing is owed now: record what you learn, and resolve it when the impact is over.",
    );
    expect(says([...done, resolved])).toMatch(
      /^Before it can be closed: The decision whether to notify is on the record\./,
    );
    const shown = {
      type: "GateShown",
      of: "close",
      gate: "decision-recorded",
      evidence: ["No."],
    } as const;
    expect(says([...done, resolved, shown])).toBe("Close it: nothing is open any more.");
    expect(says([...done, resolved, shown, closed])).toBe(
      "Nothing is owed any more: it is closed.",
    );
  });
});
