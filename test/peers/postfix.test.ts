/**
 * Postfix between us and the world: what it takes, defers, refuses and later sends back in
 * a report of its own making; and our signature, verified by somebody else's program on
 * what came out at its other end.
 */

import { execFileSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost, smtpError, type Taken } from "../../src/delivery/fixture.ts";
import { ADA, valueOf } from "../owner.ts";
import { type Postfix, startPostfix } from "../postfix.ts";
import { freePort, until } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

const TAKEN = "ravi@reporter.example";
const LATER = "later@reporter.example";
const REFUSED = "nobody-here@reporter.example";
const COMES_BACK = "moved@reporter.example";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });

/** Everybody's mailbox, behind Postfix. */
let world: TestWorld;
let mailboxes: Mailhost;
let postfix: Postfix;

beforeAll(async () => {
  mailboxes = await mailhost({
    rcpt: (address) => {
      if (address === COMES_BACK) throw smtpError(550, "5.1.6 she has left us");
    },
  });
  const [port, smtp] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  world = await openWorld({
    name: "postfix",
    at: "2026-11-20T09:30:00Z",
    env: {
      DUE_PORT: String(port),
      DUE_URL: url,
      DUE_SMTP_HOST: "127.0.0.1",
      DUE_SMTP_PORT: String(smtp),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "Fennel reports <reports@fennel.example>",
      DUE_BOUNCE_ADDRESS: "bounce@fennel.example",
      DUE_DKIM_DOMAIN: "fennel.example",
      DUE_DKIM_SELECTOR: "due",
      DUE_DKIM_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
  });
  postfix = await startPostfix({
    port: smtp,
    answers: {
      [LATER]: "451 4.7.1 Greylisted: come again",
      [REFUSED]: "550 5.1.1 No such user here",
    },
    onTo: mailboxes.server.port,
    own: { address: "bounce@fennel.example", url, token: await world.ada.token("intake") },
  });
}, 60_000);

afterAll(async () => {
  await postfix?.stop();
  await world?.stop();
  await mailboxes?.stop();
});

async function acknowledged(from: string): Promise<string> {
  const sent = await fetch(`${world.url}/report`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      title: "Listable bucket",
      text: "Your bucket is listable.",
      from: "researcher",
      name: "Ravi N.",
      mail: from,
    }),
  });
  const [signal = ""] = /R-[\w-]+/.exec(sent.headers.get("location") ?? "") ?? [];
  await world.settle();
  const letter = { subject: "Your security report: we are looking", body: "I am reading it.\n" };
  valueOf(await world.ada.client.send("SendAcknowledgement", signal, letter));
  await world.settle();
  return signal;
}

const signalOf = async (id: string) => valueOf(await world.ada.client.read("signal", { id }));
const owedIn = async (id: string) =>
  (await signalOf(id)).obligations.find(({ duty }) => duty === "acknowledge");
const noticeIn = async (id: string) =>
  (await signalOf(id)).notices.find(({ kind }) => kind === "acknowledgement");
/** What has come out of Postfix for somebody. */
const arrived = (address: string, count: number): Promise<readonly Taken[]> =>
  until(`${count} for ${address} came out of Postfix: ${postfix.log()}`, async () => {
    const found = mailboxes.taken.filter(({ to }) => to.includes(address));
    return found.length >= count ? found : undefined;
  });

/** dkimpy, as a receiver would ask it, with our key in the place of the DNS. */
function verifies(mail: string): boolean {
  const key = publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const asked = `import dkim, sys
record = b"v=DKIM1; k=rsa; p=${key}"
def dns(name, timeout=5):
    return record if name == b"due._domainkey.fennel.example." else None
print(dkim.verify(sys.stdin.buffer.read(), dnsfunc=dns))`;
  const said = execFileSync("/usr/bin/python3", ["-c", asked], {
    input: Buffer.from(mail, "utf8"),
  });
  return said.toString().trim() === "True";
}

describe("what Postfix takes", () => {
  test("meets the promise, and arrives with a signature that another program verifies", async () => {
    const signal = await acknowledged(TAKEN);
    const notice = await noticeIn(signal);
    expect(notice).toMatchObject({ state: "delivered", attempts: 1 });
    expect(await owedIn(signal)).toMatchObject({ standing: "met" });
    const mails = await arrived(TAKEN, 2);
    for (const { text } of mails) {
      expect(text).toMatch(/^Received: from .*\sby mail\.fennel\.example \(Postfix\)/ms);
      expect(verifies(text)).toBe(true);
      expect(verifies(text.replace(/^Subject: /m, "Subject: Not "))).toBe(false);
      expect(verifies(`${text}\r\nOne more line.\r\n`)).toBe(false);
    }
    expect(mails.map(({ from }) => from)).toEqual([
      expect.stringMatching(/^bounce\+[\w.-]+@fennel\.example$/),
      expect.stringMatching(new RegExp(`^bounce\\+${notice?.id}\\.[0-9a-f]{16}@fennel\\.example$`)),
    ]);
  });

  test("may be a notice with a file: it arrives byte for byte, and the signature holds", async () => {
    const { client } = world.ada;
    const { subject } = valueOf(await client.send("OpenIncident", "", { title: "Exports" }));
    const incident = subject.slice("incident/".length);
    const mail = "security@meridian.example";
    const contact = { name: "Cleo Osei", mail };
    const added = valueOf(
      await client.send("AddCustomer", "", { name: "Meridian Health", contact }),
    );
    const customer = added.subject.slice("party/".length);
    valueOf(await client.send("TouchCustomer", incident, { customer }));
    const words = { kind: "update" as const, subject: "Prüfschritte", slots: [] };
    valueOf(await client.send("DraftNotice", incident, { ...words, opening: "Ihre Zeilen." }));
    valueOf(
      await client.send("NameRecipients", incident, { draft: "D-1", recipients: [{ customer }] }),
    );
    const bytes = randomBytes(700_000);
    const file = { draft: "D-1", name: "Zeilen für Sie.csv", content: bytes.toString("base64") };
    valueOf(await client.send("AttachFile", incident, file));
    const draft = valueOf(await client.read("notice-draft", { id: incident, draft: "D-1" }));
    const overrides = draft.findings.map(({ code }) => ({ code, reason: "A rehearsal." }));
    const alone = "Nobody else is here.";
    const approval = { draft: "D-1", hash: draft.hash, alone, overrides };
    valueOf(await client.send("ApproveNotice", incident, approval));
    valueOf(await client.send("SendDraft", incident, { draft: "D-1", hash: draft.hash }));
    await world.advance(120_000);
    const [taken] = await arrived(mail, 1);
    expect(verifies(taken?.text ?? "")).toBe(true);
    const [attached] = (await PostalMime.parse(taken?.text ?? "")).attachments;
    expect(attached?.filename).toBe("Zeilen für Sie.csv");
    expect(Buffer.from(attached?.content as ArrayBuffer).equals(bytes)).toBe(true);
  });
});

test("what Postfix defers is tried again, and the promise runs on until it is taken", async () => {
  const signal = await acknowledged(LATER);
  const waiting = await noticeIn(signal);
  expect(waiting).toMatchObject({ state: "deferred", attempts: 1 });
  expect(waiting?.reason).toContain("451 4.7.1");
  expect(waiting?.reason).toContain("Greylisted: come again");
  expect((await owedIn(signal))?.standing).toBe("running");
  await world.advance(HOUR_MS);
  expect((await noticeIn(signal))?.attempts).toBeGreaterThan(1);
  expect((await noticeIn(signal))?.state).toBe("deferred");
});

test("what Postfix refuses at RCPT TO failed for good, in its own words", async () => {
  const signal = await acknowledged(REFUSED);
  const refused = await noticeIn(signal);
  expect(refused).toMatchObject({ state: "failed", attempts: 1 });
  expect(refused?.reason).toContain("550 5.1.1");
  expect(refused?.reason).toContain("No such user here");
  expect((await owedIn(signal))?.standing).toBe("running");
});

test("what Postfix took and could not hand on comes back in its own report, and opens the promise again", async () => {
  const signal = await acknowledged(COMES_BACK);
  const dueAt = (await owedIn(signal))?.dueAt;
  expect(await noticeIn(signal)).toMatchObject({ state: "delivered" });
  expect(await owedIn(signal)).toMatchObject({ standing: "met" });
  const notice = await until(`the report of Postfix was read: ${postfix.log()}`, async () => {
    await world.settle();
    const found = await noticeIn(signal);
    return found?.state === "failed" ? found : undefined;
  });
  expect(notice.reason).toContain("came back: 5.1.6");
  expect(notice.reason).toContain("she has left us");
  expect(await owedIn(signal)).toMatchObject({ standing: "running", stoppedAt: null, dueAt });
  const pages = await arrived(ADA.mail, 1);
  const subjects = await Promise.all(
    pages.map(async ({ text }) => (await PostalMime.parse(text)).subject ?? ""),
  );
  expect(subjects.filter((subject) => /NOT DELIVERED/.test(subject)).length).toBeGreaterThan(0);
  expect(postfix.log()).toMatch(
    /postfix\/pipe\[\d+\].*status=sent \(delivered via comeback service\)/,
  );
});

test("nothing that came back is left unread, and the record is whole", async () => {
  const counts = await world.running.opened.store.raw.counts();
  expect(counts).toEqual({ waiting: 0, unreadable: 0 });
  await expectWhole(world);
});
