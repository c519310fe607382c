import { describe, expect, test } from "vitest";
import { computedMs } from "../../../test/computed.ts";
import type { Recorded } from "../recorded.ts";
import { FRIDAY } from "../policy/fennel.ts";
import { type Instant, plus } from "../time/instant.ts";
import { foldFurther } from "./further.ts";
import { entries, exposed, OPENED, severity } from "./given.ts";
import { foldIncident, type IncidentEvent } from "./incident.ts";

/** An incident of `count` entries: lines, and everything else that can come often. */
function long(count: number): readonly Recorded<IncidentEvent>[] {
  const kinds: readonly ((i: number) => IncidentEvent)[] = [
    (i) => ({ type: "LineLogged", text: `Line ${i}`, happenedAt: FRIDAY }),
    (i) => ({ type: "CustomerTouched", customer: `cus_${i}` }),
    (i) => ({ ...exposed("confirmed"), concerning: `customer:cus_${i}` }),
    (i) => ({
      type: "ObligationMet",
      obligation: `notify-exposed@customer:cus_${i}`,
      moment: "notifiedAt",
      recipient: `customer:cus_${i}`,
      happenedAt: FRIDAY,
      evidence: "Call",
    }),
    (i) => ({ type: "EntryStruck", version: Math.max(2, i - 3), reason: "x" }),
  ];
  return Array.from({ length: count }, (_, i) => ({
    version: i + 1,
    id: `entry-${i + 1}`,
    at: plus(FRIDAY, i * 1_000),
    by: "account/ac_ada",
    event: i === 0 ? OPENED : (kinds[i % kinds.length] as (i: number) => IncidentEvent)(i),
  }));
}

const msOf = (act: () => unknown): number => {
  const times = Array.from({ length: 5 }, () => computedMs(act));
  return Math.min(...times);
};

describe("folding", () => {
  test("gives the same state from the start as from any JSON of the entries", () => {
    const all = entries(OPENED, severity("high"), exposed("suspected"), exposed("confirmed"));
    expect(foldIncident("INC-7", JSON.parse(JSON.stringify(all)) as typeof all)).toEqual(
      foldIncident("INC-7", all),
    );
  });

  test("leaves the entries as they were", () => {
    const all = entries(OPENED, severity("high"), exposed("confirmed"));
    const before = JSON.stringify(all);
    foldIncident("INC-7", all);
    expect(JSON.stringify(all)).toBe(before);
  });

  test("goes on where it ended to the same state, or says that it cannot", () => {
    const all = long(40);
    for (let from = 1; from < all.length; from += 1) {
      const incident = foldIncident("INC-7", all.slice(0, from));
      const added = all.slice(from, from + 1);
      const strikes = added.some(({ event }) => event.type === "EntryStruck");
      expect(foldFurther(incident, added)).toBe(!strikes);
      expect(incident).toEqual(foldIncident("INC-7", all.slice(0, strikes ? from : from + 1)));
    }
  });

  test("of 10,000 entries stays far below what a person notices", () => {
    const all = long(10_000);
    // Measured at 10 to 25 ms on two busy cores; a copy of the state at every entry takes seconds.
    expect(msOf(() => foldIncident("INC-7", all))).toBeLessThan(500);
  });

  test("refuses an entry of a type it does not know: its meaning must not be guessed", () => {
    const odd = { type: "MoonPhaseChanged" } as unknown as IncidentEvent;
    const all = [
      ...entries(OPENED),
      { version: 2, id: "entry-2", at: FRIDAY as Instant, by: "worker", event: odd },
    ];
    expect(() => foldIncident("INC-7", all)).toThrow(/MoonPhaseChanged/);
  });
});
