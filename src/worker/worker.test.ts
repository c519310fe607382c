import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldSubject } from "../core/subject.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, plus } from "../core/time/instant.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { LEASE_MS } from "../store/due.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { DatabaseUnavailable } from "../store/retry.ts";
import { amMessage, keepBody, testChannel } from "./fixture.ts";
import { createWorker, startWorker } from "./worker.ts";
import type { WorkerWorld } from "./world.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

async function rig(over: (made: TestInstallation) => Partial<WorkerWorld> = () => ({})) {
  const made = await testInstallation(server);
  const { store, handling, now } = made;
  const said: string[] = [];
  const say = (_: object, says: string): void => void said.push(says);
  const log = { info: say, warn: say, error: say };
  const given: WorkerWorld = {
    store,
    handling,
    now,
    url: "https://ops.fennel.example",
    mail: testChannel(),
    log,
    monotonicMs: now,
    ...over(made),
  };
  return {
    ...made,
    said,
    given,
    worker: createWorker(given),
    types: async (subject: string) =>
      (await store.ledger.read(subject)).map(({ event }) => event.type),
  };
}

/** A report by a researcher: it is to be acknowledged and triaged in time. */
const report = async ({ handling, now }: TestInstallation): Promise<string> => {
  const command = {
    type: "RecordSignal",
    channel: "researcher",
    title: "exports are listable",
    sender: { mail: "cleo@meridian.example" },
  } as const;
  const recorded = handling.handle({ subject: "signal", at: now(), by: "account/ac_ada", command });
  return (await must(recorded)).subject;
};

describe("time that passes", () => {
  test("is told to whom it concerns: each rung and each miss once, however often it is asked", async () => {
    const made = await rig();
    const { worker, advance, now, types, store, handling } = made;
    const subject = await report(made);
    for (let hour = 0; hour < 24 * 8; hour += 4) {
      advance(4 * HOUR_MS);
      for (let i = 0; i < 3; i += 1) await worker.tick(now());
      await worker.settled();
    }
    const entries = await store.ledger.read(subject);
    const missed = entries.flatMap(({ event }) =>
      event.type === "ObligationMissed" ? [event.obligation] : [],
    );
    expect(missed.length).toBeGreaterThan(0);
    expect(new Set(missed).size).toBe(missed.length);
    const pages = entries.flatMap(({ event }) =>
      event.type === "PageRequested" ? [event.page] : [],
    );
    expect(new Set(pages).size).toBe(pages.length);
    expect(await types(subject)).toContain("Delivered");
    // Nothing was left behind: what is due next lies ahead, or nothing is.
    const folded = foldSubject({ kind: "signal", id: subject.slice(7) }, entries);
    const { wakeAt } = handling.world.project(folded, await handling.world.policies.current());
    expect(wakeAt === undefined || wakeAt > now()).toBe(true);
  });

  test("for one that cannot be asked is put off by an hour and reported; the others are asked", async () => {
    const made = await rig(({ handling }) => ({
      handling: {
        ...handling,
        async handle(envelope, along) {
          if (envelope.command.type === "Wake" && envelope.subject === broken)
            throw new Error("a bug");
          return handling.handle(envelope, along);
        },
      },
    }));
    const { worker, advance, now, types, store } = made;
    const broken: string = await report(made);
    const fine = await report(made);
    advance(8 * DAY_MS);
    await worker.tick(now());
    expect(await types(fine)).toContain("ObligationMissed");
    expect(await types(broken)).not.toContain("ObligationMissed");
    const listed = await store.views.signals.list("all", undefined, now(), { limit: 50 });
    const titles = listed.ok ? listed.value.items.map(({ title }) => title) : [];
    expect(titles).toContain(`The clocks of ${broken.replace("/", " ")} cannot be looked at`);
    expect(await store.due.claim(now(), 100)).not.toContainEqual(
      expect.objectContaining({ subject: broken }),
    );
    advance(61 * MINUTE_MS);
    expect(await store.due.claim(now(), 100)).toContainEqual(
      expect.objectContaining({ subject: broken }),
    );
  });

  test("while the database is away is told when it is back, and not an hour later", async () => {
    let isAway = true;
    const made = await rig(({ handling }) => ({
      handling: {
        ...handling,
        async handle(envelope, along) {
          if (envelope.command.type === "Wake" && isAway) throw new DatabaseUnavailable();
          return handling.handle(envelope, along);
        },
      },
    }));
    const { worker, advance, now, types, store, said } = made;
    const subject = await report(made);
    advance(8 * DAY_MS);
    await worker.tick(now());
    expect(said).toContain("a step of the worker failed");
    isAway = false;
    advance(LEASE_MS);
    await worker.tick(now());
    expect(await types(subject)).toContain("ObligationMissed");
    // Nothing is wrong with the subject: nobody is told that there is.
    const listed = await store.views.signals.list("all", undefined, now(), { limit: 50 });
    expect(listed.ok && listed.value.items).toHaveLength(1);
  });
});

describe("the clock of the machine", () => {
  test.each([3 * HOUR_MS, -2 * DAY_MS])(
    "that jumps by %i ms is recorded once, and nothing is told twice",
    async (byMs) => {
      let slept = 0;
      const made = await rig(({ now }) => ({ monotonicMs: () => now() - slept }));
      const { worker, advance, now, store, types } = made;
      const subject = await report(made);
      await worker.tick(now());
      advance(byMs);
      slept += byMs;
      for (let i = 0; i < 3; i += 1) await worker.tick(now());
      const jumps = (await store.ledger.read("installation/current")).flatMap(({ event }) =>
        event.type === "ClockJumped" ? [event.byMs] : [],
      );
      expect(jumps).toEqual([byMs]);
      advance(8 * DAY_MS);
      for (let i = 0; i < 3; i += 1) await worker.tick(now());
      const missed = (await types(subject)).filter((type) => type === "ObligationMissed");
      expect(missed.length).toBeGreaterThan(0);
      expect(missed.length).toBeLessThanOrEqual(2);
    },
  );
});

describe("another release of the time zone data", () => {
  test("counts everything again, and says what moved: in the record, and as a signal", async () => {
    const made = await rig();
    const { worker, now, store, said } = made;
    const subject = await report(made);
    const due = async () =>
      (await store.views.obligations.ofSubject(subject, now())).map(({ id, dueAt }) => [id, dueAt]);
    const before = await due();
    await store.settings.write("zone-rules", "1999z", now());
    // As if the older data had put one of them an hour later.
    await store.pool.rows(
      `update view_obligation set due_at = due_at + ${HOUR_MS} where subject = $1 and due_at is not null`,
      [subject],
    );
    expect(await due()).not.toEqual(before);
    await worker.tick(now());
    expect(await due()).toEqual(before);
    const [event] = (await store.ledger.read("installation/current")).flatMap(({ event: one }) =>
      one.type === "ZoneRulesChanged" ? [one] : [],
    );
    expect(event).toMatchObject({ from: "1999z", to: process.versions.tz });
    const [id, dueAt] = before.find(([, at]) => at !== null) ?? [];
    expect(event?.moved).toContainEqual({
      subject,
      obligation: id,
      wasDueAt: Number(dueAt) + HOUR_MS,
      dueAt,
    });
    expect(said.join()).toMatch(/moved \d+ deadline/);
    // The next process counts with the same: nothing more is said.
    await createWorker(made.given).tick(now());
    const changes = (await store.ledger.read("installation/current")).filter(
      ({ event: one }) => one.type === "ZoneRulesChanged",
    );
    expect(changes).toHaveLength(1);
  });
});

describe("another build of the program", () => {
  const wakes = async ({ store }: TestInstallation, subject: string) =>
    (
      await store.pool.rows<{ wakeAt: number }>(
        'select wake_at as "wakeAt" from due where subject = $1',
        [subject],
      )
    ).map(({ wakeAt }) => wakeAt);

  test("counts again what an older one recorded: what it lists, and when it is looked at", async () => {
    const made = await rig(() => ({ counts: "newer" }));
    const { worker, now, store } = made;
    const [silent, late] = [await report(made), await report(made)];
    const due = async () => (await store.views.obligations.ofSubject(silent, now())).length;
    const [before, wakeBefore] = [await due(), await wakes(made, late)];
    expect(before).toBeGreaterThan(0);
    // As an older build would have left them, which knew of no such duty.
    await store.pool.rows("delete from view_obligation where subject = $1", [silent]);
    await store.pool.rows("delete from due where subject = $1", [silent]);
    await store.pool.rows(`update due set wake_at = wake_at + ${DAY_MS} where subject = $1`, [
      late,
    ]);
    await worker.tick(now());
    expect(await due()).toBe(before);
    expect(await wakes(made, silent)).toHaveLength(1);
    expect(await wakes(made, late)).toEqual(wakeBefore);
  });

  test("says which deadlines it moved, once", async () => {
    const made = await rig(() => ({ counts: "newer" }));
    const { worker, now, store, said } = made;
    const subject = await report(made);
    await store.pool.rows(
      `update view_obligation set due_at = due_at + ${HOUR_MS} where subject = $1 and due_at is not null`,
      [subject],
    );
    await worker.tick(now());
    await createWorker(made.given).tick(now());
    expect(
      said.filter((line) => /release of Duenotice moved \d+ deadline/.test(line)),
    ).toHaveLength(1);
  });
});

describe("the ledger", () => {
  test("is signed a minute after it grew, after a thousand entries at once, and at the end", async () => {
    const made = await rig();
    const { worker, advance, now, store } = made;
    await worker.tick(now());
    expect(await store.checkpoints.last()).toBeUndefined();
    advance(MINUTE_MS);
    await worker.tick(now());
    const first = await store.checkpoints.last();
    expect(first?.size).toBe((await store.ledger.head()).size);
    await report(made);
    await worker.tick(now());
    expect((await store.checkpoints.last())?.size).toBe(first?.size);
    await worker.stop();
    expect((await store.checkpoints.last())?.size).toBe((await store.ledger.head()).size);
  });

  test("checks itself once a day, and a mismatch is an entry and one signal", async () => {
    const made = await rig();
    const { worker, advance, now, store, types } = made;
    const subject = await report(made);
    const day = async (): Promise<void> => {
      advance(DAY_MS);
      await worker.tick(now());
      await worker.settled();
      await worker.tick(now());
      await worker.settled();
    };
    await worker.tick(now());
    await worker.settled();
    expect(await types("installation/current")).not.toContain("LedgerChecked");
    await day();
    expect(await types("installation/current")).toContain("LedgerChecked");
    await store.pool.rows("update entry set at = at + 1 where subject = $1", [subject]);
    await day();
    await day();
    const found = (await types("installation/current")).filter((type) => type === "LedgerBroken");
    expect(found.length).toBeGreaterThan(0);
    const listed = await store.views.signals.list("all", undefined, now(), { limit: 50 });
    const raised = listed.ok ? listed.value.items.filter(({ source }) => source === "ledger") : [];
    expect(raised.map(({ title }) => title)).toEqual([
      "The ledger does not hold: something in it was changed",
    ]);
  });
});

test("by itself it reads what is kept as soon as it is kept, and stops when told", async () => {
  let at = Date.now() as Instant;
  const made = await rig(() => ({ now: () => at, monotonicMs: () => at }));
  at = plus(made.now(), MINUTE_MS);
  const worker = await startWorker(made.given);
  const recorded = new Promise<void>((resolve) => {
    const stop = made.store.onCommit(() => {
      stop();
      resolve();
    });
  });
  await keepBody(
    made.store,
    "alertmanager",
    amMessage("DiskFull", "firing", ["2026-11-20T17:00:00Z"]),
    at,
  );
  await recorded;
  expect(worker.lastTickAt()).toBe(at);
  await worker.stop();
  expect(await made.store.raw.counts()).toEqual({ waiting: 0, unreadable: 0 });
  expect(made.said).toEqual([]);
});

test("a step that fails is logged, and the others go on", async () => {
  const made = await rig(({ store }) => ({
    store: {
      ...store,
      due: { ...store.due, claim: async () => Promise.reject(new Error("the disk is gone")) },
    },
  }));
  await keepBody(
    made.store,
    "alertmanager",
    amMessage("DiskFull", "firing", ["2026-11-20T17:00:00Z"]),
    made.now(),
  );
  await made.worker.tick(made.now());
  expect(made.said).toContain("a step of the worker failed");
  expect(await made.store.raw.counts()).toEqual({ waiting: 0, unreadable: 0 });
});
