/**
 * Story: the newcomer of the acceptance script, who has one installation, one browser and a
 * shell, at a desk or on a telephone. The files beside it are its chapters, each a list of
 * steps that stand on the ones before.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { type Owner, signedIn } from "../../owner.ts";
import { type Program, removeFolder, runDue, scratchFolder, startProgram } from "../../program.ts";
import {
  DESKTOP,
  expectAccessible,
  openBrowser,
  openPage,
  shot,
  sideways,
  type Watched,
} from "../browser.ts";

export type Size = { readonly width: number; readonly height: number };

export type Story = {
  readonly name: string;
  readonly size: Size;
  /** Holds `data` and whatever the newcomer writes beside it. */
  readonly folder: string;
  readonly data: string;
  readonly program: Program;
  readonly browser: Browser;
  readonly ada: Watched;
  /** Ada again, through the API, with the session of her browser. */
  readonly owner: () => Promise<Owner>;
  /** One verb of `due`, on the machine that the server runs on. */
  readonly due: (...args: readonly string[]) => ReturnType<typeof runDue>;
  /** The mails that left, as files, quoted-printable undone. */
  readonly outbox: () => readonly string[];
  /** Presses `key` at a desk; on a telephone, which has none, the button of that name. */
  readonly act: (key: string, button: string | RegExp) => Promise<void>;
  /** Chooses an act behind Ctrl K, which a telephone calls Find. */
  readonly find: (act: string | RegExp) => Promise<void>;
  /** Turns to a part of the room, which a telephone shows one at a time. */
  readonly part: (leaf: "Timeline" | "Owed" | "State") => Promise<void>;
  /** Fits the screen, can be read by everybody, and has its picture taken. */
  readonly look: (name: string) => Promise<void>;
  /** Has the picture of somebody else's page taken. */
  readonly picture: (page: Page, name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function openStory(name: string, size: Size): Promise<Story> {
  const folder = scratchFolder("newcomer");
  const data = join(folder, "data");
  const program = await startProgram({ data, env: { DUE_HOLD_SECONDS: "4" } });
  const browser = await openBrowser();
  const ada = await openPage(browser, size);
  const { page } = ada;
  const isDesk = size.width >= DESKTOP.width;
  return {
    name,
    size,
    folder,
    data,
    program,
    browser,
    ada,
    async owner() {
      const session = (await ada.context.cookies()).find(({ name }) => name === "due-session");
      return signedIn(program, `${session?.name}=${session?.value}`);
    },
    due: (...args) => runDue(args, { DUE_DATA: data, DUE_URL: program.url }),
    outbox: () => mailsIn(join(data, "outbox")),
    async act(key, button) {
      if (isDesk) return page.keyboard.press(key);
      await page.getByRole("button", { name: button }).first().click();
    },
    async find(act) {
      if (isDesk) await page.keyboard.press("Control+k");
      else await page.getByRole("button", { name: /^Find/ }).click();
      const found = page.getByRole("dialog", { name: "Find or do" });
      await found.getByRole("option", { name: act }).first().click();
      await found.waitFor({ state: "detached" });
    },
    async part(leaf) {
      if (isDesk) return;
      await page
        .getByRole("navigation", { name: "Parts of the room" })
        .getByRole("button", { name: new RegExp(`^${leaf}`) })
        .click();
    },
    async look(what) {
      expect(await sideways(page), what).toBeLessThanOrEqual(0);
      await expectAccessible(page, what);
      await shot(page, `${name}-${what}`, false);
    },
    picture: (other, what) => shot(other, `${name}-${what}`, false),
    async stop() {
      await browser.close();
      await program.stop();
      removeFolder(folder);
    },
  };
}

function mailsIn(place: string): readonly string[] {
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(join(place, name), "utf8"))
    .map((mail) => mail.replace(/=\r?\n/g, "").replace(/=3D/g, "="));
}

/** Types into a field of the composer and leaves it, which saves it. */
export async function write(page: Page, label: string | RegExp, text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await page.getByLabel(label).blur();
  await page.getByText(/^Saved, revision/).waitFor();
}

/** Until it is in sight: a telephone keeps the parts of the room that are not shown. */
export const seen = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();
