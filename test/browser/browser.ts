/**
 * Browser: Debian's Chromium, driven as a person would, with what a person cannot
 * see watched too: every request must stay on this machine, no script may fail,
 * and axe must find nothing on the page.
 */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The same engine without windows opens a page at a quarter of the work; else the whole browser. */
const SHELL = "/usr/bin/chromium-headless-shell";
const CHROMIUM = process.env["CHROMIUM"] ?? (existsSync(SHELL) ? SHELL : "/usr/bin/chromium");

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: QUIET });

export const DESKTOP = { width: 1280, height: 860 } as const;
export const PHONE = { width: 390, height: 844 } as const;

export type Watched = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page, and requests that left this machine. */
  readonly faults: readonly string[];
};

/** A page that is watched. `theme` is what the system asks for. */
export async function openPage(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number },
  theme: "light" | "dark" = "light",
): Promise<Watched> {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    timezoneId: "Europe/Berlin",
    locale: "en-GB",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  untilTaken(page);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A refusal is an answer of the API, which the browser reports as an error of its own.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1" && hostname !== "localhost")
      faults.push(`request to ${hostname}`);
  });
  return { page, context, faults };
}

/**
 * What the server drew of a page can be read before the app has taken over from it, and pressed
 * after that: whoever opens a page here is about to press something.
 */
function untilTaken(page: Page): void {
  const taken = () => page.locator("#first").waitFor({ state: "detached" });
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...asked) => {
    const answer = await goto(...asked);
    await taken();
    return answer;
  };
  page.reload = async (...asked) => {
    const answer = await reload(...asked);
    await taken();
    return answer;
  };
}

/** A watched page in which somebody is signed in by their session's cookie. */
export async function openSignedIn(
  browser: Browser,
  { url, cookie }: { readonly url: string; readonly cookie: string },
  viewport: { readonly width: number; readonly height: number } = DESKTOP,
  theme: "light" | "dark" = "light",
): Promise<Watched> {
  const watched = await openPage(browser, viewport, theme);
  await keepSession(watched.context, url, cookie);
  return watched;
}

/** The session, kept as a browser keeps it. */
export async function keepSession(
  context: BrowserContext,
  url: string,
  cookie: string,
): Promise<void> {
  const [name = "", value = ""] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
}

/** So long from now, as a field for date and time takes it in the zone of the browser. */
export const inBerlin = (ms: number): string =>
  new Date(Date.now() + ms)
    .toLocaleString("sv", { timeZone: "Europe/Berlin" })
    .replace(" ", "T")
    .slice(0, 16);

/** A picture for a person to look at, where DUE_SHOTS names a folder. */
export async function shot(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env["DUE_SHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}

/** How far the page can be scrolled sideways, which must be nothing. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );

type Violation = {
  readonly id: string;
  readonly impact?: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
};

/** What another theme can change on a page that stands as it is. */
const BY_COLOUR = ["color-contrast", "link-in-text-block"];

/**
 * Nothing on the page stands in the way of somebody who cannot see it, or has no pointer; of a page
 * that was looked at in another theme a moment ago, by its colours.
 */
export async function expectAccessible(
  page: Page,
  name: string,
  by: "everything" | "colours" = "everything",
): Promise<void> {
  // A button half way through fading has a colour nobody is meant to read it by, and one can begin
  // to fade while the page is being looked at.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(
    "Promise.allSettled(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished))",
  );
  // Not addScriptTag: the page's own policy forbids scripts that are not its own.
  const violations = await page.evaluate(
    async ([axe, options]) => {
      const here = globalThis as unknown as {
        axe?: { run(options: object): Promise<{ violations: unknown }> };
      };
      // oxlint-disable-next-line no-eval
      if (here.axe === undefined) (0, eval)(axe);
      return (await here.axe?.run(options))?.violations;
    },
    [
      (await page.evaluate("typeof axe")) === "undefined" ? AXE : "",
      { resultTypes: ["violations"], ...(by === "colours" && { runOnly: BY_COLOUR }) },
    ] as const,
  );
  await page.emulateMedia({ reducedMotion: null });
  const found = (violations as readonly Violation[]).flatMap(({ id, nodes }) =>
    nodes.map((node) => `${name}: ${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
  expect(found).toEqual([]);
}
