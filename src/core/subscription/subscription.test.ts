import { describe, expect, test } from "vitest";
import type { BareContext, Person } from "../context.ts";
import type { Recorded } from "../recorded.ts";
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import {
  CONFIRM_MS_MAX,
  decide,
  foldSubscription,
  type SubscriptionCommand,
  type SubscriptionEvent,
  type TellSubscriber,
} from "./subscription.ts";

const AT = parseInstant("2026-11-20T17:30:00Z") as Instant;
const ADA: Person = { id: "account/ac_ada", name: "Ada", mail: "ada@fennel.dev", role: "owner" };

const asks: SubscriptionCommand = {
  type: "AskSubscription",
  mail: "cleo@meridian.example",
  topics: ["policy"],
  confirm: { subject: "Please confirm", body: "…" },
  already: { subject: "You hear already", body: "…" },
};
const tells = (version: number, publishedAt: Instant): TellSubscriber => ({
  type: "TellSubscriber",
  topic: "policy",
  version,
  publishedAt,
  author: ADA.id,
  letter: { subject: "Version", body: "…" },
  unsubscribe: "https://respond.fennel.dev/unsubscribe/x",
});

function record() {
  const entries: Recorded<SubscriptionEvent>[] = [];
  const state = () => foldSubscription("sub_1", entries);
  let made = 0;
  const send = (
    command: SubscriptionCommand,
    at: Instant = AT,
    team: readonly Person[] = [ADA],
  ) => {
    made += 1;
    const fresh = `${made}`.padStart(10, "A");
    const context: BareContext = { at, by: "public", team, zone: "UTC", url: "", fresh };
    const decided = decide(state(), command, context);
    if (!decided.ok) return decided.problems.map(({ code }) => code);
    for (const event of decided.value) {
      const version = entries.length + 1;
      entries.push({ version, id: `e${version}`, at, by: "public", event });
    }
    return decided.value.map(({ type }) => type);
  };
  return { entries, state, send };
}
const confirmed = (at: Instant = AT) => {
  const one = record();
  one.send(asks, at);
  one.send({ type: "ConfirmSubscription" }, at);
  return one;
};

describe("an address", () => {
  test("is told nothing before its own mailbox has said yes", () => {
    const one = record();
    expect(one.send(asks)).toEqual(["SubscriptionAsked", "NoticeRequested"]);
    expect(one.send(tells(2, plus(AT, 1)), plus(AT, 1))).toEqual([]);
    expect(one.send({ type: "ConfirmSubscription" }, plus(AT, 2))).toEqual([
      "SubscriptionConfirmed",
    ]);
    expect(one.send(tells(2, plus(AT, 3)), plus(AT, 3))).toEqual(["NoticeRequested"]);
  });

  test("confirms until three days after it asked, and not a millisecond later", () => {
    const after = (ms: number) => {
      const one = record();
      one.send(asks);
      return one.send({ type: "ConfirmSubscription" }, plus(AT, ms));
    };
    expect(after(CONFIRM_MS_MAX)).toEqual(["SubscriptionConfirmed"]);
    expect(after(CONFIRM_MS_MAX + 1)).toEqual(["subscription-over"]);
    expect(record().send({ type: "ConfirmSubscription" })).toEqual(["subscription-over"]);
  });

  test("that anybody types again and again gets one mail an hour, and four a week", () => {
    const one = record();
    const letters = () =>
      one.entries.filter(({ event }) => event.type === "NoticeRequested").length;
    one.send(asks);
    expect(one.send(asks, plus(AT, HOUR_MS - 1))).toEqual(["SubscriptionAsked"]);
    expect(one.send(asks, plus(AT, HOUR_MS))).toEqual(["SubscriptionAsked", "NoticeRequested"]);
    for (let hour = 2; hour < 100; hour += 1) one.send(asks, plus(AT, hour * HOUR_MS));
    expect(letters()).toBe(4);
    one.send(asks, plus(AT, 7 * DAY_MS));
    expect(letters()).toBe(5);
  });

  test("that is known already stays what it is, and is told so in its mailbox alone", () => {
    const one = confirmed();
    expect(one.send(asks, plus(AT, DAY_MS))).toEqual(["SubscriptionAsked", "NoticeRequested"]);
    expect(one.state().state).toBe("confirmed");
    expect(one.entries.at(-1)?.event).toMatchObject({ subject: "You hear already" });
  });
});

describe("a version", () => {
  test("is told once to each, however often the worker asks", () => {
    const one = confirmed();
    const at = plus(AT, DAY_MS);
    expect(one.send(tells(2, at), at)).toEqual(["NoticeRequested"]);
    expect(one.send(tells(2, at), at)).toEqual([]);
    expect(one.send(tells(3, at), at)).toEqual(["NoticeRequested"]);
    expect(one.send(tells(2, at), at)).toEqual([]);
    expect(one.state().told).toEqual({ policy: 3, status: 0 });
  });

  test("is not told to who confirmed after it was published", () => {
    const one = confirmed(plus(AT, 1));
    expect(one.send(tells(2, AT), plus(AT, 2))).toEqual([]);
    expect(one.send(tells(2, plus(AT, 1)), plus(AT, 2))).toEqual(["NoticeRequested"]);
  });

  test("comes from a named person with a mailbox, or not at all", () => {
    const desk = { ...ADA, mail: "security@fennel.dev" };
    const robot = { ...ADA, mail: "noreply@fennel.dev" };
    const at = plus(AT, 1);
    expect(confirmed().send(tells(2, at), at, [desk])).toEqual(["author-role-address"]);
    expect(confirmed().send(tells(2, at), at, [robot])).toEqual(["author-unattended"]);
    expect(confirmed().send(tells(2, at), at, [])).toEqual(["author-missing"]);
  });
});

describe("it ends", () => {
  const over = (how: "link" | "one-click"): SubscriptionCommand => ({
    type: "EndSubscription",
    how,
  });

  test("with one click, and a second one is no mistake", () => {
    const one = confirmed();
    expect(one.send(over("one-click"))).toEqual(["SubscriptionEnded"]);
    expect(one.send(over("link"))).toEqual([]);
    expect(one.send(tells(2, plus(AT, 1)), plus(AT, 1))).toEqual([]);
  });

  test("and only asking and confirming again begins it anew", () => {
    const one = confirmed();
    one.send(over("link"));
    expect(one.send({ type: "ConfirmSubscription" })).toEqual(["subscription-over"]);
    one.send(asks, plus(AT, DAY_MS));
    expect(one.send({ type: "ConfirmSubscription" }, plus(AT, DAY_MS))).toEqual([
      "SubscriptionConfirmed",
    ]);
  });

  test("where the mailbox does not exist, without waking anybody", () => {
    const one = confirmed();
    one.send(tells(2, plus(AT, 1)), plus(AT, 1));
    const failed = { is: "failed", reason: "550 no such user" } as const;
    const report = { type: "RecordDelivery", notice: "P-2", attempt: 1, outcome: failed } as const;
    expect(one.send(report, plus(AT, 2))).toEqual(["DeliveryFailed", "SubscriptionEnded"]);
    expect(one.state().state).toBe("ended");
  });

  test("where the address was erased: nobody is left to write to", () => {
    const one = confirmed();
    const entries = one.entries.map((entry) =>
      entry.event.type === "SubscriptionAsked"
        ? { ...entry, event: { ...entry.event, mail: "[erased]" } }
        : entry,
    );
    expect(foldSubscription("sub_1", entries)).toMatchObject({ state: "ended", mail: "[erased]" });
  });
});
