import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { regimes } from "../server/regimes.ts";
import { FRIDAY, instant } from "./policy/fennel.ts";
import { obligations } from "./policy/obligations.ts";
import { parsePolicy, policyHash } from "./policy/parse/parse.ts";
import { pinned } from "./policy/terms.ts";
import { type Simulated, simulate, type SupposedFact, type Supposition } from "./simulation.ts";
import { HOUR_MS, plus, toIsoSeconds } from "./time/instant.ts";

const AT = FRIDAY;

const TEXT = readFileSync("src/core/policy/fennel.yaml", "utf8");
const parsed = parsePolicy(TEXT);
if (!parsed.ok) throw new Error(parsed.problems[0].message);
const PINNED = pinned(1, policyHash(TEXT), parsed.value.policy);

function supposed(more: Partial<Supposition> = {}): Simulated {
  const all = { at: AT, severity: "critical", facts: [], told: {}, customers: [], ...more };
  const simulated = simulate(all, PINNED, regimes());
  if (!simulated.ok) throw new Error(simulated.problems[0].message);
  return simulated.value;
}

const exposed = (at = AT): SupposedFact => ({ claim: "data-exposed", state: "confirmed", at });
const find = <T extends { readonly clause?: string }>(list: readonly T[], clause: string) =>
  list.find((one) => one.clause === clause);

describe("what a policy would owe", () => {
  test("is counted from the instant supposed", () => {
    expect(find(supposed().obligations, "triage-critical")).toMatchObject({
      regime: "policy",
      recipient: "team",
      state: "due",
      due: toIsoSeconds(plus(AT, 4 * HOUR_MS)),
      governs: true,
    });
  });

  test("is shown in UTC where a draft has not decided its time zone", () => {
    const { policy } = parsed.ok ? parsed.value : { policy: PINNED.policy };
    const calendars = policy.calendars.map((one) => ({ ...one, zone: "undecided", windows: {} }));
    const open = pinned(1, "", { ...policy, calendars });
    const asked = { at: AT, severity: "critical", facts: [], told: {}, customers: [] };
    const simulated = simulate(asked, open, regimes());
    expect(simulated.ok && find(simulated.value.obligations, "triage-critical")?.due).toBe(
      toIsoSeconds(plus(AT, 4 * HOUR_MS)),
    );
  });

  test("starts what counts from triage, and still shows that triage was promised", () => {
    const text = `${TEXT.trimEnd()}\n`.replace(
      "  - id: notify-exposed\n",
      `  - id: mitigate-soon
    duty: mitigate
    to: team
    from: triagedAt
    within: { count: 24, unit: hours }
  - id: notify-exposed\n`,
    );
    const own = parsePolicy(text);
    if (!own.ok) throw new Error(own.problems[0].message);
    const policy = pinned(1, policyHash(text), own.value.policy);
    const asked = { at: AT, severity: "critical", facts: [], told: {}, customers: [] };
    const simulated = simulate(asked, policy, []);
    if (!simulated.ok) throw new Error(simulated.problems[0].message);
    const { obligations: owed } = simulated.value;
    expect(find(owed, "mitigate-soon")?.due).toBe(toIsoSeconds(plus(AT, 24 * HOUR_MS)));
    expect(find(owed, "triage-critical")?.state).toBe("due");
  });

  test("is owed with the stage of a law that it keeps, the sooner of the two governing", () => {
    const keeping = (hours: number): readonly unknown[] => {
      const own = parsePolicy(
        TEXT.replace(
          "  - id: notify-exposed\n",
          `  - id: file-authority
    duty: file
    to: authority
    from: awareAt
    within: { count: ${hours}, unit: hours }
    keeps: gdpr-33-1/sa-notification
  - id: notify-exposed\n`,
        ),
      );
      if (!own.ok) throw new Error(own.problems[0].message);
      const told = { role: "controller", personalData: true, risk: "risk", regime: "gdpr-33-1" };
      const asked = { at: AT, severity: "critical", facts: [exposed()], told, customers: [] };
      const both = simulate(asked, pinned(1, policyHash(TEXT), own.value.policy), regimes());
      if (!both.ok) throw new Error(both.problems[0].message);
      return ["file-authority", "gdpr-33-1/sa-notification"].map((clause) => {
        const one = find(both.value.obligations, clause);
        return [one?.recipient, one?.slackOf];
      });
    };
    expect(keeping(48)).toEqual([
      ["sa", undefined],
      ["sa", "file-authority"],
    ]);
    expect(keeping(96)).toEqual([
      ["sa", "gdpr-33-1/sa-notification"],
      ["sa", undefined],
    ]);
  });

  test("is not owed before its fact, and the reason is said", () => {
    const { obligations: owed, notDue } = supposed();
    expect(find(owed, "notify-exposed")).toBeUndefined();
    expect(find(notDue, "notify-exposed")?.reason).toBe("whether its condition holds is not known");
  });

  test("is shown as a ghost that becomes exactly what it showed", () => {
    const [ghost] = supposed().ghosts.filter(({ claim }) => claim === "data-exposed");
    const shown = find(ghost?.obligations ?? [], "notify-exposed");
    expect(shown).toBeDefined();
    expect(shown).toEqual(find(supposed({ facts: [exposed()] }).obligations, "notify-exposed"));
  });

  test("of a claim that is confirmed is no ghost", () => {
    const { ghosts } = supposed({ facts: [exposed()] });
    expect(ghosts.map(({ claim }) => claim)).not.toContain("data-exposed");
  });

  test("counts a fact from when it is held, not from when it reached us", () => {
    const later = plus(AT, 3 * HOUR_MS);
    const due = find(supposed({ facts: [exposed(later)] }).obligations, "notify-exposed")?.due;
    expect(due).toBe(toIsoSeconds(plus(later, 24 * HOUR_MS)));
  });
});

describe("a contract beside the policy", () => {
  const bond = {
    clauses: [
      {
        id: "kestrel-dpa-7",
        duty: "notify" as const,
        from: "exposureConfirmedAt",
        within: { count: 48, unit: "hours" as const },
      },
    ],
    words: { "kestrel-dpa-7": { source: "DPA §7", text: "within 48 hours of confirming" } },
  };
  const kestrel = { recipient: { kind: "customer" as const, id: "customer:kestrel" }, bond };

  test("is slack where the policy is tighter", () => {
    const owed = supposed({ facts: [exposed()], customers: [kestrel] }).obligations;
    expect(find(owed, "notify-exposed")).toMatchObject({ governs: true });
    expect(find(owed, "kestrel-dpa-7")).toMatchObject({
      regime: "contract",
      recipient: "customer:kestrel",
      due: toIsoSeconds(plus(AT, 48 * HOUR_MS)),
      governs: false,
      slackOf: "notify-exposed",
    });
  });

  test("binds nobody else", () => {
    const other = { recipient: { kind: "customer" as const, id: "customer:oakline" } };
    const owed = supposed({ facts: [exposed()], customers: [kestrel, other] }).obligations;
    const bound = owed.filter(({ clause }) => clause === "kestrel-dpa-7");
    expect(bound.map(({ recipient }) => recipient)).toEqual(["customer:kestrel"]);
  });
});

describe("what laws would ask", () => {
  const told = { role: "controller", jurisdictions: ["EU"], personalData: true };

  test("is read from the policy's own moments: confirming sets awareAt", () => {
    const owed = supposed({ facts: [exposed()], told }).obligations;
    expect(find(owed, "gdpr-33-1/sa-notification")).toMatchObject({
      state: "due",
      due: toIsoSeconds(plus(AT, 72 * HOUR_MS)),
    });
  });

  test("is undecided, never silent, where a fact that decides is not told", () => {
    const owed = supposed({ facts: [exposed()], told }).obligations;
    expect(find(owed, "gdpr-34/individuals")).toMatchObject({ state: "scope-undecided" });
  });

  test("is nothing where nobody said what we are", () => {
    const owed = supposed({ facts: [exposed()] }).obligations;
    expect(owed.filter(({ regime }) => regime !== "policy")).toEqual([]);
  });
});

test("an unknown severity and an unknown claim are both said, with what would be right", () => {
  const facts = [{ ...exposed(), claim: "data-leaked" }];
  const asked = { at: AT, severity: "sev9", facts, told: {}, customers: [] };
  const refused = simulate(asked, PINNED, []);
  expect(refused.ok ? [] : refused.problems).toMatchObject([
    { code: "severity-unknown", at: "/severity" },
    { code: "claim-unknown", at: "/facts/0" },
  ]);
});

test("a policy of the largest size is refused for a hundred customers, not counted for seconds", () => {
  const { policy } = parsed.value;
  const [clause] = policy.clauses;
  const [claim] = policy.facts;
  const huge = {
    ...policy,
    clauses: Array.from({ length: 500 }, (_, i) => ({ ...clause, id: `clause-${i}` })),
    facts: Array.from({ length: 100 }, (_, i) => ({ ...claim, claim: `claim-${i}` })),
  } as typeof policy;
  const customers = Array.from({ length: 100 }, (_, i) => ({
    recipient: { kind: "customer" as const, id: `customer:cus_${i}` },
  }));
  const refused = simulate({ at: AT, facts: [], told: {}, customers }, pinned(1, "x", huge), []);
  expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual([
    "simulation-too-large",
  ]);
  expect(supposed({ customers }).obligations.length).toBeGreaterThan(0);
});

test("nothing is counted a second way: the policy's part is what incidents owe", () => {
  const situation = {
    openedAt: AT,
    facts: [],
    severity: [{ to: "critical", at: AT }],
    moments: new Map(["receivedAt", "firstSignalAt", "openedAt"].map((name) => [name, AT])),
    recipients: [],
  };
  const [ours] = obligations(PINNED.terms, situation);
  expect(find(supposed().obligations, ours?.clause.id ?? "")?.due).toBe(
    toIsoSeconds(ours?.dueAt ?? instant("1970-01-01T00:00:00Z")),
  );
});
