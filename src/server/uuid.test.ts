import { expect, test } from "vitest";
import type { Instant } from "../core/time/instant.ts";
import { uuids } from "./uuid.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;

test("an id is a UUID of version 7 that holds its instant", () => {
  const id = uuids()(NOON);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(NOON);
});

test("ids made in order sort in order, within a millisecond and when the clock goes back", () => {
  const make = uuids();
  const ids = Array.from({ length: 20_000 }, (_, n) => make((NOON + (n % 7) - (n % 3)) as Instant));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
