import { describe, expect, test } from "vitest";
import { regimes } from "../../../server/regimes.ts";
import { factNames } from "../../law/fact-names.ts";
import { factsAsked } from "../../law/profile.ts";
import type { Regime } from "../../law/regime.ts";
import { context } from "../../policy/fennel.ts";
import type { Rule } from "../../time/rule/rule.ts";
import { HOUR_MS, plus } from "../../time/instant.ts";
import { exposed, given, LAWFUL, OPENED, owed, owedAt, time, when } from "../given.ts";
import { meet } from "../../notice/meet.ts";
import { governing } from "../../policy/governing.ts";
import type { PinnedPolicy } from "../../context.ts";
import type { Incident } from "../state.ts";
import { decide, type IncidentEvent } from "../incident.ts";
import { lawTakenUp } from "./law.ts";
import { filingMoment } from "../outward/filing-moment.ts";
import { lawSet } from "./law-owed.ts";
import { incidentObligations } from "./obligation.ts";

const TOLD = { role: ["controller"], jurisdictions: ["EU"] };
const [TAKEN_UP] = lawTakenUp({ told: TOLD, regimes: regimes() });
const told = (name: string, value: string | number | boolean): IncidentEvent => ({
  type: "FactTold",
  name,
  value,
});

const AWARE = told("awareAt", "2026-11-20T20:05:00Z");
const PERSONAL = told("personalData", true);
const SA = "gdpr-33-1-sa-notification@authority:sa";

describe("laws that could bind us", () => {
  test("are those of what we state to be, and no proposal", () => {
    if (TAKEN_UP.type !== "LawTakenUp") throw new Error("not taken up");
    const ids = TAKEN_UP.regimes.map(({ id }) => id);
    expect(ids).toContain("gdpr-33-1");
    expect(ids).not.toContain("uk-gdpr-33-1");
    expect(ids).not.toContain("gdpr-33-2");
  });

  test("fit one entry even for who is nearly everything everywhere", () => {
    const roles = ["controller", "processor", "manufacturer", "covered-entity", "us-registrant"];
    const places = ["EU", "UK", "US", "US-CA", "US-NY", "US-TX", "BR", "IN", "SG", "KR", "SA"];
    const many = { role: [...roles, "data-owner"], entity: "important", jurisdictions: places };
    const [event] = lawTakenUp({ told: many, regimes: regimes() });
    expect(JSON.stringify(event).length).toBeLessThan(50_000);
  });

  test("ask nothing before their trigger is told, and are shown as undecided", () => {
    const incident = given(OPENED, TAKEN_UP, AWARE);
    expect(owedAt(incident, "21:00")[SA]).toBeUndefined();
    const set = lawSet(incident, LAWFUL.terms);
    const undecided =
      set?.ok && set.value.obligations.find(({ stage }) => stage === "sa-notification");
    expect(undecided).toMatchObject({
      state: "scope-undecided",
      dueAt: plus(time("20:05"), 72 * HOUR_MS),
    });
  });

  test("are obligations once the facts say so, counted from when we were aware", () => {
    const obligation = owed(given(OPENED, TAKEN_UP, PERSONAL, AWARE), SA);
    expect(obligation.dueAt).toBe(plus(time("20:05"), 72 * HOUR_MS));
    expect(obligation.clause.cites).toContain("Art. 33");
  });

  test("read the moments that the policy's own facts set", () => {
    const incident = given(OPENED, TAKEN_UP, PERSONAL, exposed("confirmed"));
    expect(owed(incident, SA).dueAt).toBe(plus(owed(incident, SA).startedAt, 72 * HOUR_MS));
  });

  test("are met by recording the filing, and late where it was late", () => {
    const filed = (happenedAt: string): IncidentEvent => ({
      type: "ObligationMet",
      obligation: SA,
      moment: filingMoment("gdpr-33-1", "sa-notification"),
      recipient: "authority:sa",
      happenedAt: time(happenedAt),
      evidence: "receipt 4711",
    });
    const base = [OPENED, TAKEN_UP, PERSONAL, AWARE] as const;
    const due = "2026-11-23T20:05:00Z";
    expect(owedAt(given(...base, filed(due)), due)[SA]).toBe("met");
    const late = "2026-11-23T20:05:00.001Z";
    expect(owedAt(given(...base, filed(late)), late)[SA]).toBe("met-late");
  });

  test.each([
    ["at the due instant it still runs", "2026-11-23T20:05:00Z", "running"],
    ["one millisecond later it is missed", "2026-11-23T20:05:00.001Z", "missed"],
  ])("%s", (_, at, expected) => {
    expect(owedAt(given(OPENED, TAKEN_UP, PERSONAL, AWARE), at)[SA]).toBe(expected);
  });

  test("wake people like any other clock that ran out", () => {
    const incident = given(OPENED, TAKEN_UP, PERSONAL, AWARE);
    const events = when(incident, "2026-11-23T20:06:00Z", { type: "Wake" });
    expect(events).toContainEqual(
      expect.objectContaining({ type: "ObligationMissed", obligation: SA }),
    );
  });

  test("are counted once: the policy's own promises stay what they were", () => {
    const without = incidentObligations(given(OPENED), LAWFUL).map(({ id }) => id);
    const beside = incidentObligations(given(OPENED, TAKEN_UP), LAWFUL).map(({ id }) => id);
    expect(beside).toEqual(without);
  });
});

describe("a clause of the policy that keeps a stage of a law", () => {
  const keeping = (hours: number): PinnedPolicy => ({
    ...LAWFUL,
    terms: {
      ...LAWFUL.terms,
      clauses: [
        ...LAWFUL.terms.clauses,
        {
          id: "file-authority",
          duty: "file",
          to: "authority",
          from: "awareAt",
          within: { count: hours, unit: "hours" },
          keeps: "gdpr-33-1/sa-notification",
        },
      ],
    },
  });
  const OURS = "file-authority@authority";
  const under = (incident: Incident, hours: number) =>
    incidentObligations(incident, keeping(hours)).filter(({ id }) => id === OURS || id === SA);
  const incident = given(OPENED, exposed("confirmed"), TAKEN_UP, PERSONAL);
  const governs = (hours: number) =>
    governing(under(incident, hours), ({ id, clause, recipient, dueAt }) => ({
      id,
      duty: clause.duty,
      recipient: recipient.id,
      dueAt,
    })).map((one) => [one.governs.id, one.slack.map(({ id }) => id)]);

  test("is one lane with it: the earlier instant governs, the other is slack", () => {
    expect(governs(48)).toEqual([[OURS, [SA]]]);
    expect(governs(96)).toEqual([[SA, [OURS]]]);
  });

  test("is owed to the authority in general where the law is not looked at", () => {
    const [ours] = under(given(OPENED, exposed("confirmed")), 48);
    expect(ours?.recipient.id).toBe("authority");
  });

  test.each([[OURS], [SA]])("meeting %s meets both: there is one filing", (obligation) => {
    const found = under(incident, 48).find(({ id }) => id === obligation);
    const met = meet(
      incidentObligations(incident, keeping(48)),
      { type: "MeetObligation", obligation, evidence: "Receipt 4711" },
      { at: time("21:30") },
    );
    if (!met.ok) throw new Error("refused");
    const after = given(OPENED, exposed("confirmed"), TAKEN_UP, PERSONAL, "21:30", ...met.value);
    expect(found?.stoppedAt).toBeUndefined();
    expect(under(after, 48).map(({ stoppedAt }) => stoppedAt)).toEqual([
      time("21:30"),
      time("21:30"),
    ]);
  });
});

describe("what is owed to each customer", () => {
  const [BOTH] = lawTakenUp({
    told: { role: ["processor"], jurisdictions: ["EU"] },
    regimes: regimes(),
  });
  const touched = (customer: string): IncidentEvent => ({ type: "CustomerTouched", customer });
  const base = [
    OPENED,
    BOTH,
    PERSONAL,
    AWARE,
    touched("cus_kestrel"),
    touched("cus_oakline"),
  ] as const;
  const to = (customer: string) => `gdpr-33-2-processor-to-controller@customer:${customer}`;
  const toldTo = (customer: string): IncidentEvent => ({
    type: "ObligationMet",
    obligation: to(customer),
    moment: filingMoment("gdpr-33-2", "processor-to-controller"),
    recipient: `customer:${customer}`,
    happenedAt: time("21:00"),
    evidence: "mail 12",
  });

  test("is met for the one who was told, and open for the other", () => {
    const standings = owedAt(given(...base, toldTo("cus_kestrel")), "22:00");
    expect(standings[to("cus_kestrel")]).toBe("met");
    expect(standings[to("cus_oakline")]).toBe("owed");
  });

  test("is met for all when the last was told", () => {
    const all = given(...base, toldTo("cus_kestrel"), toldTo("cus_oakline"));
    const standings = owedAt(all, "22:00");
    expect([standings[to("cus_kestrel")], standings[to("cus_oakline")]]).toEqual(["met", "met"]);
  });
});

describe("what is asked", () => {
  const asked = (told: Record<string, unknown>) =>
    factsAsked(
      regimes().filter(({ id }) => id === "gdpr-33-1" || id === "gdpr-34"),
      told,
    );

  test("is what would decide, one question for one thing", () => {
    expect(asked({})).toEqual(["highRisk", "personalData", "risk"]);
  });

  test("is nothing that was told, by whichever of its names", () => {
    expect(asked({ personalDataBreach: true, risk: "risk" })).toEqual(["highRisk"]);
  });
});

describe("telling a fact", () => {
  test("of a moment needs an instant", () => {
    const tell = { type: "TellFact", name: "awareAt", value: "yesterday" } as const;
    expect(when(given(OPENED), "21:00", tell)).toEqual(["told-value-invalid"]);
  });

  test("that is no name of one is refused", () => {
    const tell = { type: "TellFact", name: "filed", value: true } as const;
    expect(when(given(OPENED), "21:00", tell)).toEqual(["told-name-invalid"]);
  });
});

describe("a name that no law reads", () => {
  const facts = factNames(regimes());
  const tell = (name: string, value: string | boolean) =>
    when(given(OPENED), "21:00", { type: "TellFact", name, value }, { beside: { facts } });

  test("is refused with the nearest that is read, and nothing is kept", () => {
    expect(tell("personalDatas", true)).toEqual(["told-name-unknown"]);
    const refused = decide(
      given(OPENED),
      { type: "TellFact", name: "individualNotifiedAt", value: "2026-11-20T20:05:00Z" },
      context(time("21:00"), { beside: { facts } }),
    );
    expect(refused.ok ? "" : refused.problems[0].message).toContain(
      "did you mean individualsNotifiedAt?",
    );
  });

  test("every fact that the room asks for may be told, and what stops or holds a clock", () => {
    const names = factsAsked(regimes(), {});
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !facts.has(name))).toEqual([]);
    const more = ["holdUntil", "zone", "riskRaisedAt", "anpdNotifiedAt", "measureAvailableAt"];
    expect(more.filter((name) => !facts.has(name))).toEqual([]);
  });

  test("a moment that only the policy counts from may be told", () => {
    expect(tell("receivedAt", "2026-11-20T20:05:00Z")).toMatchObject([{ type: "FactTold" }]);
  });
});

test("a moment that names its authority meets the stage that is filed there", () => {
  const brazil = regimes().find(({ id }) => id === "br-lgpd-48") as Regime;
  const taken = { type: "LawTakenUp", told: {}, regimes: [brazil] } as const;
  const us = [told("role", "controller"), told("jurisdictions", "BR"), told("relevantRisk", true)];
  const opened = { type: "RegimeOpened", regime: brazil } as const;
  const known = told("knownAt", "2026-11-20T20:05:00Z");
  const before = given(OPENED, taken, ...us, opened, known);
  const anpd = (incident: typeof before) =>
    incidentObligations(incident, LAWFUL).filter(({ clause }) => clause.law?.stage === "anpd");
  expect(anpd(before).map(({ stoppedAt }) => stoppedAt)).toEqual([undefined]);
  const filed = told("anpdNotifiedAt", "2026-11-21T12:00:00Z");
  const after = given(OPENED, taken, ...us, opened, known, filed);
  expect(anpd(after).map(({ stoppedAt }) => stoppedAt)).toEqual([
    Date.parse("2026-11-21T12:00:00Z"),
  ]);
});

test("laws that cannot be counted at all are one thing owed that says why, not nothing", () => {
  const gdpr = regimes().find(({ id }) => id === "gdpr-33-1") as Regime;
  const days = { kind: "days", n: 3, anchor: "awareAt" } as const;
  const rule: Rule = { kind: "minZones", zones: ["Mars/Base"], rule: days };
  const broken = { ...gdpr, clauses: gdpr.clauses.map((one) => ({ ...one, within: { rule } })) };
  const incident = given(OPENED, { type: "RegimeOpened", regime: broken }, PERSONAL, AWARE);
  expect(lawSet(incident, LAWFUL.terms)?.ok).toBe(false);
  const uncounted = owed(incident, "law-uncounted@authority:law");
  expect(uncounted.problem?.code).toBe("zone-unknown");
  expect(uncounted.clause.says).toContain(uncounted.problem?.message);
});

describe("telling what no law can be counted by", () => {
  test("a zone that is none is refused: by it every law would fall silent", () => {
    const tell = { type: "TellFact", name: "zone", value: "Mars/Phobos" } as const;
    expect(when(given(OPENED), "21:00", tell)).toEqual(["zone-unknown"]);
  });

  test("a zone that was erased leaves the laws counted by the policy's own", () => {
    const erased = told("zone", "[erased]");
    const incident = given(OPENED, TAKEN_UP, PERSONAL, AWARE, erased);
    expect(owed(incident, SA).dueAt).toBe(plus(time("20:05"), 72 * HOUR_MS));
  });

  test("a moment thousands of years off leaves what other laws ask as it was", () => {
    const california = regimes().filter(({ id }) => id === "us-ca-1798-82");
    const opened = { type: "RegimeOpened", regime: california[0] as Regime } as const;
    const far = told("discoveredAt", "9999-12-31T23:00:00Z");
    const incident = given(OPENED, TAKEN_UP, PERSONAL, AWARE, opened, far);
    expect(owed(incident, SA).dueAt).toBe(plus(time("20:05"), 72 * HOUR_MS));
  });
});

describe("opening a regime", () => {
  const california = regimes().find(({ id }) => id === "us-ca-1798-82");

  test("makes it binding here, whatever we state to be", () => {
    const opened = decide(
      given(OPENED),
      { type: "OpenRegime", regime: "us-ca-1798-82" },
      context(time("21:00"), { beside: california ? { regime: california } : {} }),
    );
    if (!opened.ok) throw new Error(opened.problems[0].code);
    const found = told("discoveredAt", "2026-11-20T20:05:00Z");
    const owing = incidentObligations(given(OPENED, ...opened.value, found), LAWFUL);
    const individuals = owing.find(({ id }) => id.startsWith("us-ca-1798-82-individuals"));
    expect(individuals?.dueAt).toBe(Date.parse("2026-12-20T23:00:00Z"));
    expect(individuals?.isDayEnd).toBe(true);
  });

  test("twice is refused: it binds here already", () => {
    const command = { type: "OpenRegime", regime: "us-ca-1798-82" } as const;
    const beside = california ? { regime: california } : {};
    const opened = decide(given(OPENED), command, context(time("21:00"), { beside }));
    if (!opened.ok) throw new Error(opened.problems[0].code);
    const again = decide(
      given(OPENED, ...opened.value),
      command,
      context(time("21:00"), { beside }),
    );
    expect(again.ok ? [] : again.problems).toEqual([
      {
        code: "regime-opened",
        message: "us-ca-1798-82 is opened here already.",
        at: "/regime",
      },
    ]);
  });

  test("that is none is refused", () => {
    const refused = decide(
      given(OPENED),
      { type: "OpenRegime", regime: "eu-nothing" },
      context(time("21:00"), { beside: {} }),
    );
    expect(refused.ok ? "" : refused.problems[0].code).toBe("regime-unknown");
  });
});

test("taking up needs somebody to have stated what we are", () => {
  const refused = decide(
    given(OPENED),
    { type: "TakeUpLaw" },
    context(time("21:00"), { beside: {} }),
  );
  expect(refused.ok ? "" : refused.problems[0].code).toBe("profile-missing");
});
