import { expect, test } from "vitest";
import { context } from "./policy/fennel.ts";
import { decideSeat, type Seats } from "./seat.ts";
import type { Instant } from "./time/instant.ts";

const AT = Date.parse("2026-11-20T17:30:00Z") as Instant;

test("whoever reloads a page without an end is stopped, and nobody else with them", () => {
  const visit = { what: "page", upTo: 4, at: AT, version: 5, name: "Dr. Voss" } as const;
  const visits = Array.from({ length: 2_000 }, () => ({ ...visit, seat: "G-VOSS" }));
  const seats: Seats = { given: [], visits };
  const open = (seat: string, name: string) => {
    const command = { type: "OpenSeat", seat, name, what: "page", upTo: 4 } as const;
    const decided = decideSeat(seats, command, context(AT), "INC-7");
    return decided.ok ? decided.value.map(({ type }) => type) : decided.problems[0].code;
  };
  expect(open("G-VOSS", "Dr. Voss")).toBe("too-many");
  expect(open("G-RHEE", "Min Rhee")).toEqual(["SeatOpened"]);
});
