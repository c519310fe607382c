import fs from "node:fs";
import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { type Channel, mailChannel } from "../delivery/channels.ts";
import { badHost, mailhost, type Mailhost, smtpError } from "../delivery/fixture.ts";
import type { Sent } from "../delivery/sent.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { nextAttemptAt } from "./backoff.ts";
import { testChannel } from "./fixture.ts";
import { createWorker, type Worker } from "./worker.ts";
import type { WorkerWorld } from "./world.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());
const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const URL = "https://ops.fennel.example";
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Mail through this host. */
const through = ({ server: { host, port } }: Mailhost, folder = "unused"): Channel => {
  const channel = mailChannel(
    { url: URL, smtpTls: "none", smtpHost: host, smtpPort: port },
    folder,
  );
  ending.push(channel.close);
  return channel;
};

type Rig = TestInstallation & {
  readonly worker: Worker;
  /** Rounds until nothing is to be done at this instant. */
  readonly round: (worker?: Worker) => Promise<void>;
  readonly restart: (mail: Channel, more?: Partial<WorkerWorld>) => Worker;
  /** Cleo's report, and Ada's acknowledgement of it: the subject. */
  readonly acknowledge: (more?: object) => Promise<string>;
  readonly outcomes: (subject: string) => Promise<readonly object[]>;
};

async function rig(mail: Channel): Promise<Rig> {
  const made = await testInstallation(server);
  const { store, handling, now } = made;
  const restart = (channel: Channel, more: Partial<WorkerWorld> = {}): Worker =>
    createWorker({
      store,
      handling,
      now,
      url: "https://ops.fennel.example",
      mail: channel,
      log: quiet,
      monotonicMs: now,
      ...more,
    });
  const worker = restart(mail);
  const round = async (of = worker): Promise<void> => {
    for (let i = 0; i < 4; i += 1) {
      await of.tick(now());
      await of.settled();
    }
  };
  return {
    ...made,
    worker,
    restart,
    round,
    async acknowledge(more = {}) {
      const { subject } = await must(
        handling.handle({
          subject: "signal",
          at: now(),
          by: "account/ac_ada",
          command: {
            type: "RecordSignal",
            channel: "researcher",
            title: "exports are listable",
            sender: { name: "Cleo", mail: "cleo@meridian.example" },
            ...more,
          },
        }),
      );
      const command = {
        type: "SendAcknowledgement",
        subject: "We are looking",
        body: "Thank you.",
      } as const;
      await must(handling.handle({ subject, at: now(), by: "account/ac_ada", command }));
      return subject;
    },
    async outcomes(subject) {
      const entries = await store.ledger.read(subject);
      return entries
        .map(({ event }) => event)
        .filter(({ type }) => type.startsWith("Deliver") || type === "PageRequested");
    },
  };
}

describe("an acknowledgement", () => {
  test("leaves once, in the person's name, and meets its moment when the server has taken it", async () => {
    const host = await mailhost();
    ending.push(host.stop);
    const { acknowledge, round, outcomes, store, now } = await rig(through(host));
    const subject = await acknowledge();
    await round();
    expect(host.taken.map(({ to }) => to)).toEqual([["cleo@meridian.example"]]);
    const mail = await PostalMime.parse(host.taken[0]?.text ?? "");
    expect(mail.from).toEqual({ name: "Ada", address: "ada@fennel.example" });
    expect(mail.subject).toBe(`We are looking [${subject.slice("signal/".length)}]`);
    expect(await outcomes(subject)).toMatchObject([
      { type: "Delivered", attempt: 1, at: now(), response: expect.stringMatching(/^250 /) },
    ]);
    const one = await store.views.signals.one(subject.slice("signal/".length));
    expect(one?.acknowledgedAt).toBe(now());
  });

  test("with no mail server lies in the outbox folder, and says that it was not sent", async () => {
    const folder = server.folder(`outbox-${Date.now()}`);
    const { acknowledge, round, outcomes } = await rig(
      mailChannel({ url: URL, smtpTls: "starttls" }, folder),
    );
    const subject = await acknowledge();
    await round();
    const [file = "", ...more] = fs.readdirSync(folder);
    expect(more).toEqual([]);
    expect(file).toMatch(/^20261120T173000000Z-N-\w{4,}\.[0-9a-f]{16}\.eml$/);
    const mail = await PostalMime.parse(fs.readFileSync(`${folder}/${file}`));
    expect(mail.to?.[0]?.address).toBe("cleo@meridian.example");
    expect(await outcomes(subject)).toMatchObject([
      { type: "Delivered", response: expect.stringContaining("not sent") },
    ]);
  });

  test("that is just being marked as leaving is waited for by who stops", async () => {
    const channel = testChannel();
    const { acknowledge, restart, store, now } = await rig(channel);
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const sending: typeof store.outbox.sending = async (...given) => {
      await held;
      return store.outbox.sending(...given);
    };
    const slow = restart(channel, { store: { ...store, outbox: { ...store.outbox, sending } } });
    await acknowledge();
    await slow.tick(now());
    const stopped = slow.stop();
    // As late as anything else could have let it end.
    setImmediate(() => setImmediate(goOn));
    await stopped;
    expect(channel.letters).toHaveLength(1);
    expect(await store.outbox.waiting()).toBe(0);
  });

  test("in sample data never leaves", async () => {
    const channel = testChannel();
    const { acknowledge, round } = await rig(channel);
    await acknowledge({ sample: true });
    await round();
    expect([channel.letters.length, channel.kept.length]).toEqual([0, 1]);
  });

  test("whose text was erased before it left fails, and the team is told", async () => {
    const channel = testChannel();
    const { acknowledge, round, outcomes, handling, store, now } = await rig(channel);
    const subject = await acknowledge();
    const asked = (await store.ledger.read(subject)).find(
      ({ event }) => event.type === "NoticeRequested",
    );
    const command = {
      type: "EraseEntry",
      entry: asked?.id ?? "",
      paths: ["/body"],
      basis: "Asked to.",
    } as const;
    await must(handling.handle({ subject, at: now(), by: "account/ac_ada", command }));
    await round();
    expect(channel.letters.filter(({ automatic }) => automatic === undefined)).toEqual([]);
    expect(await outcomes(subject)).toMatchObject([
      { type: "DeliveryFailed" },
      { type: "PageRequested", rung: "failed" },
      { type: "Delivered" },
    ]);
  });
});

describe("a mailbox that is refused", () => {
  test("for good: the notice has failed, and whoever can act is paged without a name or title", async () => {
    const host = await mailhost({
      rcpt(address) {
        if (address.startsWith("cleo")) throw smtpError(550, "No such user");
      },
    });
    ending.push(host.stop);
    const { acknowledge, round, outcomes } = await rig(through(host));
    const subject = await acknowledge();
    await round();
    expect(await outcomes(subject)).toMatchObject([
      { type: "DeliveryFailed", reason: expect.stringContaining("550") },
      { type: "PageRequested", rung: "failed" },
      { type: "Delivered", attempt: 1 },
    ]);
    expect(
      host.taken
        .map(({ to }) => to)
        .flat()
        .toSorted(),
    ).toEqual(["ada@fennel.example", "ben@fennel.example"]);
    for (const { text } of host.taken) {
      expect(text).not.toMatch(/cleo|meridian|listable/i);
      expect(text).toContain("Auto-Submitted: auto-generated");
    }
  });

  test("for now: it is tried again, later each time, and is delivered once", async () => {
    let open = false;
    const host = await mailhost({
      rcpt() {
        if (!open) throw smtpError(451, "Greylisted");
      },
    });
    ending.push(host.stop);
    const { acknowledge, round, outcomes, advance } = await rig(through(host));
    const subject = await acknowledge();
    await round();
    await round();
    expect(await outcomes(subject)).toMatchObject([{ type: "DeliveryDeferred", attempt: 1 }]);
    advance(90 * SECOND_MS);
    await round();
    open = true;
    advance(3 * MINUTE_MS);
    await round();
    expect((await outcomes(subject)).map((event) => (event as { type: string }).type)).toEqual([
      "DeliveryDeferred",
      "DeliveryDeferred",
      "Delivered",
    ]);
    expect(host.taken).toHaveLength(1);
  });

  test("for a whole day: it has failed", async () => {
    const channel = testChannel(() => ({ is: "deferred", reason: "451 later" }));
    const { acknowledge, round, outcomes, advance } = await rig(channel);
    const subject = await acknowledge();
    await round();
    for (let hour = 0; hour < 26; hour += 1) {
      advance(80 * MINUTE_MS);
      await round();
    }
    expect(await outcomes(subject)).toContainEqual(
      expect.objectContaining({
        type: "DeliveryFailed",
        reason: expect.stringMatching(/^given up/),
      }),
    );
  });
});

test("after four hours without a mail server everything is delivered, once", async () => {
  const dead = await badHost((socket) => socket.destroy());
  const alive = await mailhost();
  ending.push(dead.stop, alive.stop);
  const { acknowledge, round, restart, outcomes, advance } = await rig(through(dead));
  const subjects = [await acknowledge(), await acknowledge(), await acknowledge()];
  for (let passed = 0; passed < 4 * HOUR_MS; passed += 30 * MINUTE_MS) {
    await round();
    advance(30 * MINUTE_MS);
  }
  advance(2 * HOUR_MS);
  await round(restart(through(alive)));
  const toCleo = alive.taken.filter(({ to }) => to[0] === "cleo@meridian.example");
  expect(toCleo).toHaveLength(3);
  for (const subject of subjects)
    expect(await outcomes(subject)).toContainEqual(expect.objectContaining({ type: "Delivered" }));
});

test("a program that ends in the middle sends again under the same Message-ID, and says it is not sure", async () => {
  const never = new Promise<Sent>(() => {});
  const first = testChannel(() => never);
  const { acknowledge, restart, round, outcomes, advance, worker, now } = await rig(first);
  const subject = await acknowledge();
  await worker.tick(now());
  for (let i = 0; i < 200 && first.letters.length === 0; i += 1)
    await new Promise((resolve) => setImmediate(resolve));
  expect(first.letters).toHaveLength(1);
  const second = testChannel();
  const next = restart(second);
  await round(next);
  expect(second.letters).toEqual([]);
  advance(31 * SECOND_MS);
  await round(next);
  expect(second.letters.map(({ messageId }) => messageId)).toEqual([first.letters[0]?.messageId]);
  expect(await outcomes(subject)).toMatchObject([
    { type: "DeliveryDeferred", attempt: 1, uncertain: true },
    { type: "Delivered", attempt: 2 },
  ]);
});

test("a program that ends when a letter has left, before the record says so, sends nothing again and is sure", async () => {
  const channel = testChannel(() => ({ is: "delivered", response: "250 taken as 4711" }));
  const { acknowledge, restart, round, outcomes, advance, handling, store, now } =
    await rig(channel);
  const subject = await acknowledge();
  const takenAt = now();
  // Nothing that it hands over is ever recorded.
  const dying = restart(channel, {
    handling: { ...handling, handle: () => new Promise(() => {}) },
  });
  await dying.tick(now());
  const isKept = async () =>
    (await store.pool.rows("select from outbox where answer is not null")).length > 0;
  for (let asked = 0; asked < 2_000 && !(await isKept()); asked += 1);
  expect(await isKept()).toBe(true);
  expect(await outcomes(subject)).toEqual([]);
  advance(31 * SECOND_MS);
  await round();
  expect(channel.letters).toHaveLength(1);
  expect(await outcomes(subject)).toEqual([
    {
      type: "Delivered",
      notice: expect.any(String),
      attempt: 1,
      at: takenAt,
      response: "250 taken as 4711",
    },
  ]);
});

test("a page to several people is not sent again to those who have it", async () => {
  let benIsBack = false;
  const channel = testChannel(({ to, automatic }) => {
    if (automatic === undefined) return { is: "failed", reason: "550 no" };
    if (to.address.startsWith("ben") && !benIsBack) return { is: "deferred", reason: "451 later" };
    return { is: "delivered", response: "250 ok" };
  });
  const { acknowledge, round, advance, outcomes } = await rig(channel);
  const subject = await acknowledge();
  await round();
  benIsBack = true;
  advance(2 * MINUTE_MS);
  await round();
  const pages = channel.letters.filter(({ automatic }) => automatic !== undefined);
  expect(pages.map(({ to }) => to.address).toSorted()).toEqual([
    "ada@fennel.example",
    "ben@fennel.example",
    "ben@fennel.example",
  ]);
  expect((await outcomes(subject)).at(-1)).toMatchObject({ type: "Delivered", attempt: 2 });
});

test("one stalled mailbox does not hold up the others, or the worker", async () => {
  const held: ((sent: Sent) => void)[] = [];
  const channel = testChannel((_, nth) =>
    nth === 1
      ? new Promise<Sent>((resolve) => held.push(resolve))
      : { is: "delivered", response: "250 ok" },
  );
  const { acknowledge, worker, now, outcomes } = await rig(channel);
  const first = await acknowledge();
  await worker.tick(now());
  const second = await acknowledge();
  for (let i = 0; i < 300 && (await outcomes(second)).length === 0; i += 1)
    await worker.tick(now());
  expect(await outcomes(second)).toMatchObject([{ type: "Delivered" }]);
  expect(await outcomes(first)).toEqual([]);
  held[0]?.({ is: "delivered", response: "250 at last" });
  await worker.settled();
  expect(await outcomes(first)).toMatchObject([{ type: "Delivered" }]);
});

test("waits grow from a minute to an hour, pages to five minutes, and never all at once", () => {
  const at = 0 as Parameters<typeof nextAttemptAt>[0];
  const waits = (kind: string, attempt: number) =>
    Array.from({ length: 200 }, (_, i) => nextAttemptAt(at, { id: `N-${i}`, attempt, kind }));
  for (const [kind, attempt, wait] of [
    ["notice", 1, MINUTE_MS],
    ["notice", 4, 8 * MINUTE_MS],
    ["notice", 40, HOUR_MS],
    ["page", 9, 5 * MINUTE_MS],
  ] as const) {
    const all = waits(kind, attempt);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(wait * 0.75);
    expect(Math.max(...all)).toBeLessThanOrEqual(wait * 1.25);
    expect(new Set(all).size).toBeGreaterThan(150);
    expect(waits(kind, attempt)).toEqual(all);
  }
});
