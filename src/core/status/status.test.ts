/** The status page: written for itself, and what it promises is a clock. */

import { describe, expect, test } from "vitest";
import type { BareContext, Beside, Person } from "../context.ts";
import type { Recorded } from "../recorded.ts";
import { HOUR_MS, type Instant, MINUTE_MS, parseInstant, plus } from "../time/instant.ts";
import { statusAnnouncement } from "./announcement.ts";
import { statusPromises, statusWakeAt } from "./promise.ts";
import { componentState, isAhead, stateAt } from "./state.ts";
import { decide, foldStatus, type StatusCommand, type StatusEvent } from "./status.ts";
import type { OpenStatus } from "./update.ts";
import { overall } from "./words.ts";

const AT = parseInstant("2026-11-20T13:00:00Z") as Instant;
const ADA: Person = {
  id: "account/ac_ada",
  name: "Ada Lind",
  mail: "ada@fennel.example",
  role: "owner",
};
const NOTHING_INSIDE = { customers: [], internal: [], reporters: [] };

function page() {
  const entries: Recorded<StatusEvent>[] = [];
  const state = () => foldStatus(entries);
  const asked = (command: StatusCommand, at: Instant = AT, beside: Beside = {}) => {
    const context: BareContext = {
      at,
      by: ADA.id,
      person: ADA,
      team: [ADA],
      zone: "Europe/Berlin",
      url: "https://ops.fennel.example",
      fresh: `${entries.length}`.padEnd(48, "7QK4M2XYZABC"),
      beside: { outward: NOTHING_INSIDE, ...beside },
    };
    return decide(state(), command, context);
  };
  const whyNot = (command: StatusCommand) => {
    const decided = asked(command);
    return decided.ok ? [] : decided.problems;
  };
  const send = (command: StatusCommand, at: Instant = AT, beside: Beside = {}) => {
    const decided = asked(command, at, beside);
    if (!decided.ok) return decided.problems.map(({ code }) => code);
    for (const event of decided.value)
      entries.push({
        version: entries.length + 1,
        id: `e${entries.length}`,
        at,
        by: ADA.id,
        event,
      });
    return decided.value.map(({ type }) => type);
  };
  return { state, send, whyNot };
}

const OPEN: OpenStatus = {
  type: "OpenStatus",
  title: "Exports are slow",
  state: "investigating",
  text: "Exports take up to an hour. Nothing is lost.",
  components: { exports: "degraded" },
  nextAt: plus(AT, HOUR_MS),
};

const withExports = () => {
  const it = page();
  it.send({ type: "DescribeComponent", name: "Exports" });
  it.send({ type: "DescribeComponent", name: "Sign-in" });
  return it;
};
const idOf = (it: ReturnType<typeof page>): string => it.state().incidents[0]?.id ?? "";

describe("what is said of a component", () => {
  test("follows from the last word on it, until that is over", () => {
    const it = withExports();
    expect(overall(it.state(), AT)).toBe("Everything is operational.");
    expect(it.send(OPEN)).toEqual(["StatusOpened", "StatusUpdated"]);
    expect(overall(it.state(), AT)).toBe("Exports: degraded.");
    it.send({ ...OPEN, title: "Nothing opens", components: { exports: "major-outage" } });
    expect(componentState(it.state(), "exports", AT)).toBe("major-outage");
    expect(componentState(it.state(), "sign-in", AT)).toBe("operational");
    const [slow, none] = it.state().incidents;
    const over = { type: "UpdateStatus", state: "resolved", text: "It works again." } as const;
    it.send({ ...over, status: none?.id ?? "" });
    expect(componentState(it.state(), "exports", AT)).toBe("degraded");
    it.send({ ...over, status: slow?.id ?? "" });
    expect(overall(it.state(), AT)).toBe("Everything is operational.");
  });

  test("is maintenance within the announced window, which only a person closes", () => {
    const it = withExports();
    const [startsAt, endsAt] = [plus(AT, HOUR_MS), plus(AT, 2 * HOUR_MS)];
    const announced: OpenStatus = {
      type: "OpenStatus",
      kind: "maintenance",
      title: "A new database",
      state: "scheduled",
      text: "Exports pause for an hour.",
      components: { exports: "maintenance" },
      startsAt,
      endsAt,
    };
    expect(it.send({ ...announced, endsAt: startsAt })).toEqual(["window-wrong"]);
    expect(it.send(announced)).toEqual(["StatusOpened", "StatusUpdated"]);
    const [one] = it.state().incidents;
    if (!one) throw new Error("nothing was announced");
    const seen = [plus(startsAt, -1), startsAt, plus(endsAt, 1)].map((at) => [
      isAhead(one, at),
      stateAt(one, at),
      componentState(it.state(), "exports", at),
    ]);
    expect(seen).toEqual([
      [true, "scheduled", "operational"],
      [false, "in-progress", "maintenance"],
      [false, "in-progress", "maintenance"],
    ]);
    expect(statusPromises(it.state()).map(({ dueAt, stoppedAt }) => [dueAt, stoppedAt])).toEqual([
      [endsAt, undefined],
    ]);
    it.send({ type: "UpdateStatus", status: one.id, state: "completed", text: "Done." }, endsAt);
    expect(statusPromises(it.state())[0]?.stoppedAt).toBe(endsAt);
  });
});

describe("what is said on the status page", () => {
  const odd = "on-fire" as never;

  test("says of an incident, of maintenance and of a component one of the states that they have", () => {
    const it = withExports();
    const startsAt = plus(AT, HOUR_MS);
    const maintenance = { kind: "maintenance", startsAt, endsAt: plus(startsAt, HOUR_MS) } as const;
    expect([
      ...it.whyNot({ ...OPEN, state: odd }),
      ...it.whyNot({ ...OPEN, ...maintenance, state: "monitoring" }),
      ...it.whyNot({ ...OPEN, components: { exports: odd } }),
    ]).toEqual([
      {
        code: "status-state",
        message:
          "on-fire is no state of an incident: use one of investigating, identified, monitoring, resolved.",
        at: "/state",
      },
      {
        code: "status-state",
        message:
          "monitoring is no state of maintenance: use one of scheduled, in-progress, completed.",
        at: "/state",
      },
      {
        code: "status-state",
        message:
          "on-fire is no state of a component: use one of operational, maintenance, degraded, partial-outage, major-outage.",
        at: "/components/exports",
      },
    ]);
    expect(it.state().incidents).toEqual([]);
  });

  test("of maintenance names both ends of its window", () => {
    const it = withExports();
    const announced = { ...OPEN, kind: "maintenance", state: "scheduled" } as const;
    const message = "Maintenance has a window: say when it begins and by when it ends.";
    const startsAt = plus(AT, HOUR_MS);
    expect(it.whyNot(announced)).toContainEqual({
      code: "window-missing",
      message,
      at: "/startsAt",
    });
    expect(it.whyNot({ ...announced, startsAt })).toContainEqual({
      code: "window-missing",
      message,
      at: "/endsAt",
    });
    expect(it.state().incidents).toEqual([]);
  });

  test("is said of something that stands there", () => {
    const it = withExports();
    const [update, correction] = [
      { type: "UpdateStatus", status: "S-NOBODY", state: "resolved", text: "Over." },
      { type: "CorrectStatus", status: "S-NOBODY", update: 1, text: "It was not." },
    ] as const;
    for (const command of [update, correction])
      expect(it.whyNot(command)).toEqual([
        {
          code: "status-unknown",
          message: "There is no S-NOBODY on the status page.",
          at: "/status",
        },
      ]);
  });
});

describe("the next update that was promised", () => {
  const update = (it: ReturnType<typeof page>, at: Instant) =>
    it.send(
      {
        type: "UpdateStatus",
        status: idOf(it),
        state: "monitoring",
        text: "Exports are fast again; we watch them.",
        nextAt: plus(at, HOUR_MS),
      },
      at,
    );

  test("is owed to the public from then on, and the next word meets it", () => {
    const it = withExports();
    it.send(OPEN);
    expect(statusPromises(it.state())).toMatchObject([
      {
        clause: { duty: "update", to: "public", promised: true },
        dueAt: OPEN.nextAt,
        startedAt: AT,
      },
    ]);
    const soon = plus(AT, 50 * MINUTE_MS);
    update(it, soon);
    expect(statusPromises(it.state()).map(({ stoppedAt }) => stoppedAt)).toEqual([soon, undefined]);
  });

  test.each([
    ["not yet missed a millisecond before", -1, false],
    ["kept at the instant itself", 0, false],
    ["missed a millisecond after", 1, true],
  ])("is %s", (_, ms, isMissed) => {
    const it = withExports();
    it.send(OPEN);
    const at = plus(OPEN.nextAt as Instant, ms);
    const wakes = it.send({ type: "Wake" }, at);
    expect(wakes.includes("ObligationMissed")).toBe(isMissed);
  });

  test("wakes whoever wrote last, before it is due and when it is missed", () => {
    const it = withExports();
    it.send(OPEN);
    const first = statusWakeAt(it.state()) as Instant;
    expect(first).toBeLessThan(OPEN.nextAt as number);
    expect(it.send({ type: "Wake" }, first)).toContain("PageRequested");
    const owed = statusPromises(it.state())[0]?.id ?? "";
    expect(it.send({ type: "TakeClock", obligation: owed }, first)).toEqual(["ClockTaken"]);
    expect(it.send({ type: "Wake" }, plus(OPEN.nextAt as Instant, 1))).toContain(
      "ObligationMissed",
    );
    expect(it.send({ type: "Wake" }, plus(OPEN.nextAt as Instant, 2))).toEqual([]);
  });

  test("must be named while it is open, lies ahead, and is not promised after the end", () => {
    const it = withExports();
    const { nextAt: _, ...without } = OPEN;
    expect(it.send(without)).toEqual(["next-update-missing"]);
    expect(it.send({ ...OPEN, nextAt: AT })).toEqual(["next-update-past"]);
    expect(it.send({ ...OPEN, nextAt: plus(AT, 8 * 24 * HOUR_MS) })).toEqual(["next-update-far"]);
    it.send(OPEN);
    const over = {
      type: "UpdateStatus",
      status: idOf(it),
      state: "resolved",
      text: "Over.",
    } as const;
    expect(it.send({ ...over, nextAt: plus(AT, HOUR_MS) })).toEqual(["next-update-over"]);
    expect(it.send(over)).toEqual(["StatusUpdated"]);
    expect(it.send({ ...over, text: "Again" })).toEqual(["status-over"]);
  });
});

describe("what would tell of something inside", () => {
  test.each([
    ["a private title", "The Brimstone export is slow.", "internal-words"],
    ["a reference of ours", "See INC-7.", "internal-words"],
    ["a customer's name", "Kestrel Bank cannot export.", "other-customer"],
    ["who reported it", "Ravi Sen told us.", "reporter-named"],
    ["a time without its zone", "Since 14:00 exports are slow.", "time-without-zone"],
    ["a placeholder", "Exports are slow since [time].", "placeholder"],
    ["a template", "Exports {{constructor.constructor('return 1')()}}", "placeholder"],
    ["what came out of a word processor", "<p>Exports are slow.</p>", "markup"],
  ])("is kept from leaving: %s", (_, text, code) => {
    const it = withExports();
    const beside = {
      outward: {
        customers: [{ id: "customer:cus_k", name: "Kestrel Bank" }],
        internal: ["Brimstone export"],
        reporters: [{ name: "Ravi Sen", mayBeNamed: false }],
      },
    };
    expect(it.send({ ...OPEN, text }, AT, beside)).toContain(code);
    expect(it.send({ ...OPEN, title: text }, AT, beside)).toContain(code);
    expect(it.state().incidents).toEqual([]);
    const stands = [{ code, reason: "It is public already." }];
    expect(it.send({ ...OPEN, text, overrides: stands }, AT, beside)).not.toContain(code);
  });

  test("and without a person behind it nothing is published", () => {
    const it = withExports();
    const context = { at: AT, by: "worker", team: [ADA], zone: "UTC", url: "", beside: {} };
    expect(decide(it.state(), OPEN, context)).toMatchObject({
      problems: [{ code: "author-missing" }],
    });
  });
});

describe("a correction", () => {
  test("strikes what was said and leaves it to be read", () => {
    const it = withExports();
    it.send(OPEN);
    const correct = {
      type: "CorrectStatus",
      status: idOf(it),
      update: 1,
      text: "Up to two hours.",
    } as const;
    expect(it.send({ ...correct, update: 2 })).toEqual(["update-unknown"]);
    expect(it.send(correct, plus(AT, 1))).toEqual(["StatusCorrected"]);
    expect(it.send(correct, plus(AT, 2))).toEqual(["correction-same"]);
    expect(it.state().incidents[0]?.updates).toMatchObject([
      {
        text: "Up to two hours.",
        struck: [{ text: OPEN.text, until: plus(AT, 1) }],
        nextAt: OPEN.nextAt,
      },
    ]);
  });
});

describe("the letter to subscribers", () => {
  const subscribed = { statusSubscribers: 2 };

  test("goes only where somebody said so, for every update anew", () => {
    const it = withExports();
    expect(it.send(OPEN, AT, subscribed)).toEqual(["tell-unsaid"]);
    it.send({ ...OPEN, tell: "yes" }, AT, subscribed);
    const more = {
      type: "UpdateStatus",
      status: idOf(it),
      state: "resolved",
      text: "Over.",
    } as const;
    expect(it.send(more, AT, subscribed)).toEqual(["tell-unsaid"]);
    it.send({ ...more, tell: "no" }, AT, subscribed);
    expect(it.state().said.map(({ number, tell }) => [number, tell])).toEqual([
      [1, { author: ADA.id }],
      [2, undefined],
    ]);
  });

  test("says state, impact and by when the next one comes", () => {
    const it = withExports();
    it.send(OPEN);
    const state = it.state();
    const [incident] = state.incidents;
    const [update] = incident?.updates ?? [];
    if (!incident || !update) throw new Error("nothing was said");
    const letter = statusAnnouncement({
      page: state,
      incident,
      update,
      isCorrection: false,
      organisation: "Fennel",
      zone: "Europe/Berlin",
      author: "Ada Lind",
      url: "https://ops.fennel.example",
      unsubscribe: "https://ops.fennel.example/unsubscribe/x",
    });
    expect(letter.subject).toBe(
      "Fennel status: Exports are slow, investigating, next update Fri 20 Nov 2026, 14:00 UTC",
    );
    for (const words of ["Exports: degraded", "minor impact", "15:00 CET (14:00 UTC)", OPEN.text])
      expect(letter.body).toContain(words);
  });
});

test("a component that something open names stays, and one that is gone keeps its past", () => {
  const it = withExports();
  it.send(OPEN);
  const drop = { type: "RemoveComponent", component: "exports" } as const;
  expect(it.send(drop)).toEqual(["component-named"]);
  expect(it.send({ ...OPEN, components: { nothing: "degraded" } })).toEqual(["component-unknown"]);
  it.send({ type: "UpdateStatus", status: idOf(it), state: "resolved", text: "Over." });
  expect(it.send(drop)).toEqual(["ComponentRemoved"]);
  expect(it.state().components.find(({ id }) => id === "exports")?.removed).toBe(true);
});
