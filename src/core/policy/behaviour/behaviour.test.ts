import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { behaviour } from "./behaviour.ts";
import type { Clause } from "../clause.ts";
import { FENNEL } from "../fennel.ts";
import { parsePolicy } from "../parse/parse.ts";
import type { Policy } from "../policy.ts";

const EXAMPLES = ["vendor", "product", "solo"] as const;
const example = (name: string): Policy => {
  const text = readFileSync(join(import.meta.dirname, `../../../../policies/${name}.yaml`), "utf8");
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(`${name} does not parse`);
  return parsed.value.policy;
};

const hours = (count: number) => ({ count, unit: "hours" as const });
const says = (before: Policy, after: Policy): readonly string[] =>
  behaviour(before, after).lines.map((line) => line.says);
const withClause = (id: string, change: (clause: Clause) => Clause | undefined): Policy => ({
  ...FENNEL,
  clauses: FENNEL.clauses.flatMap((clause) =>
    clause.id === id ? (change(clause) ?? []) : [clause],
  ),
});

describe("the same behaviour", () => {
  it.each(EXAMPLES)("the %s policy differs from itself in nothing", (name) => {
    const policy = example(name);
    const compared = behaviour(policy, policy);
    expect(compared.lines).toEqual([]);
    expect(compared.situations).toBeGreaterThan(100);
  });

  it("other ids, another order and other words for the same promises are no difference", () => {
    const renamed: Policy = JSON.parse(
      JSON.stringify({ ...FENNEL, clauses: [...FENNEL.clauses].reverse() })
        .replaceAll('"critical"', '"sev-one"')
        .replaceAll('"data-exposed"', '"exposure-of-data"')
        .replaceAll('"research"', '"researchers"')
        .replaceAll('"notify-exposed"', '"tell-them"'),
    );
    expect(renamed.clauses.some(({ id }) => id === "tell-them")).toBe(true);
    expect(says(FENNEL, renamed)).toEqual([]);
  });

  it("a looser promise beside a tighter one from the same moment changes nothing", () => {
    const looser: Clause = {
      id: "triage-too",
      duty: "triage",
      to: "team",
      from: "receivedAt",
      within: hours(9),
    };
    expect(says(FENNEL, { ...FENNEL, clauses: [...FENNEL.clauses, looser] })).toEqual([]);
  });

  it("a moment that only this claim sets is the same trigger as the claim itself", () => {
    const after = withClause("notify-exposed", (clause) => ({ ...clause, from: "confirmedAt" }));
    expect(says(FENNEL, after)).toEqual([]);
  });
});

describe("a difference in a sentence", () => {
  it("a notice that is due later says by how much, and at which severity", () => {
    const after = withClause("notify-critical", (clause) => ({ ...clause, within: hours(72) }));
    expect(says(FENNEL, after)).toEqual([
      "Critical: notice to customers 48 hours later (within 72 hours instead of within 24 hours).",
    ]);
  });

  it("what is no longer owed at one severity is said of that one alone", () => {
    const after = withClause("mitigate-high", (clause) => ({
      ...clause,
      when: { severity: ["critical"] },
    }));
    const { lines } = behaviour(FENNEL, after);
    expect(lines.map((line) => line.says)).toEqual([
      "High: mitigation no longer owed (it was, within 48 hours of receiving it).",
    ]);
    expect(lines[0]).toMatchObject({ kind: "removed", severities: ["high"], duty: "mitigate" });
  });

  it("a channel that is no longer answered is named", () => {
    const after = withClause("ack", (clause) => ({ ...clause, when: { channel: ["research"] } }));
    expect(says(FENNEL, after)).toEqual([
      "Acknowledgement to the reporter no longer owed (it was, within 1 business day of receiving it), when it came by Support desk.",
    ]);
  });

  it("another trigger is told by what it was and what it is", () => {
    const after = withClause("notify-exposed", (clause) => ({
      ...clause,
      when: { fact: { claim: "data-exposed", is: ["suspected", "confirmed"] } },
      from: { claim: "data-exposed", is: "suspected" },
    }));
    const lines = says(FENNEL, after);
    expect(lines).toContain(
      "Notice to customers counted from suspecting that customer data are exposed instead of confirming that customer data are exposed.",
    );
  });

  it("business days instead of hours depend on when it starts, with the worst of the trials", () => {
    const after = withClause("triage", (clause) => ({
      ...clause,
      within: { count: 1, unit: "business-days" },
    }));
    const [line, ...more] = behaviour(FENNEL, after).lines;
    expect(more).toEqual([]);
    expect(line?.kind).toBe("later");
    expect(line?.says).toMatch(
      /^Triage up to \d+ h \d+ min later, depending on when it starts \(within 1 business day instead of within 4 hours; started /,
    );
  });

  it("a day and 24 hours differ only where the clocks change", () => {
    const one = withClause("triage", (clause) => ({ ...clause, within: hours(24) }));
    const other = withClause("triage", (clause) => ({
      ...clause,
      within: { count: 1, unit: "days", ends: "same-time" },
    }));
    expect(says(one, other)).toEqual([
      expect.stringMatching(
        /^Triage earlier or later by up to 1 hour, depending on when it starts/,
      ),
    ]);
  });

  it("a holiday that came shows in what counts business days", () => {
    const [office] = FENNEL.calendars;
    const after = {
      ...FENNEL,
      calendars: [{ ...office, holidays: [{ date: "2026-12-24" }, { date: "2026-12-25" }] }],
    } as Policy;
    const lines = says(FENNEL, after);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^Acknowledgement to the reporter up to \d+ (?:hours|days) later/);
    expect(lines[0]).toContain("started Wed 23 Dec 2026, 12:00 CET");
  });

  it("a number that becomes a best effort is said as such", () => {
    const after = withClause("triage", (clause) => ({ ...clause, within: "best-effort" }));
    expect(says(FENNEL, after)).toEqual(["Triage best effort instead of within 4 hours."]);
  });

  it("contents, what meets it, what ends it and the channel are each told", () => {
    const after = withClause("notify-critical", (clause) => ({
      ...clause,
      contents: ["what-happened"],
      until: "updatedAt",
      by: ["mail"],
    }));
    expect(says(FENNEL, after)).toEqual([
      "Critical: notice to customers must now contain “What happened”.",
      expect.stringMatching(/^Critical: notice to customers ends once .*, not once .*\.$/),
      "Critical: notice to customers goes by Mail to the primary contact instead of by no channel in particular.",
    ]);
  });

  it("a severity that came is said, with what it owes", () => {
    const after: Policy = {
      ...FENNEL,
      severities: [
        { id: "urgent", name: "Urgent", criteria: ["Everything."] },
        ...FENNEL.severities,
      ],
      clauses: FENNEL.clauses.map((clause) =>
        clause.id === "mitigate-critical"
          ? { ...clause, when: { severity: ["urgent", "critical"] } }
          : clause,
      ),
    };
    expect(says(FENNEL, after)).toEqual([
      "The severity Urgent is new.",
      "Urgent: mitigation now owed, within 8 hours of receiving it.",
    ]);
  });

  it("a claim that no longer counts as being aware is said: laws count from it", () => {
    const after: Policy = {
      ...FENNEL,
      facts: FENNEL.facts.map((fact) =>
        fact.claim === "data-exposed" ? { claim: fact.claim, says: fact.says } : fact,
      ),
    };
    expect(says(FENNEL, after)).toContain(
      "Confirming that customer data are exposed no longer counts as confirming it and becoming aware, from which laws and contracts count.",
    );
    expect(says(FENNEL, after)).toContainEqual(
      expect.stringMatching(/^Filing to the authority no longer owed/),
    );
  });

  it("what hangs on too many conditions is not guessed at", () => {
    const facts = Array.from({ length: 9 }, (_, i) => ({
      claim: `claim-${i}`,
      says: `claim ${i} holds`,
    }));
    const wide = (count: number): Policy => ({
      ...FENNEL,
      facts,
      clauses: [
        {
          id: "wide",
          duty: "notify",
          to: "customer",
          when: {
            any: facts.flatMap(({ claim }) => [
              { not: { fact: { claim, is: "confirmed" } } },
              { fact: { claim, is: "suspected" } },
            ]),
          },
          from: "openedAt",
          within: hours(count),
        },
      ],
    });
    expect(behaviour(wide(1), wide(2)).lines).toMatchObject([{ kind: "uncompared" }]);
  });
});

describe("properties", () => {
  it("a number made larger is never told as earlier, and back again is the opposite", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(
          "hours",
          "days",
          "business-days",
          "business-hours",
        ) as fc.Arbitrary<"hours">,
        (a, b, unit) => {
          const of = (count: number) =>
            withClause("triage", (clause) => ({ ...clause, within: { count, unit } }));
          const kinds = (from: number, to: number) =>
            behaviour(of(from), of(to)).lines.map(({ kind }) => kind);
          const expected = (from: number, to: number) =>
            from === to ? [] : [from < to ? "later" : "earlier"];
          expect(kinds(a, b)).toEqual(expected(a, b));
          expect(kinds(b, a)).toEqual(expected(b, a));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("what one text adds, the way back removes", () => {
    fc.assert(
      fc.property(fc.subarray(FENNEL.clauses, { minLength: 1 }), (clauses) => {
        const some: Policy = { ...FENNEL, clauses };
        const count = (from: Policy, to: Policy, kind: string) =>
          behaviour(from, to).lines.filter((line) => line.kind === kind).length;
        expect(count(FENNEL, some, "removed")).toBe(count(some, FENNEL, "added"));
        expect(count(FENNEL, some, "added")).toBe(count(some, FENNEL, "removed"));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a draft that has not decided everything", () => {
  const open: Policy = {
    ...FENNEL,
    effective: "undecided",
    calendars: FENNEL.calendars.map((one) => ({ ...one, zone: "undecided", windows: {} })),
  };

  it("is compared with what runs, and what runs with it", () => {
    expect(says(open, open)).toEqual([]);
    expect(behaviour(FENNEL, open).situations).toBeGreaterThan(0);
    expect(behaviour(open, FENNEL).situations).toBeGreaterThan(0);
  });
});
