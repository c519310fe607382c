import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acting, FENNEL } from "./example.fixture.ts";
import { AT, line, type TestServer, testServer, uuidv7 } from "./fixture.ts";
import { type FlakySocket, flakySocket } from "./flaky.fixture.ts";
import type { Locate } from "./pool.ts";
import { DatabaseUnavailable } from "./retry.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let socket: FlakySocket;
let database: Locate;
let store: Store;
let made = 0;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  database = await server.database();
  const settings = { ...server.connection, ...(await database()) };
  socket = await flakySocket(
    settings as typeof server.connection,
    server.folder(`s${(made += 1)}`),
  );
  store = await server.store(async () => socket.settings);
});
afterEach(async () => {
  socket.refuse = false;
  await store.close();
  await socket.close();
});
afterAll(() => server.stop());

/** Every subject has exactly its line, the tree fits, and nothing is doubled. */
async function wholeWith(count: number): Promise<void> {
  const check = await store.check(AT);
  expect(check.problems).toEqual([]);
  expect(check.size).toBe(count);
}

const append = (n: number | string) => store.ledger.append([line(`incident/INC-${n}`, 0)]);

describe("a commit that fails", () => {
  test("and was not kept is written again: each entry stands once", async () => {
    socket.breakCommits("before", "before");
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => append(n)));
    expect(socket.broken()).toBe(2);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["appended"]));
    await wholeWith(20);
  });

  test("but was kept is not written again: each entry stands once", async () => {
    socket.breakCommits("after", "after", "after");
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => append(n)));
    const more = await Promise.all(Array.from({ length: 20 }, (_, n) => append(`more-${n}`)));
    expect(socket.broken()).toBe(3);
    const seqs = [...outcomes, ...more].flatMap((o) => (o.outcome === "appended" ? o.seqs : []));
    expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    await wholeWith(40);
  });

  test("with nothing behind it in the queue is answered all the same", async () => {
    socket.breakCommits("after");
    expect(await append(1)).toEqual({ outcome: "appended", seqs: [0] });
    socket.breakCommits("before");
    expect(await append(2)).toEqual({ outcome: "appended", seqs: [1] });
  });

  test("does not make a publication forget what follows from it", async () => {
    socket.breakCommits("after");
    await acting(store)("policy", { type: "PublishPolicy", text: FENNEL });
    await store.close();
    store = await server.store(database);
    expect(await store.settings.read("refresh.signals")).toBeUndefined();
  });

  test("keeps raw bodies once, whichever way it failed", async () => {
    socket.breakCommits("after", "before", "after");
    const bodies = Array.from({ length: 30 }, () => ({
      id: uuidv7(AT),
      source: "alertmanager",
      receivedAt: AT,
      headers: {},
      body: Buffer.from("{}"),
    }));
    expect(new Set(await Promise.all(bodies.map((body) => store.raw.keep(body))))).toEqual(
      new Set(["kept"]),
    );
    expect((await store.raw.counts()).waiting).toBe(30);
  });
});

test("connections cut at random lose nothing that was acknowledged and double nothing", async () => {
  const acknowledged: string[] = [];
  let running = true;
  const cutting = (async () => {
    for (let cuts = 0; running; cuts += 1) {
      // Where in a batch it hits is left to chance: one loop turn later every time.
      for (let turn = 0; turn < 20 + (cuts % 37); turn += 1) await new Promise(setImmediate);
      if (cuts < 60) socket.cut();
      else running = false;
    }
  })();
  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; running || turn < 3; turn += 1) {
      const { outcome } = await append(`${writer}-${turn}`);
      if (outcome === "appended") acknowledged.push(`incident/INC-${writer}-${turn}`);
    }
  };
  await Promise.all([cutting, ...Array.from({ length: 30 }, (_, writer) => write(writer))]);
  const rows = await store.pool.rows<{ subject: string }>("select subject from entry");
  expect(rows.map(({ subject }) => subject).toSorted()).toEqual(acknowledged.toSorted());
  await wholeWith(acknowledged.length);
});

test("a database that stays away is said so, and what comes after its return is kept", async () => {
  await store.close();
  store = await server.store(async () => socket.settings, { patienceMs: 200 });
  await append(1);
  socket.refuse = true;
  socket.cut();
  await expect(append(2)).rejects.toThrow(DatabaseUnavailable);
  await expect(store.ledger.read("incident/INC-1")).rejects.toThrow(DatabaseUnavailable);
  socket.refuse = false;
  expect((await append(3)).outcome).toBe("appended");
  await wholeWith(2);
});

describe("two processes on one database", () => {
  test("append in one order, and neither loses or doubles an entry", async () => {
    const other = await server.store(database);
    const both = [store, other];
    const race = async (writer: number): Promise<number> => {
      let kept = 0;
      for (let turn = 0; turn < 25; turn += 1) {
        const ledger = (both[(writer + turn) % 2] as Store).ledger;
        // Half of them fight over one subject, the others have their own.
        const subject = writer % 2 === 0 ? "incident/INC-1" : `incident/INC-1${writer}`;
        const version = (await ledger.read(subject)).length;
        const { outcome } = await ledger.append([line(subject, version)]);
        if (outcome === "appended") kept += 1;
      }
      return kept;
    };
    const kept = await Promise.all(Array.from({ length: 16 }, (_, writer) => race(writer)));
    await wholeWith(kept.reduce((sum, count) => sum + count, 0));
    await other.close();
  });

  test("lease each due subject, notice and body to one of them", async () => {
    const other = await server.store(database);
    const subjects = Array.from({ length: 60 }, (_, n) => `incident/INC-${n}`);
    await store.ledger.append(
      subjects.map((subject) => ({
        ...line(subject, 0),
        projection: {
          rows: {},
          wakeAt: AT,
          outbox: [{ id: "N-2222", kind: "notice" as const, nextAt: AT, attempts: 0 }],
        },
      })),
    );
    const claims = await Promise.all(
      [store, other, store, other].map(async ({ due, outbox }) => ({
        due: await due.claim(AT, 25),
        sends: await outbox.claim(AT, 25),
      })),
    );
    const due = claims.flatMap((claim) => claim.due.map(({ subject }) => subject));
    const sends = claims.flatMap((claim) => claim.sends.map(({ subject }) => subject));
    expect(due).toHaveLength(new Set(due).size);
    expect(sends).toHaveLength(new Set(sends).size);
    await other.close();
  });
});
