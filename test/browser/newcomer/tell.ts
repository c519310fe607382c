/** Steps 19 to 22: one notice, kept from three mistakes, sent to three, returned by one. */

import { describe, expect, type SuiteCollector, test } from "vitest";
import { reportMail } from "../../../src/intake/delivery-report.fixture.ts";
import { valueOf } from "../../owner.ts";
import { runDue, until } from "../../program.ts";
import { inBerlin } from "../browser.ts";
import { NAMES } from "./parties.ts";
import { type Story, write } from "./story.ts";

export const tell = (story: () => Story): SuiteCollector =>
  describe("what they are told", () => {
    const notices = (): readonly string[] =>
      story()
        .outbox()
        .filter((mail) => /^Subject:.*exposure of export files/im.test(mail));
    const notified = async () =>
      valueOf(await (await story().owner()).client.read("incident", { id: "INC-1" }))
        .obligations.filter(({ clause }) => clause === "notify-exposure-critical")
        .map(({ recipient, stoppedAt, standing }) => ({
          name: recipient.name ?? "",
          isMet: stoppedAt !== null,
          standing,
        }))
        .sort((a, b) => a.name.localeCompare(b.name));

    test("19: three mistakes block it, each named with its place", async () => {
      const { ada, program, part, look } = story();
      const { page } = ada;
      await page.goto(`${program.url}/app/incidents/INC-1`);
      await page.getByRole("heading", { name: /INC-1/ }).waitFor();
      await part("State");
      await page.getByRole("button", { name: "New notice" }).click();
      await page.getByRole("heading", { name: "Preliminary notice D-1" }).waitFor();
      await page.getByText("Dr. Abena Osei").first().waitFor();
      await write(page, "Subject", "preliminary notice, exposure of export files");
      await write(page, /^What happened/, "Export files could be listed by anybody.");
      await write(page, /^Which data/, "Export files of Kestrel Bank with names and addresses.");
      await write(
        page,
        /^What we (?:did|have done)/,
        "The bucket was closed at 20:10 CET on Friday.",
      );
      await write(
        page,
        /^What (?:you should|we ask you to) do/,
        "There is nothing you must do now.",
      );
      await page.getByText("Opening, answers, signature").click();
      await write(page, "Answers go to", "noreply@gatehouse.example");
      const checks = page.getByRole("region", { name: "Checks" });
      await checks
        .getByText(/must be said/)
        .first()
        .waitFor();
      await checks.getByText(/“Kestrel Bank” stands in the text for/).waitFor();
      await checks.getByText(/Nobody reads noreply@gatehouse.example/).waitFor();
      await look("19-blocked");
      const readBack = page.getByRole("button", { name: "Read back 3 mails" });
      expect(await readBack.getAttribute("aria-disabled")).toBe("true");
    });

    test("20: put right, read back and sent; Escape holds it, and nothing has left", async () => {
      const { page } = story().ada;
      await write(page, /^Which data/, "Your export files, with names and addresses: {{exports}}.");
      await write(page, "Answers go to", "");
      await page
        .getByRole("button", { name: "Put in what is on record for A contact for questions" })
        .click();
      await page.getByLabel(/We write again by/).fill(inBerlin(48 * 3_600_000));
      await page.getByLabel(/We write again by/).blur();
      const next = page.getByLabel(/^When the next/);
      if ((await next.inputValue()) === "")
        await write(page, /^When the next/, "When the log is read.");
      for (const name of NAMES) {
        await page.getByLabel(`{{exports}} for ${name}`).fill(`files of ${name}`);
        await page.getByLabel(`{{exports}} for ${name}`).blur();
      }
      await page
        .locator('button[aria-disabled="true"]', { hasText: "Read back" })
        .waitFor({ state: "detached" });
      await story().look("20-ready");
      await page.getByRole("button", { name: "Read back 3 mails" }).click();
      const sheet = page.getByRole("dialog", { name: "Read back" });
      for (const _ of NAMES.slice(1))
        await sheet.getByRole("button", { name: "I have read this one: next" }).click();
      await sheet
        .getByLabel("You wrote it: why can nobody else read it?")
        .fill("I am alone tonight.");
      await story().look("20-read-back");
      await sheet.getByRole("button", { name: /I have read all of it/ }).click();
      await page.getByText(/Approved by .*, alone/).waitFor();
      const send = page.getByRole("button", { name: /^Send 3 mails as/ });
      await send.click();
      await page.getByText("Held.").waitFor();
      await story().act("Escape", /^Hold/);
      await send.waitFor();
      expect(notices()).toEqual([]);
    });

    test("20: sent again and let go, it is three letters, and nobody sees another", async () => {
      const { page } = story().ada;
      await page.getByRole("button", { name: /^Send 3 mails as/ }).click();
      await page.getByText(/3 mails made as files .* reached nobody/).waitFor();
      const mails = await until("three mails", async () =>
        notices().length === 3 ? notices() : undefined,
      );
      for (const mail of mails) expect(mail).not.toMatch(/^(?:Cc|Bcc):/im);
      for (const name of NAMES)
        expect(mails.filter((mail) => mail.includes(`files of ${name}`))).toHaveLength(1);
      await expect
        .poll(async () => (await notified()).map(({ isMet }) => isMet))
        .toEqual([true, true, true]);
      await story().look("20-sent");
    });

    test("21: one comes back: what it had met is open again, the other two stay met", async () => {
      const { ada, program, data, look, part } = story();
      const returned = notices().find((mail) => mail.includes("priya@oakline.example")) ?? "";
      const [, messageId = ""] = /^Message-ID: (<[^>]+>)/im.exec(returned) ?? [];
      const taken = await runDue(
        ["mail", "in"],
        { DUE_DATA: data, DUE_URL: program.url },
        reportMail({ recipient: "priya@oakline.example", messageId }),
      );
      expect(taken).toMatchObject({ code: 0, stderr: "" });
      await expect
        .poll(async () => (await notified()).map(({ name, isMet }) => [name, isMet]))
        .toEqual([
          ["Kestrel Bank", true],
          ["Meridian Health", true],
          ["Oakline", false],
        ]);
      const { page } = ada;
      await page.goto(`${program.url}/app/incidents/INC-1/told`);
      await page
        .getByText(/came back/)
        .first()
        .waitFor();
      await look("21-came-back");
      await page.goto(`${program.url}/app/incidents/INC-1`);
      await page.getByRole("heading", { name: /INC-1/ }).waitFor();
      await part("Owed");
      await page.getByRole("button", { name: /^List, / }).click();
      await page.getByText(/^Notify Oakline, to a customer, due /).waitFor();
      await page.getByText(/^Notify Kestrel Bank, to a customer, met /).waitFor();
    });

    test("22: the shell says what is next, and a calendar feed holds it in UTC", async () => {
      const { ada, program, due, look } = story();
      const asked = await due("next");
      expect([asked.code, asked.stderr]).toEqual([0, ""]);
      expect(asked.stdout).toMatch(/Next: .* due /);
      const { page } = ada;
      await page.goto(`${program.url}/app/settings`);
      await page.getByRole("button", { name: "Make an address" }).click();
      const address = await page.locator(".once code").innerText();
      await look("22-calendar");
      const feed = await (await fetch(program.url + new URL(address).pathname)).text();
      const starts = [...feed.matchAll(/^DTSTART:(.*)\r$/gm)].map(([, value]) => value ?? "");
      expect(starts.length).toBeGreaterThan(2);
      for (const start of starts) expect(start).toMatch(/^\d{8}T\d{6}Z$/);
    });
  });
