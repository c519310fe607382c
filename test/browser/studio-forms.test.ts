/**
 * The studio's forms: whoever reads no YAML can say when a promise applies, that something is
 * not offered, and begin from nothing; what is half typed never takes the document away.
 */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp, type Size } from "./app.ts";
import { parsePolicy } from "../../src/core/policy/parse/parse.ts";
import { PARTS } from "../../src/core/policy/parts.ts";
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

/** The row of an item, by the id that is printed on it. */
const rowOf = (page: Page, id: string) =>
  page
    .locator(".part-item")
    .filter({ has: page.locator("code", { hasText: new RegExp(`^${id}$`) }) });

describe("what a policy declares beside its promises", () => {
  test("severities are added, moved, written, renamed and kept from going, by keys alone", async () => {
    const { page, context, faults } = await at("/app/policy/parts");
    const runs = valueOf(await owner.client.read("policy", { version: "current" })).text ?? "";
    const before = parsePolicy(runs);
    if (!before.ok) throw new Error("what runs cannot be read");
    const [first, second] = before.value.policy.severities;
    if (!first || !second) throw new Error("the example has several severities");
    await page.getByRole("heading", { name: "Severities" }).waitFor();
    await expectAccessible(page, "parts");

    // Moved: the keyboard stays on the button, and one step back undoes it.
    await page.getByRole("button", { name: `Move up: ${second.name}` }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(`“${second.name}” is now 1 of`).waitFor();
    const focused = () => page.evaluate("document.activeElement?.getAttribute('aria-label')");
    expect(await focused()).toBe(`Move up: ${second.name}`);
    await expect
      .poll(async () => {
        const parsed = parsePolicy(await draftNow());
        return parsed.ok ? parsed.value.policy.severities.slice(0, 2).map(({ id }) => id) : [];
      }, SOON)
      .toEqual([second.id, first.id]);
    await page.keyboard.press("Control+z");
    await page.getByText("No draft: this is the text that runs.").waitFor();

    // Written: what is typed is one step, and the comments of the file stay.
    await page.getByRole("button", { name: `Change ${first.name}` }).click();
    const row = rowOf(page, first.id);
    await row
      .getByRole("textbox", { name: "Criterion 1" })
      .fill("Everything of a customer is lost.");
    const written = await savedWith(page, "Everything of a customer is lost.");
    expect(written.severities[0]?.criteria).toEqual([
      "Everything of a customer is lost.",
      ...first.criteria.slice(1),
    ]);
    expect((await draftNow()).match(/#.*$/gm)).toEqual(runs.match(/#.*$/gm));
    await page.keyboard.press("Control+z");
    await page.getByText("No draft: this is the text that runs.").waitFor();

    // Renamed: all that names it follows, and it is told what does.
    await row.getByRole("button", { name: `Rename… ${first.id}` }).click();
    const id = row.getByLabel("Id of this severity");
    await row.getByText(/Followed by the question/).waitFor();
    await id.fill(second.id);
    await page.keyboard.press("Enter");
    await row.getByText(`Another severity has the id "${second.id}" already.`).waitFor();
    await id.fill("worst-of-all");
    await shot(page, "studio-parts-rename", false);
    await page.keyboard.press("Enter");
    const renamed = await savedWith(page, "- id: worst-of-all");
    expect(await draftNow()).not.toMatch(
      new RegExp(`\\b(?:id|severity|otherwise): ${first.id}\\b`),
    );
    expect(renamed.questions.filter(({ severity }) => severity === "worst-of-all").length).toBe(
      before.value.policy.questions.filter(({ severity }) => severity === first.id).length,
    );
    await page.keyboard.press("Control+z");
    await page.getByText("No draft: this is the text that runs.").waitFor();

    // Named elsewhere, it may not go, and it says by what.
    const away = page.getByRole("button", { name: `Take away ${first.name}` });
    await away.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("tooltip").filter({ hasText: "let these name another first" }).waitFor();
    expect(await page.getByText("No draft: this is the text that runs.").count()).toBe(1);

    // Added: asked for what it must have, whole or not at all.
    await page.getByRole("button", { name: "Add a severity" }).click();
    const form = page.getByRole("form", { name: "New severity" });
    await form.getByLabel("Name").fill("Café closed");
    expect(await form.getByLabel("Id, which everything cites").inputValue()).toBe("cafe-closed");
    await form.getByRole("button", { name: "Add the severity" }).click();
    await form.getByText("It needs more first: criteria.").waitFor();
    await form.getByRole("button", { name: "Add a criterion" }).click();
    await form.getByLabel("The first criterion").fill("Nobody gets coffee.");
    await page.keyboard.press("Enter");
    await form.getByRole("button", { name: "Add the severity" }).click();
    const added = await savedWith(page, "- id: cafe-closed");
    expect(added.severities.at(-1)).toEqual({
      id: "cafe-closed",
      name: "Café closed",
      criteria: ["Nobody gets coffee."],
    });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a phase has its gates, a role its rota, a calendar its hours and dates", async () => {
    const { page, context, faults } = await at("/app/policy/parts?part=calendars");
    await page.getByRole("button", { name: /^Change / }).click();
    await page.getByRole("checkbox", { name: "Saturday" }).check();
    await page.getByLabel("Saturday, opens at").fill("10:00");
    await page.getByLabel("Saturday, closes at").fill("25:00");
    await page.getByText("A time is like 09:00, and 24:00 at the latest.").waitFor();
    await page.getByLabel("Saturday, closes at").fill("14:00");
    const opened = await savedWith(page, 'sat: [["10:00", "14:00"]]');
    expect(opened.calendars[0]?.windows.sat).toEqual([["10:00", "14:00"]]);
    await page.getByRole("button", { name: "Add a closure" }).click();
    const closure = page.getByRole("form", { name: "New closure" });
    await closure.getByLabel("From").fill("2026-12-27");
    await closure.getByLabel("To").fill("2026-12-31");
    await closure.getByLabel("Name").fill("Between the years");
    await closure.getByRole("button", { name: "Add the closure" }).click();
    const closed = await savedWith(page, "Between the years");
    expect(closed.calendars[0]?.closures?.at(-1)).toEqual({
      from: "2026-12-27",
      to: "2026-12-31",
      name: "Between the years",
    });
    await shot(page, "studio-parts-calendar", false);

    await page.getByRole("link", { name: /^Roles/ }).click();
    await page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    await page.getByRole("button", { name: "Add a turn" }).click();
    const turn = page.getByRole("form", { name: "New turn" });
    await turn.getByLabel("Calendar").selectOption({ index: 1 });
    await turn.getByLabel("Answered within").fill("2");
    await turn.getByRole("button", { name: "Add the turn" }).click();
    const rota = await savedWith(page, "rota:");
    expect(rota.roles[0]?.rota).toEqual([
      { calendar: rota.calendars[0]?.id, answers: { count: 2, unit: "hours" } },
    ]);

    await page.getByRole("link", { name: /^Phases/ }).click();
    await page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    const phase = page.locator(".part-item[data-open]").first();
    await phase.getByRole("button", { name: "Add a gate" }).first().click();
    const gate = page.getByRole("form", { name: "New gate" });
    await gate.getByLabel("What must be true").fill("Somebody is awake.");
    await gate.getByRole("button", { name: "Add the gate" }).click();
    const gated = await savedWith(page, "Somebody is awake.");
    expect(gated.phases[0]?.enter?.at(-1)).toEqual({
      id: "somebody-is-awake",
      says: "Somebody is awake.",
    });
    await phase.getByRole("button", { name: "Change Somebody is awake." }).click();
    await expectAccessible(page, "gate");
    await shot(page, "studio-parts-gate", false);
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a calendar takes the public holidays of a place in, and reports are said or declared absent", async () => {
    const { page, context, faults } = await at("/app/policy/parts?part=calendars");
    await page.getByRole("button", { name: /^Change / }).click();
    await page.getByRole("button", { name: "Take in the public holidays of a place…" }).click();
    await page.getByLabel("Public holidays of").selectOption("DE-BY");
    await page.getByText("Unverified: compare it with the published list").waitFor();
    await shot(page, "studio-parts-holidays", false);
    await page.getByRole("button", { name: /^Take in \d+ dates$/ }).click();
    const taken = await savedWith(page, "- { date: 2027-01-06, name: Epiphany }");
    expect(taken.calendars[0]?.source).toMatch(/DE-BY$/);
    await page.keyboard.press("Control+z");
    await page.getByText("No draft: this is the text that runs.").waitFor();

    const parts = page.getByRole("navigation", { name: "Parts" });
    await parts.getByRole("link", { name: /^Reports/ }).click();
    await page.getByRole("button", { name: "Say something instead PGP key" }).click();
    await page.getByLabel("Fingerprint").fill("5D20 93AE 1FC8 46B7");
    await page.getByLabel("Where the key is").fill("https://fennel.example/key.asc");
    await page.getByRole("button", { name: "Put it in" }).click();
    const given = await savedWith(page, "https://fennel.example/key.asc");
    expect(given.reporting.pgp).toEqual({
      fingerprint: "5D20 93AE 1FC8 46B7",
      url: "https://fennel.example/key.asc",
    });
    await page.getByRole("button", { name: "Declare none PGP key" }).click();
    const absent = await savedWith(page, "PGP key: none.");
    expect(absent.reporting.pgp).toEqual({ absent: "PGP key: none." });
    expect(faults).toEqual([]);
    await context.close();
  });

  test("a section is added and moved, and a clause renamed with what names it", async () => {
    const { page, context, faults } = await at("/app/policy/write");
    await page.getByRole("button", { name: "Add a section" }).click();
    const form = page.getByRole("form", { name: "New section" });
    await form.getByLabel("Title").fill("In short");
    await form.getByLabel("Text").fill("We answer [[escalate-ticket]].");
    await form.getByRole("button", { name: "Add the section" }).click();
    const added = await savedWith(page, "title: In short");
    expect(added.sections.at(-1)).toEqual({
      id: "in-short",
      title: "In short",
      audience: "public",
      text: "We answer [[escalate-ticket]].",
    });
    const section = page.locator("#section-in-short");
    await section.getByRole("button", { name: "Edit In short" }).click();
    await section.getByRole("button", { name: "Move up: In short" }).click();
    await expect
      .poll(async () => {
        const parsed = parsePolicy(await draftNow());
        return parsed.ok ? parsed.value.policy.sections.at(-2)?.id : "";
      }, SOON)
      .toBe("in-short");
    await page.goto(`${program.url}/app/policy/clauses?clause=escalate-ticket`);
    await page.getByRole("button", { name: "Rename… escalate-ticket" }).click();
    await page.getByLabel("Id of this clause").fill("hand-on");
    await page.keyboard.press("Enter");
    const renamed = await savedWith(page, "- id: hand-on");
    expect(await draftNow()).toContain("We answer [[hand-on]].");
    expect((await draftNow()).replace(/#.*$/gm, "")).not.toContain("escalate-ticket");
    expect(renamed.clauses.some(({ id }) => id === "hand-on")).toBe(true);
    await page.getByLabel("Id of this clause").waitFor({ state: "detached" });
    expect(new URL(page.url()).searchParams.get("clause")).toBe("hand-on");
    expect(faults).toEqual([]);
    await context.close();
  });

  test("what the linter finds stands beside its field, and leads to it from the document", async () => {
    const { page, context } = await at("/app/policy/parts?part=roles");
    await page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    await page.getByLabel("Responsibility").first().fill("{{Who owns it}}");
    const beside = page.locator(".part-item[data-open] .field-problem").first();
    await beside.waitFor();
    const words = await beside.innerText();
    await page.getByRole("link", { name: "Write", exact: true }).click();
    await page.locator(".finding-go").filter({ hasText: "Who owns it" }).click();
    const aside = page.locator(".write-clause");
    await aside.getByText(words).waitFor();
    await aside.getByLabel("Responsibility").fill("Owns the incident.");
    await savedWith(page, "Owns the incident.");
    await expect.poll(() => aside.getByText(words).count(), SOON).toBe(0);
    await context.close();
  });

  test("a source that cannot be read greys the forms and says why", async () => {
    const { page, context } = await at("/app/policy/parts");
    const add = page.getByRole("button", { name: "Add a severity" });
    await add.waitFor();
    expect(await add.isDisabled()).toBe(false);
    const runs = valueOf(await owner.client.read("policy", { version: "current" })).text ?? "";
    const broken = { text: runs.replace("otherwise:", "otherwise: [") };
    await owner.client.call("PUT", "/api/v1/drafts/next", broken);
    // What somebody else wrote is seen within seconds, and what could be read before stays.
    await page.getByText("The source cannot be read, so nothing can be put").waitFor();
    expect(await add.isDisabled()).toBe(true);
    await page.reload();
    await page.getByText("The source cannot be read, so nothing can be put").waitFor();
    await page.getByRole("button", { name: "To the source" }).click();
    await page.locator(".source-host").waitFor();
    await context.close();
  });

  test("two people in two forms lose nothing", async () => {
    const one = await at("/app/policy/parts?part=roles");
    const two = await app.at("/app/policy/parts?part=channels");
    await one.page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    await two.page
      .getByRole("button", { name: /^Change / })
      .first()
      .click();
    await one.page.getByLabel("Name", { exact: true }).first().fill("Head of the response");
    await two.page.getByLabel("Name", { exact: true }).first().fill("Everything that watches");
    await savedWith(one.page, "Head of the response");
    const both = await savedWith(two.page, "Everything that watches");
    expect(both.roles[0]?.name).toBe("Head of the response");
    expect(both.channels[0]?.name).toBe("Everything that watches");
    await one.context.close();
    await two.context.close();
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

test.each([
  ["desktop", DESKTOP, "light"],
  ["phone", PHONE, "light"],
  ["phone-dark", PHONE, "dark"],
  ["dark", DESKTOP, "dark"],
] as const)("every part can be read and pressed: %s", async (name, size, theme) => {
  const { page, context, faults } = await at("/app/policy/parts", size, theme);
  for (const part of PARTS) {
    const parts = page.getByRole("navigation", { name: "Parts" });
    await parts.getByRole("link", { name: new RegExp(`^${part.name}`) }).click();
    await page
      .getByRole("button", { name: /^(?:Change|Add|Declare)/ })
      .first()
      .waitFor();
    const change = page.getByRole("button", { name: /^Change / });
    if ((await change.count()) > 0) await change.first().click();
    expect(await sideways(page)).toBe(0);
    await expectAccessible(page, `${part.name} ${name}`);
    await shot(page, `studio-part-${part.id}-${name}`);
  }
  expect(faults).toEqual([]);
  await context.close();
});
