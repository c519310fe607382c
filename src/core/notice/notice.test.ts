import { describe, expect, test } from "vitest";
import { ADA, BEN, FRIDAY } from "../policy/fennel.ts";
import { type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import {
  keepNotice,
  type NoticeEvent,
  type NoticeKeeper,
  type NoticeRequested,
  noticeId,
  type RecordDelivery,
  recordDelivery,
} from "./notice.ts";

const requested: NoticeRequested = {
  type: "NoticeRequested",
  notice: "N-4TTK",
  kind: "acknowledgement",
  automatic: false,
  author: BEN.id,
  recipient: "reporter:R-7QK4-M2",
  meets: ["acknowledgedAt"],
  to: { mail: "ravi@kestrel.example" },
  subject: "We are looking",
  body: "Thank you.",
};
const SENT = { "acknowledgedAt.sent/reporter:R-7QK4-M2": FRIDAY };
const at = (minutes: number): Instant => plus(FRIDAY, minutes * MINUTE_MS);

function keeper(...events: readonly NoticeEvent[]): NoticeKeeper {
  const draft: NoticeKeeper = { notices: {}, moments: {}, held: {} };
  for (const [i, event] of events.entries()) {
    keepNotice(draft, { version: i + 1, id: `entry-${i + 1}`, at: at(i), by: BEN.id, event });
  }
  return draft;
}

const delivered = (notice = "N-4TTK", attempt = 1, minutes = 5): NoticeEvent => ({
  type: "Delivered",
  notice,
  attempt,
  at: at(minutes),
  response: "250 OK",
});
const failed: NoticeEvent = {
  type: "DeliveryFailed",
  notice: "N-4TTK",
  attempt: 1,
  reason: "550 No such user",
  permanent: true,
};
const report = (outcome: RecordDelivery["outcome"], attempt = 1): RecordDelivery => ({
  type: "RecordDelivery",
  notice: "N-4TTK",
  attempt,
  outcome,
});
const accepted = report({ is: "delivered", at: at(5), response: "250 OK" });
const bounced = report({ is: "failed", reason: "550 No such user" });
const team = { to: [ADA, BEN], link: "https://due.fennel.example/app", mark: "" };

function record(state: NoticeKeeper, command: RecordDelivery) {
  const decided = recordDelivery(state, command, team);
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
}

describe("a delivery", () => {
  test("reaches the recipient's moments at the instant their server accepted", () => {
    expect(record(keeper(requested), accepted)).toEqual([delivered()]);
    expect(keeper(requested, delivered()).moments).toEqual({
      ...SENT,
      "acknowledgedAt/reporter:R-7QK4-M2": at(5),
    });
  });

  test("of an automatic word reaches nothing, whatever it claims", () => {
    const receipt: NoticeRequested = { ...requested, kind: "receipt", automatic: true };
    expect(keeper(receipt, delivered()).moments).toEqual({});
  });

  test("reported twice is recorded once", () => {
    expect(record(keeper(requested, delivered()), accepted)).toEqual([]);
    expect(record(keeper(requested, failed), bounced)).toEqual([]);
    expect(record(keeper(requested, failed), accepted)).toEqual([]);
  });

  test("put off is recorded once for each attempt", () => {
    const later = report({ is: "deferred", reason: "451 Greylisted", nextAt: at(9) });
    const [deferred] = record(keeper(requested), later) as readonly NoticeEvent[];
    expect(deferred).toMatchObject({ type: "DeliveryDeferred", nextAt: at(9) });
    const state = keeper(requested, deferred as NoticeEvent);
    expect(state.notices["N-4TTK"]).toMatchObject({ state: "deferred", attempts: 1 });
    expect(record(state, later)).toEqual([]);
    expect(record(state, { ...later, attempt: 2 })).toHaveLength(1);
  });

  test("of a notice that nobody asked for is refused", () => {
    expect(record(keeper(), accepted)).toEqual(["notice-unknown"]);
  });
});

describe("a failure", () => {
  test("wakes the author and whoever can act, without saying what it was about", () => {
    const events = record(keeper(requested), bounced);
    expect(events).toMatchObject([
      failed,
      {
        type: "PageRequested",
        page: "failed:N-4TTK",
        rung: "failed",
        obligation: "N-4TTK",
        to: [{ name: "Ada" }, { name: "Ben" }],
      },
    ]);
    expect(JSON.stringify(events)).not.toContain("ravi@");
  });

  test("of a page wakes nobody about the page", () => {
    const page: NoticeEvent = {
      type: "PageRequested",
      page: "N-4TTK",
      rung: "half",
      obligation: "ack@reporter:R-7QK4-M2",
      to: [],
      subject: "",
      body: "",
    };
    expect(record(keeper(page), bounced)).toEqual([failed]);
  });

  test("after an acceptance is a bounce: what it met is open again", () => {
    expect(record(keeper(requested, delivered()), bounced)).toHaveLength(2);
    expect(keeper(requested, delivered(), failed).moments).toEqual({});
  });

  test("leaves standing what another notice has reached", () => {
    const second: NoticeRequested = { ...requested, notice: "N-4TTM" };
    const state = keeper(requested, second, delivered(), delivered("N-4TTM", 1, 8), failed);
    expect(state.moments).toEqual({
      "acknowledgedAt.sent/reporter:R-7QK4-M2": at(1),
      "acknowledgedAt/reporter:R-7QK4-M2": at(8),
    });
  });
});

describe("a notice's name", () => {
  test("is as short as it can be and still its own", () => {
    expect(noticeId({}, "4TTKMX7Q2P")).toBe("N-4TTK");
    expect(noticeId(keeper(requested).notices, "4TTKMX7Q2P")).toBe("N-4TTKM");
  });
});
