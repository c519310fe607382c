/**
 * The studio in a browser: the policy is read and changed as a document, as clauses and
 * as source, which are one text; two people write it at once and lose nothing; what stands
 * against publishing is mended with a press, and what is published is what is shown.
 */

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, PHONE, shot, sideways } from "./browser.ts";

const { owner, program, at } = await openApp("studio", {
  setup: { sample: false, example: "product" },
});

const saved = async (): Promise<string> =>
  valueOf(await owner.client.read("draft", { name: "next" })).text;

/** The lines of one clause. */
const clauseIn = (text: string, id: string): string =>
  text.slice(text.indexOf(`- id: ${id}\n`)).split(/\n {2}- id: /)[0] ?? "";

/** Until the server has what is on screen. */
const settled = (page: Page): Promise<void> =>
  page
    .getByRole("status")
    .filter({ hasText: /revision \d+, saved/ })
    .waitFor();

/** Ends every test's draft, so that the next begins with what runs. */
async function throwAway(): Promise<void> {
  const there = await owner.client.read("draft", { name: "next" });
  if (!there.ok) return;
  const headers = { "if-match": `"${there.value.revision}"` };
  await owner.client.call("DELETE", "/api/v1/drafts/next", undefined, headers);
}

describe("one text, seen in three ways", () => {
  test("what runs is one press away from the studio, and the public page is asked for its bytes", async () => {
    const { page, context, faults } = await at("/app/policy");
    await page.getByRole("link", { name: "Write", exact: true }).click();
    await page.getByText("same as the public page ✓").waitFor();
    await page.getByRole("heading", { name: "As readers", exact: false }).count();
    await expectAccessible(page, "write");
    await shot(page, "studio-write", false);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a chip in the prose opens its clause, and a changed number changes chip, sentence and source", async () => {
    await throwAway();
    const { page, context, faults } = await at("/app/policy/write");
    const chip = page.locator(".studio-prose a[href='#escalate-ticket']").first();
    await chip.click();
    await page.getByText("Used in").first().waitFor();
    const within = page.getByLabel("Within", { exact: true });
    expect(await within.inputValue()).toBe("2");
    await within.fill("3");
    await chip.filter({ hasText: "within 3 hours" }).waitFor();
    await page.locator(".clause-says").filter({ hasText: "within 3 hours" }).waitFor();
    await settled(page);
    const text = await saved();
    const before = valueOf(await owner.client.read("policy", { version: "current" })).text ?? "";
    const [was, is] = [before.split("\n"), text.split("\n")];
    expect(is.length).toBe(was.length);
    expect(is.filter((line, index) => line !== was[index])).toEqual([
      "    within: { count: 3, unit: hours }",
    ]);
    await page.keyboard.press("Control+z");
    await chip.filter({ hasText: "within 2 hours" }).waitFor();
    await page.keyboard.press("Control+Shift+z");
    await chip.filter({ hasText: "within 3 hours" }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  test("prose is written in place, and its comments and order stay in the source", async () => {
    await throwAway();
    const { page, context } = await at("/app/policy/write");
    const section = page.locator(".studio-section").nth(1);
    await section.getByRole("button", { name: /^Edit/ }).click();
    await section.getByLabel("Text").fill("We answer [[escalate-ticket]].\n");
    await section.getByText("We answer").filter({ hasText: "within 2 hours" }).waitFor();
    await settled(page);
    const text = await saved();
    expect(text).toContain("We answer [[escalate-ticket]].");
    const comments = (one: string) => one.split("\n").filter((line) => /^\s*#/.test(line));
    const before = valueOf(await owner.client.read("policy", { version: "current" })).text ?? "";
    expect(comments(before).length).toBeGreaterThan(5);
    expect(comments(text)).toEqual(comments(before));
    await context.close();
  });

  test("the source is an editor that knows the format, under the page's own strict policy", async () => {
    await throwAway();
    const { page, context, faults } = await at("/app/policy/write?as=source");
    const editor = page.getByRole("textbox", { name: "The policy as YAML" });
    await editor.waitFor();
    await shot(page, "studio-source", false);
    await expectAccessible(page, "source");
    // A letter that is a key of the app elsewhere is a letter here.
    await editor.click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# cu?\n");
    await settled(page);
    expect((await saved()).startsWith("# cu?\n")).toBe(true);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.type("wherever: yes\n");
    await page
      .getByText(/wherever.*is not|no key|unknown/i)
      .first()
      .waitFor();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    const severity = page.getByLabel("Go to");
    await severity.selectOption({ label: "clauses" });
    await page.keyboard.press("End");
    await page.keyboard.type("\n- id: extra\nduty: noti");
    // Pressed, and not taken by Enter: for a moment after it opens Enter still begins a line.
    await page.locator(".cm-completionLabel", { hasText: /^notify$/ }).click();
    await page.keyboard.type("\nto: customer\nfrom: receivedAt\nwithin: best-effort");
    const written = async (): Promise<readonly string[]> =>
      clauseIn(await saved(), "extra")
        .trim()
        .split(/\n\s*/)
        .slice(0, 5);
    await expect
      .poll(written, { timeout: 15_000 })
      .toEqual([
        "- id: extra",
        "duty: notify",
        "to: customer",
        "from: receivedAt",
        "within: best-effort",
      ]);
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe("two people at once", () => {
  test("what they change apart is put together, and neither notices a loss", async () => {
    await throwAway();
    const [one, two] = [await at("/app/policy/clauses"), await at("/app/policy/write")];
    await two.page.getByText("same as the public page ✓").waitFor();
    await one.page.getByRole("button", { name: "Change escalate-ticket" }).click();
    await one.page.getByLabel("Within", { exact: true }).fill("1");
    await settled(one.page);
    const section = two.page.locator(".studio-section").nth(1);
    await section.getByRole("button", { name: /^Edit/ }).click();
    await section.getByLabel("Title").fill("Another title");
    await settled(two.page);
    const text = await saved();
    expect(text).toContain("title: Another title");
    expect(clauseIn(text, "escalate-ticket")).toContain("within: { count: 1, unit: hours }");
    await one.page.getByText("with what Ada Lindqvist wrote").waitFor();
    await Promise.all([one.context.close(), two.context.close()]);
  });

  test("where they change the same line, both texts are shown and one of them is chosen", async () => {
    await throwAway();
    const [one, two] = [await at("/app/policy/clauses"), await at("/app/policy/clauses")];
    await two.page.getByRole("button", { name: "Change escalate-ticket" }).click();
    await one.page.getByRole("button", { name: "Change escalate-ticket" }).click();
    await two.context.setOffline(true);
    await two.page.getByLabel("Within", { exact: true }).fill("5");
    await one.page.getByLabel("Within", { exact: true }).fill("1");
    await settled(one.page);
    await two.context.setOffline(false);
    const conflict = two.page.getByRole("region", { name: "Two changes of the same lines" });
    await conflict.getByText("count: 5").waitFor();
    await conflict.getByText("count: 1").waitFor();
    await expectAccessible(two.page, "conflict");
    await shot(two.page, "studio-conflict", false);
    expect(await saved()).toContain("within: { count: 1, unit: hours }");
    await conflict.getByRole("button", { name: "Take yours" }).click();
    await conflict.getByRole("button", { name: "Save it so" }).click();
    await settled(two.page);
    expect(clauseIn(await saved(), "escalate-ticket")).toContain("count: 5, unit: hours");
    await Promise.all([one.context.close(), two.context.close()]);
  });
});

describe("from the draft to what runs", () => {
  test("a Friday evening is tried on the draft: a tape, a weekend, and a why for each", async () => {
    await throwAway();
    const { page, context, faults } = await at("/app/policy/try?at=2026-11-20T18:40");
    await page.getByRole("heading", { name: /^Owed \([4-9]/ }).waitFor();
    const tape = page.getByRole("region", { name: "Tape" });
    await tape.locator("svg").first().waitFor();
    const table = page.locator("section", { hasText: /^Owed/ }).first();
    await table.getByText("Mon 23 Nov 17:00 CET").first().waitFor();
    const row = table.locator("tbody tr", { hasText: "acknowledge it to the reporter" });
    await row.getByText("Why").click();
    await row.getByText("Sat 21 Nov").first().waitFor();
    expect(await table.locator("tbody tr details").count()).toBe(
      await table.locator("tbody tr").count(),
    );
    await expectAccessible(page, "try");
    await shot(page, "studio-try", false);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("it is published in two steps, with a reason where nobody else could approve it", async () => {
    await throwAway();
    const { page, context, faults } = await at("/app/policy/clauses?clause=escalate-ticket");
    await page.getByLabel("Within", { exact: true }).fill("1");
    await settled(page);
    await page.getByRole("link", { name: "Diff", exact: true }).click();
    const promised = page.locator("section", { hasText: "What it promises otherwise" });
    await promised.locator("ins", { hasText: "1" }).first().waitFor();
    await shot(page, "studio-diff", false);
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Step 1 of 2").waitFor();
    const next = dialog.getByRole("button", { name: "I have read it; go on" });
    expect(await next.getAttribute("aria-disabled")).toBe("true");
    await dialog.getByLabel("Version").fill("1.1");
    await dialog.getByLabel("What changed").fill("Tickets reach us sooner.");
    await page.getByRole("dialog", { name: "Publish version 1.1" }).waitFor();
    await expectAccessible(page, "publish");
    await shot(page, "studio-publish", false);
    await next.click();
    const publish = dialog.getByRole("button", { name: /^Publish version/ });
    expect(await publish.getAttribute("aria-disabled")).toBe("true");
    await dialog.getByLabel("Why nobody else approves it").fill("There is one owner.");
    await publish.click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("No draft: this is the text that runs. Running v2").waitFor();
    const { hash } = valueOf(await owner.client.read("policy", { version: "current" }));
    expect(await (await fetch(`${program.url}/policy`)).text()).toContain(hash);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test.each([
  ["phone", PHONE, "light"],
  ["dark", DESKTOP, "dark"],
] as const)("it can be read and written: %s", async (name, size, theme) => {
  await throwAway();
  for (const tab of ["write", "write?as=source", "clauses", "try", "diff", "history"]) {
    const { page, context, faults } = await at(`/app/policy/${tab}`, size, theme);
    await page.getByText("same as the public page ✓").waitFor();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, `${tab} ${name}`);
    expect(await sideways(page), tab).toBe(0);
    await shot(page, `studio-${name}-${tab.replace(/\W/g, "-")}`, false);
    expect(faults).toEqual([]);
    await context.close();
  }
});
