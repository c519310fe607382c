import { describe, expect, test } from "vitest";
import type { BoundClause } from "../../policy/clause.ts";
import type { NoticeRequested } from "../../notice/notice.ts";
import { exposed, given, OPENED, owed, owedAt, type Said, when } from "../given.ts";

const RECIPIENT = "customer:cus_1";
const clause = (id: string, met: BoundClause["met"]): BoundClause => ({
  id,
  duty: "notify",
  from: { claim: "data-exposed", is: "confirmed" },
  within: { count: 2, unit: "hours" },
  ...(met === undefined ? {} : { met }),
});
/** A contract that asks for a letter on its way, one that is accepted, and a call: each by 20:00. */
const SIGNED: readonly Said[] = [
  OPENED,
  {
    type: "CustomerTouched",
    customer: "cus_1",
    clauses: [
      clause("sent-2h", "sent"),
      clause("told-2h", undefined),
      clause("call-2h", "contact"),
    ],
  } as Said,
  "18:00",
  exposed("confirmed"),
];
const letter: NoticeRequested = {
  type: "NoticeRequested",
  notice: "N-4TTK",
  kind: "notice",
  automatic: false,
  author: "account/ac_ada",
  recipient: RECIPIENT,
  meets: ["notifiedAt"],
  to: { mail: "cleo@meridian.example" },
  subject: "Notice",
  body: "Files could be read.\n",
};
const delivered = (at: string): Said => ({
  type: "Delivered",
  notice: "N-4TTK",
  attempt: 1,
  at: Date.parse(`2026-11-20T${at}Z`) as never,
  response: "250 OK",
});
const bounced: Said = {
  type: "DeliveryFailed",
  notice: "N-4TTK",
  attempt: 2,
  reason: "550 5.1.1",
  permanent: true,
};
const spoke = {
  type: "RecordCall",
  recipient: RECIPIENT,
  outcome: "spoke",
  who: "Dr. Osei",
} as const;

const standings = (...said: readonly Said[]) => {
  const all = owedAt(given(...SIGNED, ...said), "22:00");
  return ["sent-2h", "told-2h", "call-2h"].map((id) => all[`${id}@${RECIPIENT}`]);
};
const called = (at: string, happenedAt = at): Said => {
  const events = when(given(...SIGNED), at, {
    ...spoke,
    happenedAt: Date.parse(`2026-11-20T${happenedAt}:00Z`) as never,
  }) as readonly Extract<Said, { type: string }>[];
  return events.find(({ type }) => type === "CallRecorded") as Said;
};

describe("what meets a duty to tell", () => {
  test("a letter that no server has taken meets nothing, however early it was written", () => {
    expect(standings("19:00", letter)).toEqual(["missed", "missed", "missed"]);
    expect(standings("19:00", letter, bounced)).toEqual(["missed", "missed", "missed"]);
  });

  test("one that left in time and was accepted late meets the others late", () => {
    expect(standings("20:00", letter, delivered("20:00:00.001"))).toEqual([
      "met",
      "met-late",
      "missed",
    ]);
    expect(standings("20:00", letter, delivered("20:00:00"))).toEqual(["met", "met", "missed"]);
  });

  test("one that came back leaves everything open, at its first due time", () => {
    const said: readonly Said[] = ["19:00", letter, delivered("19:00:01"), "21:00", bounced];
    expect(standings(...said)).toEqual(["missed", "missed", "missed"]);
    expect(owed(given(...SIGNED, ...said), `told-2h@${RECIPIENT}`).stoppedAt).toBeUndefined();
  });

  test("only a call meets what asks for one, and it meets no letter", () => {
    expect(standings("20:05", called("20:05", "20:00"))).toEqual(["missed", "missed", "met"]);
    expect(standings("20:05", called("20:05", "20:01"))).toEqual(["missed", "missed", "met-late"]);
  });

  test("that nobody answered meets nothing, and stays on record", () => {
    const [event] = when(given(...SIGNED), "19:00", { ...spoke, outcome: "no-answer" });
    expect(event).toMatchObject({ type: "CallRecorded", meets: [] });
    expect(standings("19:00", event as Said)).toEqual(["missed", "missed", "missed"]);
    expect(given(...SIGNED, event as Said).calls).toHaveLength(1);
  });

  test("a call that is struck from the record met nothing", () => {
    const said = given(...SIGNED, "19:00", called("19:00"));
    expect(owed(said, `call-2h@${RECIPIENT}`).stoppedAt).toBeDefined();
    const struck: Said = { type: "EntryStruck", version: said.version, reason: "Wrong company" };
    expect(standings("19:00", called("19:00"), struck)).toEqual(["missed", "missed", "missed"]);
  });

  test("neither a letter nor evidence of something else stands for it", () => {
    const incident = given(...SIGNED);
    const obligation = `call-2h@${RECIPIENT}`;
    const to = { mail: "cleo@meridian.example" };
    expect(
      when(incident, "19:00", { type: "SendNotice", obligation, to, subject: "x", body: "x" }),
    ).toEqual(["contact-demanded"]);
    expect(when(incident, "19:00", { type: "MeetObligation", obligation, evidence: "x" })).toEqual([
      "contact-demanded",
    ]);
  });

  test("refuses a call to nobody, without a name, or still to come", () => {
    const incident = given(...SIGNED);
    expect(when(incident, "19:00", { ...spoke, recipient: "customer:cus_9" })).toEqual([
      "recipient-unknown",
    ]);
    const { who: _, ...nameless } = spoke;
    expect(when(incident, "19:00", nameless)).toEqual(["text-missing"]);
    const happenedAt = Date.parse("2026-11-20T20:00:00Z") as never;
    expect(when(incident, "19:00", { ...spoke, happenedAt })).toEqual(["instant-in-future"]);
  });
});
