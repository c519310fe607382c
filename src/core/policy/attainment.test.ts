import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attainment, type Group, keptShare, ORIGINS, OUTCOMES, total } from "./attainment.ts";

const group = (more: Partial<Group>): Group => ({
  clause: "triage",
  origin: "policy",
  duty: "triage",
  to: "team",
  party: null,
  outcome: "met",
  count: 1,
  disputed: 0,
  extended: 0,
  ...more,
});

describe("a promise against its record", () => {
  it("counts what was met, met late, missed, waived and still runs in one line", () => {
    const [line, ...more] = attainment([
      group({ outcome: "met", count: 7 }),
      group({ outcome: "met-late", count: 2, disputed: 1 }),
      group({ outcome: "missed" }),
      group({ outcome: "waived" }),
      group({ outcome: "running", count: 3, extended: 2 }),
    ]);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      applied: 14,
      met: 7,
      metLate: 2,
      missed: 1,
      waived: 1,
      running: 3,
      disputed: 1,
      extended: 2,
    });
    expect(line && keptShare(line)).toBe(0.7);
  });

  it("two customers' contracts may call their clauses the same, and stay two promises", () => {
    const of = (party: string) =>
      group({ origin: "contract", clause: "notice", to: "customer", party });
    expect(attainment([of("customer:a"), of("customer:b"), of("customer:a")])).toMatchObject([
      { party: "customer:a", applied: 2 },
      { party: "customer:b", applied: 1 },
    ]);
  });

  it("what only runs or was waived has no share", () => {
    const [line] = attainment([group({ outcome: "running" }), group({ outcome: "waived" })]);
    expect(line && keptShare(line)).toBeUndefined();
  });
});

describe("properties", () => {
  const groups = fc.array(
    fc.record({
      clause: fc.constantFrom("ack", "triage", "notify"),
      origin: fc.constantFrom(...ORIGINS),
      duty: fc.constant("triage"),
      to: fc.constantFrom("team", "customer"),
      party: fc.constantFrom(null, "customer:a"),
      outcome: fc.constantFrom(...OUTCOMES),
      count: fc.nat(50),
      disputed: fc.nat(5),
      extended: fc.nat(5),
    }),
  );

  it("nothing is lost and nothing counted twice", () => {
    fc.assert(
      fc.property(groups, (all) => {
        const lines = attainment(all);
        const sum = total(lines);
        expect(sum.applied).toBe(all.reduce((count, one) => count + one.count, 0));
        for (const one of [...lines, sum])
          expect(one.met + one.metLate + one.missed + one.waived + one.running).toBe(one.applied);
        for (const outcome of OUTCOMES) {
          const of = all.filter((one) => one.outcome === outcome);
          const name = outcome === "met-late" ? "metLate" : outcome;
          expect(sum[name]).toBe(of.reduce((count, one) => count + one.count, 0));
        }
      }),
    );
  });
});
