/** Steps 13 to 15: a stranger reports, a person answers, and it becomes an incident. */

import { describe, expect, type SuiteCollector, test } from "vitest";
import { until } from "../../program.ts";
import { sideways } from "../browser.ts";
import { type Story, seen } from "./story.ts";

/** A word that no public page may hold. */
export const PRIVATE = "Zyxwv";

export const report = (story: () => Story): SuiteCollector =>
  describe("a researcher with something to report, and Ada who answers", () => {
    let casePath: string;
    const isToRavi = (mail: string): boolean => /^To: .*ravi@researcher\.example/im.test(mail);

    test("13: needs no account and no script, and is told when a human answers", async () => {
      const { browser, program, size } = story();
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: size });
      const page = await context.newPage();
      await page.goto(`${program.url}/report`);
      expect(await page.textContent("body")).toMatch(/by \w{3} \d+ \w{3}/);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      for (const [name, value] of [
        ["title", "Listable bucket exports-prod"],
        ["text", "Your bucket exports-prod is listable. Two names: a.csv, b.csv."],
        ["name", "Ravi N."],
        ["mail", "ravi@researcher.example"],
      ] as const)
        await page.locator(`[name="${name}"]`).fill(value);
      await page.getByRole("button", { name: "Send the report" }).click();
      await page.waitForURL(/\/case\//);
      casePath = new URL(page.url()).pathname;
      expect(await page.textContent("body")).toMatch(/received/i);
      await context.close();
    });

    test("13: gets a receipt that says it is automatic, and that alone meets no promise", async () => {
      const { ada, program, outbox } = story();
      const receipt = await until("the receipt", async () => outbox().find(isToRavi));
      expect(receipt).toMatch(/^Auto-Submitted: auto-replied/im);
      await ada.page.goto(`${program.url}/app/inbox`);
      await ada.page.getByRole("heading", { name: "Inbox" }).waitFor();
      await ada.page.getByRole("link", { name: /Listable bucket/ }).waitFor();
      await ada.page.getByRole("link", { name: /Listable bucket/ }).click();
      await seen(ada.page, /acknowledge.*, to the reporter, due/);
      await story().look("13-signal");
    });

    test("14: is acknowledged by a person, which meets it", async () => {
      const { ada, act, look, outbox } = story();
      const { page } = ada;
      await act("r", /^(?:Acknowledge|Answer|Reply)/);
      const send = page.getByRole("button", { name: /Acknowledge as Ada Lindqvist/ });
      await send.waitFor();
      await look("14-acknowledge");
      await send.click();
      await seen(ada.page, /acknowledge.*, to the reporter, met/);
      const mail = outbox().findLast(isToRavi) ?? "";
      expect(mail).toMatch(/^From: .*Ada Lindqvist.*<ada@gatehouse\.example>/im);
      expect(mail).not.toMatch(/^Auto-Submitted/im);
    });

    test("15: is accepted into an incident by the policy's own questions", async () => {
      const { ada, act, look } = story();
      const { page } = ada;
      await act("1", /^Accept/);
      await page.getByLabel("Private title").waitFor();
      for (const group of await page.getByRole("group").all()) {
        const no = group.getByLabel("No", { exact: true });
        if ((await no.count()) > 0) await no.check();
      }
      await page
        .getByRole("group", { name: /Is customer data exposed/ })
        .getByLabel("Not known yet")
        .check();
      await page.getByLabel("Private title").fill(`${PRIVATE} exposed export bucket`);
      await look("15-accept");
      await page.getByRole("button", { name: "Open the incident" }).click();
      await page.waitForURL(/\/app\/incidents\/INC-1/);
      await page.getByRole("heading", { name: /INC-1/ }).waitFor();
      await look("15-room");
    });

    test("15: and nothing of it shows on any public page", async () => {
      const { program } = story();
      for (const path of ["/", "/policy", "/report", "/past", "/status", casePath]) {
        const text = await (await fetch(program.url + path)).text();
        expect(text, path).not.toContain(PRIVATE);
        expect(text, path).not.toContain("INC-1");
      }
    });
  });
