/** The picture in the README is of the room as it is: its parts and its colours are asked again. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setUp } from "../owner.ts";
import { type Program, removeFolder, scratchFolder, startProgram } from "../program.ts";
import { openBrowser } from "./browser.ts";
import { IMAGES, openRoom, type Parts, partsOf } from "./picture.ts";

const folder = scratchFolder("room-picture");
let program: Program;
let browser: Browser;
let cookie: string;

beforeAll(async () => {
  program = await startProgram({ data: folder });
  ({ cookie } = await setUp(program, { sample: true }));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
  removeFolder(folder);
});

const drawn = JSON.parse(readFileSync(join(IMAGES, "room.json"), "utf8")) as Record<string, Parts>;

test.each(["light", "dark"] as const)("in %s", async (theme) => {
  expect(existsSync(join(IMAGES, `room-${theme}.png`))).toBe(true);
  const page = await openRoom(browser, { url: program.url, cookie }, theme);
  expect(await partsOf(page), "the room has changed: node tools/picture.mjs").toEqual(drawn[theme]);
});
