import { describe, expect, test } from "vitest";
import type { Recorded } from "../recorded.ts";
import { type Instant, parseInstant } from "../time/instant.ts";
import { type AccessEvent, decide, foldAccess } from "./access.ts";
import { digestsDue, periodAt, remediationsLetter, weeklyLetter } from "./digest.ts";

const at = (text: string): Instant => parseInstant(text) as Instant;
const ADA = "account/ac_ada";
const ADDED: AccessEvent = {
  type: "AccountAdded",
  account: ADA,
  role: "owner",
  name: "Ada",
  mail: "ada@fennel.example",
};
const CHOSEN: AccessEvent = {
  type: "DigestChosen",
  account: ADA,
  weekly: true,
  remediations: true,
  zone: "Europe/Berlin",
};
const accessAfter = (...said: readonly (readonly [string, AccessEvent])[]) =>
  foldAccess(
    said.map(([when, event], index): Recorded<AccessEvent> => {
      const version = index + 1;
      return { version, seq: index, id: `e${version}`, at: at(when), by: ADA, event };
    }),
  );
const friday = [
  ["2026-11-20T10:00:00Z", ADDED],
  ["2026-11-20T10:01:00Z", CHOSEN],
] as const;
const due = (access: ReturnType<typeof accessAfter>, when: string): readonly string[] =>
  digestsDue(access, at(when)).map(({ digest, period }) => `${digest} ${period}`);

describe("a week begins on Monday at eight, in the zone of who asked", () => {
  const access = accessAfter(...friday);
  test("at that instant, and not one millisecond before", () => {
    expect(due(access, "2026-11-23T06:59:59.999Z")).toEqual([]);
    expect(due(access, "2026-11-23T07:00:00Z")).toEqual(["weekly 2026-W48"]);
  });

  test("and is sent late where nobody looked, the last one only", () => {
    expect(due(access, "2026-12-09T23:00:00Z")).toEqual([
      "weekly 2026-W50",
      "remediations 2026-12",
    ]);
  });

  test("by the weeks of ISO 8601, over the turn of a year and a change of the clocks", () => {
    const week = (when: string) => periodAt("weekly", "Europe/Berlin", at(when));
    expect(week("2026-12-28T12:00:00Z").period).toBe("2026-W53");
    expect(week("2027-01-04T07:00:00Z").period).toBe("2027-W01");
    expect(week("2027-01-04T06:59:00Z").period).toBe("2026-W53");
    expect(week("2027-03-29T06:00:00Z")).toEqual({
      period: "2027-W13",
      at: at("2027-03-29T06:00:00Z"),
    });
    expect(periodAt("weekly", "Pacific/Auckland", at("2026-11-22T19:00:00Z")).period).toBe(
      "2026-W48",
    );
  });

  test("a month on its first day", () => {
    const month = (when: string) => periodAt("remediations", "Europe/Berlin", at(when)).period;
    expect(month("2026-12-01T06:59:59Z")).toBe("2026-11");
    expect(month("2026-12-01T07:00:00Z")).toBe("2026-12");
    expect(month("2027-01-01T06:00:00Z")).toBe("2026-12");
  });
});

describe("a digest", () => {
  const letter = { subject: "Week 48: 0 overdue, 6 due", body: "…\n" };
  const send = {
    type: "SendDigest",
    account: ADA,
    digest: "weekly",
    period: "2026-W48",
    letter,
  } as const;

  test("is sent once for its week, whoever asks again", () => {
    const access = accessAfter(...friday);
    const first = decide(access, send);
    expect(first).toMatchObject({
      ok: true,
      value: [
        { type: "DigestReached", period: "2026-W48" },
        { type: "PageRequested", to: [{ mail: "ada@fennel.example" }], subject: letter.subject },
      ],
    });
    const after = accessAfter(
      ...friday,
      ...(first.ok ? first.value : []).map((event) => ["2026-11-23T07:00:00Z", event] as const),
    );
    expect(decide(after, send)).toEqual({ ok: true, value: [] });
    expect(due(after, "2026-11-29T23:00:00Z")).toEqual([]);
    expect(due(after, "2026-11-30T07:00:00Z")).toEqual(["weekly 2026-W49"]);
  });

  test("comes to nobody who did not ask, has stopped, or has left", () => {
    expect(due(accessAfter(friday[0]), "2026-11-23T07:00:00Z")).toEqual([]);
    const stopped = { ...CHOSEN, weekly: false, remediations: false } as const;
    expect(
      due(accessAfter(...friday, ["2026-11-22T10:00:00Z", stopped]), "2026-12-23T07:00:00Z"),
    ).toEqual([]);
    const left: AccessEvent = { type: "AccountRemoved", account: ADA };
    expect(
      due(accessAfter(...friday, ["2026-11-22T10:00:00Z", left]), "2026-12-23T07:00:00Z"),
    ).toEqual([]);
  });

  test("is not of a week that had begun before they asked", () => {
    const access = accessAfter(["2026-11-23T07:00:00Z", ADDED], ["2026-11-23T07:00:00Z", CHOSEN]);
    expect(due(access, "2026-11-24T07:00:00Z")).toEqual([]);
  });

  test("asks for a zone that there is", () => {
    const choose = { ...CHOSEN, type: "ChooseDigest", zone: "Europe/Nowhere" } as const;
    expect(decide(accessAfter(...friday), choose)).toMatchObject({
      ok: false,
      problems: [{ code: "zone-unknown", at: "/zone" }],
    });
  });
});

test("a week's letter says first what is overdue, and counts what it does not list", () => {
  const letter = weeklyLetter("2026-W48", {
    overdue: [{ at: at("2026-11-21T20:05:00Z"), says: "notice to a customer" }],
    due: [{ at: at("2026-11-27T17:58:00Z"), says: "fix" }],
    counts: { overdue: 1, due: 61 },
    zone: "Europe/Berlin",
    url: "https://respond.fennel.example",
  });
  expect(letter.subject).toBe("Week 48: 1 overdue, 61 due");
  expect(letter.body.indexOf("21:05 CET (20:05 UTC): notice to a customer")).toBeGreaterThan(0);
  expect(letter.body.indexOf("OVERDUE")).toBeLessThan(letter.body.indexOf("DUE WITHIN"));
  expect(letter.body).toContain("and 60 more");
});

test("a month's letter is of what is open, and there is none where nothing is", () => {
  expect(remediationsLetter([], "2026-12-01")).toBeUndefined();
  const letter = remediationsLetter(
    [
      { targetOn: "2026-12-24", link: "https://a.example/2" },
      { targetOn: "2026-11-30", link: "https://a.example/1" },
    ],
    "2026-12-01",
  );
  expect(letter?.subject).toBe("Your remediations: 1 overdue, 2 open");
  expect(letter?.body).toContain("OVERDUE since 2026-11-30: https://a.example/1\nby 2026-12-24");
});
