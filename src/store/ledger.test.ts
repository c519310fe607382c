import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import { ledgerContract } from "./ledger-contract.ts";
import { AT, line, NOTHING, recordedBy, type TestServer, testServer } from "./fixture.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

ledgerContract("PostgreSQL", async () => ({
  ledger: (await server.store()).ledger,
  projection: NOTHING,
}));

describe("appending", () => {
  test("what was appended is read back, private values and all, oldest first", async () => {
    const { ledger } = await server.store();
    const first = await ledger.append([line("incident/INC-1", 0, "One")]);
    const second = await ledger.append([
      line("incident/INC-1", 1, 'Two, "quoted" \\ and \0 Ünïcode 🧭'),
    ]);
    expect(first).toEqual({ outcome: "appended", seqs: [0] });
    expect(second).toEqual({ outcome: "appended", seqs: [1] });
    const read = await ledger.read("incident/INC-1");
    expect(read.map(({ seq, version, at, by, event }) => [seq, version, at, by, event])).toEqual([
      [0, 1, AT, "account/ac_ada", { type: "LineLogged", text: "One" }],
      [
        1,
        2,
        AT,
        "account/ac_ada",
        { type: "LineLogged", text: 'Two, "quoted" \\ and \0 Ünïcode 🧭' },
      ],
    ]);
    expect(await ledger.read("incident/INC-2")).toEqual([]);
  });

  test("what is more than an entry holds is refused to its caller, and leaves nothing", async () => {
    const { ledger } = await server.store();
    const customers = Array.from({ length: 3_000 }, (_, i) => `cus_${String(i).padStart(10, "0")}`);
    const added = (feeding: readonly string[]): AnyEvent => ({
      type: "PartyAdded",
      party: "prv_1",
      kind: "provider",
      name: "Gatehouse",
      customers: feeding,
    });
    const recording = (feeding: readonly string[]) =>
      ledger.append([{ ...line("party/prv_1", 0), events: [recordedBy(added(feeding))] }]);
    expect(await recording([...customers, ...customers])).toEqual({ outcome: "too-large" });
    expect(await ledger.read("party/prv_1")).toEqual([]);
    expect(await recording(customers)).toMatchObject({ outcome: "appended" });
  });

  test("two hundred clauses of a contract fit what an incident keeps of it", async () => {
    const { ledger } = await server.store();
    const ids = Array.from({ length: 200 }, (_, i) => `kestrel-dpa-${i}`);
    const event: AnyEvent = {
      type: "CustomerTouched",
      customer: "cus_1",
      clauses: ids.map((id) => ({
        id,
        duty: "notify",
        from: { claim: "data-exposed", is: "confirmed" },
        within: { count: 48, unit: "hours" },
      })),
      words: Object.fromEntries(ids.map((id) => [id, { source: "DPA", text: "within 48 hours" }])),
    };
    const touched = { ...line("incident/INC-9", 0), events: [recordedBy(event)] };
    const appended = await ledger.append([touched]);
    expect(appended).toMatchObject({ outcome: "appended" });
  });

  test("private text never stands in an entry", async () => {
    const { ledger, pool } = await server.store();
    await ledger.append([line("incident/INC-1", 0, "Meridian Health called")]);
    const [row] = await pool.rows<{ body: string }>("select body from entry");
    expect(row?.body).not.toContain("Meridian");
    expect(row?.body).toMatch(/"text":\{"commitment":"[A-Za-z0-9+/]{43}="\}/);
  });

  test("a stale version is refused, and the rest of its batch is not", async () => {
    const { ledger } = await server.store();
    await ledger.append([line("incident/INC-1", 0)]);
    const outcomes = await Promise.all([
      ledger.append([line("incident/INC-2", 0)]),
      ledger.append([line("incident/INC-1", 0)]),
      ledger.append([line("incident/INC-1", 1)]),
      ledger.append([line("incident/INC-1", 1)]),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      "appended",
      "conflict",
      "appended",
      "conflict",
    ]);
    expect((await ledger.head()).size).toBe(3);
  });

  test("an append over two subjects is kept whole or not at all", async () => {
    const { ledger } = await server.store();
    await ledger.append([line("incident/INC-1", 0)]);
    const refused = await ledger.append([line("signal/R-1", 0), line("incident/INC-1", 0)]);
    expect(refused).toEqual({ outcome: "conflict", subject: "incident/INC-1" });
    expect(await ledger.read("signal/R-1")).toEqual([]);
    const kept = await ledger.append([line("signal/R-1", 0), line("incident/INC-1", 1)]);
    expect(kept).toEqual({ outcome: "appended", seqs: [1, 2] });
  });

  test("one that breaks in the database fails alone", async () => {
    const { ledger } = await server.store();
    const twice = recordedBy({ type: "LineLogged", text: "Twice" } as AnyEvent);
    const part = (subject: string) => ({
      subject,
      version: 0,
      events: [twice],
      projection: NOTHING,
    });
    const [a, b, c] = await Promise.allSettled([
      ledger.append([line("incident/INC-1", 0)]),
      ledger.append([part("incident/INC-2"), part("incident/INC-3")]),
      ledger.append([line("incident/INC-4", 0)]),
    ]);
    expect([a?.status, b?.status, c?.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await ledger.head()).size).toBe(2);
  });

  test("beyond 20,000 waiting the answer is overloaded, and everything else is kept", async () => {
    const { ledger } = await server.store();
    const all = await Promise.all(
      Array.from({ length: 20_100 }, (_, n) => ledger.append([line(`incident/INC-${n}`, 0)])),
    );
    const overloaded = all.filter(({ outcome }) => outcome === "overloaded").length;
    expect(overloaded).toBeGreaterThan(0);
    expect((await ledger.head()).size).toBe(all.length - overloaded);
  });
});
