/**
 * The README's picture: the room of the sample's incident, as it is today.
 *
 *     node tools/picture.mjs      draws docs/images/room-light.png, room-dark.png and room.json
 *
 * What can be told of a picture without looking at its pixels is kept beside it: the parts of
 * the room by the names that a reader of the screen hears, and the colours. A test asks the
 * room for them again (room-picture.test.ts): the picture of a room that has changed is old.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { setUp } from "../owner.ts";
import { type Program, removeFolder, scratchFolder, startProgram } from "../program.ts";
import { openBrowser, openSignedIn } from "./browser.ts";

export const IMAGES = join(import.meta.dirname, "../../docs/images");
const SIZE = { width: 1440, height: 900 } as const;
const THEMES = ["light", "dark"] as const;

/** What tells one room from another. */
export type Parts = {
  readonly headings: readonly string[];
  readonly regions: readonly string[];
  readonly colours: Readonly<Record<string, string>>;
};

/** Run in the page. Names and numbers of the sample count for nothing. */
const PARTS = `(() => {
  const named = (selector, name) => [...document.querySelectorAll(selector)].map(name)
    .map((text) => (text ?? "").replace(/\\d+/g, "0").trim());
  const style = getComputedStyle(document.documentElement);
  const colours = ["--paper", "--ink", "--risk", "--met", "--rule"];
  return {
    headings: named(".room h2", (one) => one.textContent),
    regions: named(".room [aria-label]:not(svg, svg *, li *)", (one) => one.getAttribute("aria-label")),
    colours: Object.fromEntries(colours.map((name) => [name, style.getPropertyValue(name).trim()])),
  };
})()`;

/** The parts of the room on `page`, once all of it stands. */
export async function partsOf(page: Page): Promise<Parts> {
  await page.locator(".timeline-box [data-version]").first().waitFor();
  await page.locator(".room-aside h2").first().waitFor();
  await page.waitForLoadState("networkidle");
  return page.evaluate<Parts>(PARTS);
}

/** The sample's room in a browser of that size. */
export async function openRoom(
  browser: Browser,
  session: { readonly url: string; readonly cookie: string },
  theme: (typeof THEMES)[number],
): Promise<Page> {
  const { page } = await openSignedIn(browser, session, SIZE, theme);
  await page.goto(`${session.url}/app/incidents/INC-1`);
  return page;
}

/** Draws both pictures and says what is on them. */
async function draw(): Promise<void> {
  const folder = scratchFolder("picture");
  let program: Program | undefined;
  let browser: Browser | undefined;
  try {
    program = await startProgram({ data: folder });
    const { cookie } = await setUp(program, { sample: true });
    browser = await openBrowser();
    const parts: Partial<Record<(typeof THEMES)[number], Parts>> = {};
    for (const theme of THEMES) {
      const page = await openRoom(browser, { url: program.url, cookie }, theme);
      parts[theme] = await partsOf(page);
      await page.screenshot({ path: join(IMAGES, `room-${theme}.png`) });
    }
    writeFileSync(join(IMAGES, "room.json"), `${JSON.stringify(parts, null, 2)}\n`);
  } finally {
    await browser?.close();
    await program?.stop();
    removeFolder(folder);
  }
}

if (process.argv[2] === "draw") await draw();
