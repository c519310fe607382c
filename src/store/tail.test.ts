import { afterAll, beforeAll, expect, test } from "vitest";
import { line, type TestServer, testServer } from "./fixture.ts";
import type { EntryHint } from "./ledger.ts";
import type { Store } from "./store.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

/** Resolves with the sequence numbers once `count` have come. */
function following(store: Store, from: number, count: number) {
  const seen: number[] = [];
  return new Promise<number[]>((resolve) => {
    const stop = store.tail.follow(from, (entries: readonly EntryHint[]) => {
      seen.push(...entries.map(({ seq }) => seq));
      if (seen.length < count) return;
      stop();
      resolve(seen);
    });
  });
}

const grow = async (store: Store, name: string, count: number): Promise<void> => {
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      store.ledger.append([line(`incident/${name}-${n}`, 0)]),
    ),
  );
};
const upTo = (count: number, from = 0) => Array.from({ length: count - from }, (_, n) => n + from);

test("followers from anywhere see every entry after it, in order, none twice", async () => {
  const store = await server.store();
  await grow(store, "A", 30);
  const followers = [-1, 9, 29, 45].map((from) => following(store, from, 60 - (from + 1)));
  await grow(store, "B", 30);
  expect(await Promise.all(followers)).toEqual([
    upTo(60),
    upTo(60, 10),
    upTo(60, 30),
    upTo(60, 46),
  ]);
});

test("a follower catches up over more entries than fit in one query", async () => {
  const store = await server.store();
  await grow(store, "A", 1_300);
  expect(await following(store, -1, 1_300)).toEqual(upTo(1_300));
});

test("entries of another process are followed too", async () => {
  const database = await server.database();
  const [here, there] = [await server.store(database), await server.store(database)];
  const seen = following(here, -1, 20);
  await grow(there, "A", 20);
  expect(await seen).toEqual(upTo(20));
});

test("an entry tells what it is about and nothing private", async () => {
  const store = await server.store();
  await store.ledger.append([line("incident/INC-1", 0, "Meridian called")]);
  const [hint] = await store.ledger.after(-1, 10);
  expect(hint).toMatchObject({ seq: 0, subject: "incident/INC-1", version: 1, type: "LineLogged" });
  expect(JSON.stringify(hint)).not.toContain("Meridian");
});
