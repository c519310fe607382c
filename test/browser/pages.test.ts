/**
 * Every public page as people meet it: at a desk and on a telephone, in light, dark and on
 * paper. Nothing stands in the way of somebody who cannot see it, nothing has to be scrolled
 * sideways, and nothing is fetched from elsewhere.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { type PublicWorld, publicWorld } from "../public-world.ts";
import { expectAccessible, openBrowser, openPage, PHONE, shot, sideways } from "./browser.ts";

const WIDE = { width: 1440, height: 900 } as const;
let server: TestServer;
let world: PublicWorld;
let listening: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  server = await testServer();
  listening = createServer((request, response) => {
    void getRequestListener(world.app.fetch, { overrideGlobalObjects: false })(request, response);
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  world = await publicWorld(server, url);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  listening?.close();
  await world?.stop();
  await server?.stop();
});

const fileOf = (name: string): string => name.replace(/\W+/g, "-").replace(/-$/, "");

test.each([
  ["desktop", WIDE],
  ["phone", PHONE],
] as const)(
  "every page can be read by everybody, in light and in dark: %s",
  async (size, screen) => {
    const { page, context, faults } = await openPage(browser, screen);
    for (const [name, path] of world.pages) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(url + path);
      for (const theme of ["light", "dark"] as const) {
        const look = theme === "light" ? size : `${size}-${theme}`;
        await page.emulateMedia({ colorScheme: theme });
        await expectAccessible(
          page,
          `${name} ${look}`,
          theme === "light" ? "everything" : "colours",
        );
        expect([name, look, await sideways(page)]).toEqual([name, look, 0]);
        await shot(page, `page-${fileOf(name)}-${look}`);
      }
    }
    await context.close();
    expect(faults).toEqual([]);
  },
);

test("on paper each is ink on white, without what can only be pressed", async () => {
  const { page, context, faults } = await openPage(browser, { width: 794, height: 1123 }, "dark");
  await page.emulateMedia({ media: "print" });
  for (const [name, path] of world.pages) {
    await page.goto(url + path);
    const [ink, paper] = await page.evaluate<string[]>(
      "[document.body, document.documentElement].map((one, i) => getComputedStyle(one)[i ? 'backgroundColor' : 'color'])",
    );
    expect([name, ink, paper]).toEqual([name, "rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    expect(await page.getByRole("navigation").filter({ visible: true }).count(), name).toBe(0);
    expect(await page.getByRole("button").filter({ visible: true }).count(), name).toBe(0);
    await shot(page, `page-${fileOf(name)}-print`);
  }
  await context.close();
  expect(faults).toEqual([]);
});
