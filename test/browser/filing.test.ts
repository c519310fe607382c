/**
 * Filing in a browser: from an obligation to the authority's form, a field in one's own words,
 * what was filed and under which number, and paper.
 */

import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp, type Size } from "./app.ts";
import { expectAccessible, PHONE, shot, sideways, type Watched } from "./browser.ts";

const WIDE = { width: 1440, height: 900 } as const;
const { owner, program, ...app } = await openApp("filing", { setup: { sample: false } });
/** Within the 72 hours of GDPR Art. 33, and beyond the 24 of NIS2's early warning. */
const awareAt = new Date(Date.now() - 30 * 3_600_000).toISOString();

beforeAll(async () => {
  const { client } = owner;
  valueOf(
    await client.send("OpenIncident", "", {
      title: "Listable bucket",
      severity: "sev1",
      reason: "Exports",
    }),
  );
  for (const regime of ["gdpr-33-1", "nis2-23"])
    valueOf(await client.send("OpenRegime", "INC-1", { regime }));
  for (const [name, value] of [
    ["awareAt", awareAt],
    ["significantIncident", true],
    ["individuals", 4112],
  ] as const)
    valueOf(await client.send("TellFact", "INC-1", { name, value }));
});

/** A page that may read what was copied. */
async function at(path: string, size: Size, theme?: "dark"): Promise<Watched> {
  const watched = await app.at(path, size, theme);
  await watched.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return watched;
}

const SA = "/app/incidents/INC-1/filings/gdpr-33-1/sa-notification";

test("the obligation to an authority leads to its form, and the room to all of them", async () => {
  const { page, faults } = await at("/app/incidents/INC-1", WIDE);
  await page.getByRole("link", { name: "What the authorities ask for" }).click();
  await page.getByRole("heading", { name: "Filings", level: 1 }).waitFor();
  const row = page.getByRole("row", { name: /sa-notification/ });
  expect(await row.textContent()).toMatch(/running.*\d+ fields/);
  await expectAccessible(page, "filings");
  await shot(page, "filings-1440");
  await page.goto(`${program.url}/app/due`);
  const { items } = valueOf(await owner.client.read("filings", { id: "INC-1" }));
  expect(items.find(({ stage }) => stage === "sa-notification")?.standing).toBe("running");
  const { obligation } = valueOf(
    await owner.client.read("filing", {
      id: "INC-1",
      regime: "gdpr-33-1",
      stage: "sa-notification",
    }),
  );
  const why = new URLSearchParams({ why: obligation ?? "" });
  await page.goto(`${program.url}/app/incidents/INC-1?${why}`);
  await page.getByRole("link", { name: "What is to be filed, field by field" }).click();
  await page.getByRole("heading", { level: 1, name: /GDPR.*sa-notification/ }).waitFor();
  expect(faults).toEqual([]);
});

test("each field has its answer, how sure it is and where from, and is copied", async () => {
  const { page, faults } = await at(SA, WIDE);
  const count = page.locator("#field-subject-count");
  await count.getByText("4112").waitFor();
  expect(await count.textContent()).toContain("On the record. Told of this incident");
  await count.getByRole("button", { name: /^Copy/ }).click();
  await count.getByText("Copied").waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("4112");
  const consequences = page.locator("#field-consequences");
  expect(await consequences.textContent()).toMatch(/Not known yet\.Nothing on the record/);
  await page.getByRole("button", { name: "Copy all of it" }).click();
  await page.getByText("Copied").first().waitFor();
  const { text } = valueOf(
    await owner.client.read("filing", {
      id: "INC-1",
      regime: "gdpr-33-1",
      stage: "sa-notification",
    }),
  );
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(text);
  await expectAccessible(page, "filing");
  await shot(page, "filing-1440");
  expect(faults).toEqual([]);
});

test("somebody's own words stand there, and nobody's are written over unread", async () => {
  const { page, faults } = await at(SA, WIDE);
  const field = page.locator("#field-consequences");
  await field.getByRole("button", { name: /^Write/ }).click();
  await field.getByRole("textbox").fill("Mine, which somebody was faster than.");
  valueOf(
    await owner.client.send("WriteFilingField", "INC-1", {
      regime: "gdpr-33-1",
      stage: "sa-notification",
      field: "consequences",
      text: "None that we have seen.",
    }),
  );
  await field.getByText("Now there is: None that we have seen.").waitFor();
  const keep = field.getByRole("button", { name: /^Keep these words/ });
  expect(await keep.getAttribute("aria-disabled")).toBe("true");
  await field.getByRole("button", { name: "Go on from theirs" }).click();
  await field.getByRole("textbox").fill("None that we have seen, or heard of.");
  await keep.click();
  await field.getByText("In our words. Written by Ada Lindqvist").waitFor();
  expect(await field.textContent()).toContain("None that we have seen, or heard of.");
  expect(faults).toEqual([]);
});

test("it is taken away as PDF, text and JSON", async () => {
  const { page } = await at(SA, WIDE);
  const taken = async (name: string): Promise<string> => {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    return readFileSync(await (await download).path(), "latin1");
  };
  expect(await taken("PDF")).toMatch(/^%PDF-/);
  expect(await taken("Text")).toContain("How many people, about\n4112");
  expect(JSON.parse(await taken("JSON"))).toMatchObject({ stage: "sa-notification" });
});

test("what was filed is recorded with its number, and asks why where it was late", async () => {
  const { page, faults } = await at(SA, WIDE);
  await page.getByRole("button", { name: "Record that it was filed…" }).click();
  await page.getByLabel("Reference number that the authority gave").fill("2026-311");
  await page.getByRole("button", { name: /^Record that it was filed(?!…)/ }).click();
  await page.getByText(/Filed by Ada Lindqvist.*under 2026-311/).waitFor();
  await page.getByText(/^What was filed, \d+ answers; 1 say/).click();
  await page.getByText("Now: Follow-up 1").waitFor();
  await page.getByRole("button", { name: "Record a follow-up…" }).waitFor();
  await page.goto(`${program.url}/app/incidents/INC-1/filings/nis2-23/early-warning`);
  await page.getByRole("button", { name: "Record that it was filed…" }).click();
  await page.getByLabel("Why it was late").waitFor();
  await page.getByRole("button", { name: /^Record that it was filed(?!…)/ }).click();
  await page.getByText(/say why it was late, as the authority was told/).waitFor();
  await page.getByLabel("Why it was late").fill("We weighed for a day whether it was significant.");
  await page.getByRole("button", { name: /^Record that it was filed(?!…)/ }).click();
  await page.getByText(/Given as the reason: We weighed for a day/).waitFor();
  await shot(page, "filing-late-1440");
  expect(faults).toEqual([]);
});

test("it is read on a phone in the dark, and printed without what only a screen needs", async () => {
  const { page, faults } = await at(SA, PHONE, "dark");
  await page.locator("#field-subject-count").getByText("4112").waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, "filing on a phone");
  await shot(page, "filing-390-dark");
  await page.goto(`${program.url}/app/incidents/INC-1/filings`);
  await page.getByText(/sa-notification/).waitFor();
  expect(await sideways(page)).toBe(0);
  await shot(page, "filings-390-dark");
  await page.goto(program.url + SA);
  await page.locator("#field-subject-count").getByText("4112").waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
  expect(await page.getByRole("link", { name: "PDF", exact: true }).isVisible()).toBe(false);
  expect(await page.locator("#field-consequences .outward-text").isVisible()).toBe(true);
  await page.setViewportSize({ width: 794, height: 1123 });
  await shot(page, "filing-print");
  expect(faults).toEqual([]);
});
