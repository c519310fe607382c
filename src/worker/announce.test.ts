import PostalMime, { type Email } from "postal-mime";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { policyHash } from "../core/policy/parse/parse.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../core/time/instant.ts";
import { mailChannel } from "../delivery/channels.ts";
import { type Mailhost, mailhost, smtpError } from "../delivery/fixture.ts";
import { publicRoutes } from "../public/routes.ts";
import { createApp } from "../server/app.ts";
import { codeOf, must, SOLO, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { reportMail } from "../intake/delivery-report.fixture.ts";
import { keepBody } from "./fixture.ts";
import { createWorker } from "./worker.ts";

const URL = "https://ops.fennel.example";
const NEXT = SOLO.replace('version: "3"', 'version: "4"')
  .replace(/^effective: .*$/m, "effective: 2027-01-01")
  .replace(/^changes: >-\n(?: {2}.*\n)+/m, "changes: We answer sooner at weekends.\n");
const MANY = { perMinute: 1_000_000, burst: 1_000_000 };

let server: TestServer;
let host: Mailhost;
/** Addresses that the server refuses for good. */
const unknown = new Set<string>();
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await testServer();
  host = await mailhost({
    data({ to }) {
      if (unknown.has(to[0] ?? "")) throw smtpError(550, "5.1.1 no such user");
    },
  });
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  host.taken.length = 0;
  unknown.clear();
});
afterAll(async () => {
  await host.stop();
  await server.stop();
});

async function rig() {
  const here = await testInstallation(server);
  const { store, handling, now } = here;
  const limit = limitTo(MANY);
  const app = createApp(here.world, {
    pages: publicRoutes({ store, handling, now, url: URL, limit }),
  });
  const newWorker = () => {
    const { host: smtpHost, port: smtpPort } = host.server;
    const mail = mailChannel({ url: URL, smtpTls: "none", smtpHost, smtpPort }, "unused");
    ending.push(mail.close);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    return createWorker({ store, handling, now, url: URL, mail, log, monotonicMs: now });
  };
  const worker = newWorker();
  const round = async (of = worker) => {
    for (let i = 0; i < 6; i += 1) {
      await of.tick(now());
      await of.settled();
    }
  };
  const post = (path: string, fields: Record<string, string> = {}) =>
    app.request(path, { method: "POST", body: new URLSearchParams(fields) });
  /** Asks and confirms, as somebody with that mailbox does. */
  const subscribe = async (mail: string) => {
    await post("/subscribe", { mail, topic: "policy" });
    await round();
    const link = linkIn(await lastTo(mail), "subscribe");
    expect((await post(link)).status).toBe(200);
  };
  return { ...here, app, post, round, newWorker, subscribe };
}
type Rig = Awaited<ReturnType<typeof rig>>;

const mailsTo = (mail: string): Promise<Email[]> =>
  Promise.all(
    host.taken.filter(({ to }) => to.includes(mail)).map(({ text }) => PostalMime.parse(text)),
  );
const lastTo = async (mail: string): Promise<Email> => {
  const last = (await mailsTo(mail)).at(-1);
  if (!last) throw new Error(`nothing was sent to ${mail}`);
  return last;
};
const linkIn = ({ text = "" }: Email, to: string): string =>
  new RegExp(`${URL}(/${to}/\\S+)`).exec(text)?.[1] ?? "";
const header = ({ headers }: Email, key: string): string | undefined =>
  headers.find((one) => one.key === key)?.value;

async function publish({ send }: Rig, tell: "yes" | "no" | undefined): Promise<string> {
  await send("/policies/propose-policy", { text: NEXT }, "Ben");
  const told = tell === undefined ? {} : { tell };
  // By a token of her own: Ada is behind it.
  const answer = await send("/policies/approve-policy", { hash: policyHash(NEXT), ...told });
  return answer.status === 201 ? "published" : codeOf(answer);
}

describe("somebody who wants to hear of changes", () => {
  const CLEO = "cleo@meridian.example";

  test("says so on the page and again from the mailbox; a mail program that opens links says nothing", async () => {
    const it = await rig();
    const form = await it.app.request("/subscribe");
    expect(await form.text()).toContain("Hear of changes");
    expect(
      (await it.post("/subscribe", { mail: CLEO, topic: "policy" })).headers.get("location"),
    ).toBe("/subscribe/sent");
    await it.round();
    const mail = await lastTo(CLEO);
    expect(mail.subject).toBe("Please confirm: word from Fennel");
    expect(header(mail, "auto-submitted")).toBe("auto-replied");
    const link = linkIn(mail, "subscribe");
    expect((await it.app.request(link)).status).toBe(200);
    expect(await it.store.views.subscriptions.count("policy")).toBe(0);
    expect((await it.post(link)).status).toBe(200);
    expect((await it.read("/policies")).body.subscribers).toBe(1);
  });

  test("cannot be found out: known, unknown and ended get the same answer and the same entry", async () => {
    const it = await rig();
    await it.subscribe(CLEO);
    it.advance(2 * HOUR_MS);
    const answers = [];
    for (const mail of [CLEO, "dov@oakline.example", CLEO.toUpperCase()]) {
      const before = (await it.store.ledger.head()).size;
      const answer = await it.post("/subscribe", { mail, topic: "policy" });
      const entries = (await it.store.ledger.head()).size - before;
      answers.push([answer.status, answer.headers.get("location"), await answer.text(), entries]);
    }
    expect(answers[0]).toEqual(answers[1]);
    // The same address in other letters is the same: it has its mail of this hour already.
    expect(answers[2]?.slice(0, 3)).toEqual(answers[0]?.slice(0, 3));
    await it.round();
    expect((await mailsTo(CLEO)).map(({ subject }) => subject)).toEqual([
      "Please confirm: word from Fennel",
      "You hear from Fennel already",
    ]);
  });

  test("is told what an address looks like, and what another site sends is not taken", async () => {
    const it = await rig();
    for (const mail of ["", "cleo", "cleo@meridian.example\r\nbcc: x@y.example", "<c@d.example>"])
      expect((await it.post("/subscribe", { mail, topic: "policy" })).status, mail).toBe(422);
    const foreign = await it.app.request("/subscribe", {
      method: "POST",
      body: new URLSearchParams({ mail: CLEO }),
      headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    });
    expect(foreign.status).toBe(403);
    for (const token of ["x", `sub_${"a".repeat(20)}.${"b".repeat(22)}`])
      for (const path of [`/subscribe/${token}`, `/unsubscribe/${token}`]) {
        expect((await it.app.request(path)).status).toBe(404);
        expect((await it.post(path)).status).toBe(404);
      }
    expect(await it.store.pool.rows("select from view_subscription")).toHaveLength(0);
  });

  test("stands in the record without the address, which can be erased", async () => {
    const it = await rig();
    await it.subscribe(CLEO);
    const bodies = await it.store.pool.rows<{ body: string; id: string; type: string }>(
      "select body, id, type from entry where subject like 'subscription/%' order by seq",
    );
    expect(JSON.stringify(bodies)).not.toContain("meridian");
    const asked = bodies.find(({ type }) => type === "SubscriptionAsked");
    const erase = { paths: ["/mail"], basis: "Asked to be forgotten" };
    expect((await it.send(`/entries/${asked?.id}/erase`, erase)).status).toBe(200);
    expect(await it.store.views.subscriptions.count("policy")).toBe(0);
    expect((await it.store.rebuild({ check: true })).differences).toEqual([]);
  });
});

describe("a new version", () => {
  const READERS = ["cleo@meridian.example", "dov@oakline.example", "eli@kestrel.example"];

  test("asks whether subscribers are told, and tells nobody where that is a no", async () => {
    const it = await rig();
    await it.subscribe(READERS[0] ?? "");
    expect(await publish(it, undefined)).toBe("tell-unsaid");
    expect(await publish(it, "no")).toBe("published");
    await it.round();
    expect(await mailsTo(READERS[0] ?? "")).toHaveLength(1);
  });

  test("reaches each in a mail of their own, from the person who approved it, with what changes", async () => {
    const it = await rig();
    for (const mail of READERS) await it.subscribe(mail);
    host.taken.length = 0;
    expect(await publish(it, "yes")).toBe("published");
    await it.round();
    expect(host.taken.map(({ to }) => to.join(" ")).toSorted()).toEqual(READERS);
    const mail = await lastTo(READERS[1] ?? "");
    expect(mail.from).toMatchObject({ name: "Ada", address: "ada@fennel.example" });
    expect(mail.replyTo).toMatchObject([{ address: "ada@fennel.example" }]);
    expect(mail.subject).toBe("Fennel policy: version 4 from Fri 1 Jan 2027, what changed");
    expect(mail.text).toContain("We answer sooner at weekends.");
    expect(mail.text).toContain(`${URL}/policy/diff/1..2`);
    const unsubscribe = `${URL}${linkIn(mail, "unsubscribe")}`;
    expect(header(mail, "list-unsubscribe")).toBe(`<${unsubscribe}>`);
    expect(header(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(header(mail, "auto-submitted")).toBeUndefined();
    const others = READERS.filter((one) => one !== READERS[1]);
    for (const other of others) expect(JSON.stringify(mail)).not.toContain(other);
    expect((await it.store.rebuild({ check: true })).differences).toEqual([]);
  });

  test("is told to all of two hundred and fifty, once each, by workers that are stopped anywhere", async () => {
    const it = await rig();
    const { handling, store, now } = it;
    const mails = Array.from({ length: 250 }, (_, i) => `reader-${i}@oakline.example`);
    const letter = { subject: "x", body: "x" };
    for (const mail of mails) {
      const subject = `subscription/${await store.subscribers.idOf(mail)}`;
      const ask = { type: "AskSubscription", mail, topics: ["policy"] } as const;
      const command = { ...ask, confirm: letter, already: letter };
      await must(handling.handle({ subject, at: now(), by: "public", command }));
      const confirm = { type: "ConfirmSubscription" } as const;
      await must(handling.handle({ subject, at: now(), by: "public", command: confirm }));
    }
    await store.pool.rows("delete from outbox");
    it.advance(1);
    await publish(it, "yes");
    // Each worker does one round and is never heard of again; the next one goes on.
    for (let left = 1; left > 0; ) {
      const worker = it.newWorker();
      await worker.tick(now());
      await worker.settled();
      const at = now();
      left =
        (await store.views.subscriptions.untold("policy", { version: 2, publishedAt: at }, 1))
          .length + (await store.outbox.waiting());
    }
    const reached = host.taken
      .filter(({ text }) => text.includes("what changed"))
      .map(({ to }) => to[0]);
    expect(reached.toSorted()).toEqual(mails.toSorted());
    const asked = await store.pool.rows<{ count: number }>(
      "select count(*) as count from view_notice where kind = 'announcement' and state = 'delivered'",
    );
    expect(asked).toEqual([{ count: 250 }]);
  });

  test("is not told to who said stop, by the button or by the mail program's one click", async () => {
    const it = await rig();
    for (const mail of READERS) await it.subscribe(mail);
    await publish(it, "yes");
    await it.round();
    const [button = "", click = ""] = await Promise.all(
      READERS.slice(0, 2).map(async (mail) => linkIn(await lastTo(mail), "unsubscribe")),
    );
    expect((await it.app.request(button)).status).toBe(200);
    expect(await it.store.views.subscriptions.count("policy")).toBe(3);
    expect((await it.post(button)).status).toBe(200);
    // As RFC 8058 has it: no cookie, no page of ours before it, from wherever the mail is read.
    expect((await it.post(click, { "List-Unsubscribe": "One-Click" })).status).toBe(200);
    expect((await it.post(click, { "List-Unsubscribe": "One-Click" })).status).toBe(200);
    expect(await it.store.views.subscriptions.count("policy")).toBe(1);
    const how = await it.store.pool.rows<{ body: string }>(
      "select body from entry where type = 'SubscriptionEnded' order by seq",
    );
    expect(how.map(({ body }) => /"how":"([\w-]+)"/.exec(body)?.[1])).toEqual([
      "link",
      "one-click",
    ]);
  });

  test("ends what comes back later, however many have a letter of that name, and shows it", async () => {
    const it = await rig();
    for (const mail of READERS) await it.subscribe(mail);
    await publish(it, "yes");
    await it.round();
    const returned = await lastTo(READERS[1] ?? "");
    const [, letter = ""] = /<(P-2\.[0-9a-f]{16})@/.exec(returned.messageId ?? "") ?? [];
    expect(letter).not.toBe("");
    const reports = [
      // One mark is nobody's.
      reportMail({ to: `bounce+P-2.${"0".repeat(16)}@fennel.example` }),
      reportMail({ to: `bounce+${letter}@fennel.example`, recipient: READERS[1] ?? "" }),
    ];
    for (const body of reports) await keepBody(it.store, "mail", body, it.now());
    await it.round();
    expect(await it.store.views.subscriptions.count("policy")).toBe(2);
    const { items } = (await it.read("/notices?state=failed")).body;
    expect(items).toMatchObject([
      { id: "P-2", to: READERS[1], state: "failed", reason: expect.stringContaining("550 5.1.1") },
    ]);
    expect((await it.read("/notices")).body.total).toBe(1);
    const aside = await it.store.raw.unreadables(10);
    expect(aside.map(({ problem }) => problem.code)).toEqual(["mail-unmatched"]);
    expect((await it.store.rebuild({ check: true })).differences).toEqual([]);
  });

  test("whose author nobody can answer is told to nobody, and somebody sees that", async () => {
    const it = await rig();
    await it.subscribe(READERS[0] ?? "");
    await publish(it, "yes");
    const change = {
      type: "ChangeAccount",
      account: "account/ac_ada",
      mail: "no-reply@fennel.example",
    };
    const ada = { subject: "access", at: it.now(), by: "account/ac_ada", command: change };
    await must(it.handling.handle(ada as never));
    host.taken.length = 0;
    for (let i = 0; i < 3; i += 1) {
      it.advance(2 * MINUTE_MS);
      await it.round();
    }
    expect(await mailsTo(READERS[0] ?? "")).toEqual([]);
    const { items } = (await it.read("/signals?state=open")).body;
    expect(items.map(({ title }: { title: string }) => title)).toEqual([
      "Subscribers are not told of version 2 of the policy",
    ]);
    expect(items[0].count).toBe(1);
    expect(items[0].next).not.toBeNull();
    const back = { ...change, mail: "ada@fennel.example" };
    await must(it.handling.handle({ ...ada, at: it.now(), command: back } as never));
    it.advance(2 * MINUTE_MS);
    await it.round();
    expect(await mailsTo(READERS[0] ?? "")).toHaveLength(1);
  });

  test("ends what bounces for good, and wakes nobody for it", async () => {
    const it = await rig();
    for (const mail of READERS) await it.subscribe(mail);
    unknown.add(READERS[2] ?? "");
    it.advance(DAY_MS);
    await publish(it, "yes");
    await it.round();
    expect(await it.store.views.subscriptions.count("policy")).toBe(2);
    expect(await it.store.outbox.waiting()).toBe(0);
    const pages = await it.store.pool.rows("select from entry where type = 'PageRequested'");
    expect(pages).toHaveLength(0);
  });
});
