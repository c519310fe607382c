import { describe, expect, test } from "vitest";
import { isAllowed } from "../../policy/fennel.ts";
import type { Bond } from "../../policy/bound.ts";
import { exposed, given, OPENED, owed, owedAt, type Said, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

describe("touched customers", () => {
  const touch = { type: "TouchCustomer", customer: "cus_1" } as const;
  const cleo = {
    id: "cus_1",
    name: "Meridian Health",
    stage: "production",
    role: "processor",
    removed: false,
  } as const;

  test("become recipients with their stage and our role", () => {
    const events = when(given(OPENED), "18:00", touch, { beside: { customer: cleo } });
    expect(events).toEqual([
      { type: "CustomerTouched", customer: "cus_1", stage: "production", role: "processor" },
    ]);
    const incident = given(OPENED, ...(events as readonly IncidentEvent[]), exposed("confirmed"));
    expect(owed(incident, "notify-exposed@customer:cus_1").recipient).toEqual({
      kind: "customer",
      id: "customer:cus_1",
      stage: "production",
      role: "processor",
    });
  });

  test("are known and touched once", () => {
    expect(when(given(OPENED), "18:00", touch)).toEqual(["customer-unknown"]);
    const gone = { beside: { customer: { ...cleo, removed: true } } };
    expect(when(given(OPENED), "18:00", touch, gone)).toEqual(["customer-unknown"]);
    const touched = given(OPENED, { type: "CustomerTouched", customer: "cus_1" });
    expect(when(touched, "18:00", touch, { beside: { customer: cleo } })).toEqual([
      "customer-touched",
    ]);
  });

  test("are cleared with a reason, and owed nothing from then on", () => {
    const clear = { type: "ClearCustomer", customer: "cus_1", reason: "Other bucket" } as const;
    const touched = given(OPENED, { type: "CustomerTouched", customer: "cus_1" });
    expect(isAllowed(when(touched, "18:00", clear))).toBe(true);
    expect(when(given(OPENED), "18:00", clear)).toEqual(["customer-not-touched"]);
  });

  describe("with a contract of their own", () => {
    const contract = (count: number): Bond => ({
      clauses: [
        {
          id: "kestrel-dpa-7",
          duty: "notify",
          from: { claim: "data-exposed", is: "confirmed" },
          within: { count, unit: "hours" },
        },
      ],
      words: { "kestrel-dpa-7": { source: "DPA, §7.2", text: `within ${count} hours` } },
    });
    const kestrel = (bond: Bond) => ({
      beside: { customer: { ...cleo, id: "cus_2", name: "Kestrel Bank", bond } },
    });
    const touched = (...more: readonly Said[]) =>
      given(
        OPENED,
        { type: "CustomerTouched", customer: "cus_1" },
        { type: "CustomerTouched", customer: "cus_2", ...contract(48) },
        ...more,
      );

    test("are owed what it says beside what the policy says, each from its own moment", () => {
      const events = when(
        given(OPENED),
        "18:00",
        { ...touch, customer: "cus_2" },
        kestrel(contract(48)),
      );
      expect(events).toMatchObject([
        { type: "CustomerTouched", customer: "cus_2", ...contract(48) },
      ]);
      const incident = touched("20:05", exposed("confirmed", { concerning: "customer:cus_2" }));
      const at = (id: string) => owed(incident, id).dueAt;
      expect(at("kestrel-dpa-7@customer:cus_2")).toBe(time("2026-11-22T20:05:00Z"));
      expect(at("notify-exposed@customer:cus_2")).toBe(time("2026-11-23T20:05:00Z"));
      expect(owed(incident, "kestrel-dpa-7@customer:cus_2").clause.cites).toBe("DPA, §7.2");
    });

    test("share it with nobody", () => {
      const ids = Object.keys(owedAt(touched(exposed("confirmed")), "22:00"));
      expect(ids.filter((id) => id.startsWith("kestrel-dpa-7"))).toEqual([
        "kestrel-dpa-7@customer:cus_2",
      ]);
    });

    test("are met by the same notice, which stops both clocks", () => {
      const met: IncidentEvent = {
        type: "ObligationMet",
        obligation: "kestrel-dpa-7@customer:cus_2",
        moment: "notifiedAt",
        recipient: "customer:cus_2",
        happenedAt: time("20:30"),
        evidence: "Call",
      };
      const all = owedAt(touched("20:05", exposed("confirmed"), met), "21:00");
      expect(all).toMatchObject({
        "kestrel-dpa-7@customer:cus_2": "met",
        "notify-exposed@customer:cus_2": "met",
        "notify-exposed@customer:cus_1": "running",
      });
    });

    test("are bound by what was signed then, until the new contract is taken up", () => {
      const rebind = { type: "RebindCustomer", customer: "cus_2" } as const;
      const before = touched("20:05", exposed("confirmed"));
      const same = { ...kestrel(contract(48)).beside.customer, stage: undefined, role: undefined };
      const { stage: _, role: __, ...bare } = same;
      expect(when(before, "21:00", rebind, { beside: { customer: bare } })).toEqual([
        "contract-unchanged",
      ]);
      const events = when(before, "21:00", rebind, kestrel(contract(24)));
      const after = touched("20:05", exposed("confirmed"), ...(events as readonly IncidentEvent[]));
      expect(owed(after, "kestrel-dpa-7@customer:cus_2").dueAt).toBe(time("2026-11-21T20:05:00Z"));
      expect(when(given(OPENED), "18:00", rebind)).toEqual(["customer-not-touched"]);
    });

    test("lose no clause to one of the policy that is called the same", () => {
      const { clauses, words } = contract(24);
      const same: Bond = {
        clauses: clauses.map((clause) => ({ ...clause, id: "notify-exposed" })),
        words: { "notify-exposed": words["kestrel-dpa-7"] ?? { source: "", text: "" } },
      };
      const events = when(given(OPENED), "18:00", { ...touch, customer: "cus_2" }, kestrel(same));
      const incident = given(OPENED, ...(events as readonly IncidentEvent[]), exposed("confirmed"));
      expect(Object.keys(owedAt(incident, "18:30"))).toEqual(
        expect.arrayContaining([
          "contract-notify-exposed@customer:cus_2",
          "notify-exposed@customer:cus_2",
        ]),
      );
    });
  });
});
