import { describe, expect, test } from "vitest";
import type { PageRequested } from "../../notice/notice.ts";
import { ADA, BEN, isAllowed } from "../../policy/fennel.ts";
import { exposed, given, LAWFUL, OPENED, severity, time, when } from "../given.ts";
import { incidentObligations, incidentWakeAt } from "../owed/obligation.ts";
import { unforgotten } from "../owed/unforgotten.ts";

const LED = [OPENED, ADA, { type: "RoleTaken", role: "lead", person: ADA.id }] as const;
const to = (account: string, more: object = {}) =>
  ({ type: "HandOver", to: account, ...more }) as const;
const pagesIn = (events: readonly unknown[]): readonly PageRequested[] =>
  events.filter((one): one is PageRequested => (one as PageRequested).type === "PageRequested");

describe("handing over", () => {
  test("moves every role that one holds, and what is in hand, and mails what is open", () => {
    const incident = given(
      ...LED,
      { type: "RoleTaken", role: "speaker", person: ADA.id },
      severity("critical"),
      { type: "ClockTaken", obligation: "mitigate@team" },
    );
    const said = when(incident, "18:30", to(BEN.id, { note: "The host has an open ticket." }));
    expect(said).toMatchObject([
      { type: "RoleTaken", role: "lead", person: BEN.id },
      { type: "RoleTaken", role: "speaker", person: BEN.id },
      {
        type: "HandedOver",
        from: ADA.id,
        to: BEN.id,
        roles: ["lead", "speaker"],
        note: "The host has an open ticket.",
      },
      { type: "PageRequested", to: [{ name: BEN.name, mail: BEN.mail }] },
    ]);
    const after = given(
      ...LED,
      { type: "ClockTaken", obligation: "mitigate@team" },
      { type: "HandedOver", from: ADA.id, to: BEN.id, roles: [] },
    );
    expect(after.held["mitigate@team"]?.takenBy).toBe(BEN.id);
  });

  test("says in the mail who handed over, and nothing of the note or the title", () => {
    const incident = given(...LED, severity("critical"));
    const [page] = pagesIn(when(incident, "18:30", to(BEN.id, { note: "Ask Meridian first" })));
    expect(page?.body).toContain("Ada has handed over to you: ");
    expect(page?.body).toContain("Their note stands in the incident.");
    expect(`${page?.subject} ${page?.body}`).not.toMatch(/Meridian|Bucket|exports/);
  });

  test("goes to somebody of the team who can act, and is of something that is held", () => {
    const incident = given(...LED, severity("critical"));
    const reader = { ...BEN, id: "account/ac_rhea", name: "Rhea", role: "reader" as const };
    expect(when(incident, "18:30", to("account/ac_dov"))).toEqual(["person-unknown"]);
    expect(when(incident, "18:30", to(ADA.id))).toEqual(["handover-self"]);
    expect(when(incident, "18:30", to(ADA.id, { from: BEN.id }))).toEqual(["handover-nothing"]);
    expect(when(incident, "18:30", to(reader.id), { team: [ADA, BEN, reader] })).toEqual([
      "handover-reader",
    ]);
    expect(isAllowed(when(incident, "18:30", to(BEN.id, { from: ADA.id })))).toBe(true);
  });
});

describe("the deadlines to keep", () => {
  const begun = given("18:00", OPENED, "18:05", severity("critical"));
  const copies = (at: string, incident = begun) =>
    pagesIn(when(incident, at, { type: "Wake" })).filter(({ rung }) => rung === "deadlines");

  test("are mailed a quarter of an hour after the first severity, and not before", () => {
    expect(incidentWakeAt(begun, LAWFUL)).toBe(time("18:20"));
    expect(copies("18:19")).toEqual([]);
    expect(copies("18:20")).toHaveLength(1);
  });

  test("are every open one, absolute and with its zone, and who is to be called", () => {
    const incident = given("18:00", ...LED, "18:05", severity("critical"), exposed("confirmed"));
    const [page] = copies("18:20", incident);
    expect(page?.to).toEqual([{ name: ADA.name, mail: ADA.mail }]);
    expect(page?.subject).toMatch(/^Open deadlines as of .* \(keep this mail\)$/);
    const dated = incidentObligations(incident, LAWFUL).filter(
      ({ dueAt, stoppedAt }) => dueAt !== undefined && stoppedAt === undefined,
    );
    const lines = page?.body.split("\n").filter((line) => /^\w{3} \d+ \w{3} 2026, /.test(line));
    expect(dated.length).toBeGreaterThan(1);
    expect(lines?.length).toBeGreaterThan(1);
    for (const line of lines ?? []) expect(line).toMatch(/\d\d:\d\d [A-Z]{3,4}/);
    expect(page?.body).toMatch(/WHOM TO CALL\n.*Ada/);
  });

  test("are mailed once, however often and late the worker looks", () => {
    const [page] = copies("18:20");
    const sent = given("18:00", OPENED, "18:05", severity("critical"), "18:20", page!);
    expect(copies("18:21", sent)).toEqual([]);
    expect(copies("2026-11-23T08:00:00Z", sent)).toEqual([]);
  });

  test("wait an hour where nobody sets a severity, and never come of a closed one", () => {
    const unranked = given("18:00", OPENED);
    expect(copies("18:59", unranked)).toEqual([]);
    expect(copies("19:00", unranked).length).toBe(
      incidentObligations(unranked, LAWFUL).some(({ dueAt }) => dueAt !== undefined) ? 1 : 0,
    );
    const closed = given("18:00", OPENED, severity("critical"), {
      type: "IncidentClosed",
    } as never);
    expect(copies("19:30", closed)).toEqual([]);
  });
});

test("what must not be forgotten is what was excepted, begun and promised", () => {
  const incident = given(...LED, severity("critical"), {
    type: "GateExcepted",
    of: "fix",
    gate: "second-engineer",
    reason: "Alone tonight",
  });
  const named = (id: string): string => (id === ADA.id ? "Ada" : id);
  expect(unforgotten(incident, [], LAWFUL.policy, named)).toMatchObject([
    { kind: "gate", says: expect.stringMatching(/^Passed by exception, by Ada: /) },
  ]);
});
