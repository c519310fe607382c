import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, plus } from "../core/time/instant.ts";
import { LEASE_MS } from "./due.ts";
import { AT, line, type TestServer, testServer, uuidv7 } from "./fixture.ts";
import { type RawBody, TAKE_BYTES_MAX } from "./raw.ts";
import type { Sighting } from "./seen.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let store: Store;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  store = await server.store();
});
afterAll(() => server.stop());

const body = (text = '{"alerts":[]}', at = AT): RawBody => ({
  id: uuidv7(at),
  source: "alertmanager",
  receivedAt: at,
  headers: { "content-type": "application/json" },
  body: Buffer.from(text),
});
const sighting = (signal: string, more: Partial<Sighting> = {}): Sighting => ({
  signal,
  fingerprint: "f1",
  count: 1,
  at: AT,
  firing: true,
  ...more,
});

describe("raw bodies", () => {
  test("come back byte for byte, oldest first, to one reader at a time", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const first = { ...body(), body: bytes };
    const second = body("\0 not JSON ü", plus(AT, 5));
    expect(await Promise.all([store.raw.keep(first), store.raw.keep(second)])).toEqual([
      "kept",
      "kept",
    ]);
    const taken = await store.raw.take(AT, 10);
    expect(taken.map(({ id, attempts }) => [id, attempts])).toEqual([
      [first.id, 1],
      [second.id, 1],
    ]);
    expect(new Uint8Array(taken[0]?.body ?? [])).toEqual(bytes);
    expect(taken[1]).toMatchObject({ source: "alertmanager", headers: second.headers });
    expect(await store.raw.take(AT, 10)).toEqual([]);
  });

  test("are leased again after the lease, and then the first reader records nothing", async () => {
    await store.raw.keep(body());
    const late = await store.raw.take(AT, 1);
    const again = await store.raw.take(plus(AT, LEASE_MS), 1);
    expect(again.map(({ attempts }) => attempts)).toEqual([2]);
    expect(await store.raw.repeated(late, [sighting("R-1")])).toBe(false);
    expect(await store.seen.of(["R-1"])).toEqual(new Map());
    const refused = await store.ledger.append([line("signal/R-1", 0)], { raw: late });
    expect(refused).toEqual({ outcome: "conflict", subject: `raw/${late[0]?.id}` });
    const kept = await store.ledger.append([line("signal/R-1", 0)], { raw: again });
    expect(kept.outcome).toBe("appended");
    expect(await store.raw.counts()).toEqual({ waiting: 0, unreadable: 0 });
  });

  test("one lost lease among several undoes all of it", async () => {
    await store.raw.keep(body());
    await store.raw.keep(body());
    const [a, b] = await store.raw.take(AT, 2);
    if (!a || !b) throw new Error("not leased");
    const lost = { ...b, attempts: 7 };
    expect(await store.raw.repeated([a, lost], [sighting("R-1")])).toBe(false);
    expect((await store.raw.counts()).waiting).toBe(2);
  });

  test("that cannot be read stay, with the reason, until they are asked for again", async () => {
    const bad = body("<html>");
    await store.raw.keep(bad);
    const [lease] = await store.raw.take(AT, 1);
    const problem = { code: "body-malformed", message: "This is no JSON." };
    if (lease) expect(await store.raw.unreadable(lease, problem)).toBe(true);
    expect(await store.raw.take(plus(AT, DAY_MS), 1)).toEqual([]);
    expect(await store.raw.unreadables(10)).toMatchObject([{ id: bad.id, problem }]);
    await store.raw.readAgain(bad.id);
    expect(await store.raw.take(plus(AT, DAY_MS), 1)).toHaveLength(1);
  });

  test("come back the same to whoever kept them and to another process, in one order", async () => {
    const on = await server.database();
    const [keeper, other] = [await server.store(on), await server.store(on)];
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const kept = Array.from({ length: 6 }, (_, n) => ({ ...body("", plus(AT, n)), body: bytes }));
    for (const [n, one] of kept.entries()) await (n % 2 ? keeper : other).raw.keep(one);
    const plain = (read: readonly RawBody[]) =>
      read.map((one) => ({ ...one, body: [...one.body], attempts: undefined }));
    const taken = await keeper.raw.take(plus(AT, 10), 5);
    expect(plain(taken)).toEqual(plain(kept.slice(0, 5)));
    expect(plain(await other.raw.take(plus(AT, 10), 5))).toEqual(plain(kept.slice(5)));
    await keeper.raw.giveBack(taken);
    expect(plain(await keeper.raw.take(plus(AT, 10), 5))).toEqual(plain(kept.slice(0, 5)));
  });

  test("are given to a reader until they hold four megabytes, and the next one goes on there", async () => {
    const megabyte = "x".repeat(1024 * 1024);
    const kept = Array.from({ length: 6 }, (_, n) => body(megabyte, plus(AT, n)));
    for (const one of kept) await store.raw.keep(one);
    const ids = async () => (await store.raw.take(plus(AT, 10), 500)).map(({ id }) => id);
    expect(await ids()).toEqual(kept.slice(0, 4).map(({ id }) => id));
    expect(await ids()).toEqual(kept.slice(4).map(({ id }) => id));
    expect(await ids()).toEqual([]);
  });

  test("larger than that are given one at a time", async () => {
    const large = [1, 2].map((n) => body("x".repeat(TAKE_BYTES_MAX + 1), plus(AT, n)));
    for (const one of large) await store.raw.keep(one);
    const first = await store.raw.take(plus(AT, 10), 500);
    expect(first.map(({ id }) => id)).toEqual([large[0]?.id]);
    expect(await store.raw.take(plus(AT, 10), 500)).toHaveLength(1);
  });

  test("say how many stood in line at once since that was asked, also when all are kept", async () => {
    await Promise.all(Array.from({ length: 9 }, () => store.raw.keep(body())));
    expect(store.raw.mostKeeping()).toBe(9);
    const one = store.raw.keep(body());
    expect(store.raw.mostKeeping()).toBe(1);
    await one;
    expect(store.raw.mostKeeping()).toBe(1);
    expect(store.raw.mostKeeping()).toBe(0);
  });

  test("a storm of five thousand is kept whole", async () => {
    const kept = await Promise.all(Array.from({ length: 5_000 }, () => store.raw.keep(body())));
    expect(new Set(kept)).toEqual(new Set(["kept"]));
    expect((await store.raw.counts()).waiting).toBe(5_000);
  });
});

describe("deliveries seen", () => {
  test("are counted for their signal, over and within batches", async () => {
    await store.ledger.append([line("signal/R-1", 0)], { seen: [sighting("R-1", { was: null })] });
    const at = plus(AT, 60_000);
    await store.raw.repeated([], [sighting("R-1", { at }), sighting("R-1", { at: plus(at, 1) })]);
    expect((await store.seen.of(["R-1"])).get("R-1")).toEqual({
      signal: "R-1",
      fingerprint: "f1",
      count: 3,
      firstAt: AT,
      lastAt: plus(at, 1),
      firing: true,
    });
  });

  test("an older delivery that arrives late does not set a stopped signal burning", async () => {
    const stopped = sighting("R-1", { at: plus(AT, 10), firing: false });
    await store.raw.repeated([], [stopped]);
    await store.raw.repeated([], [sighting("R-1", { at: AT })]);
    expect((await store.seen.of(["R-1"])).get("R-1")).toMatchObject({ count: 2, firing: false });
    const both = [sighting("R-2", { at: plus(AT, 10), firing: false }), sighting("R-2")];
    await store.raw.repeated([], both);
    expect((await store.seen.of(["R-2"])).get("R-2")).toMatchObject({ count: 2, firing: false });
  });

  test("the current signal of a fingerprint is the one made last", async () => {
    await store.ledger.append([line("signal/R-1", 0)], { seen: [sighting("R-1", { was: null })] });
    const next = sighting("R-2", { at: plus(AT, 10), was: "R-1" });
    expect((await store.ledger.append([line("signal/R-2", 0)], { seen: [next] })).outcome).toBe(
      "appended",
    );
    expect((await store.seen.current(["f1", "f2"])).get("f1")?.signal).toBe("R-2");
    const stale = sighting("R-3", { at: plus(AT, 20), was: "R-1" });
    expect(await store.ledger.append([line("signal/R-3", 0)], { seen: [stale] })).toEqual({
      outcome: "conflict",
      subject: "seen/f1",
    });
  });

  test("of a hundred who make a signal of one fingerprint at once, one does", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        store.ledger.append([line(`signal/R-${n}`, 0)], {
          seen: [sighting(`R-${n}`, { was: null })],
        }),
      ),
    );
    expect(outcomes.filter(({ outcome }) => outcome === "appended")).toHaveLength(1);
  });
});

describe("answers kept", () => {
  const asked = { key: "k", by: "account/ac_ada", request: '{"to":"high"}' };

  test("are given again for a day, to the same request of the same caller only", async () => {
    const answered = { ...asked, answer: '{"version":1}', at: AT, subject: "incident/INC-1" };
    await store.ledger.append([line("incident/INC-1", 0)], { idempotency: answered });
    const find = (...given: Parameters<typeof store.idempotency.find>) =>
      store.idempotency.find(...given);
    expect(await find(asked, plus(AT, DAY_MS - 1))).toEqual({ ok: true, value: '{"version":1}' });
    expect(await find(asked, plus(AT, DAY_MS))).toEqual({ ok: true, value: undefined });
    expect(await find({ ...asked, by: "account/ac_ben" }, AT)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await find({ ...asked, request: "{}" }, AT)).toMatchObject({
      ok: false,
      problems: [{ code: "idempotency-key-reused" }],
    });
  });

  test("a key may be used again after a day, and the sweep forgets old ones", async () => {
    const keep = (at: typeof AT, version: number) =>
      store.ledger.append([line("incident/INC-1", version)], {
        idempotency: { ...asked, answer: String(version), at },
      });
    expect((await keep(AT, 0)).outcome).toBe("appended");
    expect((await keep(plus(AT, DAY_MS - 1), 1)).outcome).toBe("conflict");
    expect((await keep(plus(AT, DAY_MS), 1)).outcome).toBe("appended");
    await store.idempotency.sweep(plus(AT, 3 * DAY_MS));
    expect(await store.pool.rows("select 1 from idempotency")).toEqual([]);
  });
});
