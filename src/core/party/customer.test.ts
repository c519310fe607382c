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

  test("that is known is not added again, nor changed by a change that names nothing", () => {
    const { type: _, customer: __, ...fields } = added;
    expect(when(given(added), { ...fields, type: "AddCustomer" })).toEqual(["customer-known"]);
    expect(when(given(added), { type: "ChangeCustomer" })).toEqual(["customer-unchanged"]);
  });

  test("is changed field by field", () => {
    const changed = when(given(added), { type: "ChangeCustomer", stage: "production" });
    expect(changed).toEqual([{ type: "CustomerChanged", stage: "production" }]);
    const after = given(added, ...(changed as readonly CustomerEvent[]));
    expect(after).toMatchObject({ name: "Meridian Health", stage: "production" });
    expect(after.contacts).toMatchObject([{ id: "ct-1", ...contact }]);
    expect(when(given(added), { type: "ChangeCustomer" })).toEqual(["customer-unchanged"]);
  });

  test("may have nobody to write to yet", () => {
    expect(when(given(), { type: "AddCustomer", name: "Oakline" })).toEqual([
      { type: "CustomerAdded", customer: "cus_1", name: "Oakline" },
    ]);
  });

  test("comes whole with everything that was kept elsewhere, or not at all", () => {
    const { type: _, customer: __, ...fields } = added;
    const clause = { clause: "meridian-dpa-7", text: "within 24 hours", document: "dpa" } as const;
    const whole = when(given(), {
      ...fields,
      type: "AddCustomer",
      contacts: [{ name: "Dov", mail: "dov@meridian.example", security: true }],
      clauses: [clause],
      dataSets: [{ name: "Visits", role: "processor", categories: ["health"] }],
      deployments: [{ product: "agent", release: "2.14" }],
    });
    const after = given(...(whole as readonly CustomerEvent[]));
    expect(after.contacts.map(({ id, name }) => [id, name])).toEqual([
      ["ct-1", "Cleo"],
      ["ct-2", "Dov"],
    ]);
    expect(after).toMatchObject({
      security: "ct-2",
      clauses: [{ id: "meridian-dpa-7" }],
      dataSets: [{ id: "ds-1" }],
      deployments: [{ id: "dp-1" }],
    });
    const decided = decide(
      given(),
      { ...fields, type: "AddCustomer", clauses: [clause, { ...clause, clause: "Not An Id" }] },
      context(FRIDAY),
    );
    expect(decided).toMatchObject({
      ok: false,
      problems: [{ code: "clause-id-invalid", at: "/clauses/1/clause" }],
    });
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
