import { describe, expect, test } from "vitest";
import { context, FRIDAY, instant } from "../policy/fennel.ts";
import { overdueAt, standing } from "../policy/obligations.ts";
import { type Instant, plus } from "../time/instant.ts";
import { checksWakeAt, contactChecks } from "./contact-check.ts";
import { type CustomerEvent, decide, foldCustomer } from "./customer.ts";

const given = (...events: readonly CustomerEvent[]) =>
  foldCustomer(
    "cus_1",
    events.map((event, i) => ({
      version: i + 1,
      id: `entry-${i + 1}`,
      at: FRIDAY,
      by: "account/ac_ada",
      event,
    })),
  );
const contact = { name: "Cleo", mail: "cleo@meridian.example" };
const added: CustomerEvent = {
  type: "CustomerAdded",
  customer: "cus_1",
  name: "Meridian Health",
  contact,
};
const verified = (verifiedOn: string): CustomerEvent => ({
  type: "ContactVerified",
  contact: "ct-1",
  verifiedOn,
});
const at = (customer: ReturnType<typeof given>, now: Instant) =>
  contactChecks(customer).map((check) => [check.id, standing(check, now)]);

describe("the yearly check of a contact", () => {
  test("is due a year after the last, to the end of that day", () => {
    const customer = given(added, verified("2026-11-20"));
    const [check] = contactChecks(customer);
    const end = instant("2027-11-21T00:00:00Z");
    expect(check && overdueAt(check)).toBe(end);
    expect(at(customer, plus(end, -1))).toEqual([["contact-check@contact:ct-1", "running"]]);
    expect(at(customer, end)).toEqual([["contact-check@contact:ct-1", "missed"]]);
  });

  test("of somebody whom nobody ever checked is due within thirty days", () => {
    const customer = given(added);
    const end = instant("2026-12-21T00:00:00Z");
    expect(checksWakeAt(customer)).toBe(end);
    expect(at(customer, plus(end, -1))).toEqual([["contact-check@contact:ct-1", "running"]]);
    expect(at(customer, end)).toEqual([["contact-check@contact:ct-1", "missed"]]);
  });

  test("is met by marking them as verified: the clock is set to the next year", () => {
    const late = instant("2027-02-01T12:00:00Z");
    const again = given(added, verified("2027-02-01"));
    expect(at(given(added), late)[0]?.[1]).toBe("missed");
    expect(at(again, late)[0]?.[1]).toBe("running");
  });

  test("that is missed is recorded once, and wakes nobody again for it", () => {
    const late = instant("2027-02-01T12:00:00Z");
    const decided = decide(given(added), { type: "Wake" }, context(late));
    if (!decided.ok) throw new Error("a wake is never refused");
    expect(decided.value).toMatchObject([
      { type: "ObligationMissed", obligation: "contact-check@contact:ct-1" },
    ]);
    const after = given(added, ...decided.value);
    expect(decide(after, { type: "Wake" }, context(late))).toEqual({ ok: true, value: [] });
    expect(checksWakeAt(after)).toBeUndefined();
    // A year after the next check it can be missed again.
    expect(checksWakeAt(given(added, ...decided.value, verified("2027-02-01")))).toBe(
      instant("2028-02-02T00:00:00Z"),
    );
  });

  test("is owed of nobody who is no longer a customer", () => {
    const removed: CustomerEvent = { type: "CustomerRemoved", reason: "Contract ended" };
    expect(contactChecks(given(added, removed))).toEqual([]);
    expect(decide(given(added, removed), { type: "Wake" }, context(FRIDAY))).toEqual({
      ok: true,
      value: [],
    });
  });
});
