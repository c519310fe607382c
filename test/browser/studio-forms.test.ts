/**
 * The studio's forms: whoever reads no YAML can say when a promise applies, that something is
 * not offered, and begin from nothing; what is half typed never takes the document away.
 */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp, type Size } from "./app.ts";
import { parsePolicy } from "../../src/core/policy/parse.ts";
import { DESKTOP, expectAccessible, PHONE, shot, sideways, type Watched } from "./browser.ts";

const { owner, program, browser, ...app } = await openApp("studio-forms", {
  setup: { sample: false, example: "product" },
});

/** A page without the draft of the test before. */
async function at(path: string, size?: Size, theme?: "light" | "dark"): Promise<Watched> {
  const there = await owner.client.read("draft", { name: "next" });
  if (there.ok) {
    const headers = { "if-match": `"${there.value.revision}"` };
    await owner.client.call("DELETE", "/api/v1/drafts/next", undefined, headers);
  }
  return app.at(path, size, theme);
}

/** A save follows the last letter by a second; a busy machine takes longer. */
const SOON = { timeout: 15_000 };

async function draftNow(): Promise<string> {
  const there = await owner.client.read("draft", { name: "next" });
  return there.ok ? there.value.text : "";
}

/** The draft as the server has it once it holds these words. */
async function savedWith(page: Page, words: string) {
  await expect.poll(async () => (await draftNow()).includes(words), SOON).toBe(true);
  const parsed = parsePolicy(await draftNow());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.policy;
}

describe("when a promise applies", () => {
  test("any, not and groups are put together by form, and said in words", async () => {
    const { page, context, faults } = await at("/app/policy/clauses?clause=escalate-ticket");
    const form = page.locator(".clause-form");
    const group = form.getByRole("group", { name: "Applies when" });
    await group.getByRole("button", { name: "Add a group" }).click();
    const inner = group.getByRole("group", { name: "Conditions in group 2" });
    await inner.getByRole("button", { name: "Add a test" }).click();
    await inner.getByLabel("Asks").nth(1).selectOption("fact");
    await inner.getByLabel("It must not be so").nth(1).check();
    await page
      .locator(".clause-row", { hasText: "escalate-ticket" })
      .getByText(/or it is not so that/)
      .first()
      .waitFor();
    const policy = await savedWith(page, "not:");
    const clause = policy.clauses.find(({ id }) => id === "escalate-ticket");
    const before = parsePolicy(
      valueOf(await owner.client.read("policy", { version: "current" })).text ?? "",
    );
    if (!before.ok) throw new Error("what runs cannot be read");
    const was = before.value.policy.clauses.find(({ id }) => id === "escalate-ticket")?.when;
    const [severity] = policy.severities;
    const [fact] = policy.facts;
    expect(clause?.when).toEqual({
      all: [
        was,
        {
          any: [
            { severity: [severity?.id] },
            { not: { fact: { claim: fact?.claim, is: "confirmed" } } },
          ],
        },
      ],
    });
    await expectAccessible(page, "condition");
    await shot(page, "studio-condition", false);
    await inner.getByRole("button", { name: "Take the group away" }).click();
    await expect
      .poll(async () => {
        const text = await draftNow();
        const parsed = parsePolicy(text);
        return parsed.ok
          ? parsed.value.policy.clauses.find(({ id }) => id === "escalate-ticket")?.when
          : text;
      }, SOON)
      .toEqual({ all: [was] });
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe("what is not offered", () => {
  test("a key is declared absent in a sentence, and given again whole", async () => {
    const { page, context, faults } = await at("/app/policy/write");
    const about = page.locator(".studio-about");
    await about.getByRole("button", { name: /^Edit/ }).click();
    const says = about.getByLabel("PGP key: declared absent, in this sentence");
    await says.fill("We take no encrypted mail, and answer within a day.");
    const absent = await savedWith(page, "We take no encrypted mail");
    expect(absent.reporting.pgp).toEqual({
      absent: "We take no encrypted mail, and answer within a day.",
    });
    await about.getByRole("button", { name: "Say something instead pgp key" }).click();
    await about.getByLabel("PGP fingerprint").fill("5D20 93AE 1FC8 46B7");
    await about.getByLabel("PGP key at").fill("not an address");
    await about.getByRole("button", { name: "Put the key in" }).click();
    await about.getByText(/"url" must be/).waitFor();
    await about.getByLabel("PGP key at").fill("https://fennel.example/key.asc");
    await about.getByRole("button", { name: "Put the key in" }).click();
    const given = await savedWith(page, "https://fennel.example/key.asc");
    expect(given.reporting.pgp).toEqual({
      fingerprint: "5D20 93AE 1FC8 46B7",
      url: "https://fennel.example/key.asc",
    });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("half an address is told beside its field, and the whole one goes in", async () => {
    const { page, context } = await at("/app/policy/write");
    const about = page.locator(".studio-about");
    await about.getByRole("button", { name: /^Edit/ }).click();
    const field = about.getByLabel("Reporting address");
    await field.fill("reports@");
    await about.getByText(/"email" must be/).waitFor();
    expect(await page.getByText("The source cannot be read").count()).toBe(0);
    await field.fill("reports@fennel.example");
    const policy = await savedWith(page, "reports@fennel.example");
    expect(policy.reporting.email).toBe("reports@fennel.example");
    await context.close();
  });
});

describe("from nothing", () => {
  test("a blank policy asks, and is answered in the list of findings", async () => {
    const { page, context, faults } = await at("/app/policy/write");
    await page.getByRole("button", { name: "Begin from nothing…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Begin", exact: true }).click();
    const findings = page.locator(".write-lint");
    const question = "What makes an incident serious?";
    await findings.getByRole("button", { name: `Answer ${question}` }).click();
    await findings.getByLabel(question, { exact: true }).fill("Data of a customer are exposed.");
    await findings.getByRole("button", { name: "Write it" }).click();
    await savedWith(page, "Data of a customer are exposed.");
    await findings.getByRole("button", { name: "Answer From which day" }).click();
    await findings.getByLabel("From which day does it apply?").fill("2027-01-01");
    await page.keyboard.press("Enter");
    await savedWith(page, "effective: 2027-01-01");
    await findings.getByRole("button", { name: /^Answer How long may "tell-customers"/ }).click();
    await findings.getByLabel(/^How long may "tell-customers"/).fill("72");
    await findings.getByLabel("Unit").selectOption("hours");
    await expectAccessible(page, "blank");
    await shot(page, "studio-blank", false);
    await findings.getByRole("button", { name: "Write it" }).click();
    const policy = await savedWith(page, "{ count: 72, unit: hours }");
    expect(policy.clauses.at(-1)?.within).toEqual({ count: 72, unit: "hours" });
    await page.keyboard.press("Control+z");
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a pasted text that says no hours counts by the calendar of the setup", async () => {
    const { page, context, faults } = await at("/app/policy/write?paste=yes");
    const dialog = page.getByRole("dialog");
    const text = readFileSync("test/golden/prose/faulty.md", "utf8");
    await dialog.getByLabel("Your policy").fill(text);
    await dialog.getByRole("button", { name: "Show what it promises" }).click();
    const lent = dialog.getByLabel(/It does not say when you are open/);
    await lent.waitFor();
    expect(await lent.isChecked()).toBe(true);
    await shot(page, "studio-paste-calendar", false);
    await lent.uncheck();
    await dialog.getByRole("button", { name: "Make it the draft" }).click();
    const findings = page.locator(".write-lint");
    await findings.getByText("The draft does not say what a business day is.").waitFor();
    await findings.getByRole("button", { name: "Count by that" }).click();
    const policy = await savedWith(page, "zone: Europe/Berlin");
    const [calendar] = policy.calendars;
    expect([calendar?.id, calendar?.windows.fri]).toEqual(["business", [["09:00", "17:00"]]]);
    expect(await findings.getByText("which is never open").count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test("the history says the day of the next review", async () => {
  const { page, context } = await at("/app/policy/history");
  await page.getByText(/^Next review by \w{3} \d{1,2} \w{3} \d{4}$/).waitFor();
  await shot(page, "studio-history-review", false);
  await context.close();
});

test("while nothing is drafted the studio asks for no draft that is not there", async () => {
  const { page, context } = await at("/app/inbox");
  const asked: string[] = [];
  page.on("response", (answer) => {
    if (/\/drafts/.test(answer.url()))
      asked.push(`${answer.status()} ${answer.url().split("/v1")[1]}`);
  });
  await page.clock.install();
  await page.goto(`${program.url}/app/policy/write`);
  await page.getByText("No draft: this is the text that runs.").waitFor();
  await expect
    .poll(async () => {
      await page.clock.fastForward(4_100);
      return asked.length;
    }, SOON)
    .toBeGreaterThan(2);
  expect(new Set(asked)).toEqual(new Set(["200 /drafts"]));
  await context.close();
});

test.each([
  ["phone", PHONE, "light"],
  ["dark", DESKTOP, "dark"],
] as const)("the forms can be read and pressed: %s", async (name, size, theme) => {
  const { page, context, faults } = await at(
    "/app/policy/clauses?clause=escalate-ticket",
    size,
    theme,
  );
  await page.getByRole("button", { name: "Add a group" }).click();
  await page.getByRole("group", { name: "Conditions in group 2" }).waitFor();
  await expectAccessible(page, `condition ${name}`);
  expect(await sideways(page)).toBe(0);
  await shot(page, `studio-condition-${name}`, false);
  expect(faults).toEqual([]);
  await context.close();
});
