import { expect, test } from "vitest";
import { groupCommit } from "./group-commit.ts";

/** A writer that waits until it is let on; it answers every item with its batch. */
function held(queueMax: number, countMax = 500) {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const commit = groupCommit<number, number>(queueMax, async (queue) => {
    const taken = queue.take(countMax);
    batches.push(taken.map(({ item }) => item));
    await new Promise<void>((open) => gates.push(open));
    for (const { answer } of taken) answer(batches.length);
  });
  return { commit, batches, letOn: () => gates.shift()?.() };
}

const turn = () => new Promise(setImmediate);

test("what comes while a batch is written goes into the next one together", async () => {
  const { commit, batches, letOn } = held(100);
  const first = commit.submit(1);
  await turn();
  const rest = [commit.submit(2), commit.submit(3)];
  letOn();
  expect(await first).toBe(1);
  await turn();
  letOn();
  expect(await Promise.all(rest)).toEqual([2, 2]);
  expect(batches).toEqual([[1], [2, 3]]);
});

test("beyond its limit it is overloaded at once, and not a moment longer than it is", async () => {
  const { commit, letOn } = held(2, 1);
  const kept = [commit.submit(1)];
  await turn();
  kept.push(commit.submit(2), commit.submit(3));
  expect(await commit.submit(4)).toBe("overloaded");
  for (let n = 0; n < 3; n += 1) {
    letOn();
    await turn();
  }
  expect(await Promise.all(kept)).toEqual([1, 2, 3]);
  const more = commit.submit(5);
  await turn();
  letOn();
  expect(await more).toBe(4);
});

test("closing writes what waits and takes nothing more", async () => {
  const { commit, letOn } = held(10, 1);
  const kept = [commit.submit(1), commit.submit(2)];
  const closed = commit.close();
  await expect(commit.submit(3)).rejects.toThrow(/closed/);
  for (let n = 0; n < 2; n += 1) {
    await turn();
    letOn();
  }
  await closed;
  expect(await Promise.all(kept)).toEqual([1, 2]);
});

test("when writing throws, everybody who waits is told", async () => {
  const commit = groupCommit<number, number>(10, async () => {
    throw new Error("no disk");
  });
  await expect(Promise.all([commit.submit(1), commit.submit(2)])).rejects.toThrow("no disk");
});

test("what is put back keeps its turn", async () => {
  const order: number[] = [];
  let again = true;
  const commit = groupCommit<number, number>(10, async (queue) => {
    const taken = queue.take(2);
    if (again) {
      again = false;
      return queue.putBack(taken);
    }
    order.push(...taken.map(({ item }) => item));
    for (const { item, answer } of taken) answer(item);
  });
  await Promise.all([1, 2, 3].map((n) => commit.submit(n)));
  expect(order).toEqual([1, 2, 3]);
});
