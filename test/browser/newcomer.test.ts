/**
 * The newcomer: from a clean data directory to a closed, proven incident, as the
 * acceptance script tells it, in a real browser and from the shell.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Program,
  removeFolder,
  runDue,
  scratchFolder,
  setupLinkIn,
  startProgram,
  until,
} from "../program.ts";
import { DESKTOP, expectAccessible, openBrowser, openPage, type Watched } from "./browser.ts";

const folder = scratchFolder("newcomer");
const data = join(folder, "data");
let program: Program;
let browser: Browser;
let ada: Watched;

beforeAll(async () => {
  program = await startProgram({ data });
  browser = await openBrowser();
  ada = await openPage(browser, DESKTOP);
});

afterAll(async () => {
  await browser?.close();
  await program?.stop();
  removeFolder(folder);
});

const outbox = (): readonly string[] =>
  readdirSync(join(data, "outbox"))
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(data, "outbox", name), "utf8"));

describe("a stranger on a clean machine", () => {
  let setupLink: string;

  test("reads what the start prints: an address on this machine, and a one-time link", () => {
    setupLink = setupLinkIn(data);
    expect(program.output()).toContain(`ready at ${program.url}`);
    expect(program.output()).toContain(setupLink);
    expect(statSync(join(data, "setup-link.txt")).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(["data"]);
  });

  test("asks whether it is well: database, worker, disk and outbox are", async () => {
    const answer = await fetch(`${program.url}/readyz`);
    const { checks } = (await answer.json()) as { checks: Record<string, { ok: boolean }> };
    expect(answer.status).toBe(200);
    expect(Object.entries(checks).map(([name, { ok }]) => [name, ok])).toEqual([
      ["database", true],
      ["worker", true],
      ["disk", true],
      ["outbox", true],
    ]);
  });

  test("sets it up on one page, which says when one business day ends", async () => {
    const { page } = ada;
    await page.goto(setupLink);
    await page.getByLabel("Your name").fill("Ada Lindqvist");
    await page.getByLabel("Your mail address").fill("ada@fennel.example");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByLabel("Company").fill("Fennel");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await expect
      .poll(() => page.getByRole("status").first().textContent())
      .toMatch(/^1 business day from now ends on \w{3} \d+ \w{3} \d{4}, 17:00 CES?T\.$/);
    await page.getByLabel(/Load sample data/).uncheck();
    await expectAccessible(page, "setup");
    await page.getByRole("button", { name: "Publish the policy and begin" }).click();
    await page.getByRole("heading", { name: "Inbox" }).waitFor();
  });

  test("finds that the link works once, and that a second setup is refused", async () => {
    const token = setupLink.split("#")[1] ?? "";
    const again = await fetch(`${program.url}/api/v1/setup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        token,
        name: "Dov",
        mail: "dov@fennel.example",
        password: "a long enough password",
        organisation: "Dov",
        zone: "UTC",
        windows: { days: ["mon"], from: "09:00", to: "17:00" },
        example: "solo",
        sample: false,
      }),
    });
    expect(again.status).toBe(409);
    expect(((await again.json()) as { code: string }).code).toBe("already-set-up");
  });

  test("reads the policy as customers do, and the hash of its bytes is the one that runs", async () => {
    const page = await (await fetch(`${program.url}/policy`)).text();
    const shown = await runDue(["policy", "show", "--hash"], {
      DUE_DATA: data,
      DUE_URL: program.url,
    });
    expect(shown.stderr).toBe("");
    const [hash] = /[0-9a-f]{64}/.exec(shown.stdout) ?? [];
    expect(hash).toBeDefined();
    expect(page).toContain(hash);
  });
});

describe("a researcher with something to report, and Ada who answers", () => {
  let casePath: string;

  test("needs no account and no script, and is told when a human answers", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: DESKTOP });
    const page = await context.newPage();
    await page.goto(`${program.url}/report`);
    await expect.poll(() => page.textContent("main, body")).toMatch(/by \w{3} \d+ \w{3}/);
    await page
      .getByLabel(/what/i)
      .first()
      .fill("Your bucket exports-prod is listable from the internet.");
    for (const [label, value] of [
      [/where/i, "https://exports.fennel.example"],
      [/mail/i, "ravi@researcher.example"],
      [/name/i, "Ravi N."],
    ] as const) {
      const field = page.getByLabel(label).first();
      if ((await field.count()) > 0) await field.fill(value);
    }
    await page.getByRole("button", { name: /send|report/i }).click();
    await page.waitForURL(/\/case\//);
    casePath = new URL(page.url()).pathname;
    expect(await page.textContent("body")).toMatch(/received/i);
    await context.close();
  });

  test("gets a receipt that says it is automatic, and that alone meets no promise", async () => {
    const [receipt] = await until("the receipt", async () =>
      outbox().length > 0 ? outbox() : undefined,
    );
    expect(receipt).toMatch(/^Auto-Submitted: auto-replied/im);
    expect(receipt).toContain("ravi@researcher.example");
    await ada.page.goto(`${program.url}/app/inbox`);
    await ada.page.getByText(/acknowledge, to the reporter, due/).waitFor();
  });

  test("is acknowledged by a person, which meets it", async () => {
    const { page } = ada;
    await expectAccessible(page, "inbox");
    await page.keyboard.press("r");
    const send = page.getByRole("button", { name: /Acknowledge as Ada Lindqvist/ });
    await send.waitFor();
    await expectAccessible(page, "acknowledgement");
    await send.click();
    await page.getByText(/acknowledge, to the reporter, met/).waitFor();
    const mail = outbox().at(-1) ?? "";
    expect(mail).toMatch(/^From: .*Ada Lindqvist.*<ada@fennel\.example>/im);
    expect(mail).not.toMatch(/^Auto-Submitted/im);
  });

  test("is accepted into an incident by the policy's own questions", async () => {
    const { page } = ada;
    await page.keyboard.press("1");
    for (const group of await page.getByRole("group").all()) {
      const no = group.getByLabel("No", { exact: true });
      if ((await no.count()) > 0) await no.check();
    }
    await page
      .getByRole("group", { name: /Is personal data exposed/ })
      .getByLabel("Yes")
      .check();
    await page.getByLabel("Private title").fill("Zyxwv exposed export bucket");
    await expectAccessible(page, "accept");
    await page.getByRole("button", { name: "Open the incident" }).click();
    await page.waitForURL(/\/app\/incidents\/INC-1/);
    await page.getByRole("heading", { name: /INC-1/ }).waitFor();
    await expectAccessible(page, "room");
  });

  test("and nothing of it shows on any public page", async () => {
    for (const path of ["/", "/policy", "/report", casePath]) {
      const text = await (await fetch(program.url + path)).text();
      expect(text).not.toContain("Zyxwv");
      expect(text).not.toContain("INC-1");
    }
  });
});

test("no page failed, and no request left this machine", () => {
  expect(ada.faults).toEqual([]);
});
