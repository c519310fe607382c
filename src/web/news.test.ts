import { beforeEach, describe, expect, test } from "vitest";
import { newsFor, type Touched } from "./news.ts";

let at: number;
let waiting: { due: number; act: () => void } | undefined;
let asked: string[][];
let shown: (() => void)[];

const news = () =>
  newsFor({
    refresh: (touched: Touched) => {
      asked.push([...touched].flatMap(([kind, ids]) => [...ids].map((id) => `${kind}/${id}`)));
      return new Promise((resolve) => shown.push(resolve));
    },
    now: () => at,
    later: (ms, act) => {
      const own = { due: at + ms, act };
      waiting = own;
      return () => {
        if (waiting === own) waiting = undefined;
      };
    },
  });

function advance(ms: number): void {
  at += ms;
  if (!waiting || waiting.due > at) return;
  const { act } = waiting;
  waiting = undefined;
  act();
}

beforeEach(() => {
  at = 1_000;
  waiting = undefined;
  asked = [];
  shown = [];
});

describe("what the stream tells of", () => {
  test("is asked for once, at once when it is the first for a while", () => {
    const { heard } = news();
    heard("incident/INC-7", 10);
    heard("incident/INC-7", 11);
    heard("signal/R-7QK4-M2", 12);
    expect(asked).toEqual([]);
    advance(8);
    expect(asked).toEqual([["incident/INC-7", "signal/R-7QK4-M2"]]);
  });

  test("is gathered when it comes in a storm", () => {
    const { heard } = news();
    for (let seq = 0; seq < 100; seq += 1) {
      heard("incident/INC-7", seq);
      advance(8);
    }
    expect(asked.length).toBeLessThan(12);
  });
});

describe("what this person did", () => {
  test("is asked for once, whether the stream or the answer comes first", async () => {
    const { heard, acted } = news();
    void acted("incident/INC-7", 10);
    heard("incident/INC-7", 10);
    advance(1_000);
    expect(asked).toHaveLength(1);
    heard("incident/INC-7", 11);
    void acted("incident/INC-7", 11);
    advance(1_000);
    expect(asked).toHaveLength(2);
    heard("incident/INC-7", 12);
    advance(8);
    void acted("incident/INC-7", 12);
    advance(1_000);
    expect(asked).toHaveLength(3);
  });

  test("is on screen when the act is over, also where the stream was faster", async () => {
    const { heard, acted } = news();
    heard("incident/INC-7", 12);
    advance(8);
    let isOver = false;
    const over = acted("incident/INC-7", 12).then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    shown[0]?.();
    await over;
    expect(isOver).toBe(true);
  });

  test("does not hide what somebody else did afterwards, nor to another subject", () => {
    const { heard, acted } = news();
    void acted("incident/INC-7", 10);
    heard("signal/R-7QK4-M2", 9);
    advance(80);
    heard("incident/INC-7", 11);
    advance(80);
    expect(asked).toEqual([["incident/INC-7"], ["signal/R-7QK4-M2"], ["incident/INC-7"]]);
  });
});

test("after a reset the ledger may count from less than before", () => {
  const { heard, forget } = news();
  heard("incident/INC-7", 500);
  advance(8);
  forget();
  heard("incident/INC-7", 12);
  advance(80);
  expect(asked).toHaveLength(2);
});
