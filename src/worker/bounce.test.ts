/** Reports of delivery against the real store: what they change, and what they must not. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Incident } from "../core/incident/state.ts";
import type { Customer } from "../core/party/customer.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../core/time/instant.ts";
import { reportMail, type ReportOf } from "../intake/delivery-report.fixture.ts";
import type { Along, Envelope } from "../handle.ts";
import { addCustomers, holdNotice } from "../server/fan-out.fixture.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { DatabaseUnavailable } from "../store/retry.ts";
import { keepBody, testChannel } from "./fixture.ts";
import { createWorker, type Worker } from "./worker.ts";

let server: TestServer;
let here: TestInstallation;
let worker: Worker;
let incident: string;
let channel: ReturnType<typeof testChannel>;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

const round = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) {
    await worker.tick(here.now());
    await worker.settled();
  }
};

beforeEach(async () => {
  here = await testInstallation(server);
  const { store, handling, now } = here;
  channel = {
    ...testChannel(),
    bounces: { name: "", address: "bounce@fennel.example" },
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const url = "https://ops.fennel.example";
  worker = createWorker({ store, handling, mail: channel, now, log, url, monotonicMs: now });
  const customers = await addCustomers(here, 3);
  incident = await holdNotice(here, customers);
  here.advance(2 * MINUTE_MS);
  await round();
});
afterEach(() => worker.stop());

const letters = () => channel.letters.filter(({ automatic }) => automatic === undefined);
const pages = () => channel.letters.filter(({ subject }) => subject.includes("NOT DELIVERED"));
const stateOf = async (): Promise<Incident> =>
  (await here.handling.subjects.open("incident", incident.slice("incident/".length)))?.folded
    .state as Incident;
const customerOf = async (i: number): Promise<Customer> =>
  (await here.handling.subjects.open("party", `cus_000000000${i}`))?.folded.state as Customer;
const noticeTo = async (i: number) =>
  Object.values((await stateOf()).notices).find(
    ({ recipient }) => recipient === `customer:cus_000000000${i}`,
  );
const letterTo = (i: number) => {
  const found = letters().find(({ to }) => to.address === `security@northwind-${i}.example`);
  if (!found) throw new Error(`no letter to ${i}`);
  return found;
};

async function comesIn(mail: string): Promise<void> {
  await keepBody(here.store, "mail", mail, here.now());
  await round();
}
const bounceOf = (i: number, more: ReportOf = {}) =>
  reportMail({ to: letterTo(i).bounceTo, recipient: letterTo(i).to.address, ...more });
const aside = async () => (await here.store.raw.unreadables(10)).map(({ problem }) => problem.code);

describe("a letter", () => {
  test("that came back is not kept beside the record, from which it may be erased", async () => {
    const mail = { id: "0193a1c0-0000-7000-8000-00000000b0ce", source: "mail", headers: {} };
    const body = Buffer.from(bounceOf(1));
    await here.store.raw.keep({ ...mail, receivedAt: here.now(), body });
    await round();
    expect((await noticeTo(1))?.state).toBe("failed");
    expect((await here.store.raw.read(mail.id))?.body).toHaveLength(0);
  });

  test("comes back to an address of its own, of which the mark cannot be guessed", () => {
    const all = letters().map(({ bounceTo }) => bounceTo);
    expect(new Set(all).size).toBe(3);
    for (const one of all) expect(one).toMatch(/^bounce\+N-[\w-]+\.[0-9a-f]{16}@fennel\.example$/);
  });

  test("that came back opens what it had met, pages, and marks the contact; the other two stay met", async () => {
    expect((await noticeTo(1))?.state).toBe("delivered");
    here.advance(HOUR_MS);
    await comesIn(bounceOf(1));
    expect((await noticeTo(1))?.state).toBe("failed");
    expect([(await noticeTo(0))?.state, (await noticeTo(2))?.state]).toEqual([
      "delivered",
      "delivered",
    ]);
    const { moments } = await stateOf();
    for (const moment of (await noticeTo(1))?.meets ?? [])
      expect(moments[`${moment}/customer:cus_0000000001`]).toBeUndefined();
    expect(
      pages()
        .map(({ to }) => to.address)
        .toSorted(),
    ).toEqual(["ada@fennel.example", "ben@fennel.example"]);
    for (const { subject, text } of pages())
      expect(subject + text).not.toMatch(/northwind|bucket/i);
    expect((await customerOf(1)).contacts[0]?.bouncedAt).toBe(here.now());
    expect((await customerOf(0)).contacts[0]?.bouncedAt).toBeUndefined();
    expect(await aside()).toEqual([]);
    // What it opened stands at its own line, and not at whatever comes next.
    const timeline = await here.read(`/incidents/${incident.slice("incident/".length)}/timeline`);
    const line = timeline.body.items.findLast(
      (one: { readonly type: string }) => one.type === "DeliveryFailed",
    );
    expect(
      line.clocks.map(({ obligation }: { readonly obligation: string }) => obligation),
    ).toContainEqual(expect.stringMatching(/@customer:cus_0000000001$/));
    const { body } = await here.read("/notices?state=failed");
    expect(body.items).toHaveLength(1);
    expect(body.items[0].reason).toContain("550 5.1.1");
  });

  test("is marked as returned at the customer even where a kill comes before the letter is", async () => {
    const { store, handling, now } = here;
    const dying = {
      ...handling,
      handle: (envelope: Envelope, along?: Along) =>
        envelope.command.type === "RecordDelivery"
          ? Promise.reject(new DatabaseUnavailable())
          : handling.handle(envelope, along),
    };
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const before = createWorker({
      store,
      handling: dying,
      mail: channel,
      now,
      log,
      url: "https://ops.fennel.example",
      monotonicMs: now,
    });
    await keepBody(store, "mail", bounceOf(1), now());
    await before.tick(now());
    await before.stop();
    expect((await noticeTo(1))?.state).toBe("delivered");
    // Whoever reads it again, once the lease is over, finds the mark or makes it.
    here.advance(MINUTE_MS);
    await round();
    expect((await noticeTo(1))?.state).toBe("failed");
    expect((await customerOf(1)).contacts[0]?.bouncedAt).toBeDefined();
    expect(await aside()).toEqual([]);
  });

  test("waits for the next round where reading those before it took long, and is not forgotten", async () => {
    const { store, handling, now } = here;
    let ms = 0;
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const slow = createWorker({
      store,
      handling,
      mail: channel,
      now,
      log,
      url: "https://ops.fennel.example",
      monotonicMs: () => (ms += 1_500),
    });
    for (const i of [0, 1, 2]) await keepBody(store, "mail", bounceOf(i), now());
    const failed = async () =>
      Object.values((await stateOf()).notices).filter(
        ({ kind, state }) => kind === "notice" && state === "failed",
      ).length;
    expect(await slow.tick(now())).toBe(true);
    expect(await failed()).toBeLessThan(3);
    for (let i = 0; i < 5; i += 1) await slow.tick(now());
    expect(await failed()).toBe(3);
    await slow.stop();
  });

  test("is known by what is returned of it, too, and twice is once", async () => {
    const { messageId } = letterTo(2);
    for (let i = 0; i < 2; i += 1) await comesIn(reportMail({ messageId }));
    expect((await noticeTo(2))?.state).toBe("failed");
    expect(pages()).toHaveLength(2);
    expect(await aside()).toEqual([]);
  });

  test("that is delayed, and then has arrived, is shown so and stays met", async () => {
    await comesIn(
      bounceOf(0, { action: "delayed", status: "4.4.1", diagnostic: "smtp; 451 later" }),
    );
    const shown = async () => {
      const { body } = await here.read("/notices");
      return body.items.find(({ id }: { id: string }) => id === letterTo(0).id.split(".")[0]);
    };
    expect(await shown()).toMatchObject({ state: "delivered", reason: "delayed: 4.4.1 451 later" });
    await comesIn(
      bounceOf(0, { action: "delivered", status: "2.0.0", diagnostic: "smtp; 250 ok" }),
    );
    expect(await shown()).toMatchObject({ reason: "in the mailbox: 2.0.0 250 ok" });
    expect(pages()).toEqual([]);
  });

  test("that came back is a contact that the next notice is not sent to unnoticed, until verified", async () => {
    await comesIn(bounceOf(1));
    const { by, at } = { by: "account/ac_ada", at: here.now() };
    const say = (subject: string, command: object) =>
      must(here.handling.handle({ subject, at, by, command } as never));
    const other = await say("incident", { type: "OpenIncident", title: "Another one" });
    const customer = "cus_0000000001";
    await say(other.subject, { type: "TouchCustomer", customer });
    await say(other.subject, {
      type: "DraftNotice",
      kind: "preliminary",
      subject: "Word",
      slots: [],
      nextWordAt: at + HOUR_MS,
    });
    await say(other.subject, { type: "NameRecipients", draft: "D-1", recipients: [{ customer }] });
    const codes = async () => {
      const { body } = await here.read(
        `/incidents/${other.subject.slice("incident/".length)}/drafts/D-1`,
      );
      return body.findings.map(({ code }: { code: string }) => code);
    };
    expect(await codes()).toContain("contact-bounced");
    await say(`party/${customer}`, { type: "VerifyContact", contact: "ct-1" });
    expect(await codes()).not.toContain("contact-bounced");
  });
});

describe("a mail that was put aside", () => {
  const ID = "0193a1c0-0000-7000-8000-00000000a51d";
  const forgotten = async () =>
    (await here.store.ledger.read("installation/current")).flatMap(({ event }) =>
      event.type === "MailsForgotten" ? [event] : [],
    );

  beforeEach(async () => {
    await worker.stop();
    const { store, handling, now } = here;
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const given = { store, handling, mail: channel, now, log, url: "", monotonicMs: now };
    worker = createWorker({ ...given, mailDays: 90 });
    const body = Buffer.from("From: cleo@meridian.example\r\n\r\nMy number is 0170 1234567.\r\n");
    await store.raw.keep({ id: ID, source: "mail", headers: {}, receivedAt: now(), body });
    await round();
    expect(await aside()).toEqual(["mail-no-report"]);
  });

  test("stays for as long as the operator said, to the millisecond", async () => {
    here.advance(90 * DAY_MS);
    await round();
    expect(await aside()).toEqual(["mail-no-report"]);
    expect(await forgotten()).toEqual([]);
  });

  test("is gone after that, its bytes too, and the record says how many for which reason", async () => {
    const before = here.now() + 1;
    here.advance(90 * DAY_MS + 1);
    await round();
    expect(await aside()).toEqual([]);
    expect((await here.store.raw.read(ID))?.body).toHaveLength(0);
    expect(await forgotten()).toEqual([
      { type: "MailsForgotten", count: { "mail-no-report": 1 }, before },
    ]);
    expect((await here.store.check(here.now())).ok).toBe(true);
    // Met in the mailbox once more, it is the same message.
    const again = { id: ID, source: "mail", headers: {}, body: Buffer.from("again") };
    await here.store.raw.keep({ ...again, receivedAt: here.now() });
    here.advance(HOUR_MS);
    await round();
    expect((await here.store.raw.read(ID))?.body).toHaveLength(0);
    expect(await forgotten()).toHaveLength(1);
  });

  test("is nobody else's: what a monitor sent that could not be read stays", async () => {
    await keepBody(here.store, "alertmanager", "{", here.now());
    await round();
    here.advance(91 * DAY_MS);
    await round();
    expect(await aside()).toHaveLength(1);
  });
});

describe("a mail that changes nothing", () => {
  test("names no letter, or a mark that is not the letter's: it is put aside", async () => {
    const before = (await stateOf()).version;
    const forged = letterTo(0).bounceTo.replace(/\.[0-9a-f]{16}@/, ".0123456789abcdef@");
    await comesIn(reportMail({ to: forged }));
    await comesIn(reportMail({ to: "bounce@fennel.example" }));
    await comesIn("From: cleo@meridian.example\r\n\r\nThank you.\r\n");
    await comesIn("\0\0\0");
    expect((await stateOf()).version).toBe(before);
    expect((await aside()).toSorted()).toEqual(
      ["mail-no-report", "mail-unmatched", "mail-unmatched", "mail-unreadable"].toSorted(),
    );
    expect(pages()).toEqual([]);
  });
});
