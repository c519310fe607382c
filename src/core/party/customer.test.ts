import { describe, expect, test } from "vitest";
import { context, FRIDAY } from "../policy/fennel.ts";
import type { Recorded } from "../recorded.ts";
import {
  type CustomerCommand,
  type CustomerEvent,
  decide,
  foldCustomer,
  whyNot,
} from "./customer.ts";

const given = (...events: readonly CustomerEvent[]) =>
  foldCustomer(
    "cus_1",
    events.map(
      (event, i): Recorded<CustomerEvent> => ({
        version: i + 1,
        id: `entry-${i + 1}`,
        at: FRIDAY,
        by: "account/ac_ada",
        event,
      }),
    ),
  );
const when = (customer: ReturnType<typeof given>, command: CustomerCommand) => {
  const decided = decide(customer, command, context(FRIDAY));
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};
const contact = { name: "Cleo", mail: "cleo@meridian.example" };
const added: CustomerEvent = {
  type: "CustomerAdded",
  customer: "cus_1",
  name: "Meridian Health",
  contact,
  stage: "pilot",
};

describe("a customer", () => {
  test("is added with a person to write to", () => {
    const { type: _, customer: __, ...fields } = added;
    expect(when(given(), { ...fields, type: "AddCustomer" })).toEqual([added]);
    expect(
      when(given(), {
        type: "AddCustomer",
        name: "",
        contact: { name: " ", mail: "cleo" },
        stage: "dating",
        zone: "Mars/Olympus",
      }),
    ).toEqual(["text-missing", "text-missing", "mail-invalid", "stage-unknown", "zone-unknown"]);
  });

  test("is changed field by field", () => {
    const changed = when(given(added), { type: "ChangeCustomer", stage: "production" });
    expect(changed).toEqual([{ type: "CustomerChanged", stage: "production" }]);
    const after = given(added, ...(changed as readonly CustomerEvent[]));
    expect(after).toMatchObject({ name: "Meridian Health", contact, stage: "production" });
    expect(when(given(added), { type: "ChangeCustomer" })).toEqual(["customer-unchanged"]);
  });

  test("that was removed, or never was, is not changed", () => {
    const remove = { type: "RemoveCustomer", reason: "Contract ended" } as const;
    expect(when(given(added), remove)).toEqual([
      { type: "CustomerRemoved", reason: "Contract ended" },
    ]);
    const removed = given(added, { type: "CustomerRemoved", reason: "Contract ended" });
    expect(when(removed, remove)).toEqual(["customer-removed"]);
    expect(when(given(), remove)).toEqual(["customer-unknown"]);
    expect(whyNot(given(added), remove, context(FRIDAY))).toBeUndefined();
    expect(whyNot(removed, remove, context(FRIDAY))?.code).toBe("customer-removed");
  });
});
