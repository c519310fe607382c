/**
 * The tape in a browser: what the picture shows is in the list, the keyboard walks
 * both, its scale turns, the past can be asked for, and what a passing minute
 * changes is said once.
 */

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openApp } from "./app.ts";
import { DESKTOP, expectAccessible, openSignedIn, PHONE, type Watched } from "./browser.ts";

const { owner, program, browser, session, ...app } = await openApp("tape", {
  setup: { sample: true },
});

/** The owner's page at `path`, once it shows `shown`. */
async function at(
  path: string,
  shown: string,
  {
    size = DESKTOP,
    theme = "light",
  }: { size?: typeof DESKTOP | typeof PHONE; theme?: "dark" | "light" } = {},
): Promise<Watched> {
  const watched = await app.at(path, size, theme);
  await watched.page.locator(shown).first().waitFor();
  return watched;
}

const focused = (page: Page): Promise<string | null> => page.locator(":focus").textContent();

describe("the room", () => {
  test("shows a lane for each item of the list, and the list says more", async () => {
    const { page, faults } = await at("/app/incidents/INC-1", ".tape-room .tape-lane");
    const lanes = await page
      .locator(".tape-room .tape-lane")
      .evaluateAll((all) => all.map((lane) => lane.getAttribute("data-id")));
    const listed = await page
      .locator(".tape-list button")
      .evaluateAll((all) =>
        all.map((item) => [item.getAttribute("data-obligation"), item.textContent]),
      );
    expect(lanes.length).toBeGreaterThan(4);
    expect(listed.map(([id]) => id)).toEqual(lanes);
    const said = listed.map(([, text]) => text).join("\n");
    expect(said).toMatch(
      /^Notify Kestrel Bank, to a customer, due \w+day \d+ \w+ \d\d:\d\d CES?T, in \d+ hours.*, not started, prep starts \w+day \d\d:\d\d/m,
    );
    expect(said).toMatch(/^Mitigate, our target, met \w+day/m);
    const summary = await page.locator(".tape-room").getAttribute("aria-label");
    expect(summary).toMatch(/^INC-1: \d open, nothing is overdue; next is .+\.$/);
    expect(faults).toEqual([]);
  });

  test.each(["light", "dark"] as const)("can be read by everybody: %s", async (theme) => {
    const { page } = await at("/app/incidents/INC-1", ".tape-room", { theme });
    // A timeline that is still being read is no list yet.
    await page.locator(".timeline-line").first().waitFor();
    await expectAccessible(page, `room ${theme}`);
    await page.getByRole("button", { name: /^List, / }).click();
    await expectAccessible(page, `room with its list ${theme}`);
  });

  test("is walked by arrows: down through the lanes, right through the due marks", async () => {
    const { page } = await at("/app/incidents/INC-1", ".tape-room");
    await page.keyboard.press("n");
    const first = await focused(page);
    expect(first).toMatch(/^Notify /);
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).not.toBe(first);
    await page.keyboard.press("ArrowUp");
    expect(await focused(page)).toBe(first);
    expect(await page.locator(".tape-focused").getAttribute("data-id")).toContain("@customer:");
    expect(await page.getByText("our night").isVisible()).toBe(true);
    const dues: string[] = [];
    for (let step = 0; step < 3; step += 1) {
      dues.push((await page.locator(":focus").getAttribute("data-due")) ?? "");
      await page.keyboard.press("ArrowRight");
    }
    expect(dues).toEqual([...dues].sort());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Why this time?" }).waitFor();
  });

  test("turns its scale with Z and its zone with U, and now stays where it is", async () => {
    const { page } = await at("/app/incidents/INC-1", ".tape-room");
    const nowAt = () => page.locator(".tape-room .tape-now").getAttribute("d");
    const before = await nowAt();
    const says = () => page.locator(".tape-room").textContent();
    expect(await says()).toContain("to 7 days");
    await page.keyboard.press("z");
    await expect.poll(says).toContain("next 72 h");
    expect(await says()).not.toContain("to 7 days");
    expect((await nowAt())?.split(" ")[0]).toBe(before?.split(" ")[0]);
    await page.keyboard.press("u");
    await expect.poll(says).toMatch(/^UTC/);
    for (const _ of [1, 2, 3]) await page.keyboard.press("z");
    await expect.poll(says).toContain("to 7 days");
  });

  test("shows ghosts with G G, and hides them again", async () => {
    const opened = await owner.client.send("OpenIncident", "", {
      title: "Somebody signed in from where nobody is",
      severity: "sev1",
      reason: "It may be a breach.",
    });
    if (!opened.ok) throw new Error(opened.problems[0].message);
    const { page } = await at(`/app/incidents/${opened.value.subject.split("/")[1]}`, ".tape-room");
    const listed = () => page.locator(".tape-list button").allTextContents();
    expect((await listed()).some((text) => text.startsWith("If confirmed now"))).toBe(false);
    await page.keyboard.press("g");
    await page.keyboard.press("g");
    await expect
      .poll(
        async () => (await listed()).filter((text) => text.startsWith("If confirmed now")).length,
      )
      .toBeGreaterThan(0);
    await page.keyboard.press("g");
    await page.keyboard.press("g");
    await expect
      .poll(async () => (await listed()).some((text) => text.startsWith("If confirmed now")))
      .toBe(false);
  });

  test("lights the entry that started the clock that is pointed at, and leads there", async () => {
    const { page } = await at("/app/incidents/INC-1", ".tape-room");
    const lane = page.locator(".tape-room .tape-lane", { hasText: "Oakline" });
    await lane.hover();
    await expect
      .poll(() => page.locator(".timeline-pointed").textContent())
      .toContain("Oakline is affected");
    await lane.locator(".tape-hook").click();
    await expect
      .poll(() => page.locator('.timeline-line[aria-current="true"]').textContent())
      .toMatch(/Confirmed|affected/);
  });

  test("with Shift held, the pointer asks for how it stood then", async () => {
    const { page } = await at("/app/incidents/INC-1", ".tape-room");
    const box = await page.locator(".tape-room").boundingBox();
    if (!box) throw new Error("no tape");
    await page.keyboard.down("Shift");
    await page.mouse.move(box.x + 168 + 0.2 * (box.width - 168), box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 168 + 0.12 * (box.width - 168), box.y + 60, { steps: 4 });
    expect(await page.locator(".tape-scrub").textContent()).toMatch(/^as of \d\d:\d\d CES?T$/);
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect.poll(() => new URL(page.url()).searchParams.get("asOf")).toMatch(/^20.+Z$/);
  });
});

test("counts by the minute, and by the second in the last ten minutes of the lane in focus", async () => {
  const { page } = await openSignedIn(browser, session);
  await page.clock.install();
  await page.goto(`${program.url}/app/incidents/INC-1`);
  const label = page.locator(".tape-focused .tape-label").first();
  await label.waitFor();
  expect(await label.textContent()).toMatch(/, \d+ h( \d+ m)?$/);
  const due = Number(await page.locator(".tape-list [tabindex='0']").getAttribute("data-due"));
  await page.clock.fastForward(due - Date.now() - 300_000);
  await expect.poll(() => label.textContent()).toMatch(/, 4 m \d+ s$|, 5 m$/);
  const before = await label.textContent();
  await page.clock.runFor(3_000);
  await expect.poll(() => label.textContent()).not.toBe(before);
});

test("on a telephone it runs down the screen, with the list below", async () => {
  const { page } = await at("/app/incidents/INC-1", ".room-leaves", { size: PHONE });
  await page.getByRole("button", { name: /^Owed/ }).click();
  await page.locator(".tape-down .tape-lane").first().waitFor();
  const [top, height] = await page.locator(".tape-down").evaluate((svg) => {
    const line = svg.querySelector(".tape-now")?.getBoundingClientRect();
    const whole = svg.getBoundingClientRect();
    return [(line?.top ?? 0) - whole.top, whole.height];
  });
  expect(Math.abs((top ?? 0) / (height ?? 1) - 0.2)).toBeLessThan(0.01);
  await expectAccessible(page, "tape on a telephone");
});

test("on paper it stands as it is, and the list is a table", async () => {
  const { page } = await at("/app/incidents/INC-1", ".tape-room");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".tape-room").isVisible()).toBe(true);
  expect(await page.locator("table.print-only").isVisible()).toBe(true);
  expect(await page.locator(".tape-foot").isVisible()).toBe(false);
  const whole = await at("/app/incidents/INC-1/paper", ".paper-tape .tape-lane");
  expect(await whole.page.locator(".paper table").first().isVisible()).toBe(true);
  expect(whole.faults).toEqual([]);
});

describe("the strip", () => {
  test("stands on every page with the next three, 28 pixels high", async () => {
    for (const path of ["/app/inbox", "/app/parties", "/app/policy"]) {
      const { page } = await at(path, ".strip-list li");
      expect((await page.locator(".strip").boundingBox())?.height).toBe(28);
      expect(await page.locator(".strip-list li").count()).toBe(3);
    }
  });

  test("says once, to those who listen, that an hour is left and that it is overdue", async () => {
    const { page } = await openSignedIn(browser, session);
    await page.clock.install();
    await page.goto(`${program.url}/app/parties`);
    await page.locator(".strip-list li").first().waitFor();
    const urgent = () => page.locator('.strip [role="alert"]').textContent();
    expect(await urgent()).toBe("");
    const due = await page.locator(".strip-list time").first().getAttribute("datetime");
    const left = Date.parse(due ?? "") - Date.now();
    await page.clock.fastForward(left + 120_000);
    await expect.poll(urgent).toMatch(/^Overdue: .+ was due \w+day/);
  });
});

test("Due stacks its rows under one head, so that now is at one place", async () => {
  const { page, faults } = await at("/app/due", ".lane .tape-row");
  const places = await page.locator(".lane .tape-row .tape-now, .tape-head").evaluateAll((all) =>
    all.map((line) => {
      const box = line.getBoundingClientRect();
      return line.classList.contains("tape-head")
        ? box.left + 0.24 * box.width
        : box.left + box.width / 2;
    }),
  );
  expect(places.length).toBeGreaterThan(3);
  for (const place of places) expect(Math.abs(place - (places[0] ?? 0))).toBeLessThanOrEqual(1);
  await expectAccessible(page, "due");
  expect(faults).toEqual([]);
});
