/**
 * Due with thirty thousand obligations: the board opens, scrolls and counts as it
 * does with thirty, because only what is near the screen is in the document.
 */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type TestWorld } from "../world.ts";
import { DESKTOP, openBrowser, openPage, type Watched } from "./browser.ts";

const MANY = 30_000;
/** More lines than fit on a screen with what is kept ready beside it. */
const LINES_MAX = 90;

let world: TestWorld;
let browser: Browser;
let desk: Watched;

beforeAll(async () => {
  world = await openWorld({ name: "due-many", setup: { sample: true } });
  // Copies of one obligation, an hour apart: what lists read, without an hour of appending.
  await world.running.opened.store.pool.rows(
    `insert into view_obligation
       (subject, id, clause, duty, recipient_kind, recipient, policy_version, started_at, due_at,
        overdue_at, order_at, slack)
     select subject, clause || '-' || n || '@team', clause, duty, recipient_kind, 'team-' || (n % 50),
       policy_version, started_at, at, at + 1, at, false
     from (select * from view_obligation where due_at is not null and stopped_at is null
           and subject like 'incident/%' limit 1) one,
       generate_series(1, $1::int) n, lateral (select $2::bigint + n * 3600000::bigint as at) due`,
    [MANY, world.now()],
  );
  browser = await openBrowser();
  desk = await openPage(browser, DESKTOP);
  const [name = "", value = ""] = world.ada.cookie.split(/=(.*)/s);
  await desk.context.addCookies([{ name, value, url: world.url }]);
});

afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

test("thirty thousand obligations scroll like thirty", async () => {
  const { page } = desk;
  await page.goto(`${world.url}/app/due`);
  await page.getByText(/of 30\d\d\d are here/).waitFor();
  const seen = new Set<string>();
  for (let turn = 0; turn < 40; turn += 1) {
    await page.evaluate("document.querySelector('.due-box').scrollBy(0, 2400)");
    await page.evaluate(
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
    );
    expect(await page.locator(".due-lines > li").count()).toBeLessThanOrEqual(LINES_MAX);
    const top = await page.locator(".due-row .lane-words").first().innerText();
    seen.add(`${turn} ${top}`);
  }
  expect(seen.size).toBe(40);
  await expect
    .poll(async () => Number(/(\d+) of/.exec(await page.getByText(/are here/).innerText())?.[1]))
    .toBeGreaterThan(1_000);
  // What stands on screen is what is due then: the list is in order, and no line is lost.
  const dues = await page.evaluate(
    "[...document.querySelectorAll('.due-row [data-due]')].map((row) => Number(row.dataset.due))",
  );
  const rising = (dues as number[]).every((due, i, all) => i === 0 || due >= (all[i - 1] ?? 0));
  expect(rising).toBe(true);
  expect(new Set(dues as number[]).size).toBe((dues as number[]).length);
  expect(desk.faults).toEqual([]);
});
