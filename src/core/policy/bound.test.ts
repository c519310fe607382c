import { describe, expect, test } from "vitest";
import { apartFrom, type Bond, boundTo } from "./bound.ts";
import { boundSentence } from "./bound-words.ts";
import { FENNEL, instant, PINNED } from "./fennel.ts";
import { obligations } from "./obligations.ts";

const bond: Bond = {
  clauses: [
    {
      id: "kestrel-dpa-7",
      duty: "notify",
      from: { claim: "data-exposed", is: "confirmed" },
      within: { count: 2, unit: "business-days" },
    },
  ],
  words: { "kestrel-dpa-7": { source: "DPA of 2026-03-02, §7.2", text: "two business days" } },
};
const kestrel = { kind: "customer", id: "customer:cus_2" } as const;
const [clause] = boundTo(kestrel, bond);
const [inbound] = boundTo({ kind: "provider", id: "provider:prv_1" }, bond, true);
if (!clause || !inbound) throw new Error("there is one clause each");

describe("a clause of a contract", () => {
  test("says whose it is and where it comes from", () => {
    expect(boundSentence(clause, FENNEL)).toBe(
      "We notify the customer within 2 business days (Mon-Fri 09:00-17:00, Europe/Berlin) of confirming that customer data are exposed, by their contract (DPA of 2026-03-02, §7.2).",
    );
  });

  test("of a provider is owed to us", () => {
    expect(boundSentence(inbound, FENNEL)).toMatch(/^The provider owes us word within 2 business/);
  });

  test("that names no calendar is counted by the policy's", () => {
    const confirmedAt = instant("2026-11-20T17:40:00Z");
    const [owed] = obligations(
      { ...PINNED.terms, clauses: [clause] },
      {
        openedAt: confirmedAt,
        facts: [{ claim: "data-exposed", state: "confirmed" }],
        moments: new Map([["data-exposed.confirmedAt", confirmedAt]]),
        recipients: [kestrel, { kind: "customer", id: "customer:cus_1" }],
      },
    );
    expect(owed?.id).toBe("kestrel-dpa-7@customer:cus_2");
    expect(owed?.dueAt).toBe(instant("2026-11-24T16:00:00Z"));
  });

  test("keeps its id unless the policy has one of it", () => {
    expect(apartFrom(FENNEL, bond)).toEqual(bond);
    const same = { clauses: [{ ...clause, id: "file" }], words: {} };
    expect(apartFrom(FENNEL, same).clauses.map(({ id }) => id)).toEqual(["contract-file"]);
  });
});
