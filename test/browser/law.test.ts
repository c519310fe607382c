/**
 * Laws in a browser: what we are is stated once, the laws that could bind us follow with
 * their reasons, an incident opened afterwards looks at them, and a fact that is told turns
 * what was undecided into a clock.
 */

import { expect, test } from "vitest";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, PHONE, shot } from "./browser.ts";

const { owner, at } = await openApp("law", { setup: { sample: false } });

test("what we are is stated once, and the laws follow with their reasons", async () => {
  const { page, faults } = await at("/app/policy/law");
  await page.getByText("so no law is looked at in incidents").waitFor();
  await page.getByLabel("Controller of personal data").check();
  await page.getByLabel("Where our people, customers and products are").fill("eu, Berlin");
  await page.getByRole("button", { name: "State it" }).click();
  await page.getByText('"BERLIN" is no place: write EU, UK, IN or US-CA.').waitFor();
  await page.getByLabel("Where our people, customers and products are").fill("EU, UK");
  await page.getByRole("button", { name: "State it" }).click();
  await page.getByRole("heading", { name: /^Could bind us \([1-9]/ }).waitFor();
  const bound = page.locator("section", { hasText: "Could bind us" }).first();
  await bound.getByText("GDPR notification to the supervisory authority").first().click();
  await bound.getByText("lead or competent supervisory authority: 72 hours").waitFor();
  await bound.getByText("official text, checked 2026-11-21").first().waitFor();
  await expectAccessible(page, "law");
  await shot(page, "law");
  expect(faults).toEqual([]);
});

test("an incident looks at them, and a fact that is told starts the clock", async () => {
  const opened = await owner.client.send("OpenIncident", "", { title: "Listable bucket" });
  expect(opened.ok).toBe(true);
  const { page, faults } = await at("/app/incidents/INC-1");
  await page.getByRole("heading", { name: "Law", exact: true }).waitFor();
  const law = page.locator("section.part", { hasText: "Look again" });
  await law
    .getByText(/GDPR notification to the supervisory authority: lead/)
    .first()
    .waitFor();
  await law
    .getByText(/not decided/)
    .first()
    .waitFor();
  await shot(page, "room-law-undecided");
  await law.getByRole("button", { name: /Yes.*Personal data are affected/ }).click();
  await law
    .getByText(/its moment is not recorded, waits for/)
    .first()
    .waitFor();
  const value = new Date(Date.now() - 3_600_000).toISOString();
  await owner.client.send("TellFact", "INC-1", { name: "awareAt", value });
  await page
    .getByText(/lead or competent supervisory authority/)
    .first()
    .waitFor();
  const timeline = page.locator(".room-timeline");
  await timeline.getByText("Personal data are affected: yes.").waitFor();
  await timeline
    .getByText(/Art. 33.*72 hours from the earlier of becoming aware/)
    .first()
    .waitFor();
  expect(await timeline.textContent()).not.toContain("gdpr-33-1-sa-notification");
  await shot(page, "room-law-due");
  await expectAccessible(page, "room with law");
  expect(faults).toEqual([]);
});

test("the room's state scrolls on a telephone with the page, and not in a window of its own", async () => {
  const { page } = await at("/app/incidents/INC-1", PHONE);
  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("heading", { name: "Law", exact: true }).waitFor();
  const within = await page
    .locator(".room-columns, .room-aside")
    .evaluateAll((all) => all.map((one) => one.scrollHeight - one.clientHeight));
  expect(within.every((beyond) => beyond <= 0)).toBe(true);
  const last = page.locator(".room-aside .part").last();
  await last.scrollIntoViewIfNeeded();
  const [lowest, bar] = [
    await last.boundingBox(),
    await page.getByRole("navigation", { name: "Places" }).boundingBox(),
  ];
  expect((lowest?.y ?? 0) + (lowest?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
});

test("a law is opened by judgement, and its clock runs once its moment is told", async () => {
  const { page } = await at("/app/incidents/INC-1");
  await page.getByRole("button", { name: "Open a law" }).click();
  await page.getByLabel("Find").fill("california");
  await page.getByRole("button", { name: "Open us-ca-1798-82" }).click();
  await page
    .getByText(/California: residents/)
    .first()
    .waitFor();
  const value = new Date(Date.now() - 3_600_000).toISOString();
  await owner.client.send("TellFact", "INC-1", { name: "discoveredAt", value });
  await page.locator('[data-id^="us-ca-1798-82-individuals@"]').first().waitFor();
  await shot(page, "room-law-opened");
});

test.each([
  ["phone", PHONE, "light"],
  ["dark", DESKTOP, "dark"],
] as const)("it can be read: %s", async (name, size, theme) => {
  const { page } = await at("/app/policy/law", size, theme);
  await page.getByRole("heading", { name: /^Could bind us/ }).waitFor();
  await expectAccessible(page, `law ${name}`);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect(overflow).toBe(0);
  await shot(page, `law-${name}`);
});

test("what if: a Friday evening is supposed, and what it would owe is said", async () => {
  const added = await owner.client.send("AddCustomer", "", { name: "Kestrel Bank" });
  if (!added.ok) throw new Error(added.problems[0].message);
  const id = added.value.subject.replace("party/", "");
  const clause = await owner.client.send("RecordClause", id, {
    clause: "kestrel-dpa-7",
    text: "within 48 hours of confirming a personal data breach",
    document: "dpa",
    terms: { duty: "notify", from: "awareAt", within: { count: 48, unit: "hours" } },
  });
  expect(clause.ok).toBe(true);
  const { page, faults } = await at(`/app/parties/${id}`);
  await page.getByRole("heading", { name: "Kestrel Bank" }).waitFor();
  await page.keyboard.press("s");
  await page.getByLabel(/^It reaches us/).fill("2026-11-20T18:40");
  await page.getByRole("heading", { name: /^Owed \(\d/ }).waitFor();
  await page.getByLabel(/personal data was, or could be, seen/).check();
  const contract = page.locator("tr", { hasText: "48 hours" });
  await contract.getByText("slack: notify-breach-sev1 governs").waitFor();
  expect(await contract.textContent()).toContain("Sun 22 Nov 18:40");
  await page
    .locator("td", { hasText: /Art. 33.*lead or competent supervisory authority, 72 hours/ })
    .first()
    .waitFor();
  await expectAccessible(page, "what if");
  await shot(page, "what-if");
  await page.setViewportSize(PHONE);
  // The tape is drawn anew for the width that it has now.
  await expect
    .poll(() =>
      page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      ),
    )
    .toBe(0);
  await shot(page, "what-if-phone");
  expect(faults).toEqual([]);
});
