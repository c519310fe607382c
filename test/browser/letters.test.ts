/**
 * Every kind of letter as a mail program shows it: on a wide window and on a telephone, light
 * and dark, and its plain text. DUE_SHOTS names a folder for the pictures.
 */

import PostalMime from "postal-mime";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DraftContent, DraftKind, DraftRecipient } from "../../src/core/notice/draft.ts";
import { DRAFT_KINDS, LANGUAGES } from "../../src/core/notice/draft.ts";
import { letterTo, OWN_LINK } from "../../src/core/notice/letter.ts";
import type { Instant } from "../../src/core/time/instant.ts";
import { letter } from "../../src/delivery/fixture.ts";
import type { Letter } from "../../src/delivery/letter.ts";
import { composing } from "../../src/delivery/mime.ts";
import { confirmLetter } from "../../src/public/subscribe-letters.ts";
import { receiptOf } from "../../src/public/receipt.ts";
import { openBrowser, openPage, shot, sideways } from "./browser.ts";

const at = (text: string): Instant => Date.parse(text) as Instant;
const URL = "https://respond.fennel.example";
const SECRET = "k3Jx0mVq7TnB2sYw9PzL4cRf6HdGa8EuK1oXi5WvQ2N";

const content = (kind: DraftKind): DraftContent => ({
  kind,
  subject: "Export files of yours could be read by others",
  slots: [
    {
      element: "what-happened",
      text: "From 3 November to 20 November 2026, 20:10 CET, the folder that holds your export files could be listed from outside. We closed it within nine minutes of learning of it.",
    },
    {
      element: "what-data",
      text: "Names and mail addresses of 4,112 people, in three files:\n- exports/2026-11-03.csv\n- exports/2026-11-10.csv\n- exports/2026-11-17.csv",
    },
    { element: "who", text: "", ...(kind === "preliminary" ? { unknown: true as const } : {}) },
  ].filter(({ text, unknown }) => text !== "" || unknown),
  steps: [
    { kind: "rotate", text: "Rotate the key that your import uses; ours is replaced already." },
    { kind: "check", text: "Look for logins from 203.0.113.7 since 3 November." },
  ],
  nextWordAt: at("2026-11-22T11:00:00Z"),
  signature: "+49 30 5557 0112",
});

const recipient = (language: string): DraftRecipient => ({
  id: "customer:cus_1",
  name: "Meridian Health",
  to: { name: "Cleo Osei", mail: "cleo@meridian.example" },
  language,
  zone: "Europe/London",
});

function noticeLetter(kind: DraftKind, language: string): Partial<Letter> {
  const { subject, body } = letterTo(content(kind), recipient(language), {
    from: { name: "Ada Byron", mail: "ada@fennel.example" },
    organisation: "Fennel",
    elements: new Map([
      ["what-happened", "What happened"],
      ["what-data", "What data"],
      ["who", "Who read it"],
    ]),
    zone: "Europe/Berlin",
    mark: "",
    ownPageAt: URL,
    files: [{ id: "F-1", name: "rows of yours.csv", bytes: 214_300, sha256: "0".repeat(64) }],
  });
  return {
    subject: `Fennel security: ${subject} [N-4TTK]`,
    text: body.replaceAll(OWN_LINK, `/notice/${SECRET}`),
  };
}

const LETTERS: Readonly<Record<string, Partial<Letter>>> = {
  ...Object.fromEntries(DRAFT_KINDS.map((kind) => [kind, noticeLetter(kind, "en")])),
  ...Object.fromEntries(
    LANGUAGES.slice(1).map((language) => [
      `preliminary-${language}`,
      { ...noticeLetter("preliminary", language), language },
    ]),
  ),
  receipt: {
    ...mailOf(
      receiptOf({
        reference: "R-7QK4-M2",
        link: `${URL}/case/R-7QK4-M2.${SECRET}`,
        organisation: "Fennel",
        receivedAt: at("2026-11-20T17:30:00Z"),
        zone: "Europe/Berlin",
        answer: { by: "Mon 23 Nov 2026, 10:30 CET" } as never,
      }),
    ),
  },
  page: {
    subject: "OVERDUE: notice, INC-7",
    text: `A notice was due on Fri 20 Nov 2026, 21:00 CET. Nobody has taken it.\n\nOpen it: ${URL}/app/incidents/INC-7\n`,
  },
  subscribe: mailOf(
    confirmLetter({
      organisation: "Fennel",
      title: "How we respond",
      topics: ["policy", "status"],
      link: `${URL}/subscribe/${SECRET}`,
    }),
  ),
};

function mailOf({ subject, body }: { readonly subject: string; readonly body: string }) {
  return { subject, text: body };
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const WIDTHS = { wide: 600, phone: 390 } as const;
const compose = composing(undefined);

test.each(Object.entries(LETTERS))("%s reads as a letter", async (name, over) => {
  const { bytes } = await compose(letter(over));
  const { html = "", text = "" } = await PostalMime.parse(bytes);
  const { page, context, faults } = await openPage(browser, { width: 600, height: 700 });
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [size, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 700 });
      await page.setContent(html);
      expect(await sideways(page), `${name} ${size}`).toBe(0);
      expect(faults).toEqual([]);
      await shot(page, `${name}-${theme}-${size}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 600, height: 700 });
  await page.setContent("<pre style='font: 13px/1.45 monospace; white-space: pre-wrap'></pre>");
  await page.locator("pre").evaluate((node, words) => (node.textContent = words), text);
  await shot(page, `${name}-text`);
  await context.close();
  // Everything that the text says stands in the HTML, too.
  const shown = html.replace(/<title>.*?<\/title>|<style>.*?<\/style>|<[^>]*>/gs, " ");
  const words = (all: string) =>
    all
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&")
      .split(/\s+/)
      .filter(Boolean);
  expect(words(shown)).toEqual(words(text));
});
