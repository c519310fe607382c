/**
 * A subscriber to the status page: asked for by a form, confirmed by a button, written to through
 * a real mail server by the person who published, and by nobody once they have had enough.
 */

import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS, type Instant } from "../../src/core/time/instant.ts";
import { type Mailhost, mailhost } from "../../src/delivery/fixture.ts";
import { ADA, valueOf } from "../owner.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

const URL = "https://respond.fennel.example";
const CLEO = "cleo@meridian.example";

let mail: Mailhost;
let world: TestWorld;
let status: string;

beforeAll(async () => {
  mail = await mailhost();
  world = await openWorld({
    name: "status-mail",
    at: "2026-11-20T09:30:00Z",
    env: {
      DUE_URL: URL,
      DUE_SMTP_HOST: mail.server.host,
      DUE_SMTP_PORT: String(mail.server.port),
      DUE_SMTP_TLS: "none",
      DUE_MAIL_FROM: "Fennel reports <reports@fennel.example>",
    },
  });
});
afterAll(async () => {
  await world?.stop();
  await mail?.stop();
});

const letters = (): Promise<readonly Email[]> =>
  Promise.all(
    mail.taken.filter(({ to }) => to.includes(CLEO)).map(({ text }) => PostalMime.parse(text)),
  );
const newest = async (): Promise<Email> => (await letters()).at(-1) as Email;
const header = ({ headers }: Email, name: string) => headers.find(({ key }) => key === name)?.value;
const pathIn = ({ text }: Email, begins: string): string =>
  new RegExp(`${URL}(/${begins}/[\\w.-]+)`).exec(text ?? "")?.[1] ?? "";
const post = (path: string, fields: readonly (readonly [string, string])[] = []) =>
  fetch(world.url + path, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(fields.map(([name, value]) => [name, value] as [string, string])),
  });
const inHours = (hours: number) => new Date(world.now() + hours * HOUR_MS).toISOString();

test("confirms by a button in the page that the letter leads to, and not before", async () => {
  const asked = [
    ["mail", CLEO],
    ["topic", "status"],
  ] as const;
  expect((await post("/subscribe", asked)).headers.get("location")).toBe("/subscribe/sent");
  await world.settle();
  const confirm = pathIn(await newest(), "subscribe");
  expect((await fetch(world.url + confirm)).status).toBe(200);
  const { store } = world.running.opened;
  expect(await store.views.subscriptions.count("status")).toBe(0);
  expect((await post(confirm)).ok).toBe(true);
  expect(await store.views.subscriptions.count("status")).toBe(1);
});

test("hears of an update from whoever published it, with when the next one comes", async () => {
  const { client } = world.ada;
  valueOf(await client.send("DescribeComponent", "", { component: "exports", name: "Exports" }));
  const published = await client.send("OpenStatus", "", {
    title: "Exports are slow",
    state: "investigating",
    text: "Exports take an hour longer than they should. We are looking for the cause.",
    components: { exports: "degraded" },
    nextAt: inHours(2),
    tell: "yes",
  });
  valueOf(published);
  await world.settle();
  status = /status\/(S-[\w]+)/.exec((await newest()).text ?? "")?.[1] ?? "";
  expect(await letters()).toHaveLength(2);
  const letter = await newest();
  expect(letter.from).toMatchObject({ name: ADA.name, address: ADA.mail });
  expect(letter.subject).toBe(
    "Fennel status: Exports are slow, investigating, next update Fri 20 Nov 2026, 11:30 UTC",
  );
  for (const part of ["Exports take an hour longer", `${URL}/status/${status}`])
    expect([letter.text, letter.html].every((words) => words?.includes(part))).toBe(true);
  expect(header(letter, "list-unsubscribe")).toBe(`<${URL}${pathIn(letter, "unsubscribe")}>`);
  expect(header(letter, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(header(letter, "auto-submitted")).toBeUndefined();
});

test("hears nothing of what was not to be told, and nothing after one click", async () => {
  const { client } = world.ada;
  const more = { status, state: "monitoring", text: "The queue is short again." } as const;
  valueOf(await client.send("UpdateStatus", "", { ...more, nextAt: inHours(3), tell: "no" }));
  await world.settle();
  expect(await letters()).toHaveLength(2);
  const unsubscribe = pathIn(await newest(), "unsubscribe");
  expect((await post(unsubscribe, [["List-Unsubscribe", "One-Click"]])).ok).toBe(true);
  const over = { status, state: "resolved", text: "Exports are as fast as they were." } as const;
  valueOf(await client.send("UpdateStatus", "", over));
  await world.advance(HOUR_MS as Instant);
  expect(await letters()).toHaveLength(2);
  await expectWhole(world);
});
