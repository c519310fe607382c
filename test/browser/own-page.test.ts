/**
 * A recipient's own page in a browser, from the address in the letter: read, ticked off and
 * acknowledged, while the team looks on; and the call beside it.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { until } from "../program.ts";
import { openApp } from "./app.ts";
import {
  DESKTOP,
  expectAccessible,
  openPage,
  openSignedIn,
  PHONE,
  shot,
  sideways,
} from "./browser.ts";

const { owner, program, browser, data, session } = await openApp("own-page", {
  env: { DUE_HOLD_SECONDS: "0" },
  setup: { sample: false },
});
let customer: string;
let path: string;

beforeAll(async () => {
  const { client } = owner;
  const opening = { title: "Listable bucket", severity: "sev1", reason: "Exports" };
  valueOf(await client.send("OpenIncident", "", opening));
  const contact = { name: "Dr. Osei", mail: "security@meridian.example" };
  const added = await client.send("AddCustomer", "", { name: "Meridian Health", contact });
  customer = valueOf(added).subject.slice("party/".length);
  const reached = { contact: "ct-1", phone: "+44 20 7946 0000", zone: "Europe/London" };
  valueOf(await client.send("ChangeContact", customer, reached));
  valueOf(await client.send("TouchCustomer", "INC-1", { customer }));
  await tell("Export files of yours could be read by others. We do not know yet by whom.");
  path = await until("the letter", async () => linkIn(letters()));
}, 120_000);

async function tell(text: string, kind: "preliminary" | "update" = "preliminary"): Promise<void> {
  const { client } = owner;
  const drafts = valueOf(await client.read("incident", { id: "INC-1" }, {})).folded as {
    drafts: object;
  };
  const draft = `D-${Object.keys(drafts.drafts).length + 1}`;
  const element = "what-happened";
  valueOf(
    await client.send("DraftNotice", "INC-1", {
      kind,
      subject: "exposure of export files",
      slots: [{ element, text }],
      steps: [
        { kind: "rotate", text: "Rotate the key of your export." },
        { kind: "upgrade", text: "Upgrade the agent to 2.14.3." },
      ],
      nextWordAt: new Date(Date.now() + 20 * 3_600_000).toISOString(),
    }),
  );
  valueOf(await client.send("NameRecipients", "INC-1", { draft, recipients: [{ customer }] }));
  const { hash } = valueOf(await client.read("notice-draft", { id: "INC-1", draft }, {}));
  const alone = "I am alone tonight.";
  valueOf(await client.send("ApproveNotice", "INC-1", { draft, hash, alone }));
  valueOf(await client.send("SendDraft", "INC-1", { draft, hash }));
}

/** The texts of the letters that were kept, quoted-printable undone. */
const letters = (): readonly string[] => {
  const place = join(data, "outbox");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => readFileSync(join(place, name), "utf8"))
    .map((mail) => mail.replace(/=\r?\n/g, "").replace(/=3D/g, "="));
};
const linkIn = (mails: readonly string[]): string | undefined =>
  mails.map((mail) => /\/notice\/[\w-]{43}/.exec(mail)?.[0]).find(Boolean);

test("is read, ticked off and acknowledged, and the team sees it without reloading", async () => {
  const team = await openSignedIn(browser, session);
  await team.page.goto(`${program.url}/app/incidents/INC-1/told`);
  await team.page.getByRole("heading", { name: "Meridian Health" }).waitFor();
  const { page, faults } = await openPage(browser, DESKTOP);
  await page.goto(program.url + path);
  await page.getByRole("heading", { name: "exposure of export files" }).waitFor();
  await page.getByRole("button", { name: /^Done Rotate/ }).click();
  await page.getByText(/^✓ Done, /).waitFor();
  await page.getByLabel("Your name").fill("Dr. Osei");
  await page.getByLabel(/^A word to us/).fill("Thank you, our keys are new.");
  await page.getByRole("button", { name: "We have received this" }).click();
  await page.getByText("Thank you, our keys are new.").waitFor();
  await team.page.getByText(/by Dr. Osei/).waitFor();
  await team.page.getByText(/1 of 2 steps are done/).waitFor();
  await page.getByRole("button", { name: /^Take back Rotate/ }).click();
  await team.page.getByText(/0 of 2 steps are done/).waitFor();
  await page.getByRole("button", { name: /^Done Rotate/ }).click();
  await team.page.getByText(/1 of 2 steps are done/).waitFor();
  await expectAccessible(team.page, "told");
  await shot(team.page, "told");
  expect([...faults, ...team.faults]).toEqual([]);
});

test("a call is made from the same words, and its outcome recorded", async () => {
  const { page, faults } = await openSignedIn(browser, session);
  await page.goto(`${program.url}/app/incidents/INC-1/told`);
  await page.getByRole("button", { name: /^Call… Meridian Health/ }).click();
  const sheet = page.getByRole("dialog", { name: "Call Meridian Health" });
  await sheet.getByRole("link", { name: "+44 20 7946 0000" }).waitFor();
  await sheet.getByText(/Am I speaking with Dr. Osei of Meridian Health/).waitFor();
  await sheet.getByText(/Export files of yours could be read/).waitFor();
  const record = sheet.getByRole("button", { name: "Record: spoke to them" });
  expect(await record.getAttribute("aria-disabled")).toBe("true");
  await sheet.getByLabel("Spoke to").fill("Dr. Osei");
  await expectAccessible(page, "call");
  await shot(page, "call", false);
  await record.click();
  await page.getByText(/spoke to Dr. Osei/).waitFor();
  expect(faults).toEqual([]);
});

test.each([
  ["desktop", DESKTOP, "light"],
  ["desktop-dark", DESKTOP, "dark"],
  ["phone", PHONE, "light"],
  ["phone-dark", PHONE, "dark"],
] as const)("the later word and what changed can be read: %s", async (name, size, theme) => {
  if (name === "desktop") {
    await tell("Export files of yours could be read by others. Nobody else opened them.", "update");
    await until("the second letter", async () =>
      letters().filter((mail) => mail.includes("/notice/")).length === 2 ? true : undefined,
    );
  }
  const { page, faults } = await openPage(browser, size, theme);
  await page.goto(program.url + path);
  await page.locator("ins", { hasText: "Nobody else opened them." }).waitFor();
  await page.locator("del", { hasText: "We do not know yet by whom." }).waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, `own page ${name}`);
  await shot(page, `own-page-${name}`);
  if (name === "desktop") {
    await page.emulateMedia({ media: "print" });
    await shot(page, "own-page-print");
    expect(await page.getByRole("button", { name: "We have received this" }).count()).toBe(0);
  }
  expect(faults).toEqual([]);
});

test.each([
  ["phone", PHONE, "light"],
  ["dark", DESKTOP, "dark"],
] as const)("what they were told can be read by the team: %s", async (name, size, theme) => {
  const { page, faults } = await openSignedIn(browser, session, size, theme);
  await page.goto(`${program.url}/app/incidents/INC-1/told`);
  await page.getByText(/spoke to Dr. Osei/).waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, `told ${name}`);
  await shot(page, `told-${name}`);
  expect(faults).toEqual([]);
});
