/**
 * A seat in a browser: given in the room, read by counsel without an account, who says what they
 * think of a decision; both sides see the opening, and the file of what was read verifies.
 */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import { expectAccessible, inBerlin, openPage, PHONE, shot, sideways } from "./browser.ts";

const WIDE = { width: 1440, height: 900 } as const;
const { owner, program, browser, folder, ...app } = await openApp("seat", {
  setup: { sample: true },
});
let address = "";

beforeAll(async () => {
  const asks = valueOf(
    await owner.client.read("policy", { version: "current" }, { only: "terms" }),
  );
  const questions = (asks.policy as { decision: readonly { id: string }[] }).decision;
  valueOf(
    await owner.client.send("Decide", "INC-1", {
      outcome: "notify",
      answers: Object.fromEntries(questions.map(({ id }) => [id, "yes" as const])),
      reason: "Exports of three customers could be read.",
      counsel: true,
    }),
  );
});

const room = async (theme?: "dark") => {
  const watched = await app.at("/app/incidents/INC-1", WIDE, theme);
  await watched.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return watched;
};

test("it is given in the room, with a name, an end and a reason", async () => {
  const { page, faults } = await room();
  const part = page.locator("section.part", { hasText: "Seats from outside" });
  await part.getByText("Nobody from outside reads this").waitFor();
  await part.getByRole("button", { name: "Give one" }).click();
  await part.getByLabel("Who sits there").fill("Dr. Voss");
  await part.getByLabel("What they read it for").fill("Whether to notify.");
  const submit = part.getByRole("button", { name: /^Give the seat/ });
  expect(await submit.getAttribute("aria-disabled")).toBe("true");
  await part.getByLabel("Until").fill(inBerlin(2 * 3_600_000));
  await part.getByLabel(/^Ask them to review/).check();
  await shot(page, "seat-give-1440");
  await submit.click();
  await part.getByText("Not opened yet.").waitFor();
  await expectAccessible(page, "room with a seat");
  await part.getByRole("button", { name: /^Copy the address/ }).click();
  await part.getByText("Copied").waitFor();
  address = await page.evaluate<string>("navigator.clipboard.readText()");
  expect(address).toMatch(/\/seat\/[\w-]{43}$/);
  expect(faults).toEqual([]);
});

test("counsel reads it without an account, says what they think, and takes it away", async () => {
  const { page, faults } = await openPage(browser, WIDE);
  await page.goto(address);
  await page.getByText("For Dr. Voss, counsel").waitFor();
  await expectAccessible(page, "seat");
  await shot(page, "seat-1440");
  await page.getByLabel("What you say to it").fill("Agreed: exports are confirmed.");
  await page.getByRole("button", { name: "I agree: it stands" }).click();
  await page
    .getByText(/Dr\. Voss agreed/)
    .first()
    .waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "The entries that this page was made of" }).click();
  const file = join(folder, "seen.jsonl");
  await (await download).saveAs(file);
  const said = execFileSync("node", ["bin/due.mjs", "ledger", "verify", file], {
    encoding: "utf8",
  });
  expect(said).toMatch(/^It holds/);
  expect(said).toMatch(/of it as a hash only/);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("it is read on a phone in the dark, and printed", async () => {
  const { page, faults } = await openPage(browser, PHONE, "dark");
  await page.goto(address);
  await page.getByText("For Dr. Voss, counsel").waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, "seat on a phone");
  await shot(page, "seat-390-dark");
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await shot(page, "seat-print");
  expect(faults).toEqual([]);
});

test("the team sees what was opened and what was said, and takes it back", async () => {
  const { page, faults } = await room("dark");
  const part = page.locator("section.part", { hasText: "Seats from outside" });
  await part.getByText(/took it away, up to entry/).waitFor();
  await page
    .getByText(/Dr\. Voss agreed/)
    .first()
    .waitFor();
  await part.scrollIntoViewIfNeeded();
  await shot(page, "seat-room-dark-1440");
  await part.getByRole("button", { name: /^End it/ }).click();
  await part.getByLabel("Why").fill("The question is answered.");
  await part.getByRole("button", { name: /^End it now/ }).click();
  await part.getByText(/over since/).waitFor();
  expect((await fetch(address)).status).toBe(410);
  expect(faults).toEqual([]);
});
