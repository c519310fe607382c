import { describe, expect, test } from "vitest";
import type { Bond } from "../../policy/bound.ts";
import { ADA, isAllowed } from "../../policy/fennel.ts";
import { exposed, given, OPENED, owed, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

const bond: Bond = {
  clauses: [
    {
      id: "gatehouse-dpa-8",
      duty: "notify",
      from: { claim: "data-exposed", is: "suspected" },
      within: { count: 48, unit: "hours" },
    },
  ],
  words: { "gatehouse-dpa-8": { source: "DPA, §8", text: "within 48 hours" } },
};
const involve = { type: "InvolveProvider", provider: "prv_1" } as const;
const beside = { beside: { provider: { id: "prv_1", bond, removed: false } } };
const involved: IncidentEvent = { type: "ProviderInvolved", provider: "prv_1", ...bond };
const OWED = "gatehouse-dpa-8@provider:prv_1";

describe("an involved provider", () => {
  test("owes us what it has signed, on the same axis", () => {
    expect(when(given(OPENED), "18:00", involve, beside)).toEqual([involved]);
    const incident = given(OPENED, involved, "20:05", exposed("suspected"));
    expect(owed(incident, OWED)).toMatchObject({
      dueAt: time("2026-11-22T20:05:00Z"),
      recipient: { kind: "provider", id: "provider:prv_1" },
      clause: { bound: { inbound: true }, cites: "DPA, §8" },
    });
  });

  test("meets it by its word, which a person records; we send nothing for it", () => {
    const incident = given(OPENED, involved, "20:05", exposed("suspected"));
    const meet = { type: "MeetObligation", obligation: OWED, evidence: "Their mail" } as const;
    expect(isAllowed(when(incident, "21:00", meet))).toBe(true);
    const to = { name: "Ops", mail: "ops@gatehouse.example" };
    const send = { type: "SendNotice", obligation: OWED, to, subject: "x", body: "y" } as const;
    expect(when(incident, "21:00", send, { person: ADA })).toEqual(["obligation-inbound"]);
  });

  test("is known and named once, and cleared with a reason", () => {
    expect(when(given(OPENED), "18:00", involve, { beside: {} })).toEqual(["provider-unknown"]);
    expect(when(given(OPENED, involved), "18:00", involve, beside)).toEqual(["provider-involved"]);
    const clear = { type: "ClearProvider", provider: "prv_1", reason: "Other tenant" } as const;
    expect(isAllowed(when(given(OPENED, involved), "18:00", clear))).toBe(true);
    expect(when(given(OPENED), "18:00", clear)).toEqual(["provider-not-involved"]);
  });
});
