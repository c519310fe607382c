/**
 * The first thing a newcomer does with a policy of their own: set up, paste it as it is,
 * and be shown by line where it cannot be kept.
 */

import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Program,
  removeFolder,
  scratchFolder,
  setupLinkIn,
  startProgram,
} from "../program.ts";
import { DESKTOP, expectAccessible, openBrowser, openPage, shot, sideways } from "./browser.ts";

const folder = scratchFolder("paste");
const FAULTY = readFileSync("test/golden/prose/faulty.md", "utf8");
let program: Program;
let browser: Browser;

beforeAll(async () => {
  program = await startProgram({ data: folder });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  removeFolder(folder);
});

test("a pasted policy shows by line where it cannot be kept, and becomes the draft", async () => {
  const { page, context, faults } = await openPage(browser, DESKTOP);
  await page.goto(setupLinkIn(folder));
  await page.getByLabel("Your name").fill("Ada Lindqvist");
  await page.getByLabel("Your mail address").fill("ada@gatehouse.example");
  await page.getByLabel("Password").fill("a long enough password");
  await page.getByLabel("Company").fill("Gatehouse");
  await page.getByLabel(/^Paste mine/).check();
  await page.getByRole("button", { name: "Publish the policy and begin" }).click();

  const dialog = page.getByRole("dialog", { name: "Paste my policy" });
  await dialog.getByLabel("Your policy").fill(FAULTY);
  await dialog.getByRole("button", { name: "Show what it promises" }).click();
  const findings = dialog.locator(".import-findings > li");
  await findings.first().waitFor();
  const said = await findings.allInnerTexts();
  expect(
    said.filter((text) => /TBD|TODO|insert|____|\?\?\?|\{\{/.test(text)).length,
  ).toBeGreaterThanOrEqual(9);
  expect(said.some((text) => /24/.test(text) && /72/.test(text))).toBe(true);
  expect(said.some((text) => /business day/.test(text) && /calendar/.test(text))).toBe(true);
  expect(said.some((text) => /4 hours/.test(text) && /1 business day/.test(text))).toBe(true);
  // Each leads to its line of the text.
  await findings.first().getByRole("button").first().click();
  await dialog.locator(".import-line").waitFor();
  await expectAccessible(page, "paste");
  await shot(page, "paste-findings", false);
  await dialog.getByRole("button", { name: "Make it the draft" }).click();
  await dialog.waitFor({ state: "detached" });
  await page
    .getByRole("heading", { name: /^When security fails/ })
    .first()
    .waitFor();
  await page.locator(".studio-state .risk", { hasText: /^[1-9]\d* blockers$/ }).waitFor();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await shot(page, "paste-draft", false);

  // What it leaves open, a time zone among it, takes no tab of the studio away.
  const tabs = page.getByRole("navigation", { name: "Policy" });
  await tabs.getByRole("link", { name: "Clauses" }).click();
  await page.getByText("cannot be counted").first().waitFor();
  await tabs.getByRole("link", { name: "Try" }).click();
  await page.getByRole("heading", { name: /^Owed/ }).waitFor();
  await tabs.getByRole("link", { name: "Diff" }).click();
  await page.getByRole("heading", { name: "What it does otherwise" }).waitFor();
  expect(faults).toEqual([]);

  // A page that cannot be drawn says so; the next one can be.
  await page.route("**/api/v1/regimes*", (route) => route.fulfill({ json: { items: [null] } }));
  await page.goto(`${program.url}/app/policy/law`);
  await page.getByRole("heading", { name: "This page could not be drawn" }).waitFor();
  await page.getByRole("link", { name: "Inbox" }).click();
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  await context.close();
});
