/** A notice to hundreds, and the program is killed in the middle of it. */

import { expect, test } from "vitest";
import { IN_DOUBT_MAX, killedFanOut, TWICE_MAX } from "../torture/fan-out.ts";

test("after two kills in the middle each of three hundred is accepted or failed, and whoever got it twice is marked so", async () => {
  const account = await killedFanOut(300, 2);
  expect(account.recipients).toBe(300);
  for (const taken of account.takenAtKill) {
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(300);
  }
  expect(account.missing).toEqual([]);
  expect(account.unfounded, "accepted by the record, and nothing arrived").toEqual([]);
  expect([account.accepted, account.failed]).toEqual([290, 10]);
  expect(account.once + account.doubled.length).toBe(290);
  expect(account.doubled.length).toBeLessThanOrEqual(2 * TWICE_MAX);
  expect(account.uncertain).toBeLessThanOrEqual(2 * IN_DOUBT_MAX);
  expect(account.unmarked, "doubled, and not marked uncertain").toEqual([]);
  expect(account.twoLetters, "two letters instead of one letter twice").toEqual([]);
  expect(account.isWhole).toBe(true);
}, 120_000);
