import { expect, test } from "vitest";
import { AT_HAND_BYTES_MAX, atHand } from "./at-hand.ts";
import { AT, uuidv7 } from "./fixture.ts";
import type { RawBody } from "./raw.ts";

const body = (bytes: number): RawBody => ({
  id: uuidv7(AT),
  source: "alertmanager",
  receivedAt: AT,
  headers: {},
  body: Buffer.alloc(bytes),
});

test("a body is given out once, and one that was never held not at all", () => {
  const hand = atHand();
  const [one, other] = [body(10), body(10)];
  hand.hold([one]);
  expect(hand.take([other.id, one.id])).toEqual([one]);
  expect(hand.take([one.id])).toEqual([]);
});

test("the oldest are held up to a size; what was given out or let go makes room", () => {
  const hand = atHand();
  const half = AT_HAND_BYTES_MAX / 2;
  const kept = [body(half), body(half), body(1), body(half)];
  const ids = kept.map(({ id }) => id);
  hand.hold(kept);
  expect(hand.take(ids)).toEqual(kept.slice(0, 2));
  hand.hold(kept);
  hand.clear();
  expect(hand.take(ids)).toEqual([]);
  hand.hold(kept.slice(2));
  expect(hand.take(ids)).toEqual(kept.slice(2));
});

test("held again, a body is counted once", () => {
  const hand = atHand();
  const [large, last] = [body(AT_HAND_BYTES_MAX - 1), body(1)];
  hand.hold([large]);
  hand.hold([large, last]);
  expect(hand.take([large.id, last.id])).toEqual([large, last]);
});
