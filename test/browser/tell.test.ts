/**
 * Telling in a browser: the decision, a notice that is written, found wrong in three ways,
 * put right, read back, held back, and sent as one mail each.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import { beforeAll, expect, test } from "vitest";
import { valueOf } from "../owner.ts";
import { until } from "../program.ts";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, PHONE, shot } from "./browser.ts";

const { owner, data, at } = await openApp("tell", {
  env: { DUE_HOLD_SECONDS: "4" },
  setup: { sample: false },
});
const NAMES = ["Meridian Health", "Kestrel Bank", "Oakline"];

beforeAll(async () => {
  const { client } = owner;
  valueOf(
    await client.send("OpenIncident", "", {
      title: "Listable bucket",
      severity: "sev1",
      reason: "Exports",
    }),
  );
  for (const name of NAMES) {
    const word = name.toLowerCase().split(" ")[0];
    const { subject } = valueOf(
      await client.send("AddCustomer", "", {
        name,
        contact: { name: `Dr. ${word}`, mail: `security@${word}.example` },
      }),
    );
    valueOf(
      await client.send("TouchCustomer", "INC-1", { customer: subject.slice("party/".length) }),
    );
  }
});

const outbox = (): readonly string[] => {
  const place = join(data, "outbox");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => readFileSync(join(place, name), "utf8"))
    .filter((mail) => /^Subject:.*exposure/im.test(mail));
};

/** Types into a field and leaves it, which saves it. */
async function write(page: Page, label: string | RegExp, text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await page.getByLabel(label).blur();
  await page.getByText(/^Saved, revision/).waitFor();
}

test("a pasted list touches whom it names, once every line is answered", async () => {
  for (const name of ["Northwind", "Southwind Traders"])
    valueOf(await owner.client.send("AddCustomer", "", { name }));
  valueOf(
    await owner.client.send("OpenIncident", "", { title: "A list", severity: "sev2", reason: "R" }),
  );
  const { page, faults } = await at("/app/incidents/INC-2");
  await page.getByRole("button", { name: "From a list" }).click();
  const record = page.getByRole("button", { name: /^Record/ }).last();
  expect(await record.getAttribute("aria-disabled")).toBe("true");
  await page
    .getByLabel("List", { exact: true })
    .fill(
      "customer,rows\nNorthwind,120\noakline.example,3\nSouthwind Trader,9\nour test tenant,1\n",
    );
  await page.getByRole("button", { name: "See whom it names" }).click();
  await page.getByText("It names 2 customers in 5 lines, 1 of them headings.").waitFor();
  await expectAccessible(page, "touch-list");
  await shot(page, "touch-list");
  await page.getByLabel(/^Line 4/).selectOption({ label: "Southwind Traders" });
  await page.getByLabel(/^Line 5/).selectOption({ label: "Nobody: leave it out" });
  await page.getByLabel("Why those lines are nobody's").fill("Our own.");
  await page.getByRole("button", { name: "Record that 3 customers are affected" }).click();
  const touched = page.locator("section.part", { hasText: "Touched" });
  await touched.getByText("Southwind Traders").first().waitFor();
  expect(faults).toEqual([]);
  const phone = await at("/app/incidents/INC-2", PHONE, "dark");
  await phone.page.getByRole("button", { name: "State" }).click();
  await phone.page.getByRole("button", { name: "From a list" }).click();
  await phone.page.getByLabel("List", { exact: true }).fill("Nortwind\nKestrel Bank\n");
  await phone.page.getByRole("button", { name: "See whom it names" }).click();
  await phone.page.getByLabel(/^Line 1/).waitFor();
  await expectAccessible(phone.page, "touch-list-phone");
  await shot(phone.page, "touch-list-phone-dark");
  expect(phone.faults).toEqual([]);
});

test("the decision is asked in the policy's questions, and stands with who and why", async () => {
  valueOf(
    await owner.client.send("RecordFact", "INC-1", {
      claim: "personal-data-exposed",
      state: "confirmed",
      source: "Access log",
    }),
  );
  const { page, faults } = await at("/app/incidents/INC-1");
  await page.getByRole("heading", { name: "Must we notify?" }).waitFor();
  await page.keyboard.press("d");
  const ask = page.getByRole("group", { name: /^Is exposure of personal data/ });
  expect(await ask.getByLabel("Yes").isChecked()).toBe(true);
  for (const other of await page.getByRole("group", { name: /\?$/ }).all())
    if (!(await other.getByLabel("Yes").isChecked()))
      await other.getByLabel("No", { exact: true }).check();
  await page.getByRole("group", { name: "So" }).getByLabel("Notify", { exact: true }).check();
  await page.getByLabel("Why", { exact: true }).fill("Their exports were readable.");
  await expectAccessible(page, "decide");
  await shot(page, "decide");
  await page.getByRole("button", { name: "Record: we notify" }).click();
  await page
    .locator("section.part", { hasText: "Must we notify?" })
    .getByText("Notify", { exact: true })
    .waitFor();
  expect(faults).toEqual([]);
});

test("three faults block it, each at its place; mended, it is read back and sent", async () => {
  const { page, faults } = await at("/app/incidents/INC-1");
  await page.getByRole("button", { name: "New notice" }).click();
  await page.getByRole("heading", { name: "Preliminary notice D-1" }).waitFor();
  await page.getByText("Dr. oakline").first().waitFor();
  await write(page, "Subject", "preliminary notice, exposure of export files");
  await page.getByRole("button", { name: /Put in what is on record for What happened/ }).click();
  await write(page, /^What data, and whose/, "Export files of Kestrel with names and addresses.");
  await write(page, /^What we have done/, "The bucket was closed at 20:10 CET on Friday.");
  await write(page, /^What we ask you to do/, "There is nothing you must do now.");
  await write(page, /^Next word/, "As soon as the log is read.");
  await write(page, "We write again by", "2099-01-02T12:00");
  await page.getByText("Opening, answers, signature").click();
  await write(page, "Answers go to", "noreply@fennel.example");
  const checks = page.getByRole("region", { name: "Checks" });
  await checks.getByText(/“Whom to contact” must be said/).waitFor();
  await checks
    .getByText(/“Kestrel Bank” stands in the text for Meridian Health and 1 more/)
    .waitFor();
  await checks.getByText(/Nobody reads noreply@fennel.example/).waitFor();
  await expectAccessible(page, "compose");
  await shot(page, "compose-blocked");
  const readBack = page.getByRole("button", { name: "Read back 3 mails" });
  expect(await readBack.getAttribute("aria-disabled")).toBe("true");

  await write(page, /^What data, and whose/, "Export files with names: {{exports}}.");
  await write(page, "Answers go to", "");
  await page.getByRole("button", { name: /Put in what is on record for Whom to contact/ }).click();
  for (const name of NAMES) {
    await page.getByLabel(`{{exports}} for ${name}`).fill(`files of ${name}`);
    await page.getByLabel(`{{exports}} for ${name}`).blur();
  }
  await checks.getByText(/“Kestrel Bank”/).waitFor({ state: "detached" });
  await page.locator(".compose-preview").getByText("files of Meridian Health").waitFor();
  await page
    .locator('button[aria-disabled="true"]', { hasText: "Read back" })
    .waitFor({ state: "detached" });
  await readBack.click();
  const sheet = page.getByRole("dialog", { name: "Read back" });
  const next = sheet.getByRole("button", { name: "I have read this one: next" });
  await next.scrollIntoViewIfNeeded();
  await next.click();
  await expect
    .poll(() => page.evaluate("document.querySelector('dialog[open]').scrollTop"))
    .toBe(0);
  await next.click();
  await sheet.getByLabel("You wrote it: why can nobody else read it?").fill("I am alone tonight.");
  await shot(page, "read-back");
  await sheet.getByRole("button", { name: /I have read all of it/ }).click();
  await page.getByText(/Approved by .*, alone/).waitFor();

  // In the very moment it says that Escape holds it back, before it is even painted.
  await page.evaluate(`new MutationObserver((_, watch) => {
    if (!document.querySelector(".holding")) return;
    watch.disconnect();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  }).observe(document.body, { childList: true, subtree: true })`);
  await page.getByRole("button", { name: /^Send 3 mails as/ }).click();
  await page.getByText("Held.").waitFor();
  await page.getByRole("button", { name: /^Send 3 mails as/ }).waitFor();
  expect(outbox()).toEqual([]);

  await page.getByRole("button", { name: /^Send 3 mails as/ }).click();
  await page.getByText("Held.").waitFor();
  await shot(page, "holding");
  await page.getByText(/3 mails made as files .* reached nobody/).waitFor();
  const mails = await until("three mails", async () =>
    outbox().length === 3 ? outbox() : undefined,
  );
  const inside = await page.locator(".compose-preview .outward-text").innerText();
  expect(inside.indexOf("WHAT HAPPENED")).toBeLessThan(inside.indexOf("WHOM TO CONTACT"));
  for (const mail of mails) expect(mail).not.toMatch(/^(?:Cc|Bcc):/im);
  expect(mails.filter((mail) => mail.includes("Kestrel Bank"))).toHaveLength(1);
  await shot(page, "sent");
  expect(faults).toEqual([]);
});

test.each([
  ["phone", PHONE, "light"],
  ["dark", DESKTOP, "dark"],
] as const)("the notice can be read: %s", async (name, size, theme) => {
  const { page, faults } = await at("/app/incidents/INC-1/notices/D-1", size, theme);
  await page.getByText(/3 mails made as files .* reached nobody/).waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
  await expectAccessible(page, `compose ${name}`);
  await shot(page, `compose-${name}`);
  expect(faults).toEqual([]);
});

test("what everybody was told is on one page: what has not left, what has, and to whom", async () => {
  const { client } = owner;
  valueOf(
    await client.send("DraftNotice", "INC-2", {
      kind: "full",
      to: "public",
      subject: "Export files could be read",
      slots: [{ element: "what-happened", text: "Export files could be read until Friday." }],
    }),
  );
  const { page, faults } = await at("/app/notices");
  await page.getByRole("heading", { name: "Not sent yet" }).waitFor();
  await page.getByText(/full to public, for 1, being written/).waitFor();
  await expectAccessible(page, "notices");
  await shot(page, "notices");
  await page.getByRole("link", { name: /INC-2 D-1/ }).click();
  await page.getByText("published, or handed over: no mail").waitFor();
  expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe("public");
  await expectAccessible(page, "compose-public");
  await shot(page, "compose-public");
  await page.getByLabel("To", { exact: true }).selectOption("data-subjects");
  await page.getByLabel("People by address").fill("Jo Smith <jo@people.example>\nnobody\n");
  await page.getByRole("button", { name: "Name them" }).click();
  await page.getByText(/has no mail address/).waitFor();
  await page.getByLabel("People by address").fill("Jo Smith <jo@people.example>");
  await page.getByRole("button", { name: "Name them" }).click();
  await page.getByText("jo@people.example").first().waitFor();
  expect(faults).toEqual([]);
  const dark = await at("/app/notices", PHONE, "dark");
  await dark.page.getByRole("heading", { name: "Not sent yet" }).waitFor();
  await expectAccessible(dark.page, "notices-phone-dark");
  await shot(dark.page, "notices-phone-dark");
  expect(dark.faults).toEqual([]);
});

/** What the page has and these tests' own world has not. */
type Clipboards = {
  readonly DataTransfer: new () => { setData(type: string, data: string): void };
  readonly ClipboardEvent: new (type: string, init: object) => object;
};

/** As Word puts it on the clipboard: a page of its own with styles, comments and field codes. */
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal
{mso-style-name:Normal;font-family:Calibri} --></style><script>document.title = "ran"</script></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoNormal style='mso-margin-top-alt:auto'>A <b>bucket</b>
was readable.<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>\u00b7&nbsp;&nbsp;</span><![endif]>Rotate the key</p><!--EndFragment--></body></html>`;
const WORD_TEXT =
  "A bucket was\u00a0readable.\r\n\r\n\u00b7\tRotate the key\r\n\u00b7\tUpgrade\r\n";

test("what is pasted from a word processor is clean text, in both parts of the letter", async () => {
  const { client } = owner;
  const title = "Listable queue";
  const { subject } = valueOf(
    await client.send("OpenIncident", "", { title, severity: "sev2", reason: "R" }),
  );
  const id = subject.slice("incident/".length);
  const { items } = valueOf(await client.read("customers", {}, { q: "Meridian" }));
  const customer = items[0]?.id ?? "";
  valueOf(await client.send("TouchCustomer", id, { customer }));
  const nextWordAt = new Date(Date.now() + 20 * 3_600_000).toISOString();
  const content = { kind: "preliminary", subject: "Pasted words", nextWordAt } as const;
  const begun = [{ element: "what-happened", text: "" }];
  valueOf(await client.send("DraftNotice", id, { ...content, slots: begun }));
  valueOf(await client.send("NameRecipients", id, { draft: "D-1", recipients: [{ customer }] }));
  const draftNow = async () => valueOf(await client.read("notice-draft", { id, draft: "D-1" }, {}));
  const { elements } = await draftNow();
  const asked = elements.filter(({ required, id: one }) => required || one === "what-happened");
  const slots = asked.map(({ id: element }) => ({ element, text: "We look at it." }));
  valueOf(await client.send("DraftNotice", id, { ...content, draft: "D-1", slots }));
  const { page, faults } = await at(`/app/incidents/${id}/notices/D-1`);
  const name = asked.find(({ id: one }) => one === "what-happened")?.name ?? "";
  const field = page.getByRole("textbox", { name: new RegExp(`^${name}`) });
  await field.fill("");
  await field.evaluate(
    (element, [html, text]) => {
      const { DataTransfer, ClipboardEvent } = globalThis as unknown as Clipboards;
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", text);
      const paste = { clipboardData, bubbles: true, cancelable: true };
      element.dispatchEvent(new ClipboardEvent("paste", paste) as never);
    },
    [WORD, WORD_TEXT] as const,
  );
  const clean = "A bucket was readable.\n\n- Rotate the key\n- Upgrade";
  expect(await field.inputValue()).toBe(clean);
  await field.blur();
  await page.getByText("Saved, revision 3").waitFor();
  expect(await page.title()).not.toBe("ran");
  const { hash, slots: saved } = await draftNow();
  expect(saved.find(({ element }) => element === "what-happened")?.text).toBe(clean);
  const alone = "Nobody else is here.";
  valueOf(await client.send("ApproveNotice", id, { draft: "D-1", hash, alone }));
  valueOf(await client.send("SendDraft", id, { draft: "D-1", hash }));
  const mail = await until("the letter", async () => {
    const place = join(data, "outbox");
    return readdirSync(place)
      .filter((one) => one.endsWith(".eml"))
      .map((one) => readFileSync(join(place, one), "utf8"))
      .find((one) => /^Subject: .*Pasted words/m.test(one));
  });
  const { text = "", html = "" } = await PostalMime.parse(mail);
  expect(text + html).not.toMatch(/mso-|MsoNormal|StartFragment|<script|<o:p/i);
  const plain = html.replace(/<(?:br|\/p|\/li|\/div)[^>]*>/g, " ").replace(/<[^>]+>/g, " ");
  for (const said of ["A bucket was readable.", "Rotate the key", "Upgrade"]) {
    expect(text).toContain(said);
    expect(plain.replace(/\s+/g, " ")).toContain(said);
  }
  expect(faults).toEqual([]);
});
