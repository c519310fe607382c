/**
 * Print: what comes out of the printer when somebody must have it on paper. The
 * dialog itself is the browser's; what stands on the page when it opens is ours.
 */

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, openSignedIn, type Watched } from "./browser.ts";

/** More than are fetched at once, and far more than stand on a screen. */
const LINES = 280;

const { owner, program, browser, session } = await openApp("print", { setup: { sample: true } });
let ada: Watched;

beforeAll(async () => {
  for (let n = 1; n <= LINES; n += 1)
    valueOf(await owner.client.send("Log", "INC-1", { text: `Looked at shard ${n}.` }));
  ada = await openSignedIn(browser, session, DESKTOP, "dark");
  // What stands on the page at the moment the dialog opens.
  await ada.context.addInitScript(
    `printed = []; print = () => printed.push(document.querySelector("main").textContent);`,
  );
});

const printed = (page: Page) => page.evaluate<string[]>("printed");

/** How many sheets of A4 it takes, as the browser lays it out. */
async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
}

describe("an incident on paper", () => {
  test("Ctrl P in the room prints once, when every line is there", async () => {
    const { page } = ada;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(/timeline\?.*from=250/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${program.url}/app/incidents/INC-1`);
    await page.getByText(`Looked at shard ${LINES}.`).waitFor();
    await page.keyboard.press("Control+p");
    await page.getByText(/^250 of \d+ lines$/).waitFor();
    expect(await printed(page)).toEqual([]);
    // Whoever prints now all the same has it said on the paper.
    expect(await page.textContent("article")).toMatch(/Not whole: 250 of \d+ lines were read/);
    letGo();
    await page.getByText(/^All \d+ lines are here\.$/).waitFor();
    const [text = "", ...again] = await printed(page);
    expect(again).toEqual([]);
    for (let n = 1; n <= LINES; n += 1) expect(text).toContain(`Looked at shard ${n}.`);
  });

  test("says what is owed when, what is known, who does what, and what came first first", async () => {
    const { page } = ada;
    await expectAccessible(page, "paper");
    const part = async (title: string): Promise<string> =>
      (await page
        .locator("section", { has: page.getByRole("heading", { name: title }) })
        .textContent()) ?? "";
    expect(await page.textContent("article")).toMatch(/SeveritySEV1 Critical.*Leadnobody|Lead\w+/s);
    expect(await part("Open deadlines")).toMatch(
      /Notify Meridian Health\w{3} \d+ \w{3} \d{4}, \d\d:\d\d CES?T \(.*UTC\)/,
    );
    expect(await part("Facts")).toMatch(/personal data .*: confirmed .*, entry \d+/);
    expect(await part("Roles")).toContain("Incident lead: Ada Lindqvist");
    expect(await part("Remediations")).toContain("None.");
    const timeline = await part("Timeline");
    expect(timeline.indexOf("Incident opened")).toBeLessThan(timeline.indexOf("shard 1."));
    expect(timeline.indexOf("shard 1.")).toBeLessThan(timeline.indexOf(`shard ${LINES}.`));
  });

  test("leaves the app's frame on the screen, and is ink on white whatever the theme", async () => {
    const { page } = ada;
    await page.emulateMedia({ media: "print" });
    for (const name of ["Places", "Printing"])
      expect(await page.getByRole("navigation", { name }).isVisible()).toBe(false);
    expect(await page.getByRole("region", { name: "Next due" }).isVisible()).toBe(false);
    expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
    const look = (selector: string) =>
      page.evaluate<string[]>(
        `(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.querySelector("${selector}")))`,
      );
    expect(await look(".severity")).toEqual(["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]);
    expect((await look(".paper"))[0]).toBe("rgb(27, 29, 33)");
    // 280 lines and the rest: neither a screenful nor a sheet for every few lines.
    const count = await sheets(page);
    expect(count).toBeGreaterThan(6);
    expect(count).toBeLessThan(20);
    await page.emulateMedia({ media: "screen" });
  });

  test("Escape leads back to the room, which says what printing it by itself would leave out", async () => {
    const { page } = ada;
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/incidents\/INC-1$/);
    await page.getByText(`Looked at shard ${LINES}.`).waitFor();
    await page.emulateMedia({ media: "print" });
    // What only paper shows is drawn a moment after what is looked at.
    await page.getByText(/Not on this paper: the \d+ lines/).waitFor();
    expect(await page.getByText("Not on this paper").isVisible()).toBe(true);
    expect(await page.locator(".timeline-box").isVisible()).toBe(false);
    const count = await sheets(page);
    await page.emulateMedia({ media: "screen" });
    // The head and the deadlines, and none of the lines: those alone would fill ten.
    expect(count).toBeLessThanOrEqual(2);
  });
});

describe("letters and the policy on paper", () => {
  test("the letter that is open is printed, not the list", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/report`);
    await page.locator(`[name="title"]`).fill("Listable bucket");
    await page.locator(`[name="text"]`).fill("Anyone can list it.");
    await page.locator(`[name="mail"]`).fill("ravi@researcher.example");
    await page.getByRole("button", { name: "Send the report" }).click();
    await page.waitForURL(/\/case\//);
    const { items } = valueOf(await owner.client.read("signals", {}, { q: "Listable bucket" }));
    valueOf(
      await owner.client.send("AnswerReporter", items[0]?.id ?? "", {
        subject: "Your report",
        body: "Thank you. We are looking at it and write again tomorrow.",
      }),
    );
    await page.goto(`${program.url}/app/notices`);
    await page.getByRole("button", { name: /Your report/, expanded: false }).click();
    await page.getByText("We are looking at it").waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.getByText("We are looking at it").isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: /^delivered/ }).isVisible()).toBe(false);
    expect(await sheets(page)).toBe(1);
    await page.emulateMedia({ media: "screen" });
  });

  test("the policy is printed without its menus, in sheets that somebody will read", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/policy`);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("navigation").filter({ visible: true }).count()).toBe(0);
    expect(await page.getByText("SHA-256 of that file").isVisible()).toBe(true);
    const count = await sheets(page);
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(17);
  });

  test("and nothing failed or left this machine meanwhile", () => expect(ada.faults).toEqual([]));
});
