import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ADA, FRIDAY, PINNED } from "../../policy/fennel.ts";
import { HOUR_MS, MINUTE_MS, plus } from "../../time/instant.ts";
import { entries, exposed, given, OPENED, type Said, severity } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";
import { foldFurther } from "../further.ts";
import { foldIncident } from "../incident.ts";
import { incidentObligations } from "./obligation.ts";

const before: readonly Said[] = [
  OPENED,
  severity("sev1"),
  { type: "CustomerTouched", customer: "cus_1" },
  exposed("confirmed"),
];
const obligation = "notify-exposed@customer:cus_1";
const to = { name: "Cleo", mail: "cleo@meridian.example" };
const asked = {
  type: "NoticeRequested",
  notice: "N-1",
  kind: "notice",
  automatic: false,
  author: ADA.id,
  recipient: "customer:cus_1",
  meets: ["notifiedAt"],
  to,
  subject: "Files could be read",
  body: "Yours too.",
  nextWordAt: plus(FRIDAY, HOUR_MS),
} as const satisfies IncidentEvent;

const AFTER: readonly IncidentEvent[] = [
  { type: "LineLogged", text: "Keys revoked", happenedAt: FRIDAY },
  { type: "EntryMarked", version: 2, key: true },
  {
    type: "NoticeDrafted",
    draft: "D-1",
    content: { kind: "preliminary", subject: "Files could be read", slots: [] },
    author: ADA.id,
    from: to,
  },
  {
    type: "RecipientsNamed",
    draft: "D-1",
    recipients: [{ id: "customer:cus_1", name: "Meridian Health", to }],
  },
  { type: "RecipientsDropped", draft: "D-1", recipients: ["customer:cus_1"] },
  asked,
  {
    type: "PageRequested",
    page: "half-1",
    rung: "half",
    obligation,
    dueAt: FRIDAY,
    to: [to],
    subject: "Due soon",
    body: "Look.",
  },
  { type: "DeliveryDeferred", notice: "N-1", attempt: 1, reason: "busy", nextAt: FRIDAY },
  { type: "ReminderReached", obligation, rung: "half", dueAt: FRIDAY },
  {
    type: "ObligationMissed",
    obligation,
    clause: "notify-exposed",
    recipient: "customer:cus_1",
    dueAt: FRIDAY,
  },
  { type: "ClockTaken", obligation },
  { type: "RoleTaken", role: "lead", person: ADA.id },
  { type: "RoleLeft", role: "lead" },
];

describe("what is owed is not counted again", () => {
  test.each(AFTER.map((event) => [event.type, event] as const))("after %s", (_, event) => {
    const all = entries(...before, event);
    const incident = foldIncident("INC-7", all.slice(0, -1));
    const owed = incidentObligations(incident, PINNED);
    expect(owed.length).toBeGreaterThan(0);
    expect(foldFurther(incident, all.slice(-1))).toBe(true);
    expect(incidentObligations(incident, PINNED)).toBe(owed);
    // Nor by whoever folds the same entries anew.
    expect(incidentObligations(foldIncident("INC-7", all), PINNED)).toBe(owed);
    // And it is what counting gives: of a copy nothing is known.
    expect(incidentObligations({ ...incident }, PINNED)).toEqual(owed);
  });

  test("but once a word has arrived it is: what it met has stopped, and what it promised runs", () => {
    const delivered = {
      type: "Delivered",
      notice: "N-1",
      attempt: 1,
      at: plus(FRIDAY, 5 * MINUTE_MS),
      response: "250",
    } as const;
    const owed = incidentObligations(given(...before, asked, delivered), PINNED);
    expect(owed.find(({ id }) => id === obligation)?.stoppedAt).toBe(delivered.at);
    expect(owed.map(({ id }) => id)).toContain("next-word-n-1@customer:cus_1");
  });

  test("but after everything else it is, and as of an earlier entry, and under another policy", () => {
    const all = entries(...before, { type: "CustomerCleared", customer: "cus_1", reason: "x" });
    const now = incidentObligations(foldIncident("INC-7", all), PINNED);
    const then = incidentObligations(foldIncident("INC-7", all.slice(0, -1)), PINNED);
    const ids = (owed: typeof now) => owed.map(({ id }) => id);
    expect(ids(then)).toContain(obligation);
    expect(ids(now)).not.toContain(obligation);
    expect(incidentObligations(foldIncident("INC-7", all), PINNED)).toEqual(now);
    const bare = { ...PINNED, terms: { ...PINNED.terms, clauses: [] } };
    expect(incidentObligations(foldIncident("INC-7", all), bare)).toEqual([]);
  });

  test("and what is supposed of an incident is not what is so", () => {
    const incident = given(...before);
    const owed = incidentObligations(incident, PINNED);
    const supposed = { ...incident, customers: [] };
    expect(incidentObligations(supposed, PINNED).length).toBeLessThan(owed.length);
    expect(incidentObligations(incident, PINNED)).toBe(owed);
  });
});

describe("what came back from one recipient", () => {
  const CUSTOMERS = ["cus_1", "cus_2", "cus_3"];
  const clauses = [
    {
      clause: "c1",
      text: "We are told.",
      document: "dpa",
      terms: { duty: "notify", from: "awareAt", within: { count: 24, unit: "hours" } },
    },
  ];
  const touched = CUSTOMERS.map(
    (customer) => ({ type: "CustomerTouched", customer, bond: { clauses } }) as never,
  );
  const letters = CUSTOMERS.flatMap((customer) =>
    ["a", "b"].map((which) => ({
      ...asked,
      notice: `N-${customer}-${which}`,
      recipient: `customer:${customer}`,
    })),
  );
  const start = entries(
    OPENED,
    severity("sev1"),
    ...touched,
    exposed("confirmed"),
    ...letters,
    AFTER[6] as IncidentEvent,
  );
  const noticeOf = fc.constantFrom(...letters.map(({ notice }) => notice), "half-1", "N-unknown");
  const minutes = fc.integer({ min: 1, max: 90 });
  const came = fc.oneof(
    fc.record({
      type: fc.constant("Delivered" as const),
      notice: noticeOf,
      attempt: fc.constant(1),
      at: minutes.map((count) => plus(FRIDAY, count * MINUTE_MS)),
      response: fc.constant("250"),
    }),
    fc.record({
      type: fc.constant("DeliveryFailed" as const),
      notice: noticeOf,
      attempt: fc.constant(2),
      reason: fc.constant("550"),
      permanent: fc.constant(true as const),
    }),
    fc.constantFrom<IncidentEvent>(
      AFTER[0] as IncidentEvent,
      { type: "CustomerCleared", customer: "cus_2", reason: "x" },
      severity("sev2"),
      {
        type: "ObligationExtended",
        obligation,
        dueAt: plus(FRIDAY, 90 * HOUR_MS),
        reason: "x",
        agreedBy: "x",
      } as never,
    ),
  );

  test("is counted as if everything were counted again, whatever came between", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(came, fc.boolean()), { maxLength: 14 }), (all) => {
        const incident = foldIncident("INC-7", start);
        expect(incidentObligations(incident, PINNED).length).toBeGreaterThan(3);
        const bare = { ...PINNED, terms: { ...PINNED.terms, clauses: [] } };
        all.forEach(([event, isAsked], i) => {
          const version = start.length + 1 + i;
          const at = plus(FRIDAY, (100 + i) * MINUTE_MS);
          foldFurther(incident, [{ version, id: `entry-${version}`, at, by: "worker", event }]);
          if (!isAsked) return;
          if (i % 5 === 4) incidentObligations(incident, bare);
          // Of a copy nothing is known.
          expect(incidentObligations(incident, PINNED)).toEqual(
            incidentObligations({ ...incident }, PINNED),
          );
        });
      }),
      { numRuns: 300 },
    );
  });

  test("leaves what is owed to the others as it is", () => {
    const incident = foldIncident("INC-7", start);
    const before = new Map(incidentObligations(incident, PINNED).map((one) => [one.id, one]));
    const event = {
      type: "Delivered",
      notice: "N-cus_1-a",
      attempt: 1,
      at: plus(FRIDAY, 5 * MINUTE_MS),
      response: "250",
    } as const;
    const version = start.length + 1;
    foldFurther(incident, [{ version, id: `entry-${version}`, at: event.at, by: "worker", event }]);
    const after = incidentObligations(incident, PINNED);
    expect(after.find(({ id }) => id === obligation)?.stoppedAt).toBe(event.at);
    const others = after.filter(({ recipient }) => recipient.id === "customer:cus_2");
    expect(others.length).toBeGreaterThan(0);
    for (const one of others) expect(one).toBe(before.get(one.id));
  });
});
