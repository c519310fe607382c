/**
 * What happens around a notice while it is on its way: two who send it at once, a customer who
 * is no longer concerned when half of it has left, and a clock that is set while it is held.
 */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AnyEvent } from "../../src/core/event.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/core/time/instant.ts";
import { mailChannel } from "../../src/delivery/channels.ts";
import { mailhost, type Mailhost } from "../../src/delivery/fixture.ts";
import { addCustomers, holdNotice, mailOf } from "../../src/server/fan-out.fixture.ts";
import { must, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { createWorker, type Worker } from "../../src/worker/worker.ts";

const [ADA, BEN] = ["account/ac_ada", "account/ac_ben"];
const URL = "https://ops.fennel.example";

let server: TestServer;
let here: TestInstallation;
let host: Mailhost;
let worker: Worker;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  host = await mailhost();
  const { store, handling, now } = here;
  const [smtpHost, smtpPort] = [host.server.host, host.server.port];
  const mail = mailChannel({ url: URL, smtpTls: "none", smtpHost, smtpPort }, "unused", now);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  worker = createWorker({ store, handling, mail, now, log, url: URL, monotonicMs: now });
  return async () => {
    await worker.stop();
    await mail.close();
    await host.stop();
  };
});

const say = (subject: string, command: object, by = ADA) =>
  here.handling.handle({ subject, at: here.now(), by, command: command as never });
async function work(): Promise<void> {
  for (let i = 0; i < 6; i += 1) {
    await worker.tick(here.now());
    await worker.settled();
  }
}
async function eventsOf<T extends AnyEvent["type"]>(subject: string, type: T) {
  const entries = await here.store.ledger.read(subject);
  return entries.flatMap(({ event }) =>
    event.type === type ? [event as Extract<AnyEvent, { type: T }>] : [],
  );
}
/** How often each address was written to. */
const counts = (): ReadonlyMap<string, number> => {
  const all = new Map<string, number>();
  for (const { to } of host.taken) for (const one of to) all.set(one, (all.get(one) ?? 0) + 1);
  return all;
};
const stateOf = async (subject: string) => {
  const opened = await here.handling.subjects.open("incident", subject.slice("incident/".length));
  return opened?.folded.state;
};

test("two who send the same notice in the same moment send it once", async () => {
  const customers = await addCustomers(here, 20);
  const subject = await holdNotice(here, customers);
  await must(say(subject, { type: "HoldBack", draft: "D-1" }));
  const { hash } = (await stateOf(subject))?.drafts["D-1"] ?? {};
  const send = { type: "SendDraft", draft: "D-1", hash };
  const sent = await Promise.all([
    ...Array.from({ length: 5 }, () => say(subject, send)),
    ...Array.from({ length: 5 }, () => say(subject, send, BEN)),
  ]);
  const said = sent.map((one) => (one.ok ? "sent" : one.problems[0].code));
  // Its author once, and then it is on its way; whoever is not its author may not, or is too late.
  expect(said.slice(0, 5).sort()).toEqual([
    ...Array.from({ length: 4 }, () => "notice-draft-leaving"),
    "sent",
  ]);
  for (const code of said.slice(5))
    expect(["author-other", "notice-draft-leaving"]).toContain(code);
  here.advance(2 * MINUTE_MS);
  await work();
  // A second press when it has left sends nothing, either.
  expect((await say(subject, send)).ok).toBe(false);
  here.advance(HOUR_MS);
  await work();
  for (const [i] of customers.entries()) expect(counts().get(mailOf(i)), mailOf(i)).toBe(1);
  expect(await eventsOf(subject, "NoticeLeft")).toMatchObject([{ recipients: 20 }]);
});

test("who is no longer concerned when half of it has left gets nothing, is named, and holds up nobody", async () => {
  const customers = await addCustomers(here, 1_200);
  const subject = await holdNotice(here, customers);
  here.advance(2 * MINUTE_MS);
  await must(say(subject, { type: "Wake" }, "worker"));
  const first = (await eventsOf(subject, "NoticeRequested")).length;
  expect(first).toBe(1_000);
  const [cleared, sent] = [customers[1_150] ?? "", customers[3] ?? ""];
  const reason = "Their export was another one.";
  await must(say(subject, { type: "ClearCustomer", customer: cleared, reason }));
  await must(say(subject, { type: "ClearCustomer", customer: sent, reason }));
  await must(say(`party/${customers[1_190]}`, { type: "RemoveCustomer", reason: "They left us." }));
  await work();
  expect(await eventsOf(subject, "NoticeLeft")).toMatchObject([
    { recipients: 1_198, skipped: [`customer:${sent}`, `customer:${cleared}`] },
  ]);
  const got = counts();
  expect(got.has(mailOf(1_150))).toBe(false);
  // What was asked for before is on its way, and the record says so.
  expect(got.get(mailOf(3))).toBe(1);
  // Who is no customer any more was one when it happened, and is told.
  expect(got.get(mailOf(1_190))).toBe(1);
  expect(customers.every((_, i) => i === 1_150 || got.get(mailOf(i)) === 1)).toBe(true);
}, 60_000);

test("a clock that is set back while it is held lets nothing leave early, and nothing twice", async () => {
  const customers = await addCustomers(here, 5);
  const subject = await holdNotice(here, customers);
  here.advance(30 * SECOND_MS);
  await work();
  here.advance(-HOUR_MS);
  await work();
  here.advance(30 * SECOND_MS - 1);
  await work();
  expect(host.taken).toEqual([]);
  expect((await stateOf(subject))?.drafts["D-1"]?.state).toBe("holding");
  // It can still be held back, and sent again.
  await must(say(subject, { type: "HoldBack", draft: "D-1" }));
  const { hash } = (await stateOf(subject))?.drafts["D-1"] ?? {};
  await must(say(subject, { type: "SendDraft", draft: "D-1", hash }));
  here.advance(MINUTE_MS + 1);
  await work();
  here.advance(HOUR_MS);
  await work();
  for (const [i] of customers.entries()) expect(counts().get(mailOf(i)), mailOf(i)).toBe(1);
});

test("a clock that is set forward ends the hold, and each is written to once", async () => {
  const customers = await addCustomers(here, 5);
  const subject = await holdNotice(here, customers);
  here.advance(SECOND_MS);
  await work();
  expect(host.taken).toEqual([]);
  here.advance(3 * HOUR_MS);
  await work();
  expect(await eventsOf(subject, "NoticeLeft")).toHaveLength(1);
  here.advance(-3 * HOUR_MS);
  await work();
  here.advance(4 * HOUR_MS);
  await work();
  for (const [i] of customers.entries()) expect(counts().get(mailOf(i)), mailOf(i)).toBe(1);
});
