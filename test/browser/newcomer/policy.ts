/**
 * Steps 7 to 10: a policy of their own, from the text as it is to the page that customers cite:
 * pasted, shown by line where it cannot be kept, mended, tried on a Friday evening, published.
 * The next version takes a second owner, and whoever asked is told of it by a person.
 */

import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, expect, type SuiteCollector, test } from "vitest";
import { valueOf } from "../../owner.ts";
import { until } from "../../program.ts";
import {
  expectAccessible,
  openPage,
  openSignedIn,
  PHONE,
  sideways,
  type Watched,
} from "../browser.ts";
import { MAIL, WRITTEN } from "./policy-words.ts";
import type { Story } from "./story.ts";

const FAULTY = readFileSync("test/golden/prose/faulty.md", "utf8");
/** A save follows the last letter by a second; a busy machine takes longer. */
const SOON = { timeout: 15_000 };

export const policy = (story: () => Story): SuiteCollector =>
  describe("a policy of their own", () => {
    const draftNow = async (): Promise<string> =>
      valueOf(await (await story().owner()).client.read("draft", { name: "next" })).text;
    const holds = (words: string) => expect.poll(draftNow, SOON).toContain(words);
    const running = async () =>
      valueOf(await (await story().owner()).client.read("policies")).items[0];
    const finding = (page: Page, words: RegExp): Locator =>
      page.locator(".findings > li").filter({ hasText: words }).first();
    /** On a telephone the parts of the studio stand behind each other. */
    const turnTo = async (part: RegExp): Promise<void> => {
      const { ada, size } = story();
      if (size.width > PHONE.width) return;
      const parts = ada.page.getByRole("group", { name: "Part" });
      await parts.getByRole("button", { name: part }).click();
    };
    const studio = async (at = "write"): Promise<Page> => {
      const { ada, program } = story();
      await ada.page.goto(`${program.url}/app/policy/${at}`);
      return ada.page;
    };

    test("7: a pasted text shows by line where it cannot be kept, and becomes the draft", async () => {
      const { ada, look } = story();
      const { page } = ada;
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
      for (const text of said) expect(text).toMatch(/line \d+/);
      // Each leads to its line of the text.
      await findings.first().getByRole("button").first().click();
      await dialog.locator(".import-line").waitFor();
      await look("07-pasted");
      // The calendar of the setup is offered, and taken.
      const calendar = dialog.getByLabel(/count by the calendar that runs, Mon-Fri/);
      expect(await calendar.isChecked()).toBe(true);
      await dialog.getByRole("button", { name: "Make it the draft" }).click();
      await dialog.waitFor({ state: "detached" });
      await page
        .getByRole("heading", { name: /^When security fails/ })
        .first()
        .waitFor();
      await page.locator(".studio-state .risk", { hasText: /^[1-9]\d* blockers$/ }).waitFor();
      await look("07-draft");
    });

    test("7: what it leaves open takes no tab of the studio away, and a page that fails says so", async () => {
      const { ada, browser, program, size } = story();
      const tabs = ada.page.getByRole("navigation", { name: "Policy" });
      await tabs.getByRole("link", { name: "Clauses" }).click();
      await ada.page.getByRole("heading", { name: "When security fails" }).first().waitFor();
      await tabs.getByRole("link", { name: "Try" }).click();
      await ada.page.getByRole("heading", { name: /^Owed/ }).waitFor();
      await tabs.getByRole("link", { name: "Diff" }).click();
      await ada.page.getByRole("heading", { name: "What it does otherwise" }).waitFor();
      const { cookie } = await story().owner();
      const beside = await openSignedIn(browser, { url: program.url, cookie }, size);
      await beside.page.route("**/api/v1/regimes*", (route) =>
        route.fulfill({ json: { items: [null] } }),
      );
      await beside.page.goto(`${program.url}/app/policy/law`);
      await beside.page.getByRole("heading", { name: "This page could not be drawn" }).waitFor();
      await beside.context.close();
    });

    test("8: one press settles the contradiction at 24 hours and tightens the hand-off; sentence and clause change together", async () => {
      const page = await studio();
      const grades = page.locator(".studio-section", { hasText: "Triage begins" });
      await turnTo(/^Findings/);
      await finding(page, /says within 24 hours and/)
        .getByRole("button", { name: /^Use .* within 24 hours$/ })
        .click();
      await expect.poll(() => grades.textContent(), SOON).not.toContain("72");
      expect(await grades.textContent()).toContain("within 24 hours of confirmed exposure");
      await finding(page, /can end after "triage-critical"/)
        .getByRole("button", { name: /^Promise "escalate-customers" within \d+ hours$/ })
        .click();
      const heard = page.locator(".studio-section", { hasText: "How we hear of it" });
      await expect
        .poll(() => heard.textContent(), SOON)
        .toMatch(/escalated to on-call within \d+ hours/);
      await expect.poll(draftNow, SOON).not.toMatch(/within: \{ count: 72, unit: hours \}/);
      await expect
        .poll(draftNow, SOON)
        .toMatch(/id: escalate-customers[^]*?within: \{ count: \d+, unit: hours \}/);
      await story().look("08-settled");
    });

    test("8: no bounty is declared, the address and the rest are filled in, and no blocker is left", async () => {
      const { ada, program, look } = story();
      const { page } = ada;
      await turnTo(/^Findings/);
      const bounty = finding(page, /Is there a bounty, or none\?/);
      await bounty.getByRole("button", { name: "Declare it absent" }).click();
      for (const [asks, label, answer] of [
        [/To which address do reports go\?/, "To which address do reports go?", MAIL],
        [/From which day does it apply\?/, "From which day does it apply?", today()],
        [/Who answers for this policy/, /^Who answers for this policy/, "Ada Lindqvist"],
      ] as const) {
        await finding(page, asks)
          .getByRole("button", { name: /^Answer/ })
          .click();
        await page.getByLabel(label).fill(answer);
        await page.getByRole("button", { name: "Write it" }).click();
        await holds(answer);
      }
      expect(await draftNow()).not.toContain("{{Is there a bounty");
      const written = WRITTEN.reduce(
        (text, [from, to]) => {
          expect(text).toContain(from);
          return text.replaceAll(from, to);
        },
        await draftNow(),
      );
      await studio("write?as=source");
      const source = page.getByRole("textbox", { name: "The policy as YAML" });
      await source.click();
      // Put in by the clipboard, as who writes elsewhere does.
      await ada.context.grantPermissions(["clipboard-read", "clipboard-write"], {
        origin: program.url,
      });
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(written)})`);
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Control+v");
      await holds("We do not run a bounty.");
      await studio();
      await turnTo(/^Findings/);
      await page
        .getByText(/^0 blockers|Nothing stands against publishing it/)
        .first()
        .waitFor();
      const blocked = page.locator(".studio-state .risk", { hasText: /blocker/ });
      await expect.poll(() => blocked.count(), SOON).toBe(0);
      await look("08-mended");
    });

    test("9: tried on Friday at 18:40 as Critical it shows a tape, four obligations, a weekend and each why", async () => {
      const page = await studio("try?at=2026-11-20T18:40&severity=critical");
      await page.getByRole("heading", { name: /^Owed \(([4-9]|\d\d)/ }).waitFor();
      await page.getByRole("region", { name: "Tape" }).locator("svg").first().waitFor();
      const table = page.locator("section", { hasText: /^Owed/ }).first();
      const rows = table.locator("tbody tr");
      expect(await rows.count()).toBeGreaterThanOrEqual(4);
      expect(await rows.locator("details").count()).toBe(await rows.count());
      // Counted in business time from Friday evening, it is due after the weekend.
      await rows
        .filter({ hasText: /Mon 23 Nov|Tue 24 Nov/ })
        .first()
        .waitFor();
      await story().look("09-friday");
    });

    test("10: it is published, and what customers read is what runs", async () => {
      const { browser, due, program, size } = story();
      const page = await studio();
      await publishing(page, "2.0", "Our own text runs from now on.");
      await page.getByLabel("Why nobody else approves it").fill("There is one owner.");
      await story().look("10-publish");
      await page.getByRole("button", { name: /^Publish version/ }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const reader = await openPage(browser, size);
      await reader.page.goto(`${program.url}/policy`);
      const shown = await reader.page
        .getByText(/^[0-9a-f]{64}$/)
        .first()
        .textContent();
      const hash = await due("policy", "show", "--hash");
      expect([hash.stderr, hash.stdout.trim()]).toEqual(["", shown]);
      await expectAccessible(reader.page, "policy");
      expect(await sideways(reader.page)).toBe(0);
      await story().picture(reader.page, "10-public");
      await reader.context.close();
      expect(reader.faults).toEqual([]);
      const txt = await (await fetch(`${program.url}/.well-known/security.txt`)).text();
      expect(txt).toMatch(new RegExp(`^Contact: mailto:${MAIL}$`, "m"));
      const [, expires = ""] = /^Expires: (\S+)$/m.exec(txt) ?? [];
      expect(Date.parse(expires)).toBeGreaterThan(Date.now());
      expect(Date.parse(expires)).toBeLessThan(Date.now() + 366 * 86_400_000);
    });

    test("10: the next version takes a second owner, and whoever asked to hear of it is told by her", async () => {
      await subscribe();
      const eve = await invited("Eve Marlow", "eve@gatehouse.example");
      const page = await studio();
      const about = page.locator(".studio-section", { hasText: "Learning" }).first();
      await about.getByRole("button", { name: /^Edit/ }).click();
      await about.getByLabel("Title").fill("What we learn");
      await holds("title: What we learn");
      await publishing(page, "2.1", "A heading is plainer.");
      await page.getByText("Eve Marlow approves these exact bytes").waitFor();
      await page.getByRole("button", { name: "Propose it" }).click();
      await page.getByText(/Eve Marlow can approve it/).waitFor();
      expect((await running())?.label).toBe("2.0");

      await eve.page.goto(`${story().program.url}/app/policy/write`);
      await eve.page.getByRole("button", { name: "Read and approve…" }).click();
      const dialog = eve.page.getByRole("dialog", { name: "Approve version 2.1" });
      await dialog
        .getByLabel(/^Yes|Tell/)
        .first()
        .check();
      await expectAccessible(eve.page, "approve");
      await story().picture(eve.page, "10-approve");
      await dialog.getByRole("button", { name: /^Approve these bytes/ }).click();
      await dialog.waitFor({ state: "detached" });
      expect(await running()).toMatchObject({
        label: "2.1",
        publishedBy: "Eve Marlow",
        proposedBy: "Ada Lindqvist",
      });
      const letter = await until("the letter to who subscribed", async () =>
        story()
          .outbox()
          .find((mail) => /^Subject: .*version 2\.1/m.test(mail)),
      );
      expect(letter).toMatch(/^From: "?Eve Marlow"? <eve@gatehouse\.example>/m);
      expect(letter).toMatch(/^To: .*cleo@meridian\.example/m);
      expect(letter).not.toMatch(/^Auto-Submitted/m);
      await eve.context.close();
      expect(eve.faults).toEqual([]);
    });

    /** Step 1 of publishing, read and gone on from. */
    async function publishing(page: Page, version: string, changes: string): Promise<void> {
      await page.getByRole("button", { name: "Publish…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Version").fill(version);
      await dialog.getByLabel("What changed").fill(changes);
      await page.getByRole("dialog", { name: `Publish version ${version}` }).waitFor();
      await holds(changes);
      await dialog.getByRole("button", { name: "I have read it; go on" }).click();
    }

    async function subscribe(): Promise<void> {
      const { browser, outbox, program, size } = story();
      const { page, context, faults } = await openPage(browser, size);
      await page.goto(`${program.url}/subscribe`);
      await page.getByLabel("Your mail address").fill("cleo@meridian.example");
      await page.getByRole("button", { name: "Send me the link" }).click();
      const link = await until("the letter that asks", async () =>
        outbox()
          .map((mail) => /http\S+\/subscribe\/\S+/.exec(mail)?.[0])
          .find(Boolean),
      );
      await page.goto(link);
      await page.getByRole("button", { name: "Yes, write to me" }).click();
      await page.getByRole("heading", { name: "You will hear of changes" }).waitFor();
      await context.close();
      expect(faults).toEqual([]);
    }

    async function invited(name: string, mail: string): Promise<Watched> {
      const { browser, program, size } = story();
      const { client } = await story().owner();
      const asked = { name, mail, role: "owner" };
      const path = "/api/v1/people/invite";
      const { link } = valueOf(await client.call<{ link: string }>("POST", path, asked));
      const joined = await fetch(`${program.url}/api/v1/join`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token: link.split("#")[1], password: "a long enough password" }),
      });
      const cookie = (joined.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      return openSignedIn(browser, { url: program.url, cookie }, size);
    }
  });

/** As a date field takes it, in the zone of the policy. */
const today = (): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
