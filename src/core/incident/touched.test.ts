import { describe, expect, test } from "vitest";
import { isAllowed } from "../policy/fennel.ts";
import { exposed, given, OPENED, owed, when } from "./given.ts";
import type { IncidentEvent } from "./incident.ts";

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
});
