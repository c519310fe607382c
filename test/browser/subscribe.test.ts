/**
 * Subscribing on a real installation, in a real browser without scripts, there and back. What
 * the pages on the way look like is seen with all others (pages.test.ts).
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publicRoutes } from "../../src/public/routes.ts";
import { createApp } from "../../src/server/app.ts";
import { type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { limitTo } from "../../src/server/http/rate.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { openBrowser } from "./browser.ts";

const MANY = { perMinute: 1e6, burst: 1e6 };

let server: TestServer;
let it: TestInstallation;
let listening: Server;
let browser: Browser;
let url: string;

beforeAll(async () => {
  server = await testServer();
  it = await testInstallation(server);
  listening = createServer((request, response) => {
    void getRequestListener(app.fetch, { overrideGlobalObjects: false })(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const { store, handling, now } = it;
  const pages = publicRoutes({ store, handling, now, url, limit: limitTo(MANY) });
  const app = createApp(it.world, { pages });
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  listening?.close();
  await server?.stop();
});

const MAIL = "cleo@meridian.example";
const linkFor = async (purpose: "confirm" | "end"): Promise<string> => {
  const { subscribers } = it.store;
  const token = await subscribers.token(await subscribers.idOf(MAIL), purpose);
  return `${url}/${purpose === "confirm" ? "subscribe" : "unsubscribe"}/${token}`;
};

test("without scripts: asked, confirmed by a button and not by the link alone, and ended", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const count = () => it.store.views.subscriptions.count("policy");
  await page.goto(`${url}/policy`);
  await page.getByRole("link", { name: "by mail" }).click();
  await page.getByLabel("Your mail address").fill(MAIL);
  await page.getByRole("button", { name: "Send me the link" }).click();
  expect(await page.textContent("h1")).toBe("Look into your mailbox");
  await page.goto(await linkFor("confirm"));
  expect(await count()).toBe(0);
  await page.getByRole("button", { name: "Yes, write to me" }).click();
  expect([await page.textContent("h1"), await count()]).toEqual(["You will hear of changes", 1]);
  await page.goto(await linkFor("end"));
  expect(await count()).toBe(1);
  await page.getByRole("button", { name: "Yes, stop writing to me" }).click();
  expect([await page.textContent("h1"), await count()]).toEqual(["You will hear no more", 0]);
  await context.close();
});
