/**
 * A newcomer with a policy of their own, from the text as it is to the page that customers
 * cite: pasted, shown by line where it cannot be kept, mended, tried on a Friday evening and
 * published. The next version takes a second owner, and whoever asked is told of it by a person.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Owner, signedIn, valueOf } from "../owner.ts";
import {
  type Program,
  removeFolder,
  runDue,
  scratchFolder,
  setupLinkIn,
  startProgram,
  until,
} from "../program.ts";
import {
  DESKTOP,
  expectAccessible,
  openBrowser,
  openPage,
  openSignedIn,
  PHONE,
  shot,
  sideways,
  type Watched,
} from "./browser.ts";

const FAULTY = readFileSync("test/golden/prose/faulty.md", "utf8");
const MAIL = "security@gatehouse.dev";
/** What is left once the rest was mended by its buttons: what nobody but the writer knows. */
const KNOWN: readonly (readonly [placeholder: string, words: string])[] = [
  ["{{How often does the transparency report appear?}}", "It has no fixed rhythm."],
  ["{{Is there a key for encrypted reports, or none?}}", "We offer no key."],
  ["{{What makes an incident Critical?}}", "Customer data is exposed."],
  ["{{What makes an incident High?}}", "A defect that could lead there."],
  ["{{What makes an incident Medium?}}", "A defect that needs another one to be used."],
  ["{{What makes an incident Low?}}", "A defect without any of that."],
  ["{{Which functions are covered?}}", "Incident lead"],
  ["{{Which functions are covered in an incident, and who holds them?}}", "Runs the response."],
  ["{{TBD: reporting address}}", MAIL],
  ["[TBD: reporting address]", MAIL],
  ["status-page-at-tbd", "status-page"],
  [" Encrypt with the key \\<insert fingerprint and link>.", ""],
  ["Bug bounty: TODO", "We do not run a bounty."],
  ["noreply@gatehouse.example", MAIL],
  ["Status page at [TBD]", "Status page"],
  ["{{name}}", "Ada Lindqvist"],
  ["{{TBD}}", "the day of its publication"],
  ["???", "at its publication"],
  ["\\<insert date>", "a quarter later"],
];
const SOON = { timeout: 15_000 };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each([
  ["desktop", DESKTOP],
  ["phone", PHONE],
] as const)("%s", (name, size) => {
  const folder = scratchFolder(`newcomer-policy-${name}`);
  let program: Program;
  let ada: Watched;
  let owner: Owner;

  beforeAll(async () => {
    program = await startProgram({ data: folder });
    ada = await openPage(browser, size);
  });
  afterAll(async () => {
    await ada?.context.close();
    await program?.stop();
    removeFolder(folder);
  });

  const draftNow = async (): Promise<string> =>
    valueOf(await owner.client.read("draft", { name: "next" })).text;
  const holds = (words: string) => expect.poll(draftNow, SOON).toContain(words);
  const finding = (page: Page, words: RegExp) =>
    page.locator(".findings > li").filter({ hasText: words }).first();
  /** On a telephone the parts of the studio stand behind each other. */
  const turnTo = async (page: Page, part: RegExp): Promise<void> => {
    if (size === PHONE)
      await page.getByRole("group", { name: "Part" }).getByRole("button", { name: part }).click();
  };

  test("a pasted text shows by line where it cannot be kept, and becomes the draft", async () => {
    const { page, faults } = ada;
    await page.goto(setupLinkIn(folder));
    await page.getByLabel("Your name").fill("Ada Lindqvist");
    await page.getByLabel("Your mail address").fill("ada@gatehouse.example");
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByLabel("Company").fill("Gatehouse");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await page.getByLabel(/^Paste mine/).check();
    await page.getByRole("button", { name: "Publish the policy and begin" }).click();

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
    await expectAccessible(page, "paste");
    await shot(page, `paste-findings-${name}`, false);
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
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    const [session] = await ada.context.cookies();
    owner = signedIn(program, `${session?.name}=${session?.value}`);
    expect(faults).toEqual([]);
  });

  test("what it leaves open takes no tab of the studio away, and a page that fails says so", async () => {
    const { page, faults } = ada;
    const tabs = page.getByRole("navigation", { name: "Policy" });
    await tabs.getByRole("link", { name: "Clauses" }).click();
    await page.getByRole("heading", { name: "When security fails" }).first().waitFor();
    await tabs.getByRole("link", { name: "Try" }).click();
    await page.getByRole("heading", { name: /^Owed/ }).waitFor();
    await tabs.getByRole("link", { name: "Diff" }).click();
    await page.getByRole("heading", { name: "What it does otherwise" }).waitFor();
    expect(faults).toEqual([]);
    await page.route("**/api/v1/regimes*", (route) => route.fulfill({ json: { items: [null] } }));
    await page.goto(`${program.url}/app/policy/law`);
    await page.getByRole("heading", { name: "This page could not be drawn" }).waitFor();
    await page.unroute("**/api/v1/regimes*");
  });

  test("one press settles the contradiction at 24 hours and tightens the hand-off; sentence and clause change together", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/policy/write`);
    const grades = page.locator(".studio-section", { hasText: "Triage begins" });
    await turnTo(page, /^Findings/);
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
  });

  test("no bounty is declared, the address and the rest are filled in, and no blocker is left", async () => {
    const { page } = ada;
    await turnTo(page, /^Findings/);
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
    await page.goto(`${program.url}/app/policy/write?as=source`);
    await page.getByRole("textbox", { name: "The policy as YAML" }).click();
    const mended = KNOWN.reduce((text, [from, to]) => text.replaceAll(from, to), await draftNow());
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(mended);
    await holds("We do not run a bounty.");
    await page.goto(`${program.url}/app/policy/write`);
    await turnTo(page, /^Findings/);
    await page
      .getByText(/^0 blockers|Nothing stands against publishing it/)
      .first()
      .waitFor();
    const blocked = page.locator(".studio-state .risk", { hasText: /blocker/ });
    await expect.poll(() => blocked.count(), SOON).toBe(0);
    await expectAccessible(page, "mended");
    await shot(page, `mended-${name}`, false);
  });

  test("tried on Friday at 18:40 as Critical it shows a tape, four obligations, a weekend and each why", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/policy/try?at=2026-11-20T18:40&severity=critical`);
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
    await shot(page, `friday-${name}`, false);
  });

  test("it is published, and what customers read is what runs", async () => {
    const { page } = ada;
    await page.goto(`${program.url}/app/policy/write`);
    await publishing(page, "2.0", "Our own text runs from now on.");
    await page.getByLabel("Why nobody else approves it").fill("There is one owner.");
    await page.getByRole("button", { name: /^Publish version/ }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const reader = await openPage(browser, size);
    await reader.page.goto(`${program.url}/policy`);
    const shown = await reader.page
      .getByText(/^[0-9a-f]{64}$/)
      .first()
      .textContent();
    const hash = await runDue(["policy", "show", "--hash"], {
      DUE_DATA: program.data,
      DUE_URL: program.url,
    });
    expect([hash.stderr, hash.stdout.trim()]).toEqual(["", shown]);
    await expectAccessible(reader.page, "policy");
    expect(await sideways(reader.page)).toBe(0);
    await reader.context.close();
    const txt = await (await fetch(`${program.url}/.well-known/security.txt`)).text();
    expect(txt).toMatch(new RegExp(`^Contact: mailto:${MAIL}$`, "m"));
    const [, expires = ""] = /^Expires: (\S+)$/m.exec(txt) ?? [];
    expect(Date.parse(expires)).toBeGreaterThan(Date.now());
    expect(Date.parse(expires)).toBeLessThan(Date.now() + 366 * 86_400_000);
  });

  test("the next version takes a second owner, and whoever asked to hear of it is told by her", async () => {
    await subscribe();
    const eve = await invited("Eve Marlow", "eve@gatehouse.example");
    const { page } = ada;
    await page.goto(`${program.url}/app/policy/write`);
    const about = page.locator(".studio-section", { hasText: "Learning" }).first();
    await about.getByRole("button", { name: /^Edit/ }).click();
    await about.getByLabel("Title").fill("What we learn");
    await holds("title: What we learn");
    await publishing(page, "2.1", "A heading is plainer.");
    await page.getByText("Eve Marlow approves these exact bytes").waitFor();
    await page.getByRole("button", { name: "Propose it" }).click();
    await page.getByText(/Eve Marlow can approve it/).waitFor();
    expect(valueOf(await owner.client.read("policies")).items[0]?.label).toBe("2.0");

    await eve.page.goto(`${program.url}/app/policy/write`);
    await eve.page.getByRole("button", { name: "Read and approve…" }).click();
    const dialog = eve.page.getByRole("dialog", { name: "Approve version 2.1" });
    await dialog
      .getByLabel(/^Yes|Tell/)
      .first()
      .check();
    await expectAccessible(eve.page, "approve");
    await shot(eve.page, `approve-${name}`, false);
    await dialog.getByRole("button", { name: /^Approve these bytes/ }).click();
    await dialog.waitFor({ state: "detached" });
    expect(valueOf(await owner.client.read("policies")).items[0]).toMatchObject({
      label: "2.1",
      publishedBy: "Eve Marlow",
      proposedBy: "Ada Lindqvist",
    });
    const letter = await until("the letter to who subscribed", async () =>
      letters().find((mail) => /^Subject: .*version 2\.1/m.test(mail)),
    );
    expect(letter).toMatch(/^From: "?Eve Marlow"? <eve@gatehouse\.example>/m);
    expect(letter).toMatch(/^To: .*cleo@meridian\.example/m);
    expect(letter).not.toMatch(/^Auto-Submitted/m);
    await eve.context.close();
    // The page that was made to fail, and the many lines that were put into the editor at once.
    const made = /'object null' as it is null|Applying inline style/;
    expect([...ada.faults, ...eve.faults].filter((one) => !made.test(one))).toEqual([]);
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
    const { page, context, faults } = await openPage(browser, size);
    await page.goto(`${program.url}/subscribe`);
    await page.getByLabel("Your mail address").fill("cleo@meridian.example");
    await page.getByRole("button", { name: "Send me the link" }).click();
    const link = await until("the letter that asks", async () =>
      letters()
        .map((mail) => /http\S+\/subscribe\/\S+/.exec(mail)?.[0])
        .find(Boolean),
    );
    await page.goto(link);
    await page.getByRole("button", { name: "Yes, write to me" }).click();
    await page.getByRole("heading", { name: "You will hear of changes" }).waitFor();
    await context.close();
    expect(faults).toEqual([]);
  }

  async function invited(who: string, mail: string): Promise<Watched> {
    const asked = { name: who, mail, role: "owner" };
    const path = "/api/v1/people/invite";
    const { link } = valueOf(await owner.client.call<{ link: string }>("POST", path, asked));
    const joined = await fetch(`${program.url}/api/v1/join`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: link.split("#")[1], password: "a long enough password" }),
    });
    const cookie = (joined.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    return openSignedIn(browser, { url: program.url, cookie }, size);
  }

  /** The letters that were kept, quoted-printable undone. */
  const letters = (): readonly string[] =>
    readdirSync(join(folder, "outbox"), { withFileTypes: true })
      .filter((entry) => entry.name.endsWith(".eml"))
      .map((entry) => readFileSync(join(folder, "outbox", entry.name), "utf8"))
      .map((mail) => mail.replace(/=\r?\n/g, "").replace(/=3D/g, "="));
});

/** As a date field takes it, in the zone of the policy. */
const today = (): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
