/**
 * The app in a browser, as nearly every test of it begins: a program of its own that is set up,
 * its owner, and a browser; there before the first test of a file, gone after its last.
 */

import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeEach } from "vitest";
import { type Owner, setUp } from "../owner.ts";
import { type Program, removeFolder, scratchFolder, startProgram } from "../program.ts";
import { DESKTOP, openBrowser, openSignedIn, type Watched } from "./browser.ts";

export type Size = { readonly width: number; readonly height: number };

export type App = {
  readonly program: Program;
  readonly owner: Owner;
  readonly browser: Browser;
  /** Of this file alone; the program's data lies in `data` below it. */
  readonly folder: string;
  readonly data: string;
  /** The owner's session, for a page of another kind. */
  readonly session: { readonly url: string; readonly cookie: string };
  /** A page of the owner's, in a context of its own, at `path`. */
  readonly at: (path: string, size?: Size, theme?: "light" | "dark") => Promise<Watched>;
};

type Start = {
  readonly env?: Readonly<Record<string, string>>;
  readonly setup?: Parameters<typeof setUp>[1];
};

/** Called while a test file is read, so that what it answers is there for everything in it. */
export async function openApp(name: string, { env = {}, setup }: Start = {}): Promise<App> {
  const folder = scratchFolder(name);
  const data = `${folder}/data`;
  const [program, browser] = await Promise.all([
    startProgram({ data, env, isPrepared: true }),
    openBrowser(),
  ]);
  afterAll(async () => {
    await browser.close();
    await program.stop();
    removeFolder(folder);
  });
  endPages(browser);
  const owner = await setUp(program, setup);
  const session = { url: program.url, cookie: owner.cookie };
  return {
    program,
    owner,
    browser,
    folder,
    data,
    session,
    async at(path, size = DESKTOP, theme = "light") {
      const watched = await openSignedIn(browser, session, size, theme);
      await watched.page.goto(program.url + path);
      return watched;
    },
  };
}

/** A page asks anew whatever anybody does: those that a test opens end with it. */
function endPages(browser: Browser): void {
  let kept: readonly BrowserContext[] = [];
  beforeEach(() => {
    kept = browser.contexts();
  });
  afterEach(async () => {
    const opened = browser.contexts().filter((context) => !kept.includes(context));
    await Promise.all(opened.map((context) => context.close()));
  });
}
