import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MINUTE_MS, plus, toIso } from "../core/time/instant.ts";
import { longestBlock } from "../server/block.fixture.ts";
import { FRIDAY, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { LEASE_MS } from "../store/due.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { amMessage, keepBody, testChannel } from "./fixture.ts";
import { createWorker, type Worker } from "./worker.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

type Rig = TestInstallation & {
  readonly worker: Worker;
  readonly keep: (source: string, body: unknown) => Promise<void>;
  readonly round: () => Promise<void>;
  /** Of every signal: its fingerprint's count and flag, and the types of its entries. */
  readonly signals: () => Promise<readonly object[]>;
};

async function rig(): Promise<Rig> {
  const made = await testInstallation(server);
  const { store, handling, now } = made;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = createWorker({
    store,
    handling,
    now,
    url: "https://ops.fennel.example",
    mail: testChannel(),
    log: quiet,
  });
  return {
    ...made,
    worker,
    async keep(source, body) {
      made.advance(1_000);
      expect(await keepBody(store, source, body, now())).toBe("kept");
    },
    async round() {
      while (await worker.tick(now()));
    },
    async signals() {
      const listed = await store.views.signals.list("all", undefined, now(), { limit: 200 });
      if (!listed.ok) throw new Error("list");
      const found = await Promise.all(
        listed.value.items.map(async ({ id, title, count, firing, state }) => ({
          title,
          count,
          firing,
          state,
          entries: (await store.ledger.read(`signal/${id}`)).map(({ event }) => event.type),
        })),
      );
      return inOrder(found);
    },
  };
}

const at = (minutes: number): string => toIso(plus(FRIDAY, minutes * MINUTE_MS));

describe("what Alertmanager sends", () => {
  test("holds nobody up while it is read, however much of it has come", async () => {
    const { store, now, round, signals } = await rig();
    const message = amMessage("DiskFull", "firing", [at(-3)]);
    const labels = { alertname: "DiskFull", severity: "critical", cluster: "eu-1", job: "api" };
    const alerts = Array.from({ length: 64 }, (_, n) => ({
      ...message.alerts[0],
      labels: { ...labels, instance: `web-${n}` },
      annotations: { summary: "The disk is full", description: "It fills up. ".repeat(20) },
    }));
    const long = { ...message, alerts };
    await keepBody(store, "alertmanager", long, now());
    await round();
    await Promise.all(
      Array.from({ length: 300 }, () => keepBody(store, "alertmanager", long, now())),
    );
    expect(await longestBlock(round)).toBeLessThan(50);
    expect(await signals()).toMatchObject([{ count: 301 }]);
  });

  test("becomes one signal with the instant it began, and repeats are only counted", async () => {
    const { keep, round, signals, store, handling } = await rig();
    await keep("alertmanager", amMessage("DiskFull", "firing", [at(-3)]));
    await round();
    for (let i = 0; i < 4; i += 1)
      await keep("alertmanager", amMessage("DiskFull", "firing", [at(-3)]));
    await round();
    expect(await signals()).toEqual([
      {
        title: "DiskFull on web-1",
        count: 5,
        firing: true,
        state: "open",
        entries: ["SignalRecorded"],
      },
    ]);
    const [entry] = await store.ledger
      .after(-1, 100)
      .then((all) => all.filter(({ type }) => type === "SignalRecorded"));
    const [recorded] = await handling.world.ledger.read(entry?.subject ?? "");
    expect(recorded).toMatchObject({
      by: "intake/alertmanager",
      event: {
        channel: "monitoring",
        happenedAt: plus(FRIDAY, -3 * MINUTE_MS),
        severityHint: "critical",
      },
    });
    expect(await store.raw.counts()).toEqual({ waiting: 0, unreadable: 0 });
  });

  test("is over when the group is, although the message lists only some of its alerts", async () => {
    const { keep, round, signals } = await rig();
    await keep("alertmanager", amMessage("ErrorRate", "firing", [at(-3)], { truncatedAlerts: 7 }));
    await round();
    await keep(
      "alertmanager",
      amMessage("ErrorRate", "resolved", [at(-3), at(-2)], { truncatedAlerts: 7 }),
    );
    await round();
    expect(await signals()).toMatchObject([
      { count: 2, firing: false, entries: ["SignalRecorded", "SignalStopped"] },
    ]);
  });

  test("that something is over which nobody heard of makes no signal", async () => {
    const { keep, round, signals } = await rig();
    await keep("alertmanager", amMessage("Gone", "resolved", [at(-30), at(-20)]));
    await round();
    expect(await signals()).toEqual([]);
  });

  test("fires again after its end: the same signal while it is open, a new one once it is closed", async () => {
    const { keep, round, signals, store, handling, now } = await rig();
    await keep("alertmanager", amMessage("Flap", "firing", [at(-9)]));
    await keep("alertmanager", amMessage("Flap", "resolved", [at(-9), at(-8)]));
    await round();
    await keep("alertmanager", amMessage("Flap", "firing", [at(-5)]));
    await round();
    expect(await signals()).toMatchObject([{ count: 3, firing: true, state: "open" }]);
    const [open] = await store.views.signals.openSubjects();
    const command = { type: "CloseSignal", reason: "false-positive", note: "Flaps." } as const;
    await handling.handle({ subject: open ?? "", at: now(), by: "account/ac_ada", command });
    await keep("alertmanager", amMessage("Flap", "firing", [at(-5)]));
    await round();
    expect(await signals()).toMatchObject([
      { count: 1, firing: true, state: "open" },
      { count: 3, state: "closed" },
    ]);
  });

  test("comes to the same whatever the order, with everything five times", async () => {
    const { keep, round, signals } = await rig();
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
    for (const seed of seeds) {
      const messages = ["Over", "Also over", "Goes on"].flatMap((group) => [
        amMessage(`${group} ${seed}`, "firing", [at(-9)]),
        ...(group === "Goes on"
          ? []
          : [amMessage(`${group} ${seed}`, "resolved", [at(-9), at(-4)])]),
      ]);
      const all = messages.flatMap((message) => Array.from({ length: 5 }, () => message));
      for (const [i, message] of shuffled(all, seed).entries()) {
        await keep("alertmanager", message);
        // Now in one round, now in several.
        if ((i * seed) % 7 === 0) await round();
      }
      await round();
    }
    const over = { firing: false, state: "open", entries: ["SignalRecorded", "SignalStopped"] };
    const goesOn = { firing: true, state: "open", entries: ["SignalRecorded"] };
    const expected = seeds.flatMap((seed) => [
      { title: `Over ${seed} on web-1`, count: 10, ...over },
      { title: `Also over ${seed} on web-1`, count: 10, ...over },
      { title: `Goes on ${seed} on web-1`, count: 5, ...goesOn },
    ]);
    expect(await signals()).toEqual(inOrder(expected));
  });

  test("that began anew goes on, and every message of both times is counted, in whatever order", async () => {
    const { keep, round, signals } = await rig();
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
    for (const seed of seeds) {
      const messages = [
        amMessage(`Anew ${seed}`, "firing", [at(-9)]),
        amMessage(`Anew ${seed}`, "resolved", [at(-9), at(-4)]),
        amMessage(`Anew ${seed}`, "firing", [at(-3)]),
      ];
      for (const [i, message] of shuffled([...messages, ...messages], seed).entries()) {
        await keep("alertmanager", message);
        if ((i * seed) % 3 === 0) await round();
      }
      await round();
    }
    const expected = seeds.map((seed) => ({ title: `Anew ${seed} on web-1`, count: 6 }));
    expect(await signals()).toMatchObject(
      inOrder(expected).map((one) => ({ ...one, firing: true, state: "open" })),
    );
  });

  test("is counted once where what was kept of an early end is lost, and it is read again", async () => {
    const { keep, round, signals, store, advance } = await rig();
    await keep("alertmanager", amMessage("Late", "resolved", [at(-9), at(-4)]));
    const { repeated } = store.raw;
    store.raw.repeated = () => Promise.reject(new Error("the connection was lost"));
    await round();
    store.raw.repeated = repeated;
    await keep("alertmanager", amMessage("Late", "firing", [at(-9)]));
    await round();
    expect(await signals()).toMatchObject([{ count: 2, firing: false }]);
    advance(LEASE_MS + 1);
    await round();
    expect(await store.raw.counts()).toEqual({ waiting: 0, unreadable: 0 });
    expect(await signals()).toMatchObject([{ count: 2, firing: false }]);
  });

  test("is read by one round after the other, also where two are asked for at the same time", async () => {
    const { keep, worker, store, now } = await rig();
    await keep("alertmanager", amMessage("Twice", "firing", [at(-9)]));
    const order: string[] = [];
    const { take } = store.raw;
    store.raw.take = (...asked) => {
      order.push("asked for");
      return take(...asked);
    };
    store.onCommit(() => order.push("recorded"));
    await Promise.all([worker.tick(now()), worker.tick(now())]);
    expect(order.slice(0, 3)).toEqual(["asked for", "recorded", "asked for"]);
  });
});

describe("what Prometheus sends by itself", () => {
  const alert = (instance: number, endsAt: string, startsAt = at(-9)) => ({
    labels: { alertname: "TargetDown", cluster: "eu", service: "api", instance: `web-${instance}` },
    annotations: {},
    startsAt,
    endsAt,
    generatorURL: "",
  });

  test("is over when every alert that was named has ended, and not before", async () => {
    const { keep, round, signals, advance } = await rig();
    advance(6 * MINUTE_MS);
    await keep("prometheus", [alert(1, at(60)), alert(2, at(60))]);
    await round();
    await keep("prometheus", [alert(1, at(5))]);
    await round();
    expect(await signals()).toMatchObject([
      { count: 2, firing: true, entries: ["SignalRecorded"] },
    ]);
    await keep("prometheus", [alert(2, at(5))]);
    await round();
    expect(await signals()).toMatchObject([
      { title: "TargetDown: cluster eu, service api", count: 3, firing: false },
    ]);
  });

  test("is not called over right after a start, when others of its group may still fire", async () => {
    const { keep, round, signals, advance, store, handling, now } = await rig();
    await keep("prometheus", [alert(1, at(60)), alert(2, at(60))]);
    await round();
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    const restarted = createWorker({
      store,
      handling,
      now,
      url: "https://ops.fennel.example",
      mail: testChannel(),
      log: quiet,
    });
    await keep("prometheus", [alert(1, at(-1))]);
    await restarted.tick(now());
    expect(await signals()).toMatchObject([{ firing: true, entries: ["SignalRecorded"] }]);
    advance(6 * MINUTE_MS);
    await keep("prometheus", [alert(2, at(60))]);
    await keep("prometheus", [alert(1, at(-1))]);
    await restarted.tick(now());
    expect(await signals()).toMatchObject([{ firing: true }]);
    await keep("prometheus", [alert(2, at(6))]);
    await restarted.tick(now());
    expect(await signals()).toMatchObject([{ firing: false }]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["alertmanager", "{"],
    ["alertmanager", { version: "4" }],
    ["prometheus", [{ annotations: {} }]],
    ["somebody", {}],
  ])("stays with the reason: %s %j", async (source, body) => {
    const { keep, round, store, signals } = await rig();
    await keep(source, body);
    await round();
    expect(await store.raw.counts()).toEqual({ waiting: 0, unreadable: 1 });
    const [shown] = await store.raw.unreadables(10);
    expect(shown?.problem.code).toBe("body-unreadable");
    expect(await signals()).toEqual([]);
  });

  test("holds up nothing that came with it, hostile text included", async () => {
    const { keep, round, store, signals } = await rig();
    await keep("alertmanager", "not json");
    const hostile = amMessage("Evil\u0000\u202e\ud800", "firing", [at(60 * 24)], {
      commonAnnotations: { summary: `\u0000${"x".repeat(5_000)}\ud83d` },
      __proto__x: { deep: [] },
    });
    await keep("alertmanager", hostile);
    await keep("alertmanager", amMessage("Fine", "firing", [at(-1)]));
    await round();
    expect(await store.raw.counts()).toEqual({ waiting: 0, unreadable: 1 });
    expect(await signals()).toHaveLength(2);
  });
});

const inOrder = <T extends object>(items: readonly T[]): readonly T[] =>
  items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  // Seeds that follow one another would begin alike.
  let state = Math.imul(seed, 2_654_435_761);
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => [random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}
