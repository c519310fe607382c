/** Steps 23 to 25: an honest end, the proof of it, and the last look around. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { valueOf } from "../../owner.ts";
import { DESKTOP } from "../browser.ts";
import { type Story, seen } from "./story.ts";

export const end = (story: () => Story): void => {
  describe("closing, which is refused until nothing is open", () => {
    const show = async (): Promise<Page> => {
      const { ada, program, part } = story();
      await ada.page.goto(`${program.url}/app/incidents/INC-1`);
      await ada.page.getByRole("heading", { name: /INC-1/ }).waitFor();
      await part("State");
      return ada.page;
    };
    /** Opens a form, and shows in it what every open gate of it asks for. */
    const openWithGates = async (page: Page, button: string | RegExp): Promise<void> => {
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await page.locator(".gates li").first().waitFor();
      for (;;) {
        const open = page.locator(".gates li", { hasText: "Open: " }).first();
        if ((await open.count()) === 0) return;
        const says = (await open.locator("p").first().innerText()).replace(/^Open:\s*/, "");
        const first = open.getByRole("button", { name: "Show it" });
        const isAlone = /second/i.test(says) || (await first.count()) === 0;
        if (isAlone) {
          await open.getByRole("button", { name: "Record an exception" }).click();
          await page
            .getByLabel("Why it is passed without")
            .fill("Ada is alone; Ben reads it on Monday.");
          await page.getByRole("button", { name: "Record the exception" }).click();
        } else {
          await first.click();
          const evidence = page.getByLabel(/^(?:Evidence, one|Links to the)/);
          await evidence.fill("https://git.gatehouse.example/changes/81");
          await page.getByRole("button", { name: "Show that it holds" }).click();
        }
        await page.locator(".gates .gate-holds", { hasText: says }).waitFor();
      }
    };

    test("23: resolving is refused, and every gate that does not hold is named", async () => {
      const page = await show();
      await page.getByRole("button", { name: "Resolve…" }).click();
      await page.locator(".gates li", { hasText: "Open: " }).first().waitFor();
      await story().look("23-resolve");
      const { client } = await story().owner();
      const refused = await client.send("CloseIncident", "INC-1", { note: "Done." });
      expect(refused.ok).toBe(false);
    });

    test("23: the work is done, each piece with its evidence, and it is resolved", async () => {
      const page = await show();
      await page.getByRole("button", { name: "Mitigation", exact: true }).click();
      await page.getByLabel("What was done").fill("Public access removed.");
      await page.getByRole("button", { name: "Record it" }).click();
      await seen(page, "Public access removed.");
      await openWithGates(page, "Fix");
      await page.getByLabel("What was fixed").fill("Bucket policies are no longer touched.");
      await page.getByRole("button", { name: "Record the fix" }).click();
      await seen(page, "Bucket policies are no longer touched.");
      await page.getByRole("button", { name: "Verify", exact: true }).click();
      await page.getByLabel("How we know that it works").fill("Refused from two networks.");
      await page.getByRole("button", { name: "Record the verification" }).click();
      await seen(page, "✓ verified");
      await openWithGates(page, "Resolve…");
      await page.getByLabel("How we know that it is over").fill("Nothing is listable any more.");
      await page.getByRole("button", { name: "Declare INC-1 resolved" }).click();
      await seen(page, "private, resolved, not closed");
      await story().look("23-resolved");
    });

    test("23: the review begins from the record, with what was promised beside what happened", async () => {
      const page = await show();
      await page.getByRole("button", { name: "Write", exact: true }).click();
      await page.getByRole("button", { name: "Begin from the record" }).click();
      const text = page.getByLabel("Review, as Markdown");
      await expect
        .poll(() => text.inputValue())
        .toMatch(/## Promised and actual\s+\| Promise \| Counted from \| Due \| Done \|/);
      await story().look("23-review");
      for (const question of await page.locator("aside form textarea").all())
        if ((await question.inputValue()) === "") await question.fill("Answered from the record.");
      await page.getByRole("button", { name: "Save the review" }).click();
      await seen(page, /^Saved .*, not finished\.$/);
      await page.getByRole("button", { name: "Finish it" }).click();
      await seen(page, /^Finished /);
    });

    test("23: a remediation has an owner and a date, and closing waits for it", async () => {
      const page = await show();
      await page.getByRole("button", { name: "Add", exact: true }).last().click();
      await page.getByLabel("What will change").fill("Bucket policies are checked every night");
      await page.getByLabel("By", { exact: true }).fill("2027-01-15");
      await page.getByRole("button", { name: "Add it" }).click();
      await seen(page, /A1 Bucket policies.*Ada Lindqvist, by 2027-01-15/);
      await page.getByRole("button", { name: "Close…" }).click();
      await seen(page, /^Still open: \d+$/);
      await page.locator(".open-list", { hasText: "A1" }).waitFor();
      await story().look("23-close");
    });
  });

  describe("the proof, which needs neither this server nor its database", () => {
    test("24: a backup restores elsewhere with the same counts, and its ledger verifies", async () => {
      const { due, data, folder, owner } = story();
      const to = join(folder, "backup");
      expect(await due("backup", "--data", data, "--to", to, "--json")).toMatchObject({
        code: 0,
        stderr: "",
      });
      const restored = join(folder, "d2");
      expect(await due("restore", to, "--to", restored, "--json")).toMatchObject({
        code: 0,
        stderr: "",
      });
      const verified = await due("ledger", "verify", "--data", restored);
      expect(verified.code).toBe(0);
      const size = valueOf(await (await owner()).client.read("ledger")).size;
      expect(verified.stdout).toContain(String(size));
    });

    test("24: one changed byte in an export is found", async () => {
      const { due, data, folder } = story();
      const file = join(folder, "whole.jsonl");
      expect((await due("ledger", "export", file, "--data", data)).code).toBe(0);
      expect((await due("ledger", "verify", file)).code).toBe(0);
      const bytes = readFileSync(file);
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      expect((await due("ledger", "verify", file)).code).toBe(1);
    });
  });

  describe("the last look around", () => {
    test("25: the keys are on a sheet, places and acts behind one key, and paper has every deadline", async () => {
      const { ada, program, size, look } = story();
      const { page } = ada;
      if (size.width >= DESKTOP.width) {
        await page.goto(`${program.url}/app/inbox`);
        await page.getByRole("heading", { name: "Inbox" }).waitFor();
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: "Keys" }).getByText("Go to Due").waitFor();
        await look("25-keys");
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.keyboard.press("Control+k");
        await page.getByRole("dialog", { name: "Find or do" }).waitFor();
        await page.keyboard.type("INC-1");
        await page.locator('[aria-selected="true"]', { hasText: /^INC-1 / }).waitFor();
        await page.getByRole("option", { name: /^INC-1 / }).waitFor();
        await page.keyboard.press("Enter");
      } else await page.goto(`${program.url}/app/incidents/INC-1`);
      await page.getByRole("heading", { name: /INC-1/ }).waitFor();
      if (size.width >= DESKTOP.width) await page.keyboard.press("Shift+H");
      else await page.goto(`${program.url}/app/handover`);
      await page.getByRole("heading", { name: "Handover", level: 1 }).waitFor();
      await look("25-handover");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.reload();
      await page.getByRole("heading", { name: "Handover", level: 1 }).waitFor();
      await look("25-dark");
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(`${program.url}/app/incidents/INC-1/paper`);
      await page.getByRole("heading", { name: "Open deadlines" }).waitFor();
      const { client } = await story().owner();
      const open = valueOf(await client.read("incident", { id: "INC-1" })).obligations.filter(
        ({ stoppedAt, dueAt }) => stoppedAt === null && dueAt !== null,
      );
      const rows = page
        .locator("section", { has: page.getByRole("heading", { name: "Open deadlines" }) })
        .locator("tbody tr");
      expect(await rows.count()).toBeGreaterThanOrEqual(open.length);
      for (const row of await rows.all())
        expect(await row.innerText()).toMatch(/\d{4}, \d\d:\d\d \w+ \(.*UTC\)/);
      await look("25-paper");
    });

    test("25: the doctor finds nothing, or says what mends it", async () => {
      const said = await story().due("doctor", "--data", story().data, "--json");
      const { findings } = JSON.parse(said.stdout) as {
        findings: readonly {
          readonly code: string;
          readonly level: string;
          readonly fix?: string;
        }[];
      };
      expect(findings.length).toBeGreaterThan(10);
      for (const { code, level, fix } of findings)
        if (level !== "ok") expect(fix, code).toBeTruthy();
    });

    test("25: no page failed, and no request left this machine", () => {
      expect(story().ada.faults).toEqual([]);
    });
  });
};
