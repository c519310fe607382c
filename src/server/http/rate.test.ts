import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../core/time/instant.ts";
import { limitTo } from "./rate.ts";

describe("a limit of 60 a minute with a burst of 3", () => {
  test("lets the burst through, then one a second", () => {
    const limit = limitTo({ perMinute: 60, burst: 3 });
    const taken = (now: number) => limit.take("ada", now).allowed;
    expect([taken(0), taken(0), taken(0), taken(0)]).toEqual([true, true, true, false]);
    expect(taken(999)).toBe(false);
    expect(taken(1_000)).toBe(true);
    expect(taken(1_001)).toBe(false);
  });

  test("says how long to wait, and after that long there is one", () => {
    const limit = limitTo({ perMinute: 60, burst: 1 });
    limit.take("ada", 500);
    const refused = limit.take("ada", 600);
    expect(refused).toEqual({ allowed: false, waitMs: 900 });
    expect(limit.take("ada", 1_500).allowed).toBe(true);
  });

  test("counts every key for itself", () => {
    const limit = limitTo({ perMinute: 60, burst: 1 });
    expect([limit.take("ada", 0).allowed, limit.take("ben", 0).allowed]).toEqual([true, true]);
  });

  test("a clock that goes back neither opens nor closes it for long", () => {
    const limit = limitTo({ perMinute: 60, burst: 1 });
    limit.take("ada", MINUTE_MS);
    expect(limit.take("ada", 0).allowed).toBe(true);
    expect(limit.take("ada", 0)).toEqual({ allowed: false, waitMs: 1_000 });
    expect(limit.take("ada", 999).allowed).toBe(false);
    expect(limit.take("ada", 1_000).allowed).toBe(true);
    expect(limit.take("ada", MINUTE_MS + 1_000).allowed).toBe(true);
  });
});

test("many keys cost bounded memory, and the busiest is not the one forgotten", () => {
  const limit = limitTo({ perMinute: 1, burst: 1 }, 100);
  expect(limit.take("busy", 0).allowed).toBe(true);
  for (let n = 0; n < 99; n++) limit.take(`key ${n}`, 1);
  expect(limit.take("busy", 2).allowed).toBe(false);
});

test("over any stretch no more is let through than the burst and the rate give", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
      (perMinute, burst, gaps) => {
        const limit = limitTo({ perMinute, burst });
        let [now, through] = [0, 0];
        for (const gap of gaps) {
          now += gap;
          if (limit.take("x", now).allowed) through += 1;
        }
        expect(through).toBeLessThanOrEqual(burst + (now * perMinute) / MINUTE_MS + 1e-6);
      },
    ),
  );
});
