/** The picture in the README is of the room as it is: its parts and its colours are asked again. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openApp } from "./app.ts";
import { IMAGES, openRoom, type Parts, partsOf } from "./picture.ts";

const { browser, session } = await openApp("room-picture", { setup: { sample: true } });

const drawn = JSON.parse(readFileSync(join(IMAGES, "room.json"), "utf8")) as Record<string, Parts>;

test.each(["light", "dark"] as const)("in %s", async (theme) => {
  expect(existsSync(join(IMAGES, `room-${theme}.png`))).toBe(true);
  const page = await openRoom(browser, session, theme);
  expect(await partsOf(page), "the room has changed: node tools/picture.mjs").toEqual(drawn[theme]);
});
