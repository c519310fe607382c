/**
 * The first view: what of a page the server draws for whoever opens it. That it is theirs alone,
 * that it says what the API says, and that the app takes over from it without anybody noticing.
 */

import { createHash } from "node:crypto";
import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { type Owner, signedIn, valueOf } from "../owner.ts";
import { until } from "../program.ts";
import { type Size, openApp } from "./app.ts";
import { DESKTOP, openSignedIn, PHONE, shot } from "./browser.ts";

const { browser, owner, program, session } = await openApp("first", { setup: { sample: true } });
const ROOM = "/app/incidents/INC-1";
const TITLE = "Exposed export bucket";

type Sent = {
  readonly seq: number;
  readonly answers: readonly (readonly [
    [string, Record<string, string>, Record<string, unknown>],
    Record<string, unknown>,
  ])[];
};

const open = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(program.url + path, { headers });
  return { answer, html: await answer.text() };
};

const sentIn = (html: string): Sent =>
  JSON.parse(/id="first-answers">(.*?)<\/script>/s.exec(html)?.[1] ?? "null");

/** A page whose scripts wait until they are let go: what stands meanwhile, the server drew. */
async function openHeld(path: string, size: Size = DESKTOP, theme: "light" | "dark" = "light") {
  const watched = await openSignedIn(browser, session, size, theme);
  const held: Route[] = [];
  let isHeld = true;
  await watched.page.route(/\.js$/, (route) => (isHeld ? void held.push(route) : route.continue()));
  // Not goto, which would wait for the scripts.
  const go = `location.assign(${JSON.stringify(program.url + path)})`;
  await watched.page.evaluate(go).catch(() => undefined);
  const letGo = async (): Promise<void> => {
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
    await watched.page.locator("#first").waitFor({ state: "detached" });
  };
  return { ...watched, letGo };
}

/** Where what is read first stands, and what it says. */
const places = (page: Page): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll(
    "h1, .rail a, .strip-item, .room-head, .room-next, .tape-foot, .timeline-head, .timeline-line, .composer")]
    .filter((one) => one.getClientRects().length > 0)
    .map((one) => {
      const { x, y } = one.getBoundingClientRect();
      // How many minutes are left may change meanwhile.
      const says = one.textContent.replace(/\\d+/g, "0");
      return [says, Math.round(x), Math.round(y)];
    })
    .filter(([, , y]) => y < innerHeight - 40)`);

test("whoever is not signed in gets the page that everybody gets, and nothing of the incident", async () => {
  const [nobody, stranger] = await Promise.all([
    open(ROOM),
    open(ROOM, { cookie: `due-session=${"x".repeat(43)}` }),
  ]);
  expect(nobody.html).not.toContain(TITLE);
  expect(stranger.html).toBe(nobody.html);
  expect(nobody.answer.headers.get("etag")).not.toBeNull();
});

test("it is kept by nobody, and comes only where a page is opened by a session", async () => {
  const { cookie } = owner;
  const page = await open(ROOM, { cookie });
  expect(page.html).toContain(TITLE);
  expect(page.answer.headers.get("cache-control")).toBe("no-store");
  expect(page.answer.headers.get("etag")).toBeNull();
  expect(page.answer.headers.get("content-security-policy")).not.toContain("unsafe");
  const part = await open(ROOM, { cookie, "sec-fetch-dest": "iframe" });
  const token = await open(ROOM, { authorization: `Bearer ${await owner.token("read")}` });
  for (const { html } of [part, token]) expect(html).not.toContain(TITLE);
  const gone = await open("/app/incidents/INC-999", { cookie });
  expect(gone.html).not.toContain('<div id="first">');
});

test("what it was drawn with is what the API answers the same person, reader or owner", async () => {
  const made = await reader();
  for (const who of [owner, made]) {
    const { answers } = sentIn((await open(ROOM, { cookie: who.cookie })).html);
    expect(answers.map(([[name]]) => name)).toContain("timeline");
    for (const [[name, parameters, query], value] of answers) {
      const asked = await who.client.read(name as "incident", parameters, query);
      const { serverAt: _, ...said } = valueOf(asked) as unknown as Record<string, unknown>;
      const { serverAt: __, ...sent } = value;
      expect(sent, name).toEqual(said);
    }
  }
});

test.each([
  ["on a desk", DESKTOP, "light"],
  ["on a telephone, in the dark", PHONE, "dark"],
] as const)("the app stands where it was drawn, %s", async (name, size, theme) => {
  const { page, context, faults, letGo } = await openHeld(ROOM, size, theme);
  await page.locator("#first .timeline-line").first().waitFor();
  await page.evaluate("document.fonts.ready.then(() => true)");
  await shot(page, `first-drawn-${name}`, false);
  // What stands behind it, and will say the same, is not said to who listens.
  expect(await page.locator("#app").getAttribute("aria-hidden")).toBe("true");
  const drawn = await places(page);
  expect(drawn).not.toEqual([]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await letGo();
  expect(await places(page)).toEqual(drawn);
  const views = asked.filter((path) =>
    /\/api\/v1\/(?:me|people|incidents\/[^/]+(?:\/timeline)?|policies\/.*)$/.test(path),
  );
  expect(views).toEqual([]);
  expect(await page.locator("#app").getAttribute("aria-hidden")).toBeNull();
  await shot(page, `first-taken-${name}`, false);
  expect(faults).toEqual([]);
  await context.close();
});

test("what is recorded between the page and the app is on screen with the app", async () => {
  const { page, context, letGo } = await openHeld(ROOM);
  await page.locator("#first .timeline-line").first().waitFor();
  valueOf(
    await owner.client.send("Log", "INC-1", {
      text: "Written while the scripts were on their way.",
    }),
  );
  await letGo();
  await page.getByText("Written while the scripts were on their way.").waitFor();
  await context.close();
});

test("what somebody wrote is text in it, whatever it looks like", async () => {
  const hostile = `</script><img src=x onerror="document.title='run'"><!--<script> $& $' "quoted"`;
  valueOf(await owner.client.send("Log", "INC-1", { text: hostile }));
  const { html } = await open(ROOM, { cookie: owner.cookie });
  expect(html).not.toContain("<img src=x");
  expect(JSON.stringify(sentIn(html).answers)).toContain(JSON.stringify(hostile).slice(1, -1));
  const { page, context, faults, letGo } = await openHeld(ROOM);
  await page.locator("#first").getByText(hostile).waitFor();
  await letGo();
  await page.getByText(hostile).waitFor();
  expect(await page.title()).not.toBe("run");
  expect(faults).toEqual([]);
  await context.close();
});

test("without scripts it can be read and followed, and nothing in it can be pressed", async () => {
  const { page, context } = await openHeld(ROOM);
  await page.locator("#first").getByText(TITLE).waitFor();
  expect(await page.locator("#first :is(button, textarea):not([inert])").count()).toBe(0);
  expect(await page.locator("#first").getByRole("link", { name: "Due" }).getAttribute("href")).toBe(
    "/app/due",
  );
  const { html } = await open(ROOM, { cookie: owner.cookie });
  expect(html).toMatch(/<noscript>\s*<p[^>]*>\s*Working on incidents needs JavaScript/);
  await context.close();
});

test("each part is laid out in a turn of its own, by the only script that may stand in the page", async () => {
  const { answer, html } = await open(ROOM, { cookie: owner.cookie });
  const [turn = "", ...others] = new Set(
    [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = ""]) => script),
  );
  expect(others).toEqual([]);
  const parts = html.split(`<script>${turn}</script>`).slice(1);
  const named = parts.map((part) => /^<\w+[^>]*?(?:class|aria-label)="([^"]*)"/.exec(part)?.[1]);
  expect(named).toEqual(["Next due", "What is owed", "spread timeline-head", "composer"]);
  const said = answer.headers.get("content-security-policy") ?? "";
  expect(/script-src ([^;]*)/.exec(said)?.[1]).toBe(
    `'self' 'sha256-${createHash("sha256").update(turn).digest("base64")}'`,
  );
});

test("a device's own way to show things is drawn from the first", async () => {
  const { page, context } = await openSignedIn(browser, session);
  await page.goto(program.url + ROOM);
  await page.keyboard.press("3");
  await page.keyboard.press("u");
  await page.evaluate("localStorage.setItem('due-theme', 'dark')");
  await page.reload();
  const cookie = await until("the device has said so", async () => {
    const said = (await context.cookies(program.url + ROOM)).find(
      (one) => one.name === "due-shown",
    );
    return said?.value.includes("everything") ? said.value : undefined;
  });
  const { html } = await open(ROOM, { cookie: `${owner.cookie}; due-shown=${cookie}` });
  expect(html).toMatch(/<html data-theme="dark" /);
  expect(html).toMatch(/aria-pressed="true"[^>]*>Everything/);
  expect(html).toMatch(/timeline-day[^>]*>[^<]*UTC/);
  const bent = await open(ROOM, { cookie: `${owner.cookie}; due-shown=due-theme%3D%22%3E%3Cb%3E` });
  expect(bent.html).toMatch(/<html lang/);
  await context.close();
});

/** Rhea, who may read and nothing else. */
async function reader(): Promise<Owner> {
  const post = { method: "POST", headers: { "content-type": "application/json" } };
  const invited = valueOf(
    await owner.client.call<{ readonly link: string }>("POST", "/api/v1/people/invite", {
      name: "Rhea",
      mail: "rhea@fennel.example",
      role: "reader",
    }),
  );
  const [, token] = invited.link.split("#");
  const body = JSON.stringify({ token, password: "a long enough password" });
  const joined = await fetch(`${program.url}/api/v1/join`, { ...post, body });
  return signedIn(program, (joined.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
}
