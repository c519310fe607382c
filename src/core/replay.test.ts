import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PinnedPolicy } from "./context.ts";
import { entries, exposed, LAWFUL, OPENED, type Said, severity, time } from "./incident/given.ts";
import { lawObligations } from "./incident/owed/law-owed.ts";
import type { Clause } from "./policy/clause.ts";
import { FENNEL } from "./policy/fennel.ts";
import { pinned } from "./policy/terms.ts";
import { replayIncident } from "./replay.ts";

const NOW = time("2026-12-20T12:00:00Z");
const hours = (count: number) => ({ count, unit: "hours" as const });

const draft = (change: (clause: Clause) => Clause | undefined): PinnedPolicy => ({
  ...pinned(0, "d".repeat(64), {
    ...FENNEL,
    clauses: FENNEL.clauses.flatMap((clause) => change(clause) ?? []),
  }),
  law: lawObligations,
});
const within = (id: string, count: number) =>
  draft((clause) => (clause.id === id ? { ...clause, within: hours(count) } : clause));

const told = (target: PinnedPolicy, ...said: readonly Said[]) =>
  replayIncident("INC-7", entries(OPENED, ...said), { pinned: LAWFUL, target, now: NOW });
const kinds = (target: PinnedPolicy, ...said: readonly Said[]) =>
  told(target, ...said).moves.map(({ kind, was, is }) => [
    kind,
    was?.standing ?? null,
    is?.standing ?? null,
  ]);

const MITIGATED: Said = {
  type: "MitigationApplied",
  mitigation: "M-1",
  kind: "rotate",
  text: "Keys revoked",
  happenedAt: time("2026-11-21T02:00:00Z"),
};

describe("a draft over what happened", () => {
  it("what was met in time and would have been too late is said to be missed", () => {
    // Received 17:40, mitigated 8 h 20 min later: late by eight hours, in time by twelve.
    expect(kinds(within("mitigate-critical", 12), severity("critical"), MITIGATED)).toEqual([
      ["later", "met-late", "met"],
    ]);
    expect(kinds(within("mitigate-high", 4), severity("high"), MITIGATED)).toEqual([
      ["earlier", "met", "met-late"],
    ]);
  });

  it("a promise that the draft no longer makes vanishes, and a new one appears", () => {
    const without = draft((clause) => (clause.id === "triage" ? undefined : clause));
    expect(kinds(without)).toEqual([["vanishes", "missed", null]]);
    const other = replayIncident("INC-7", entries(OPENED), {
      pinned: without,
      target: LAWFUL,
      now: NOW,
    });
    expect(other.moves.map(({ kind }) => kind)).toEqual(["appears"]);
  });

  it("another id for the same promise moves nothing", () => {
    const renamed = draft((clause) => ({ ...clause, id: `new-${clause.id}` }));
    expect(kinds(renamed, severity("critical"), exposed("confirmed"), MITIGATED)).toEqual([]);
  });

  it("facts set what the draft's vocabulary has them set", () => {
    const silent: PinnedPolicy = {
      ...pinned(0, "e".repeat(64), {
        ...FENNEL,
        facts: FENNEL.facts.map(({ claim, says }) => ({ claim, says })),
      }),
      law: lawObligations,
    };
    const gone = told(silent, exposed("confirmed")).moves;
    expect(gone.map(({ kind, was }) => [kind, was?.obligation.clause.id])).toEqual([
      ["vanishes", "file"],
    ]);
  });

  it("what the draft has no word for is said", () => {
    const other: PinnedPolicy = {
      ...pinned(0, "e".repeat(64), {
        ...FENNEL,
        severities: FENNEL.severities.filter(({ id }) => id !== "high"),
        facts: FENNEL.facts.filter(({ claim }) => claim !== "data-exposed"),
      }),
      law: lawObligations,
    };
    const { unknown } = told(other, severity("high"), exposed("suspected"));
    expect(unknown).toEqual([
      "It has the severity High, which is not in that text.",
      "The claim data-exposed is on record, and not in that text.",
    ]);
  });

  it("a severity that only has another id there is the same one", () => {
    const text = JSON.stringify(FENNEL).replaceAll('"critical"', '"sev1"');
    const renamed: PinnedPolicy = {
      ...pinned(0, "e".repeat(64), JSON.parse(text)),
      law: lawObligations,
    };
    expect(told(renamed, severity("critical"), MITIGATED)).toEqual({ moves: [], unknown: [] });
  });
});

describe("properties", () => {
  const happenings: readonly Said[] = [
    severity("low"),
    severity("high"),
    severity("critical"),
    exposed("suspected"),
    exposed("confirmed"),
    { type: "CustomerTouched", customer: "cus_kestrel", stage: "production" },
    MITIGATED,
    { type: "IncidentResolved", note: "Over" },
  ];

  it("replaying the version that an incident runs under moves nothing", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...happenings]), (said) => {
        expect(told(LAWFUL, ...said)).toEqual({ moves: [], unknown: [] });
      }),
    );
  });

  it("a longer target never makes anything due earlier, nor missed that was kept", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...happenings]),
        fc.integer({ min: 0, max: 500 }),
        (said, more) => {
          const longer = draft((clause) =>
            typeof clause.within === "object" && clause.within.unit === "hours"
              ? { ...clause, within: hours(clause.within.count + more) }
              : clause,
          );
          for (const { kind, was, is } of told(longer, ...said).moves) {
            expect(["later", "changes"]).toContain(kind);
            if (was?.standing === "met") expect(is?.standing).toBe("met");
          }
        },
      ),
    );
  });
});
