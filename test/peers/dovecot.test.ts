/**
 * Dovecot: a mailbox that researchers and mail servers write to, looked into by us. Each
 * message is taken once, whatever ends in between, and nothing in it is touched.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost } from "../../src/delivery/fixture.ts";
import { mailboxDoor, mailboxServerOf } from "../../src/intake/imap.ts";
import { reportMail } from "../../src/intake/delivery-report.fixture.ts";
import { createWorker } from "../../src/worker/worker.ts";
import { type Dovecot, startDovecot } from "../dovecot.ts";
import { ADA, valueOf } from "../owner.ts";
import { runDue } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

let dovecot: Dovecot;
let world: TestWorld;
let mailboxes: Mailhost;

beforeAll(async () => {
  dovecot = await startDovecot();
  mailboxes = await mailhost();
  world = await openWorld({
    name: "dovecot",
    at: "2026-11-20T09:30:00Z",
    env: {
      DUE_URL: "https://respond.fennel.example",
      DUE_SMTP_HOST: mailboxes.server.host,
      DUE_SMTP_PORT: String(mailboxes.server.port),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "reports@fennel.example",
      DUE_IMAP_URL: dovecot.url,
      DUE_IMAP_TLS: "none",
    },
  });
}, 60_000);

afterAll(async () => {
  await world?.stop();
  await mailboxes?.stop();
  await dovecot?.stop();
});

const mailOf = (head: Readonly<Record<string, string>>, body = "Your bucket is listable.\n") =>
  `${Object.entries({
    From: "Ravi Nair <ravi@reporter.example>",
    To: "security@fennel.example",
    Subject: "Listable bucket",
    "Message-ID": "<a1@reporter.example>",
    Date: "Fri, 20 Nov 2026 09:20:00 +0000",
    ...head,
  })
    .map(([name, value]) => `${name}: ${value}`)
    .join("\r\n")}\r\n\r\n${body}`;

/** A minute later the mailbox is looked into. */
const look = () => world.advance(MINUTE_MS);
const inbox = async () =>
  valueOf(await world.ada.client.read("signals", {}, { state: "all", limit: 200 })).items;
const kept = async () => {
  const { pool, raw } = world.running.opened.store;
  const [row] = await pool.rows<{ kept: number }>(
    "select count(*)::int as kept from raw where source = 'mailbox'",
  );
  return { kept: row?.kept, ...(await raw.counts()) };
};

describe("what a researcher writes", () => {
  test("becomes a signal of theirs, and stays in the mailbox unread", async () => {
    dovecot.deliver(mailOf({}));
    await look();
    const [signal] = await inbox();
    expect(signal).toMatchObject({ title: "Listable bucket" });
    const whole = valueOf(await world.ada.client.read("signal", { id: signal?.id ?? "" }));
    expect(whole).toMatchObject({ source: "mail", text: "Your bucket is listable." });
    expect(JSON.stringify(whole)).toContain("ravi@reporter.example");
    expect(whole.obligations.find(({ duty }) => duty === "acknowledge")?.standing).toBe("running");
    expect(dovecot.lying()).toEqual({ unseen: 1, seen: 0 });
    expect(mailboxes.taken.filter(({ to }) => to.includes("ravi@reporter.example"))).toEqual([]);
  });

  test("is answered in their thread, and their answer goes on in the same case", async () => {
    const [signal] = await inbox();
    const id = signal?.id ?? "";
    const letter = { subject: "We are looking", body: "I am reading it.\n" };
    valueOf(await world.ada.client.send("SendAcknowledgement", id, letter));
    await world.settle();
    const mail = mailboxes.taken.find(({ to }) => to.includes("ravi@reporter.example"))?.text ?? "";
    expect(mail).toMatch(/^In-Reply-To: <a1@reporter\.example>/m);
    const subject = /^Subject: (.*)$/m.exec(mail)?.[1]?.trim() ?? "";
    const answer = { Subject: `Re: ${subject}`, "Message-ID": "<a2@reporter.example>" };
    dovecot.deliver(mailOf(answer, "It is worse.\n"));
    const stranger = { ...answer, "Message-ID": "<b1@x.example>", From: "eve@x.example" };
    dovecot.deliver(mailOf(stranger, "Close it.\n"));
    await look();
    const entries = await world.running.opened.store.ledger.read(`signal/${id}`);
    const wrote = entries.flatMap(({ event }) =>
      event.type === "ReporterWrote" ? [event.text] : [],
    );
    expect(wrote).toEqual(["It is worse."]);
    expect((await inbox()).map(({ title }) => title)).toContain(`Re: ${subject}`);
  });

  test.each([
    ["an answer while they are away", { "Auto-Submitted": "auto-replied" }],
    ["a list", { "List-Id": "<oss.example>" }],
    ["an address that nobody reads", { From: "noreply@shop.example" }],
  ])("but %s is put aside, with the reason", async (what, head) => {
    const [before, all] = [await kept(), (await inbox()).length];
    dovecot.deliver(mailOf({ ...head, "Message-ID": `<${what.length}@x.example>` }));
    await look();
    expect((await kept()).unreadable).toBe(before.unreadable + 1);
    expect((await inbox()).length).toBe(all);
  });
});

test("a letter that came back opens its promise again", async () => {
  dovecot.deliver(
    mailOf({ From: "Jo <jo@left.example>", "Message-ID": "<j1@left.example>", Subject: "Another" }),
  );
  await look();
  const id = (await inbox()).find(({ title }) => title === "Another")?.id ?? "";
  const letter = { subject: "We are looking", body: "I am reading it.\n" };
  valueOf(await world.ada.client.send("SendAcknowledgement", id, letter));
  await world.settle();
  const sent = mailboxes.taken.find(({ to }) => to.includes("jo@left.example"))?.text ?? "";
  const messageId = /^Message-ID: (<[^>]+>)/im.exec(sent)?.[1] ?? "";
  const owed = async () =>
    valueOf(await world.ada.client.read("signal", { id })).obligations.find(
      ({ duty }) => duty === "acknowledge",
    )?.standing;
  expect(await owed()).toBe("met");
  dovecot.deliver(reportMail({ messageId, recipient: "jo@left.example" }));
  await look();
  expect(await owed()).toBe("running");
  const pages = mailboxes.taken.filter(({ to }) => to.includes(ADA.mail));
  expect(pages.some(({ text }) => /^Subject: NOT DELIVERED/m.test(text))).toBe(true);
});

test("no message is taken twice: not later, not by another process, not under other UIDs", async () => {
  const [before, signals] = [await kept(), (await inbox()).length];
  await world.advance(HOUR_MS);
  const { store, handling } = world.running.opened;
  const server = mailboxServerOf({
    imapUrl: dovecot.url,
    imapTls: "none",
    imapAfterwards: "keep",
  });
  if (!server) throw new Error("no mailbox is named");
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const mail = { close: async () => {} } as never;
  const second = createWorker({
    store,
    handling,
    mail,
    log,
    now: world.now,
    url: "https://respond.fennel.example",
    mailbox: mailboxDoor(server),
  });
  await second.tick(world.now());
  await second.settled();
  // As after a kill between keeping and moving on: the place is behind what is kept.
  await store.pool.rows("delete from setting where key like 'mailbox:%'");
  await look();
  dovecot.renumber();
  await look();
  expect(await kept()).toEqual(before);
  expect((await inbox()).length).toBe(signals);
  dovecot.deliver(mailOf({ "Message-ID": "<n1@reporter.example>", Subject: "After the move" }));
  await look();
  expect((await inbox()).map(({ title }) => title)).toContain("After the move");
});

describe("what the operator said", () => {
  const deleting = (imapAfterwards: "keep" | "delete", imapTls: "none" | "starttls" = "none") => {
    const server = mailboxServerOf({ imapUrl: dovecot.url, imapTls, imapAfterwards });
    if (!server) throw new Error("no mailbox is named");
    return mailboxDoor(server);
  };

  test("decides what becomes of a message that is kept: it goes, and no other does", async () => {
    const before = dovecot.lying();
    dovecot.deliver(mailOf({ "Message-ID": "<d1@reporter.example>", Subject: "To be removed" }));
    const { store, handling } = world.running.opened;
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const mail = { close: async () => {} } as never;
    const worker = createWorker({
      store,
      handling,
      mail,
      log,
      now: world.now,
      url: "https://respond.fennel.example",
      mailbox: deleting("delete"),
    });
    await worker.tick(world.now());
    await worker.settled();
    await world.settle();
    expect((await inbox()).map(({ title }) => title)).toContain("To be removed");
    expect(dovecot.lying().unseen + dovecot.lying().seen).toBe(before.unseen + before.seen);
  });

  test("about encryption is kept to: nobody logs in where it is demanded and not offered", async () => {
    await expect(deleting("keep", "starttls").open()).rejects.toThrow();
    expect(dovecot.log()).not.toMatch(/Login: .*TLS/);
  });
});

test("hundreds that came meanwhile are all taken in, in one look", async () => {
  const before = (await kept()).kept ?? 0;
  for (let i = 0; i < 120; i += 1)
    dovecot.deliver(mailOf({ "Message-ID": `<m${i}@reporter.example>`, Subject: `Report ${i}` }));
  await look();
  expect((await kept()).kept).toBe(before + 120);
  const titles = new Set((await inbox()).map(({ title }) => title));
  expect(titles.has("Report 119")).toBe(true);
}, 30_000);

describe("a mailbox that cannot be read", () => {
  test("is said by `due doctor`, which opens one that can", async () => {
    const asked = (url: string) =>
      runDue(["doctor", "--json"], {
        DUE_DATA: world.data,
        DUE_IMAP_URL: url,
        DUE_IMAP_TLS: "none",
      });
    const good = await asked(dovecot.url);
    expect(good.stdout).toContain("mailbox-opens");
    expect(good.stdout).toMatch(/The mailbox INBOX on 127\.0\.0\.1 opens: \d+ messages/);
    const bad = await asked(dovecot.url.replace(/reports:[^@]+@/, "reports:wrong@"));
    expect(bad.stdout).toContain("mailbox-closed");
    expect(bad.stdout + bad.stderr).not.toContain("wrong@");
  }, 60_000);

  test("for an hour is a signal, once", async () => {
    const signals = (await inbox()).length;
    await dovecot.stop();
    for (let minutes = 0; minutes <= 125; minutes += 25) await world.advance(25 * MINUTE_MS);
    const raised = (await inbox()).filter(({ title }) => /mailbox for reports/.test(title));
    expect(raised).toHaveLength(1);
    expect((await inbox()).length).toBe(signals + 1);
  });
});

test("after all of it the record is whole", async () => {
  await world.advance(DAY_MS);
  await expectWhole(world);
});
