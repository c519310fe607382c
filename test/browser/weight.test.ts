/**
 * Weight: what a page costs somebody who opens it for the first time, over the
 * wire, headers and answers included. Bytes, not seconds: they are the same on
 * every machine.
 */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Owner, setUp } from "../owner.ts";
import { type Program, removeFolder, scratchFolder, startProgram } from "../program.ts";
import { DESKTOP, openBrowser } from "./browser.ts";

const folder = scratchFolder("weight");
let program: Program;
let browser: Browser;
let owner: Owner;

beforeAll(async () => {
  program = await startProgram({ data: folder });
  owner = await setUp(program, { sample: true });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  removeFolder(folder);
});

type Weighed = { readonly bytes: number; readonly requests: number; readonly scripts: number };

/** Opens `path` with nothing kept from before, until `shown` stands there and nothing more is asked. */
async function weigh(path: string, shown: RegExp | string): Promise<Weighed> {
  const context = await browser.newContext({ viewport: DESKTOP });
  const [name = "", value = ""] = owner.cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: program.url }]);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let [bytes, requests, scripts] = [0, 0, 0];
  wire.on("Network.requestWillBeSent", ({ type }) => {
    requests += 1;
    if (type === "Script") scripts += 1;
  });
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(program.url + path);
  await page.getByRole("heading", { name: shown }).first().waitFor();
  // The app's stream of events stays open, and counts for nothing here.
  await page.waitForLoadState("networkidle");
  await context.close();
  return { bytes, requests, scripts };
}

describe("the app, opened for the first time", () => {
  test.each([
    ["/app/inbox", "Inbox", 150_000],
    ["/app/incidents", "Incidents", 150_000],
    ["/app/due", "Due", 160_000],
    ["/app/notices", "Notices", 150_000],
    ["/app/parties", "Parties", 150_000],
    ["/app/policy", "Severities", 150_000],
    ["/app/ledger", "Ledger", 150_000],
    ["/app/settings", "Settings", 150_000],
    ["/app/login", "Fennel", 150_000],
    // Above what it should weigh: the incident's rules and React's own weight are what is left.
    ["/app/incidents/INC-1", /INC-1/, 175_000],
  ])("%s costs at most what is promised", async (path, shown, most) => {
    const { bytes, scripts } = await weigh(path, shown);
    expect(scripts).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});
