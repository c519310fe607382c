/**
 * The public pages on a real installation, in a real browser without scripts, at
 * both sizes and in both themes; and with a program, which sends what no browser would.
 */

import { execFile, execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { parsePolicy } from "../../src/core/policy/parse/parse.ts";
import { publicRoutes } from "../../src/public/routes.ts";
import { createApp } from "../../src/server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { limitTo } from "../../src/server/http/rate.ts";
import type { AppEnv } from "../../src/server/world.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { removeFolder, scratchFolder } from "../program.ts";
import { openBrowser } from "./browser.ts";

const MANY = { perMinute: 1e6, burst: 1e6 };
const PAGES = [
  "/",
  "/policy",
  "/policy/v/1",
  "/policy/diff/1..2",
  "/past",
  "/report",
  "/nothing-here",
];

let server: TestServer;
let it: TestInstallation;
let app: Hono<AppEnv>;
let listening: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  server = await testServer();
  it = await testInstallation(server);
  listening = createServer((request, response) => {
    void getRequestListener(app.fetch, { overrideGlobalObjects: false })(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  app = appAt(url);
  const text = SOLO.replace('version: "3"', 'version: "4"')
    .replace("count: 4, unit: hours", "count: 2, unit: business-days")
    .replace("We work by\n      it:", "We live by\n      it:");
  const command = { type: "PublishPolicy", text, alone: "Ada alone owns" } as const;
  await must(
    it.handling.handle({ subject: "policy", at: it.now(), by: "account/ac_ada", command }),
  );
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  listening?.close();
  await server?.stop();
});

const appAt = (at: string, limit = limitTo(MANY)) => {
  const { store, handling, now } = it;
  return createApp(it.world, { pages: publicRoutes({ store, handling, now, url: at, limit }) });
};

const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
const report = async (fields: Record<string, string>): Promise<string> =>
  (await send("/report", fields)).headers.get("location") ?? "";
const textAt = async (path: string): Promise<string> => (await app.request(path)).text();
const signalCount = async (): Promise<number> => {
  const page = await it.store.views.signals.list("all", undefined, it.now(), {});
  return page.ok ? page.value.total : -1;
};

describe("in a browser", () => {
  test("without scripts, a report is sent, its case is read, and a message added", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/report`);
    expect(await page.textContent("main")).toContain("Tue 24 Nov 2026, 17:00 CET (16:00 UTC)");
    await page.getByLabel("Your mail address").fill("nobody");
    await page.getByRole("button", { name: "Send the report" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("Nothing was sent yet");
    expect(await page.getByLabel("Your mail address").inputValue()).toBe("nobody");
    await page.getByLabel("What is it").fill("<script>alert(1)</script> listable bucket");
    await page.getByLabel("What did you see").fill("\n  Anyone can.\n");
    await page.getByLabel("Your mail address").fill("ravi@researcher.example");
    await page.getByRole("button", { name: "Send the report" }).click();
    await page.waitForURL(/\/case\/R-\w{4}-\w{2}\.[\w-]{43}$/);
    await page.getByLabel("Your message").fill("One more name.");
    await page.getByRole("button", { name: "Send the message" }).click();
    await page.getByText("One more name.").waitFor();
    const shown = (await page.textContent("main")) ?? "";
    expect(shown).toContain("<script>alert(1)</script> listable bucket");
    expect(shown).toContain("Due by Tue 24 Nov 2026, 17:00 CET");
    await context.close();
  });
});

describe("the policy", () => {
  test("stands on the page with the hash of the bytes that run, and they can be fetched", async () => {
    const current = await it.store.views.policies.current();
    const hash = current?.hash.replace("sha256:", "") ?? "-";
    expect(await textAt("/policy")).toContain(`<code>${hash}</code>`);
    const yaml = await app.request("/policy/v/1.yaml");
    expect(await yaml.text()).toBe(SOLO);
    expect(yaml.headers.get("content-type")).toMatch(/yaml/);
  });

  test("is checked by the lines that stand on its page, and is what the record names", async () => {
    const shown = await textAt("/policy/v/1");
    const lines = /<pre><code>(.*?)<\/code><\/pre>/s.exec(shown)?.[1] ?? "false";
    const folder = scratchFolder("check");
    const script = lines.replaceAll("&#39;", "'");
    const run = promisify(execFile)("sh", ["-euc", script], { cwd: folder });
    expect((await run).stdout).toBe("1.yaml: OK\n");
    const hash = execFileSync("sha256sum", [join(folder, "1.yaml")], { encoding: "utf8" }).slice(
      0,
      64,
    );
    removeFolder(folder);
    const asked = await it.read("/policies/1");
    expect(asked.body.hash).toBe(hash);
    const command = {
      type: "OpenIncident",
      title: "Under one version",
      severity: "sev1",
      reason: "Seen",
    };
    const opened = await must(
      it.handling.handle({
        subject: "incident",
        at: it.now(),
        by: "account/ac_ada",
        command: command as never,
      }),
    );
    const [entry] = await it.store.ledger.read(opened.subject);
    const current = await it.store.views.policies.current();
    expect(entry?.event).toMatchObject({ type: "IncidentOpened", policyHash: current?.hash });
    expect(await textAt("/policy")).toContain(`<code>${current?.hash}</code>`);
  });

  test("is there for programs, as its schema describes it", async () => {
    const answer = await app.request("/policy/v/1.json");
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("link")).toBe(`<${url}/policy/schema.json>; rel="describedby"`);
    const json = await answer.text();
    const schema = z.fromJSONSchema(JSON.parse(await textAt("/policy/schema.json")));
    expect(schema.safeParse(JSON.parse(json)).success).toBe(true);
    const [read, written] = [parsePolicy(json), parsePolicy(SOLO)];
    expect(read.ok && read.value.policy).toEqual(written.ok && written.value.policy);
  });

  test("has every promise under its own id, and every id once", async () => {
    const page = await textAt("/policy");
    const pinned = await it.handling.world.policies.current();
    for (const { id } of pinned?.policy.clauses ?? []) expect(page).toContain(`<li id="${id}" `);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("says in an old version that another runs, and compares the two", async () => {
    expect(await textAt("/policy/v/1")).toContain("What runs now is");
    const diff = await textAt("/policy/diff/1..2");
    expect(diff).toContain("<del>4 hours</del> <ins>2 business days (");
    expect(diff).toContain("We <del>work</del> <ins>live</ins> by it:");
  });

  test("is asked for again, and sent again only where it changed", async () => {
    const first = await app.request("/policy");
    const etag = first.headers.get("etag") ?? "";
    expect((await app.request("/policy", { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  test("is told in a feed with an entry for each version", async () => {
    const answer = await app.request("/policy/feed.atom");
    expect(answer.headers.get("content-type")).toMatch(/atom/);
    expect([...(await answer.text()).matchAll(/<entry>/g)]).toHaveLength(2);
  });

  test.each([
    "/policy/v/9",
    "/policy/v/x",
    "/policy/v/1.txt",
    "/policy/diff/1",
    "/policy/diff/1..9",
  ])("%s is no page", async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });

  test("can be served below a path", async () => {
    const below = appAt(`${url}/due`);
    const page = await (await below.request("/policy")).text();
    const inner = [...page.matchAll(/ (?:href|action)="(\/[^"]*)"/g)].map(([, path]) => path);
    expect(inner.length).toBeGreaterThan(10);
    expect(inner.filter((path) => !path?.startsWith("/due/"))).toEqual([]);
  });
});

describe("a report", () => {
  test("becomes a signal with its receipt time, and its automatic receipt", async () => {
    const path = await report({ title: "Bucket", mail: "ravi@researcher.example", wish: "Ravi" });
    const reference = path.slice("/case/".length).split(".")[0] ?? "";
    const signal = (await it.handling.subjects.open("signal", reference))?.folded.state;
    expect(signal).toMatchObject({
      source: "form",
      receivedAt: it.now(),
      sender: { mail: "ravi@researcher.example" },
      wish: "Ravi",
    });
    expect(Object.values(signal?.notices ?? {})).toMatchObject([
      { kind: "receipt", automatic: true },
    ]);
  });

  test("sent twice is one report with one case; another text is another", async () => {
    const once = "z".repeat(43);
    const before = await signalCount();
    const [a, b] = await Promise.all([
      report({ title: "Twice", once }),
      report({ title: "Twice", once }),
    ]);
    expect(a).toBe(b);
    expect(await signalCount()).toBe(before + 1);
    expect(await report({ title: "Another", once })).not.toBe(a);
    expect(await signalCount()).toBe(before + 2);
  });

  test("from another site's page is not taken", async () => {
    const before = await signalCount();
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ] as Record<string, string>[])
      expect((await send("/report", { title: "x" }, headers)).status).toBe(403);
    expect(await signalCount()).toBe(before);
  });

  test("too large is refused without being read", async () => {
    expect((await send("/report", { title: "x", text: "y".repeat(600_000) })).status).toBe(413);
  });

  test("comes slower than a flood", async () => {
    const few = appAt(url, limitTo(MANY));
    const body = (n: number) => new URLSearchParams({ title: "", n: String(n) });
    const statuses: number[] = [];
    for (let n = 0; n < 45; n += 1)
      statuses.push((await few.request("/report", { method: "POST", body: body(n) })).status);
    expect(statuses.at(0)).toBe(422);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("a case", () => {
  test("is open to the whole link only, and never kept by a cache", async () => {
    const path = await report({ title: "Mine", once: "c".repeat(43) });
    const answer = await app.request(path);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toContain("noindex");
    for (const wrong of [path.slice(0, -1), `${path}x`, path.split(".")[0] ?? "", "/case/x"])
      expect((await app.request(wrong)).status).toBe(404);
  });

  test("shows what a person wrote, and nothing of the incident", async () => {
    const path = await report({
      title: "Secret?",
      mail: "ravi@researcher.example",
      once: "d".repeat(43),
    });
    const reference = path.slice("/case/".length).split(".")[0] ?? "";
    const by = "account/ac_ada";
    const act = (subject: string, command: object) =>
      must(it.handling.handle({ subject, at: it.now(), by, command: command as never }));
    const said = { subject: "Your report", body: "Thank you. We are looking." };
    await act(`signal/${reference}`, { type: "SendAcknowledgement", ...said });
    const signal = (await it.handling.subjects.open("signal", reference))?.folded.state;
    const notice = Object.values(signal?.notices ?? {}).find(({ kind }) => kind !== "receipt");
    expect(await textAt(path)).not.toContain("We are looking.");
    const outcome = { is: "delivered", at: it.now(), response: "250 OK" };
    await act(`signal/${reference}`, {
      type: "RecordDelivery",
      notice: notice?.id,
      attempt: 1,
      outcome,
    });
    const confirmed = await act(`signal/${reference}`, {
      type: "ConfirmSignal",
      title: "Zyxwv exposed export bucket",
      answers: { "personal-data": "yes" },
    });
    expect(confirmed.created).toMatch(/^incident\/INC-\d+$/);
    const page = await textAt(path);
    expect(page).toContain("Thank you. We are looking.");
    expect(page).toMatch(/<li class="done" aria-current="step"><strong>confirmed/);
    for (const hidden of ["Zyxwv", "INC-", "SEV1", "ac_ada"]) expect(page).not.toContain(hidden);
    for (const other of PAGES) expect(await textAt(other)).not.toContain("Zyxwv");
  });

  test("takes a message once, however often the button is pressed", async () => {
    const path = await report({ title: "Talk", once: "e".repeat(43) });
    for (const text of ["Hello", "Hello", "Other"])
      await send(path, { text, once: "f".repeat(43) });
    const page = await textAt(path);
    expect([...page.matchAll(/<p class="body">Hello/g)]).toHaveLength(1);
    expect(page).toContain('<p class="body">Other');
    expect((await send(path, { text: " " })).status).toBe(422);
  });
});
