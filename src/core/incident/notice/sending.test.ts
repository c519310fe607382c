import { describe, expect, test } from "vitest";
import { ADA, BEN } from "../../policy/fennel.ts";
import { given, LAWFUL, owed, type Said, time, when, whyNot } from "../given.ts";
import type { IncidentCommand, IncidentEvent } from "../incident.ts";
import { incidentWakeAt } from "../owed/obligation.ts";
import { leavesAt } from "./sending-due.ts";
import type { Incident } from "../state.ts";
import { findingsOf } from "./telling.ts";
import {
  beside,
  CONTENT,
  after,
  draft,
  name,
  context,
  named,
  approve,
  asBen,
  send,
} from "./sending.fixture.ts";

describe("sending", () => {
  const approved = after(draft, name, [approve, asBen]);
  const holding = after(draft, name, [approve, asBen], send);

  test("holds for a minute, in which nothing leaves and it can be held back", () => {
    const incident = given(...holding);
    expect(leavesAt(incident)).toBe(time("20:04"));
    expect(incidentWakeAt(incident, LAWFUL)).toBeLessThanOrEqual(time("20:04"));
    const early = when(incident, "20:03", { type: "Wake" }) as IncidentEvent[];
    expect(early.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
    const stopped = when(incident, "20:03", { type: "HoldBack", draft: "D-1" }) as IncidentEvent[];
    expect(stopped).toEqual([{ type: "NoticeStopped", draft: "D-1" }]);
    const back = given(...holding, "20:03", ...stopped);
    const late = when(back, "21:00", { type: "Wake" }) as IncidentEvent[];
    expect(late.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
    expect(when(back, "21:00", send, { beside })).toMatchObject([{ type: "NoticeHeld" }]);
  });

  test("is held back only while it is held: before and after there is nothing to hold", () => {
    const back: IncidentCommand = { type: "HoldBack", draft: "D-1" };
    const code = "notice-draft-not-holding";
    const refused = (said: readonly Said[]) => whyNot(given(...said), "21:00", back);
    expect(refused(approved)).toEqual([
      { code, message: "It is not about to leave.", at: "/draft" },
    ]);
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const sent = [...holding, "20:04", ...left];
    expect(left.some(({ type }) => type === "NoticeRequested")).toBe(true);
    expect(refused(sent)).toEqual([{ code, message: "It has left.", at: "/draft" }]);
  });

  test("is one letter each, met by its arrival, and asked for once", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const letters = left.filter((event) => event.type === "NoticeRequested");
    expect(letters.map(({ recipient, to }) => [recipient, to.mail])).toEqual([
      ["customer:cus_1", "cleo@meridian.example"],
      ["customer:cus_2", "ute@kestrel.example"],
    ]);
    expect(new Set(letters.map(({ notice }) => notice)).size).toBe(2);
    expect(left).toContainEqual({ type: "NoticeLeft", draft: "D-1", recipients: 2 });
    const gone = given(...holding, "20:04", ...left);
    const again = when(gone, "20:06", { type: "Wake" }) as IncidentEvent[];
    expect(again.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
    expect(owed(gone, "notify-exposed@customer:cus_1").stoppedAt).toBeUndefined();
    const first = letters[0]?.notice ?? "";
    const arrived = given(...holding, "20:04", ...left, {
      type: "Delivered",
      notice: first,
      attempt: 1,
      at: time("20:05"),
      response: "250 OK",
    });
    expect(owed(arrived, "notify-exposed@customer:cus_1").stoppedAt).toBe(time("20:05"));
    expect(owed(arrived, "notify-exposed@customer:cus_2").stoppedAt).toBeUndefined();
    const word = owed(arrived, `next-word-${first.toLowerCase()}@customer:cus_1`);
    expect(word).toMatchObject({ startedAt: time("20:05"), dueAt: CONTENT.nextWordAt });
  });

  test("what became of many is recorded as it would be of each, and paged about once", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const [one = "", two = ""] = left.flatMap((event) =>
      event.type === "NoticeRequested" ? [event.notice] : [],
    );
    const gone = given(...holding, "20:04", ...left);
    const failed = { is: "failed", reason: "550 no" } as const;
    const arrived = { is: "delivered", at: time("20:05"), response: "250 OK" } as const;
    const both = (outcomes: readonly (typeof failed | typeof arrived)[]) =>
      when(gone, "20:05", {
        type: "RecordDeliveries",
        reports: [one, two].map((notice, i) => ({
          notice,
          attempt: 1,
          outcome: outcomes[i] ?? failed,
        })),
      });
    const apart = (notice: string, outcome: typeof failed | typeof arrived) =>
      when(gone, "20:05", { type: "RecordDelivery", notice, attempt: 1, outcome });
    expect(both([arrived, failed])).toEqual([...apart(one, arrived), ...apart(two, failed)]);
    const pages = (both([failed, failed]) as IncidentEvent[]).filter(
      (event) => event.type === "PageRequested",
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]?.subject).toBe(
      "NOT DELIVERED: 2 notices, what they were to meet is still open",
    );
    for (const id of [one, two]) expect(pages[0]?.body).toContain(id);
  });

  test("promises the next word, which any later one keeps, and a call that is recorded too", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const notice = left.find((event) => event.type === "NoticeRequested")?.notice ?? "";
    const id = `next-word-${notice.toLowerCase()}@customer:cus_1`;
    const arrived = { type: "Delivered", attempt: 1, response: "250 OK" } as const;
    const first = { ...arrived, notice, at: time("20:05") };
    const later: IncidentEvent = {
      type: "NoticeRequested",
      notice: "N-LATER",
      kind: "notice",
      automatic: false,
      recipient: "customer:cus_1",
      meets: [],
      to: { mail: "cleo@meridian.example" },
      subject: "Update",
      body: "More is known.",
    };
    const second = { ...arrived, notice: "N-LATER", at: time("23:05") };
    const asked = [...holding, "20:04", ...left, first, "23:00", later] as const;
    expect(owed(given(...asked), id).stoppedAt).toBeUndefined();
    expect(owed(given(...asked, second), id).stoppedAt).toBe(time("23:05"));
    const call: IncidentCommand = { type: "MeetObligation", obligation: id, evidence: "Called" };
    const met = when(given(...asked), "23:30", call) as IncidentEvent[];
    expect(owed(given(...asked, "23:30", ...met), id).stoppedAt).toBe(time("23:30"));
  });

  test("that came back is open again, and its address is not written to once more unseen", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const notice = left.find((event) => event.type === "NoticeRequested")?.notice ?? "";
    const back: readonly Said[] = [
      ...holding,
      "20:04",
      ...left,
      { type: "Delivered", notice, attempt: 1, at: time("20:05"), response: "250 OK" },
      { type: "DeliveryFailed", notice, attempt: 1, reason: "No such user", permanent: true },
    ];
    expect(owed(given(...back), "notify-exposed@customer:cus_1").stoppedAt).toBeUndefined();
    const again = {
      ...(named[named.length - 1] as IncidentEvent & { draft: string }),
      draft: "D-2",
    };
    const saved = when(given(...back), "21:00", draft) as IncidentEvent[];
    const incident = given(...back, "21:00", ...saved, again as IncidentEvent);
    const held = incident.drafts["D-2"] as NonNullable<Incident["drafts"]["D-2"]>;
    const findings = findingsOf(incident, held, {
      ...context,
      at: time("21:05"),
      by: ADA.id,
      team: [ADA, BEN],
      url: "",
      beside,
    });
    expect(findings.map(({ code, at }) => [code, at])).toContainEqual([
      "contact-bounced",
      "/recipients/customer:cus_1",
    ]);
  });

  test("goes on behind what was asked for, whenever it was killed", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const cut = given(...holding, "20:04", left[0] as IncidentEvent);
    const rest = when(cut, "20:05", { type: "Wake" }, { fresh: "ZZZZ9999AA" }) as IncidentEvent[];
    const letters = rest.filter((event) => event.type === "NoticeRequested");
    expect(letters.map(({ recipient }) => recipient)).toEqual(["customer:cus_2"]);
  });

  test("does not happen in other words than were approved, and somebody is told", () => {
    // The zone of whoever has none of their own: their next word is said in it.
    const elsewhere = { zone: "America/New_York" };
    const incident = given(...holding);
    const events = when(incident, "20:04", { type: "Wake" }, elsewhere) as IncidentEvent[];
    expect(events.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
    expect(events).toContainEqual({ type: "NoticeStopped", draft: "D-1", differs: true });
    const page = events.find((event) => event.type === "PageRequested" && event.rung === "stopped");
    expect(page).toMatchObject({
      to: expect.arrayContaining([{ name: ADA.name, mail: ADA.mail }]),
      subject: expect.stringMatching(/^NOT SENT: /),
      body: expect.stringMatching(/D-1.*approved.*Nothing of it has left/s),
    });
    expect(JSON.stringify(page)).not.toContain(incident.title);
    const stopped = given(...holding, "20:04", ...events);
    expect(stopped.drafts["D-1"]).toMatchObject({ state: "draft" });
    expect(stopped.drafts["D-1"]?.approvedBy).toBeUndefined();
    expect(owed(stopped, "notify-exposed@customer:cus_1").stoppedAt).toBeUndefined();
    const later = when(stopped, "21:00", { type: "Wake" }, elsewhere) as IncidentEvent[];
    expect(later.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
    expect(when(stopped, "21:00", send, { beside, ...elsewhere })).not.toMatchObject([
      { type: "NoticeHeld" },
    ]);
  });

  test("stops in the middle where the words changed there, and says how many had left", () => {
    const left = when(given(...holding), "20:04", { type: "Wake" }) as IncidentEvent[];
    const cut = given(...holding, "20:04", left[0] as IncidentEvent);
    const held = when(cut, "20:05", { type: "HoldBack", draft: "D-1" });
    expect(held).toEqual([{ type: "NoticeStopped", draft: "D-1", asked: 1 }]);
    const rest = when(cut, "20:05", { type: "Wake" }, { zone: "Asia/Tokyo" }) as IncidentEvent[];
    expect(rest).toContainEqual({ type: "NoticeStopped", draft: "D-1", differs: true, asked: 1 });
    expect(rest.filter(({ type }) => type === "NoticeRequested")).toEqual([]);
  });

  test("passes over nobody in silence: who is no longer concerned is named", () => {
    const cleared = given(...holding, {
      type: "CustomerCleared",
      customer: "cus_2",
      reason: "Another bucket",
    });
    const left = when(cleared, "20:04", { type: "Wake" }) as IncidentEvent[];
    expect(left.filter(({ type }) => type === "NoticeRequested")).toHaveLength(1);
    expect(left.find(({ type }) => type === "NoticeLeft")).toMatchObject({
      skipped: ["customer:cus_2"],
    });
  });

  test("is its author's, and takes a reason to be shorter than usual", () => {
    const incident = given(...approved);
    expect(when(incident, "20:30", send, { beside, ...asBen })).toEqual(["author-other"]);
    const now = { ...send, holdSeconds: 0 } as IncidentCommand;
    expect(when(incident, "20:30", now, { beside })).toEqual(["hold-reason-missing"]);
    const reason = "Due in two minutes.";
    expect(
      when(incident, "20:30", { ...now, reason } as IncidentCommand, { beside }),
    ).toMatchObject([{ until: time("20:30") }]);
    expect(ADA.id).not.toBe(BEN.id);
  });

  test("cannot be changed or sent again by a second person", () => {
    const incident = given(...holding);
    expect(when(incident, "20:03", send, { beside })).toEqual(["notice-draft-leaving"]);
    const edit = { type: "DraftNotice", draft: "D-1", ...CONTENT } as const;
    expect(when(incident, "20:03", edit)).toEqual(["notice-draft-leaving"]);
  });
});
