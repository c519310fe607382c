/**
 * Time passes, in steps of every size and also backwards: what was promised is
 * reminded of and missed at the right instants, once, whoever looks how often.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ObligationView } from "../../src/api/view.ts";
import { START_PAGE } from "../../src/core/incident/owed/start-page-due.ts";
import type { AnyEvent } from "../../src/core/event.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/time/instant.ts";
import { valueOf } from "../owner.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

/** A Friday: half past six in the evening in Berlin. */
const FRIDAY = "2026-11-20T17:30:00Z";
const STEP_MS = 3 * HOUR_MS;
const SPAN_MS = 9 * DAY_MS;

/** A report that nobody answers, and an incident on which nobody works. */
async function neglect({ ada, settle }: TestWorld): Promise<readonly string[]> {
  const signal = valueOf(
    await ada.client.send("RecordSignal", "", {
      channel: "researcher",
      title: "Exports can be listed",
      sender: { mail: "ravi@reporter.example" },
    }),
  );
  const incident = valueOf(
    await ada.client.send("OpenIncident", "", {
      title: "Exports are public",
      severity: "sev1",
      reason: "By the look of it",
    }),
  );
  await settle();
  return [signal.subject, incident.subject];
}

type Told = {
  readonly subject: string;
  readonly is: string;
  readonly at: number;
  readonly obligation: string;
  readonly dueAt: number;
};

/** What the ledger was told about time, in order. */
async function told({ running }: TestWorld, subjects: readonly string[]): Promise<readonly Told[]> {
  const lists = await Promise.all(
    subjects.map((subject) => running.opened.store.ledger.read(subject)),
  );
  return lists.flatMap((entries, i) =>
    entries.flatMap(({ event, at }: { event: AnyEvent; at: number }) => {
      if (event.type !== "ObligationMissed" && event.type !== "ReminderReached") return [];
      const is = event.type === "ObligationMissed" ? "missed" : event.rung;
      const { obligation, dueAt } = event;
      return [{ subject: subjects[i] ?? "", is, at, obligation, dueAt }];
    }),
  );
}

/** What was paged of promises; the copy of the open deadlines to keep is of none. */
const pagesOf = async ({ running }: TestWorld, subjects: readonly string[]) =>
  (await Promise.all(subjects.map((subject) => running.opened.store.ledger.read(subject)))).flatMap(
    (entries) =>
      entries.flatMap(({ event }) =>
        event.type === "PageRequested" && event.page !== START_PAGE ? [event.page] : [],
      ),
  );

const owedBy = async ({ ada }: TestWorld): Promise<readonly ObligationView[]> =>
  valueOf(await ada.client.read("obligations", {}, { standing: "all", limit: 200 })).items;

/** Which rungs each promise has before it is missed, and when: counted here by hand. */
async function rungsOf(world: TestWorld): Promise<readonly Told[]> {
  const { policy } = valueOf(await world.ada.client.read("policy", { version: "current" }));
  const clauses = policy["clauses"] as readonly {
    readonly id: string;
    readonly prepare?: { readonly count: number; readonly unit: string };
  }[];
  return (await owedBy(world)).flatMap(({ id, subject, clause, startedAt, dueAt, stoppedAt }) => {
    if (dueAt === null) return [];
    const stop = Date.parse(stoppedAt ?? new Date(world.now()).toISOString());
    const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
    const prepare = clauses.find((one) => one.id === clause)?.prepare;
    const rungs = [
      { is: "half", at: start + Math.floor((due - start) / 2) },
      ...(due - start > 2 * HOUR_MS ? [{ is: "hour", at: due - HOUR_MS }] : []),
      ...(prepare?.unit === "hours"
        ? [
            { is: "prepare", at: due - prepare.count * HOUR_MS },
            { is: "again", at: due - prepare.count * HOUR_MS + 15 * MINUTE_MS },
          ]
        : []),
      { is: "missed", at: due + 1 },
      // What stays overdue is said every half hour of the first day, then once a day for a month.
      ...Array.from({ length: 48 + 29 }, (_, i) => ({
        is: `late-${i + 1}`,
        at: due + 1 + (i < 48 ? (i + 1) * 30 * MINUTE_MS : (i - 46) * DAY_MS),
      })),
    ];
    return rungs
      .filter(({ at }) => at > start && at <= stop)
      .map((rung) => ({ ...rung, subject, obligation: id, dueAt: due }));
  });
}

const named = ({ subject, is, obligation }: Told): string => `${subject} ${is} ${obligation}`;

describe("time that passes in small steps", () => {
  let world: TestWorld;
  let subjects: readonly string[];
  beforeAll(async () => {
    world = await openWorld({ name: "time-small", at: FRIDAY });
    subjects = await neglect(world);
    for (let ms = 0; ms < SPAN_MS; ms += STEP_MS) await world.advance(STEP_MS);
  });
  afterAll(() => world?.stop());

  test("reaches every rung and every miss once, at the first look after its instant", async () => {
    const expected = await rungsOf(world);
    const recorded = await told(world, subjects);
    expect(recorded.filter(({ is }) => is === "missed").length).toBeGreaterThan(2);
    // Within one step only the latest rung of a promise is worth a word; a miss always is.
    for (const { at, dueAt, ...told } of recorded) {
      const rung = expected.find((one) => named(one) === named({ at, dueAt, ...told }));
      expect(rung, JSON.stringify(told)).toMatchObject({ dueAt });
      expect(at - (rung?.at ?? 0)).toBeGreaterThanOrEqual(0);
      expect(at - (rung?.at ?? 0)).toBeLessThan(STEP_MS);
    }
    expect(new Set(recorded.map(named)).size).toBe(recorded.length);
    const misses = (of: readonly Told[]) =>
      of
        .filter(({ is }) => is === "missed")
        .map(named)
        .sort();
    expect(misses(recorded)).toEqual(misses(expected));
    const said = new Set(recorded.map(named));
    for (const silent of expected.filter((rung) => !said.has(named(rung)))) {
      const after = expected.filter(
        ({ subject, obligation, at }) =>
          `${subject} ${obligation}` === `${silent.subject} ${silent.obligation}` &&
          at > silent.at &&
          at - silent.at < STEP_MS,
      );
      expect(after.length, named(silent)).toBeGreaterThan(0);
    }
  });

  test("pages the team once for each, and every page went out", async () => {
    const pages = await pagesOf(world, subjects);
    expect(pages.length).toBeGreaterThan(0);
    expect(new Set(pages).size).toBe(pages.length);
    expect(await world.running.opened.store.outbox.waiting()).toBe(0);
  });

  test("ends a snooze at its instant, and not a moment before", async () => {
    const { client } = world.ada;
    const recorded = valueOf(
      await client.send("RecordSignal", "", { title: "Odd login", channel: "own-observation" }),
    );
    const id = recorded.subject.replace("signal/", "");
    const until = new Date(world.now() + 2 * HOUR_MS).toISOString();
    valueOf(await client.send("SnoozeSignal", id, { until }));
    const listed = async (state: "open" | "snoozed") =>
      valueOf(await client.read("signals", {}, { state })).items.some((one) => one.id === id);
    const whole = async () => valueOf(await client.read("signal", { id })).state;
    await world.advance(2 * HOUR_MS - 1);
    expect([await listed("snoozed"), await listed("open"), await whole()]).toEqual([
      true,
      false,
      "snoozed",
    ]);
    await world.advance(1);
    expect([await listed("snoozed"), await listed("open"), await whole()]).toEqual([
      false,
      true,
      "open",
    ]);
    const past = await client.send("SnoozeSignal", id, {
      until: new Date(world.now() + 60 * DAY_MS).toISOString(),
    });
    expect(past.ok ? [] : past.problems.map(({ code }) => code)).toEqual(["snooze-past-due"]);
  });

  test("leaves a record that is whole", () => expectWhole(world));
});

describe("time that passes at once", () => {
  let world: TestWorld;
  let subjects: readonly string[];
  beforeAll(async () => {
    world = await openWorld({ name: "time-large", at: FRIDAY });
    subjects = await neglect(world);
  });
  afterAll(() => world?.stop());

  test("misses what small steps miss, and pages only the latest of each promise", async () => {
    await world.advance(SPAN_MS);
    const expected = await rungsOf(world);
    const recorded = await told(world, subjects);
    const missed = recorded.filter(({ is }) => is === "missed");
    expect(missed.map(named).sort()).toEqual(
      expected
        .filter(({ is }) => is === "missed")
        .map(named)
        .sort(),
    );
    for (const { at } of recorded) expect(at).toBe(world.now());
    const perObligation = recorded.map(({ subject, obligation }) => `${subject} ${obligation}`);
    expect(new Set(perObligation).size).toBe(perObligation.length);
    const pages = await pagesOf(world, subjects);
    expect(pages.length).toBe(perObligation.length);
  });

  test("going back two days is recorded, and nothing is told twice on the way forward again", async () => {
    const before = await told(world, subjects);
    const pages = await pagesOf(world, subjects);
    await world.advance(-2 * DAY_MS);
    const jumps = (await world.running.opened.store.ledger.read("installation/current")).flatMap(
      ({ event }) => (event.type === "ClockJumped" ? [event.byMs] : []),
    );
    const back = jumps.filter((byMs) => byMs < 0);
    expect(back).toHaveLength(1);
    expect(Math.abs((back[0] ?? 0) + 2 * DAY_MS)).toBeLessThan(10_000);
    for (let ms = 0; ms < 2 * DAY_MS; ms += 6 * HOUR_MS) await world.advance(6 * HOUR_MS);
    expect(await told(world, subjects)).toEqual(before);
    expect(await pagesOf(world, subjects)).toEqual(pages);
  });

  test("what is written while the clock is behind keeps its place in the order", async () => {
    const { client } = world.ada;
    await world.advance(-30 * MINUTE_MS);
    // Whoever had asked for much before has less for a moment, and is not shut out until then.
    valueOf(await client.read("me"));
    await world.advance(SECOND_MS);
    const line = valueOf(await client.send("Log", "INC-1", { text: "Is the clock right?" }));
    const { items } = valueOf(await client.read("timeline", { id: "INC-1" }, { limit: 500 }));
    expect(items.at(-1)).toMatchObject({ seq: line.seq, text: "Is the clock right?" });
    expect(Date.parse(items.at(-1)?.at ?? "")).toBeLessThan(Date.parse(items.at(-2)?.at ?? ""));
    const room = valueOf(await client.read("incident", { id: "INC-1" }));
    expect(room.version).toBe(line.version);
    const next = { text: "It is again." };
    valueOf(await client.send("Log", "INC-1", next, { ifVersion: room.version }));
    await world.advance(30 * MINUTE_MS);
  });

  test("a new promise still runs on time after all of that", async () => {
    const opened = valueOf(
      await world.ada.client.send("OpenIncident", "", {
        title: "Another",
        severity: "sev1",
        reason: "By the look of it",
      }),
    );
    await world.advance(SPAN_MS);
    const missed = (await told(world, [opened.subject])).filter(({ is }) => is === "missed");
    expect(missed.length).toBeGreaterThan(0);
  });

  test("leaves a record that is whole", () => expectWhole(world));
});
