/**
 * A real mail server: what reaches a reporter and the team, in which words and
 * under whose name; and that sent is not met, for every answer a server can give.
 */

import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost, smtpError, type Taken } from "../../src/delivery/fixture.ts";
import { reportMail } from "../../src/intake/delivery-report.fixture.ts";
import { ADA, valueOf } from "../owner.ts";
import { runDue } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

const TITLE = "Listable bucket exports-prod";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });

let mail: Mailhost;
let world: TestWorld;
/** What the server says to the next mails for somebody; nothing where it takes them. */
const answers = new Map<string, Error[]>();
/** Everything that was handed over, refused mails included. */
const offered: Taken[] = [];

beforeAll(async () => {
  mail = await mailhost({
    data(taken) {
      offered.push(taken);
      const refusal = answers.get(taken.to[0] ?? "")?.shift();
      if (refusal) throw refusal;
    },
  });
  world = await openWorld({
    name: "mail",
    at: "2026-11-20T09:30:00Z",
    env: {
      DUE_URL: "https://respond.fennel.example",
      DUE_SMTP_HOST: mail.server.host,
      DUE_SMTP_PORT: String(mail.server.port),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "Fennel reports <reports@fennel.example>",
      DUE_DKIM_DOMAIN: "fennel.example",
      DUE_DKIM_SELECTOR: "due",
      DUE_DKIM_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
  });
});

afterAll(async () => {
  await world?.stop();
  await mail?.stop();
});

/** Sends the public form, and answers with the signal's id. */
async function report(from: string): Promise<string> {
  const sent = await fetch(`${world.url}/report`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      title: TITLE,
      text: "Your bucket exports-prod is listable.",
      from: "researcher",
      name: "Ravi N.",
      mail: from,
    }),
  });
  expect(sent.status).toBe(303);
  await world.settle();
  const [token = ""] = /R-[\w-]+/.exec(sent.headers.get("location") ?? "") ?? [];
  return token;
}

const acknowledge = async (signal: string): Promise<void> => {
  valueOf(
    await world.ada.client.send("SendAcknowledgement", signal, {
      subject: "Your security report: we are looking",
      body: "Thank you, Ravi.\n\nI am reading it now.\n",
    }),
  );
  await world.settle();
};

const signalOf = async (id: string) => valueOf(await world.ada.client.read("signal", { id }));
const owedIn = async (id: string) =>
  (await signalOf(id)).obligations.find(({ duty }) => duty === "acknowledge");
const noticeIn = async (id: string) =>
  (await signalOf(id)).notices.find(({ kind }) => kind === "acknowledgement");

const mailsTo = (address: string, from: readonly Taken[] = mail.taken): Promise<Email[]> =>
  Promise.all(
    from.filter(({ to }) => to.includes(address)).map(({ text }) => PostalMime.parse(text)),
  );
const header = ({ headers }: Email, key: string): string | undefined =>
  headers.find((one) => one.key === key)?.value;
const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};

describe("a researcher who reports", () => {
  const RAVI = "ravi@reporter.example";
  let signal: string;
  let receipt: Email;

  test("gets a receipt at once that says it is automatic, and repeats nothing", async () => {
    signal = await report(RAVI);
    receipt = only(await mailsTo(RAVI));
    expect(header(receipt, "auto-submitted")).toBe("auto-replied");
    expect(receipt.from).toMatchObject({
      name: "Fennel reports",
      address: "reports@fennel.example",
    });
    expect(receipt.subject).toBe(`Received: your security report [${signal}]`);
    expect(receipt.text).toContain("does not count as that answer");
    expect(receipt.text).toContain(`https://respond.fennel.example/case/${signal}`);
    expect(JSON.stringify(receipt)).not.toContain("exports-prod");
  });

  test("is not acknowledged by it: the promise runs on", async () => {
    expect(await owedIn(signal)).toMatchObject({ standing: "running", stoppedAt: null });
  });

  test("is acknowledged by a person, in the same thread, with an address that answers", async () => {
    await world.advance(10 * MINUTE_MS);
    await acknowledge(signal);
    const [, word] = await mailsTo(RAVI);
    expect(word?.from).toMatchObject({ name: ADA.name, address: ADA.mail });
    expect(word?.replyTo).toMatchObject([{ name: ADA.name, address: ADA.mail }]);
    expect(header(word as Email, "auto-submitted")).toBeUndefined();
    expect(word?.inReplyTo).toBe(receipt.messageId);
    expect(word?.references).toContain(receipt.messageId);
    expect(word?.subject).toContain(`[${signal}]`);
    expect(word?.text).toContain("I am reading it now.");
  });

  test("and only then the obligation is met, at the instant the server took it", async () => {
    expect(await owedIn(signal)).toMatchObject({
      standing: "met",
      stoppedAt: new Date(world.now()).toISOString(),
    });
    expect(await noticeIn(signal)).toMatchObject({ state: "delivered", attempts: 1 });
  });

  test("can prove that every mail came from this domain: its DKIM signature verifies", () => {
    expect(mail.taken.length).toBeGreaterThan(1);
    for (const { text } of mail.taken) expect(dkimHolds(text)).toBe(true);
    const changed = mail.taken[0]?.text.replace("does not count", "counts") ?? "";
    expect(dkimHolds(changed)).toBe(false);
  });

  test("bounces go to the installation, never to the person who wrote", () => {
    for (const { from } of mail.taken) expect(from).toBe("reports@fennel.example");
  });
});

describe("a mailbox that refuses for good", () => {
  const GONE = "gone@reporter.example";
  let signal: string;
  let dueAt: string | null | undefined;

  test("leaves the promise open, due when it always was", async () => {
    signal = await report(GONE);
    dueAt = (await owedIn(signal))?.dueAt;
    expect(dueAt).toBeTruthy();
    await world.advance(HOUR_MS);
    answers.set(GONE, [smtpError(550, "5.1.1 no such mailbox")]);
    await acknowledge(signal);
    expect(await owedIn(signal)).toMatchObject({ standing: "running", stoppedAt: null, dueAt });
  });

  test("is shown with the server's own words, and is not tried again", async () => {
    const notice = await noticeIn(signal);
    expect(notice).toMatchObject({ state: "failed", attempts: 1, nextAt: null });
    expect(notice?.reason).toContain("5.1.1 no such mailbox");
    const failed = valueOf(await world.ada.client.read("notices", {}, { state: "failed" }));
    expect(failed.items.map(({ id }) => id)).toEqual([notice?.id]);
    const before = offered.length;
    await world.advance(2 * HOUR_MS);
    expect((await mailsTo(GONE, offered.slice(before))).length).toBe(0);
  });

  test("pages the team NOT DELIVERED, without a word of what it is about", async () => {
    const pages = (await mailsTo(ADA.mail)).filter(({ subject }) =>
      /NOT DELIVERED/.test(subject ?? ""),
    );
    const page = only(pages);
    expect(header(page, "auto-submitted")).toBe("auto-generated");
    expect(page.text).toContain(`https://respond.fennel.example/app/`);
    expect(page.text).toContain((await noticeIn(signal))?.id);
    for (const word of [TITLE, "exports-prod", "Ravi", GONE])
      expect(`${page.subject} ${page.text} ${page.html}`).not.toContain(word);
  });

  test("can be written to again, and meets the promise then", async () => {
    await acknowledge(signal);
    expect((await owedIn(signal))?.standing).toBe("met");
  });
});

describe("a mail server that is busy", () => {
  const BUSY = "busy@reporter.example";

  test("is asked again under the same Message-ID, and the promise is met when it takes it", async () => {
    const signal = await report(BUSY);
    answers.set(BUSY, [smtpError(451, "4.7.1 try again later"), smtpError(421, "4.3.2 closing")]);
    // The policy asks that it is sent by then: it was when it left, once somebody has taken it.
    const leftAt = new Date(world.now()).toISOString();
    await acknowledge(signal);
    const waiting = await noticeIn(signal);
    expect(waiting).toMatchObject({ state: "deferred", attempts: 1 });
    expect(waiting?.reason).toContain("4.7.1 try again later");
    expect((await owedIn(signal))?.standing).toBe("running");
    const before = Date.parse(waiting?.nextAt ?? "") - world.now();
    expect(before).toBeGreaterThan(0);
    await world.advance(before - 1);
    expect((await noticeIn(signal))?.attempts).toBe(1);
    await world.advance(1);
    expect(await noticeIn(signal)).toMatchObject({ state: "deferred", attempts: 2 });
    await world.advance(HOUR_MS);
    expect(await noticeIn(signal)).toMatchObject({ state: "delivered", attempts: 3 });
    expect(await owedIn(signal)).toMatchObject({ standing: "met", stoppedAt: leftAt });
    const tried = (await mailsTo(BUSY, offered)).slice(1);
    expect(tried).toHaveLength(3);
    expect(new Set(tried.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await mailsTo(BUSY)).toHaveLength(2);
  });
});

describe("a mail that comes back an hour after it was accepted", () => {
  const LEFT = "left@reporter.example";
  const dueMailIn = async (mail: string, token = "intake") =>
    runDue(["mail", "in"], { DUE_URL: world.url, DUE_TOKEN: await world.ada.token(token) }, mail);

  test("handed over by `due mail in`, opens the promise at its first due time and pages", async () => {
    const signal = await report(LEFT);
    const dueAt = (await owedIn(signal))?.dueAt;
    await acknowledge(signal);
    expect((await owedIn(signal))?.standing).toBe("met");
    await world.advance(HOUR_MS);
    const before = mail.taken.length;
    const { messageId = "" } = (await mailsTo(LEFT)).at(-1) ?? {};
    const { code } = await dueMailIn(reportMail({ messageId, recipient: LEFT }));
    expect(code).toBe(0);
    await world.settle();
    expect(await owedIn(signal)).toMatchObject({ standing: "running", stoppedAt: null, dueAt });
    expect((await noticeIn(signal))?.reason).toContain("came back: 5.1.1 550 5.1.1");
    const pages = await mailsTo(ADA.mail, mail.taken.slice(before));
    expect(only(pages).subject).toMatch(/NOT DELIVERED/);
  });

  test("leaves 75 where it cannot be handed over, so that a mail server tries again", async () => {
    expect((await dueMailIn(reportMail(), "read")).code).toBe(75);
    const away = { DUE_URL: "http://127.0.0.1:9", DUE_TOKEN: "due_x" };
    expect((await runDue(["mail", "in"], away, reportMail())).code).toBe(75);
  });
});

describe("the team", () => {
  test("is woken by mails that anybody may read: no title, no name", async () => {
    const opened = valueOf(
      await world.ada.client.send("OpenIncident", "", {
        title: "Kestrel's exports are public",
        answers: { "customer-data": "yes" },
      }),
    );
    expect(opened.subject).toBe("incident/INC-1");
    for (let day = 0; day < 6; day += 1) await world.advance(24 * HOUR_MS);
    const pages = (await mailsTo(ADA.mail)).filter(({ subject }) =>
      /^(OVERDUE|START NOW|HALF GONE|DUE in)/.test(subject ?? ""),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(header(page, "auto-submitted")).toBe("auto-generated");
      expect(page.from?.address).toBe("reports@fennel.example");
      expect(JSON.stringify(page)).not.toMatch(/Kestrel|exports|Ravi/);
    }
  });
});

describe("due mail test", () => {
  const dueMail = (env: Readonly<Record<string, string>>) =>
    runDue(["mail", "test", "you@fennel.example"], {
      DUE_DATA: world.data,
      DUE_SMTP_URL: `smtp://127.0.0.1:${mail.server.port}`,
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "reports@fennel.example",
      ...env,
    });

  test("prints the whole dialogue", async () => {
    const { code, stdout } = await dueMail({});
    expect(code).toBe(0);
    for (const line of [
      /EHLO /,
      /MAIL FROM:<reports@fennel.example>/,
      /RCPT TO:<you@fennel/,
      /DATA/,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).toContain("The server took it");
    expect(await mailsTo("you@fennel.example")).toHaveLength(1);
  });

  test("leaves 1 and says the server's sentence where it refuses", async () => {
    answers.set("you@fennel.example", [smtpError(554, "5.7.1 not from you")]);
    const { code, stdout, stderr } = await dueMail({});
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("5.7.1 not from you");
  });

  test("demands encryption unless it is told otherwise", async () => {
    const { code, stdout, stderr } = await dueMail({ DUE_SMTP_TLS: "starttls" });
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/did not leave/);
  });
});

test("after all of it the record is whole", () => expectWhole(world));

/** RFC 6376 with the canonicalisations that we use; nothing more. */
function dkimHolds(mail: string): boolean {
  const [head = "", ...rest] = mail.split("\r\n\r\n");
  const fields = head.split(/\r\n(?![ \t])/);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? "";
  const tags = new Map(
    signature
      .slice(signature.indexOf(":") + 1)
      .split(";")
      .map((tag) => tag.trim())
      .map((tag) => [tag.split("=")[0] ?? "", tag.slice(tag.indexOf("=") + 1).replace(/\s/g, "")]),
  );
  expect([tags.get("d"), tags.get("s"), tags.get("c")]).toEqual([
    "fennel.example",
    "due",
    "relaxed/relaxed",
  ]);
  const body = rest
    .join("\r\n\r\n")
    .replace(/[ \t]+/g, " ")
    .replace(/ (?=\r\n)/g, "")
    .replace(/(\r\n)*$/, "\r\n");
  if (createHash("sha256").update(body).digest("base64") !== tags.get("bh")) return false;
  const relaxed = (field: string): string =>
    `${field.slice(0, field.indexOf(":")).trim().toLowerCase()}:${field
      .slice(field.indexOf(":") + 1)
      .replace(/\r\n/g, "")
      .replace(/[ \t]+/g, " ")
      .trim()}`;
  const names = (tags.get("h") ?? "").toLowerCase().split(":");
  expect(names).toContain("from");
  const signed = names.flatMap((name) =>
    fields.filter((field) => field.toLowerCase().startsWith(`${name}:`)).slice(-1),
  );
  const bare = relaxed(signature).replace(/\bb=[^;]*/, "b=");
  return createVerify("RSA-SHA256")
    .update([...signed.map(relaxed), bare].join("\r\n"))
    .verify(publicKey, tags.get("b") ?? "", "base64");
}
