/**
 * The setup link, opened at once: the web app is still being built, and the page that says so
 * becomes the one that was asked for, with the secret behind its `#`.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppEnv } from "../../src/server/world.ts";
import { webRoutes } from "../../src/server/web/static.ts";
import { openBrowser } from "./browser.ts";

let folder: string;
let listening: Server;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "due-coming-"));
  writeFileSync(join(folder, "coming"), "");
  const app = new Hono<AppEnv>().route("/app", webRoutes(folder, ""));
  listening = createServer((request, response) => {
    void getRequestListener(app.fetch, { overrideGlobalObjects: false })(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  listening?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("waits for the app, and opens the address as it was given", async () => {
  const page = await browser.newPage();
  const { port } = listening.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/app/setup#a-secret`);
  await page.getByRole("heading", { name: "One moment" }).waitFor();
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>x</title><h1>Set up</h1>");
  await page.getByRole("heading", { name: "Set up" }).waitFor();
  expect(new URL(page.url()).hash).toBe("#a-secret");
});
