import { describe, expect, it } from "vitest";
import type { PinnedPolicy } from "../context.ts";
import type { Clause } from "../policy/clause.ts";
import { FENNEL } from "../policy/fennel.ts";
import type { Policy } from "../policy/policy.ts";
import { standing } from "../policy/obligations.ts";
import { pinned } from "../policy/terms.ts";
import {
  entries,
  exposed,
  given,
  LAWFUL,
  OPENED,
  type Said,
  severity,
  time,
  when,
} from "./given.ts";
import { foldIncident } from "./incident.ts";
import { lawObligations } from "./owed/law-owed.ts";
import { incidentObligations } from "./owed/obligation.ts";
import type { IncidentRebased, RebaseIncident } from "./rebase.ts";

const second = (change: (policy: Policy) => Policy): PinnedPolicy => ({
  ...pinned(2, "2".repeat(64), change(FENNEL)),
  law: lawObligations,
});
const clauses = (change: (clause: Clause) => Clause | undefined): PinnedPolicy =>
  second((policy) => ({ ...policy, clauses: policy.clauses.flatMap((one) => change(one) ?? []) }));
const SAME = second((policy) => policy);

const COMMAND: RebaseIncident = {
  type: "RebaseIncident",
  policyVersion: 2,
  reason: "Version 2 mends the notice.",
};
const ask = (
  target: PinnedPolicy | undefined,
  said: readonly Said[],
  command: Partial<RebaseIncident> = {},
) =>
  when(
    given(OPENED, ...said),
    "18:30",
    { ...COMMAND, ...command },
    {
      beside: target === undefined ? {} : { policy: target },
    },
  );

/** The incident after it was moved to the version, and what it owes there. */
function after(target: PinnedPolicy, ...said: readonly Said[]) {
  const before = entries(OPENED, ...said);
  const events = ask(target, said) as readonly IncidentRebased[];
  const event = events.find(({ type }) => type === "IncidentRebased") as IncidentRebased;
  const version = before.length + 1;
  const incident = foldIncident("INC-7", [
    ...before,
    { version, seq: version, id: "rebased", at: time("18:30"), by: "account/ac_ada", event },
  ]);
  return { incident, owed: incidentObligations(incident, target) };
}

describe("re-basing", () => {
  it("names both versions, and keeps the reason in private", () => {
    expect(ask(SAME, [])).toEqual([
      {
        type: "IncidentRebased",
        fromVersion: 1,
        policyVersion: 2,
        policyHash: "2".repeat(64),
        reason: "Version 2 mends the notice.",
        answers: {},
        sets: {},
        met: {},
      },
    ]);
  });

  it("waits while a notice leaves as it was approved", () => {
    const drafted = {
      type: "NoticeDrafted",
      draft: "D-1",
      content: { kind: "update", subject: "Word", slots: [] },
      author: "account/ac_ada",
      from: { name: "Ada", mail: "ada@fennel.example" },
    } as const;
    const until = time("18:31");
    const held = { type: "NoticeHeld", draft: "D-1", hash: "0".repeat(64), until } as const;
    expect(ask(SAME, [drafted, held])).toEqual(["notice-draft-leaving"]);
    const stopped = { type: "NoticeStopped", draft: "D-1" } as const;
    expect(ask(SAME, [drafted, held, stopped])).toMatchObject([{ type: "IncidentRebased" }]);
  });

  it("counts what is on record by the new version from its own moments", () => {
    const target = clauses((clause) =>
      clause.id === "triage" ? { ...clause, within: { count: 9, unit: "hours" } } : clause,
    );
    const { incident, owed } = after(target);
    expect(incident.policy).toEqual({ version: 2, hash: "2".repeat(64) });
    const triage = owed.find(({ id }) => id === "triage@team");
    expect(triage?.dueAt).toBe(time("2026-11-21T02:40:00Z"));
  });

  it("facts from before set what the new vocabulary says", () => {
    const target = second((policy) => ({
      ...policy,
      facts: [{ claim: "data-exposed", says: "x", confirmed: { sets: ["identifiedAt"] } }],
    }));
    const { incident } = after(target, exposed("confirmed"));
    expect(Object.keys(incident.moments)).toContain("identifiedAt");
    expect(Object.keys(incident.moments)).not.toContain("awareAt");
  });

  it("what was met stays met, even where the clause now ends otherwise", () => {
    const target = clauses((clause) =>
      clause.id === "mitigate-critical" ? { ...clause, until: "fixedAt" } : clause,
    );
    const { owed } = after(target, severity("critical"), {
      type: "MitigationApplied",
      mitigation: "M-1",
      kind: "rotate",
      text: "Keys revoked",
      happenedAt: time("18:00"),
    });
    const one = owed.find(({ id }) => id === "mitigate-critical@team");
    expect(one && standing(one, time("2026-12-01T00:00:00Z"))).toBe("met");
    expect(one?.stoppedAt).toBe(time("18:00"));
  });

  it("a severity under another id is said, and its instant stays", () => {
    const target = second((policy) =>
      JSON.parse(JSON.stringify(policy).replaceAll('"critical"', '"sev1"')),
    );
    expect(ask(target, [severity("critical")])).toEqual(["severity-unknown"]);
    const [event] = ask(target, [severity("critical")], { severity: "sev1" }) as IncidentRebased[];
    expect(event?.severity).toBe("sev1");
  });

  it("answers to questions that are no longer asked are left behind", () => {
    const target = second((policy) => ({
      ...policy,
      questions: policy.questions.filter(({ id }) => id !== "down"),
    }));
    const said = { ...severity("critical"), answers: { exposed: "yes", down: "no" } as const };
    const [event] = ask(target, [said]) as IncidentRebased[];
    expect(event?.answers).toEqual({ exposed: "yes" });
  });

  it.each([
    ["a version that is none", undefined, {}, ["version-unknown"]],
    ["the version it has", { ...LAWFUL }, { policyVersion: 1 }, ["version-present"]],
    ["no reason", SAME, { reason: " " }, ["text-missing"]],
  ] as const)("refuses %s", (_, target, command, codes) => {
    expect(ask(target, [], command)).toEqual(codes);
  });

  it("a clause that would share its name with a contract's is refused", () => {
    const bond = {
      clauses: [
        {
          id: "their-notice",
          duty: "notify",
          from: "openedAt",
          within: { count: 5, unit: "hours" },
        },
      ],
      words: {},
    } as const;
    const touched: Said = {
      type: "CustomerTouched",
      customer: "cus_kestrel",
      clauses: bond.clauses,
      words: bond.words,
    };
    const target = clauses((clause) =>
      clause.id === "triage" ? { ...clause, id: "their-notice" } : clause,
    );
    expect(ask(target, [touched])).toEqual(["clause-taken"]);
    expect(ask(SAME, [touched])).toHaveLength(1);
  });

  it("a closed incident is taken up again first", () => {
    expect(ask(SAME, [{ type: "IncidentClosed", note: "Over" }])).toEqual(["incident-closed"]);
  });

  it("a clock that ran out before is recorded as missed first, by the old version", () => {
    const events = when(given(OPENED), "2026-11-21T12:00:00Z", COMMAND, {
      beside: { policy: clauses((clause) => (clause.id === "triage" ? undefined : clause)) },
    }) as readonly { type: string }[];
    expect(events.map(({ type }) => type)).toEqual(["ObligationMissed", "IncidentRebased"]);
  });
});
