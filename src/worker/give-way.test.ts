import { expect, test } from "vitest";
import { GIVE_WAY_MS_MAX, givingWay, PRESSING_BODIES } from "./give-way.ts";

function way() {
  const at = { ms: 0, keeping: 0 };
  return {
    at,
    ...givingWay(
      () => at.keeping,
      () => at.ms,
    ),
  };
}

test("reading does not wait for a few bodies", () => {
  const { at, isGiven } = way();
  at.keeping = PRESSING_BODIES - 1;
  expect(isGiven()).toBe(false);
});

test("reading waits for a storm, and goes on when that is over", () => {
  const { at, isGiven } = way();
  at.keeping = 500;
  expect(isGiven()).toBe(true);
  at.ms = GIVE_WAY_MS_MAX - 1;
  expect(isGiven()).toBe(true);
  at.keeping = 0;
  expect(isGiven()).toBe(false);
});

test("it waits no longer than that for a storm that does not end, and catches up before it waits again", () => {
  const { at, isGiven, caughtUp } = way();
  at.keeping = 500;
  expect(isGiven()).toBe(true);
  at.ms = GIVE_WAY_MS_MAX;
  expect(isGiven()).toBe(false);
  at.ms += 10 * GIVE_WAY_MS_MAX;
  expect(isGiven()).toBe(false);
  caughtUp();
  expect(isGiven()).toBe(true);
});

test("whoever only rests in between asks what it came to, and that counts as no look", () => {
  const { at, isGiven, wasGiven } = way();
  at.keeping = 500;
  expect(wasGiven()).toBe(false);
  expect(isGiven()).toBe(true);
  at.keeping = 0;
  expect(wasGiven()).toBe(true);
  expect(isGiven()).toBe(false);
  expect(wasGiven()).toBe(false);
});
