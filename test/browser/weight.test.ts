/**
 * Weight: what a page costs somebody who opens it for the first time, over the
 * wire, headers and answers included. Bytes, not seconds: they are the same on
 * every machine.
 */

import { describe, expect, test } from "vitest";
import { openApp } from "./app.ts";
import { DESKTOP } from "./browser.ts";

const { owner, program, browser } = await openApp("weight", { setup: { sample: true } });

type Weighed = { readonly bytes: number; readonly asked: readonly string[] };

/** Opens `path` with nothing kept from before, until `shown` stands there and nothing more is asked. */
async function weigh(path: string, shown: RegExp | string): Promise<Weighed> {
  const context = await browser.newContext({ viewport: DESKTOP });
  const [name = "", value = ""] = owner.cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: program.url }]);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  let bytes = 0;
  const asked: string[] = [];
  wire.on("Network.requestWillBeSent", ({ request }) => {
    // What stands in the page itself, as its mark does, is in its bytes already.
    if (!request.url.startsWith("data:")) asked.push(request.url.slice(program.url.length));
  });
  wire.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(program.url + path);
  await page.getByRole("heading", { name: shown }).first().waitFor();
  // The app's stream of events stays open, and counts for nothing here.
  await page.waitForLoadState("networkidle");
  await context.close();
  return { bytes, asked };
}

describe("the app, opened for the first time", () => {
  test.each([
    ["/app/inbox", "Inbox", 98_700],
    ["/app/incidents", "Incidents", 80_800],
    ["/app/due", "Due", 87_300],
    ["/app/handover", "Handover", 81_700],
    ["/app/break-glass", "If the server is down", 84_700],
    ["/app/notices", "Notices", 80_400],
    ["/app/parties", "Parties", 80_400],
    ["/app/policy", "Severities", 86_900],
    ["/app/ledger", "Ledger", 79_800],
    ["/app/settings", "Settings", 87_200],
    ["/app/policy/law", "Law", 90_200],
    ["/app/policy/what-if", "What if", 93_000],
    ["/app/login", "Fennel", 74_800],
    ["/app/incidents/INC-1/paper", /INC-1/, 108_300],
    // The rules by which its buttons know beforehand what the server would refuse are most of it.
    ["/app/incidents/INC-1", /INC-1/, 140_500],
  ])("%s costs at most what is promised", async (path, shown, most) => {
    const { bytes, asked } = await weigh(path, shown);
    expect(asked.filter((one) => one.endsWith(".js")).length).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});

describe("a public page", () => {
  test.each([
    ["/", "Fennel"],
    ["/policy", "How Fennel responds when something goes wrong"],
    ["/policy/v/1", "How Fennel responds when something goes wrong"],
    ["/past", "Past incidents"],
    ["/report", /Report/],
  ])("%s is two requests, and fits the first answer of a slow line", async (path, shown) => {
    const { bytes, asked } = await weigh(path, shown);
    expect(asked).toEqual([path, expect.stringMatching(/^\/public\/\w+\.css$/)]);
    expect(bytes).toBeGreaterThan(2_000);
    // Ten segments of 1,460 bytes, and what the answer's own headers leave of them.
    expect(bytes).toBeLessThanOrEqual(14_336);
  });
});
