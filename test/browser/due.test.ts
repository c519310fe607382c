/**
 * Due: what is owed, looked at, asked why, taken, extended, disputed and waived, in
 * a real browser, at a desk and on a telephone; and step 22 of the newcomer.
 */

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { runDue } from "../program.ts";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, openSignedIn, PHONE, type Watched } from "./browser.ts";

const { owner, program, browser, session } = await openApp("due", { setup: { sample: true } });
let desk: Watched;
let phone: Watched;

beforeAll(async () => {
  valueOf(
    await owner.client.send("OpenIncident", "", {
      title: "Login answers without a password",
      severity: "sev1",
      reason: "Seen live",
    }),
  );
  desk = await openSignedIn(browser, session, DESKTOP);
  phone = await openSignedIn(browser, session, PHONE);
});

const show = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${program.url}/app${path}`);
  await page.getByRole("heading", { name: "Due", exact: true, level: 1 }).waitFor();
};
/** The first target of our own that an incident owes and that still runs. */
const openTarget = async (): Promise<{ id: string; subject: string; dueAt: string }> => {
  const { items } = valueOf(
    await owner.client.read("obligations", {}, { standing: "running", to: "team" }),
  );
  const found = items.find(({ subject }) => subject.startsWith("incident/"));
  if (!found?.dueAt) throw new Error("no incident owes anything to ourselves");
  return { id: found.id, subject: found.subject, dueAt: found.dueAt };
};
/** The one that is acted on. */
let target: { id: string; subject: string; dueAt: string };
const asked = async () =>
  valueOf(await owner.client.read("why", { id: target.id }, { subject: target.subject }));
const addressOf = ({ id, subject }: { id: string; subject: string }): string =>
  `/due?${new URLSearchParams({ of: subject, why: id }).toString()}`;
const drawer = (page: Page) => page.getByRole("complementary", { name: "The obligation" });

describe("the board", () => {
  test("counts what is overdue even where it is nothing, and everything once", async () => {
    const { page } = desk;
    await show(page, "/due");
    const counts = valueOf(await owner.client.read("due", {}, { slack: "hidden" }));
    await page.getByRole("link", { name: `Overdue ${counts.overdue}`, exact: true }).waitFor();
    await page.getByRole("heading", { name: `Overdue ${counts.overdue}`, level: 2 }).waitFor();
    expect(counts.overdue + counts.today + counts.soon + counts.later + counts.uncounted).toBe(
      counts.open,
    );
    await page
      .getByRole("status")
      .filter({ hasText: `${counts.open} obligations` })
      .waitFor();
    await expectAccessible(page, "due");
  });

  test("is looked at by party, and what is looked at stands in the address", async () => {
    const { page } = desk;
    await show(page, "/due");
    await page.getByRole("link", { name: "by party" }).click();
    await page.getByRole("heading", { name: /^Ourselves/, level: 2 }).waitFor();
    await page.getByLabel("To", { exact: true }).selectOption("customer");
    await expect.poll(() => page.url()).toContain("view=party&to=customer");
    await page.reload();
    await page.getByRole("heading", { name: "Due", exact: true, level: 1 }).waitFor();
    expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe("customer");
    await expectAccessible(page, "due by party");
  });

  test("shows a month, and of a day what is due in it", async () => {
    const { page } = desk;
    await show(page, "/due?view=calendar");
    const day = page.getByRole("button", { name: /: \d+ due/ }).first();
    const count = await day.locator("strong").innerText();
    await day.click();
    const said = count === "1" ? "1 obligation" : `${count} obligations`;
    await page
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${said}$`) })
      .waitFor();
    await expectAccessible(page, "due as a calendar");
  });

  test("prints a table of absolute times", async () => {
    const { page } = desk;
    await show(page, "/due");
    await page.locator(".due-row").first().waitFor();
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const rows = page.locator(".due-print tbody tr");
    expect(await rows.count()).toBeGreaterThan(2);
    expect(await rows.first().innerText()).toMatch(/\d{4}, \d\d:\d\d [A-Z]/);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: null });
  });
});

describe("the drawer", () => {
  test("says why, under an address of its own, and what can be done", async () => {
    const { page } = desk;
    target = await openTarget();
    await show(page, addressOf(target));
    const why = drawer(page);
    await why.getByRole("heading", { name: "Why this time?" }).waitFor();
    await why.getByRole("heading", { name: "What meets it" }).waitFor();
    expect(await why.locator("blockquote").innerText()).toContain(target.id.split("@")[0]);
    await why
      .getByRole("link", { name: /Show entry \d+/ })
      .first()
      .waitFor();
    await expectAccessible(page, "drawer");
  });

  test("I have it: takes it in hand at once", async () => {
    const { page } = desk;
    await drawer(page).getByRole("button", { name: "I have it" }).click();
    await drawer(page).getByText("Ada Lindqvist has it").waitFor();
    expect((await asked()).history.at(-1)?.type).toBe("ClockTaken");
  });

  test("an extension keeps the first due time in sight", async () => {
    const { page } = desk;
    await drawer(page).getByRole("button", { name: "Record an extension…" }).click();
    const send = drawer(page).getByRole("button", { name: "Record the extension" });
    expect(await send.getAttribute("aria-disabled")).toBe("true");
    await drawer(page).getByLabel("Due now").fill("2031-03-03T12:00");
    await drawer(page).getByLabel("Who agreed to it").fill("Ana Keller");
    await drawer(page).getByLabel("Why it takes longer").fill("The provider rotates at night.");
    await expectAccessible(page, "extension");
    await send.click();
    await drawer(page).getByText("Our extension:").waitFor();
    await drawer(page)
      .getByText(/Our extension to .* originally due/)
      .waitFor();
    expect((await asked()).obligation).toMatchObject({
      dueAt: "2031-03-03T11:00:00.000Z",
      originalDueAt: target.dueAt,
    });
  });

  test("a dispute is shown and changes nothing until it is settled", async () => {
    const { page } = desk;
    await drawer(page).getByRole("button", { name: "Disagree…" }).click();
    await drawer(page).getByLabel("It is counted wrongly").check();
    await drawer(page).getByLabel("Why", { exact: true }).fill("It counts from a test.");
    await drawer(page).getByRole("button", { name: "Record the dispute" }).click();
    await drawer(page).getByText("disputed").first().waitFor();
    await drawer(page).getByRole("button", { name: "Settle the dispute…" }).click();
    await drawer(page).getByLabel("How it was settled, and by whom").fill("It was no test: Ben.");
    await drawer(page).getByRole("button", { name: "Record how it ended" }).click();
    await drawer(page).getByRole("button", { name: "Disagree…" }).waitFor();
  });

  test("a waiver takes it off the board and says so where it is looked for", async () => {
    const { page } = desk;
    const row = page.locator(`[data-obligation="${target.subject} ${target.id}"]`);
    await row.waitFor();
    await drawer(page).getByRole("button", { name: "It does not apply…" }).click();
    await drawer(page).getByLabel("Why it does not apply").fill("Nothing is reachable.");
    await drawer(page).getByRole("button", { name: "Record that it does not apply" }).click();
    await row.waitFor({ state: "detached" });
    await page.getByLabel("Show", { exact: true }).selectOption("waived");
    await page.getByRole("status").filter({ hasText: "1 obligation" }).waitFor();
    await row.waitFor();
    await expectAccessible(page, "waived");
  });

  test("is the same in the room, and has an address there too", async () => {
    const { page } = desk;
    const { id, subject } = await openTarget();
    const [, incident = ""] = subject.split("/");
    await page.goto(`${program.url}/app/incidents/${incident}?why=${encodeURIComponent(id)}`);
    const aside = page.getByRole("complementary", { name: "State and forms" });
    await aside.getByRole("heading", { name: "Why this time?" }).waitFor();
    await aside.getByRole("button", { name: "Record an extension…" }).waitFor();
    await aside.getByRole("button", { name: /^Close/ }).click();
    await expect.poll(() => page.url()).not.toContain("why=");
    await expectAccessible(page, "room");
  });

  test("says beforehand why a button cannot be pressed", async () => {
    const { page } = desk;
    await show(page, addressOf(await openTarget()));
    const met = drawer(page).getByRole("button", { name: "It is met…" });
    await met.waitFor();
    expect(await met.getAttribute("aria-disabled")).toBe("true");
    await drawer(page).getByText("This is a target of our own").waitFor({ state: "attached" });
  });
});

describe("on a telephone", () => {
  test("the board, its agenda and the drawer fit and are read by everybody", async () => {
    const { page } = phone;
    const fits = async (): Promise<void> =>
      expect(
        await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
      ).toBeLessThanOrEqual(0);
    await show(page, "/due");
    await page.locator(".due-row").first().waitFor();
    await fits();
    await expectAccessible(page, "due on a phone");
    await show(page, "/due?view=calendar");
    await page.locator(".due-group").first().waitFor();
    await fits();
    await page.locator(".lane").first().click();
    await drawer(page).getByRole("button", { name: "I have it" }).waitFor();
    await fits();
    await expectAccessible(page, "drawer on a phone");
    await drawer(page)
      .getByRole("button", { name: /^Close/ })
      .click();
    await page.locator(".due-row").first().waitFor();
  });
});

describe("step 22 of the newcomer", () => {
  test("due next prints what is next, and leaves 4 where something is overdue", async () => {
    const overdue = valueOf(await owner.client.read("due", {}, {})).overdue;
    const asked = await runDue(["next"], { DUE_DATA: program.data, DUE_PORT: port() });
    expect(asked.code, asked.stderr).toBe(overdue > 0 ? 4 : 0);
    expect(asked.stdout).toMatch(/Next: .* due /);
    const said = await runDue(["next", "--json"], { DUE_DATA: program.data, DUE_PORT: port() });
    expect(JSON.parse(said.stdout)).toHaveProperty("next.dueAt");
  });

  test("the calendar's address is made in Settings, shown once, and holds absolute UTC times", async () => {
    const { page } = desk;
    await page.goto(`${program.url}/app/settings`);
    await page.getByRole("button", { name: "Make an address" }).click();
    const address = await page.locator(".once code").innerText();
    expect(address).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
    const feed = await fetch(program.url + new URL(address).pathname);
    expect([feed.status, feed.headers.get("content-type")]).toEqual([
      200,
      "text/calendar; charset=utf-8",
    ]);
    const text = await feed.text();
    const starts = [...text.matchAll(/^DTSTART:(.*)\r$/gm)].map(([, value]) => value ?? "");
    expect(starts.length).toBeGreaterThan(2);
    for (const start of starts) expect(start).toMatch(/^\d{8}T\d{6}Z$/);
    const { items } = valueOf(await owner.client.read("incidents"));
    for (const { title } of items) expect(text).not.toContain(title);
    await page.reload();
    await page.getByText(/Your address was made/).waitFor();
    expect(await page.locator(".once").count()).toBe(0);
    await page.getByRole("button", { name: "Revoke" }).first().click();
    await page.getByText("You have no calendar address.").waitFor();
    expect((await fetch(program.url + new URL(address).pathname)).status).toBe(404);
    const file = await runDue(["ics"], { DUE_DATA: program.data, DUE_PORT: port() });
    expect(file.stdout).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  });
});

const port = (): string => new URL(program.url).port;

test("nothing failed in the page and nothing left this machine", () => {
  expect([...desk.faults, ...phone.faults]).toEqual([]);
});
