/**
 * Is this still your security contact? The letter leaves by a real mail server when a person
 * sends it, and never before; only a form that is sent answers it.
 */

import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost, smtpError } from "../../src/delivery/fixture.ts";
import { ADA, valueOf } from "../owner.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

const UTE = { name: "Ute Brandt", mail: "ute@kestrel.example", phone: "+49 69 5550101" };
const OLD = { name: "Jonas Wirth", mail: "jonas@kestrel.example" };
const IVO = { name: "Ivo Kern", mail: "ivo@kestrel.example", language: "de" };

let mail: Mailhost;
let world: TestWorld;
let customer: string;
const refusals: Error[] = [];

beforeAll(async () => {
  mail = await mailhost({
    data() {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
    },
  });
  world = await openWorld({
    name: "contact-check",
    at: "2026-11-20T09:30:00Z",
    env: {
      DUE_URL: "https://respond.fennel.example",
      DUE_SMTP_HOST: mail.server.host,
      DUE_SMTP_PORT: String(mail.server.port),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "Fennel reports <reports@fennel.example>",
    },
  });
  customer = valueOf(
    await world.ada.client.send("AddCustomer", "", { name: "Kestrel Bank", contact: UTE }),
  ).subject.slice("party/".length);
  valueOf(await world.ada.client.send("AddContact", customer, OLD));
  valueOf(await world.ada.client.send("AddContact", customer, IVO));
});

afterAll(async () => {
  await world?.stop();
  await mail?.stop();
});

const mailsTo = (address: string): Promise<readonly Email[]> =>
  Promise.all(
    mail.taken.filter(({ to }) => to.includes(address)).map(({ text }) => PostalMime.parse(text)),
  );
const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};
const ask = async (contact: string) => {
  const asked = await world.ada.client.send("AskContact", customer, { contact });
  await world.settle();
  return asked;
};
const contactOf = async (id: string) =>
  valueOf(await world.ada.client.read("party", { id: customer })).contacts.find(
    (one) => one.id === id,
  );
const addressIn = ({ text }: Email): string =>
  /https:\/\/respond\.fennel\.example(\/contact\/[\w-]{43})/.exec(text ?? "")?.[1] ?? "";
const post = (path: string, fields: Readonly<Record<string, string>> = {}) =>
  fetch(world.url + path, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(fields),
  });

describe("a contact who is asked", () => {
  let letter: Email;
  let page: string;

  test("gets one letter from a person, with what is known and a page of their own", async () => {
    valueOf(await ask("ct-1"));
    letter = only(await mailsTo(UTE.mail));
    expect(letter.from).toMatchObject({ name: ADA.name, address: ADA.mail });
    expect(letter.replyTo).toMatchObject([{ address: ADA.mail }]);
    expect(letter.subject).toMatch(/^Is this still your security contact\? \[N-\w{4}\]$/);
    expect(letter.headers.some(({ key }) => key === "auto-submitted")).toBe(false);
    for (const known of [UTE.name, UTE.mail, UTE.phone]) expect(letter.text).toContain(known);
    page = addressIn(letter);
    expect(page).not.toBe("");
    expect(letter.html).toContain(page);
  });

  test("is not asked twice by a second press", async () => {
    expect(await ask("ct-1")).toMatchObject({ ok: false, problems: [{ code: "contact-asked" }] });
    only(await mailsTo(UTE.mail));
  });

  test("answers nothing by opening the page, however often a program opens it", async () => {
    for (const method of ["GET", "HEAD", "GET"]) {
      const opened = await fetch(world.url + page, { method });
      expect(opened.status).toBe(200);
      expect(opened.headers.get("cache-control")).toBe("no-store");
      expect(opened.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect((await fetch(`${world.url}${page}/yes`)).status).toBe(404);
    expect(await contactOf("ct-1")).toMatchObject({ verifiedOn: null, asked: { answer: null } });
  });

  test("is verified on the day of their yes, once", async () => {
    expect((await post(`${page}/yes`)).status).toBe(303);
    const after = await contactOf("ct-1");
    expect(after).toMatchObject({ verifiedOn: "2026-11-20", asked: { answer: "yes" } });
    const before = await world.running.opened.store.ledger.head();
    expect((await post(`${page}/yes`)).status).toBe(303);
    expect((await world.running.opened.store.ledger.head()).size).toBe(before.size);
  });

  test("sees nobody else of their company on it", async () => {
    const shown = await (await fetch(world.url + page)).text();
    expect(shown).toContain(UTE.mail);
    expect(shown).not.toContain("Jonas");
  });
});

describe("a contact who reads German", () => {
  test("is asked in German, and answers on a page in German", async () => {
    valueOf(await ask("ct-3"));
    const letter = only(await mailsTo(IVO.mail));
    expect(letter.subject).toMatch(/^Ist das noch Ihr Sicherheitskontakt\?/);
    expect(letter.text).toContain("Guten Tag Ivo Kern,");
    expect(letter.html).toContain('<html lang="de">');
    const page = addressIn(letter);
    const shown = await (await fetch(world.url + page)).text();
    expect(shown).toContain('<html lang="de">');
    expect(shown).toContain("Ja, das stimmt");
    expect((await post(`${page}/yes`)).status).toBe(303);
    const after = await (await fetch(world.url + page)).text();
    expect(after).toMatch(/Sie haben es bestätigt, Freitag, 20\. November 2026/);
    for (const english of ["Opening", "Thank you", "optional", "Name and"])
      expect(after).not.toContain(english);
  });
});

describe("a correction", () => {
  let page: string;

  test("is proposed, changes nothing, and tells who asked without a name", async () => {
    valueOf(await ask("ct-2"));
    page = addressIn(only(await mailsTo(OLD.mail)));
    const sent = await post(`${page}/correct`, {
      name: "Priya <b>Raman</b>",
      mail: "priya@kestrel.example",
      phone: "",
      note: "Jonas left.\r\nBcc: everybody@kestrel.example",
    });
    expect(sent.status).toBe(303);
    await world.settle();
    expect(await contactOf("ct-2")).toMatchObject({
      ...OLD,
      verifiedOn: null,
      asked: {
        answer: "correct",
        correction: { name: "Priya <b>Raman</b>", mail: "priya@kestrel.example" },
      },
    });
    const told = (await mailsTo(ADA.mail)).filter(({ subject }) =>
      /correction/.test(subject ?? ""),
    );
    expect(only(told).text).toContain(`/app/parties/${customer}`);
    expect(JSON.stringify(told)).not.toMatch(/Priya|Jonas|Kestrel/);
    const shown = await (await fetch(world.url + page)).text();
    expect(shown).toContain("has reached us");
    expect(shown).not.toContain("<b>");
  });

  test("that says nothing, or no address, is told so beside its field", async () => {
    const wrong = await post(`${page}/correct`, { ...OLD, mail: "not an address" });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("Give a mail address");
    expect((await post(`${page}/correct`, OLD)).status).toBe(422);
  });

  test("does not let an old letter verify the address that took its place", async () => {
    valueOf(
      await world.ada.client.send("ChangeContact", customer, {
        contact: "ct-2",
        mail: "priya@kestrel.example",
      }),
    );
    expect((await post(`${page}/yes`)).status).toBe(422);
    expect((await contactOf("ct-2"))?.verifiedOn).toBeNull();
  });
});

describe("an address", () => {
  test("that never was, one of a contact who is gone, and a letter's page of another kind open nothing", async () => {
    const [letter] = await mailsTo(UTE.mail);
    const page = addressIn(letter as Email);
    expect((await fetch(world.url + page.replace("/contact/", "/notice/"))).status).toBe(404);
    expect((await fetch(`${world.url}/contact/${"A".repeat(43)}`)).status).toBe(404);
    expect((await post(`/contact/${"A".repeat(43)}/yes`)).status).toBe(404);
    valueOf(await world.ada.client.send("RemoveContact", customer, { contact: "ct-1" }));
    expect((await fetch(world.url + page)).status).toBe(404);
    expect((await post(`${page}/yes`)).status).toBe(404);
  });
});

test("a letter that could not be delivered says so, and may be sent again", async () => {
  refusals.push(smtpError(550, "5.1.1 no such mailbox"));
  valueOf(await ask("ct-2"));
  expect((await contactOf("ct-2"))?.asked).toMatchObject({ state: "failed", answer: null });
  valueOf(await ask("ct-2"));
  expect((await contactOf("ct-2"))?.asked).toMatchObject({ state: "delivered" });
});

test("a check that is due waits for a person: no mail leaves by itself", async () => {
  const before = mail.taken.filter(({ to }) => to.some((one) => one.endsWith("@kestrel.example")));
  await world.advance(400 * DAY_MS);
  const after = mail.taken.filter(({ to }) => to.some((one) => one.endsWith("@kestrel.example")));
  expect(after).toHaveLength(before.length);
});

test("after all of it the record is whole", () => expectWhole(world));
