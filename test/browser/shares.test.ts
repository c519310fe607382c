/**
 * A section under agreement, from the studio to its reader and back: taken out of the public
 * text, published with its file, opened to one person by a link, read, seen to be read, and
 * taken back.
 */

import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import {
  DESKTOP,
  expectAccessible,
  openPage,
  openSignedIn,
  PHONE,
  shot,
  sideways,
} from "./browser.ts";

const { owner, program, browser, session } = await openApp("shares");
let customer: string;

beforeAll(async () => {
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  const added = await owner.client.send("AddCustomer", "", { name: "Kestrel Bank", contact });
  customer = valueOf(added).subject.slice("party/".length);
});

const partOf = (page: Page) =>
  page.locator("section", {
    has: page.getByRole("heading", { name: "Sections under agreement" }),
  });

test("a section is taken out of the public text, and its file goes along when it is published", async () => {
  const { page, context, faults } = await openSignedIn(browser, session);
  await page.goto(`${program.url}/app/policy/write`);
  await page.getByText("same as the public page ✓").waitFor();
  const section = page.locator(".studio-section:not(.studio-stands)").last();
  const title = (await section.getByRole("heading").first().textContent()) ?? "";
  const shown = (await section.locator("p").first().textContent()) ?? "";
  await section.getByLabel(`Who may read ${title}`).selectOption({ label: "Under NDA" });
  const keep = page.getByRole("dialog", { name: "Keep this file" });
  await keep.getByRole("link", { name: /^Keep / }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Version").fill("1.1");
  await dialog.getByLabel("What changed").fill("One section is under agreement now.");
  await dialog.getByRole("button", { name: "I have read it; go on" }).click();
  await dialog.getByLabel("Why nobody else approves it").fill("There is one owner.");
  await dialog.getByRole("button", { name: /^Publish version/ }).click();
  await dialog.waitFor({ state: "detached" });
  const policy = await (await fetch(`${program.url}/policy`)).text();
  expect(policy).toContain(title);
  expect(policy).not.toContain(shown.slice(0, 60));
  const { items } = valueOf(await owner.client.read("policy-files", { version: "current" }));
  expect(items).toMatchObject([{ title, audience: "nda", kept: true }]);
  expect(faults).toEqual([]);
  await context.close();
});

test.each([
  ["desktop", DESKTOP, "light"],
  ["phone", PHONE, "dark"],
] as const)(
  "a link is made, read, seen to be read, and taken back: %s",
  async (name, size, theme) => {
    const { page, context, faults } = await openSignedIn(browser, session, size, theme);
    await page.goto(`${program.url}/app/parties/${customer}`);
    const part = partOf(page);
    await part.getByRole("button", { name: "Open a section…" }).click();
    await expectAccessible(page, `opening a section ${name}`);
    await shot(page, `shares-open-${name}`);
    await part.getByRole("button", { name: "Make the link" }).click();
    const row = part.getByRole("listitem").filter({ hasText: "never opened" });
    await row.getByText("open until").waitFor();
    const { items } = valueOf(await owner.client.read("shares", { id: customer }));
    const path = items.at(-1)?.path ?? "";

    const reader = await openPage(browser, size, theme);
    await reader.page.goto(program.url + path);
    await reader.page.getByText("For Cleo Marsh, Kestrel Bank").waitFor();
    await expectAccessible(reader.page, `section ${name}`);

    await part.getByText("opened once").first().click();
    await expectAccessible(page, `shares ${name}`);
    expect(await sideways(page)).toBe(0);
    await shot(page, `shares-${name}`);
    await part.getByRole("button", { name: /^Take back…/ }).click();
    await part.getByLabel("Why").fill("The agreement ended.");
    await part.getByRole("button", { name: "Take it back" }).click();
    await part.getByText("taken back").first().waitFor();
    expect((await reader.page.goto(program.url + path))?.status()).toBe(410);
    await reader.page.getByRole("heading", { name: "This link is over" }).waitFor();
    expect([...faults, ...reader.faults]).toEqual([]);
    await Promise.all([context.close(), reader.context.close()]);
  },
);
