/**
 * Getting in: by a password, by a password and an authenticator's code, by a passkey of the
 * device; and not getting in any more once either was taken back.
 */

import { join } from "node:path";
import jsQR from "jsqr";
import { TOTP } from "otpauth";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { ADA, setUp, signedIn, valueOf } from "../owner.ts";
import { freePort, removeFolder, scratchFolder, startProgram } from "../program.ts";
import {
  DESKTOP,
  expectAccessible,
  keepSession,
  openBrowser,
  openPage,
  PHONE,
  shot,
} from "./browser.ts";

const folder = scratchFolder("login");
const port = await freePort();
/** By a name: at an address no browser makes a passkey. */
const url = `http://localhost:${port}`;
const [program, browser]: [Awaited<ReturnType<typeof startProgram>>, Browser] = await Promise.all([
  startProgram({ data: join(folder, "data"), port, env: { DUE_URL: url }, isPrepared: true }),
  openBrowser(),
]);
afterAll(async () => {
  await browser.close();
  await program.stop();
  removeFolder(folder);
});
const owner = await setUp({ url, data: program.data });

const SETTINGS = "/app/settings";

/** Somebody who is not signed in, and wants to look at the settings. */
async function stranger(size: typeof DESKTOP | typeof PHONE = DESKTOP) {
  const watched = await openPage(browser, size);
  await watched.page.goto(url + SETTINGS);
  await watched.page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  return watched;
}

async function type(page: Page, password: string, code?: string): Promise<void> {
  await page.getByLabel("Mail address").fill(ADA.mail);
  await page.getByLabel("Password").fill(password);
  if (code !== undefined) await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

const inside = (page: Page): Promise<void> =>
  page.getByRole("heading", { name: "Second factor" }).waitFor();

const sessionOf = async (context: BrowserContext): Promise<string> =>
  (await context.cookies()).find(({ name }) => name === "due-session")?.value ?? "";

/** Whether somebody with that session is let in: what the API answers them. */
const isLetIn = async (session: string): Promise<boolean> =>
  (await signedIn({ url }, `due-session=${session}`).client.read("me", {})).ok;

test("a wrong password is refused in a sentence, the right one leads where one wanted to go", async () => {
  const { page, context, faults } = await stranger(PHONE);
  await type(page, "not the right password");
  await page.getByText("Mail address, password or code is wrong.").waitFor();
  await expectAccessible(page, "login");
  await shot(page, "login-wrong");
  await type(page, ADA.password);
  await inside(page);
  expect(new URL(page.url()).pathname).toBe(SETTINGS);
  expect(await isLetIn(await sessionOf(context))).toBe(true);
  expect(faults).toEqual([]);
});

type Seen = { readonly width: number; readonly height: number; readonly pixels: number[] };

/** What a camera reads there, from the page as it is painted. */
async function readCode(image: Locator): Promise<string | undefined> {
  const png = (await image.screenshot()).toString("base64");
  const { width, height, pixels } = await image.page().evaluate<Seen>(`(async () => {
    const bytes = Uint8Array.from(atob("${png}"), (char) => char.charCodeAt(0));
    const drawn = await createImageBitmap(new Blob([bytes]));
    const { width, height } = drawn;
    const paper = new OffscreenCanvas(width, height).getContext("2d");
    paper.drawImage(drawn, 0, 0);
    return { width, height, pixels: [...paper.getImageData(0, 0, width, height).data] };
  })()`);
  return jsQR.default(Uint8ClampedArray.from(pixels), width, height)?.data;
}

test("a code is asked once a second factor is set, and only one that was not used opens", async () => {
  const { page, context } = await stranger();
  await type(page, ADA.password);
  await inside(page);
  await page.getByRole("button", { name: "Set a second factor" }).click();
  const link = page.getByRole("link", { name: "open it in the authenticator" });
  const uri = (await link.getAttribute("href")) ?? "";
  expect(await readCode(page.getByRole("img", { name: /^The key, for the camera/ }))).toBe(uri);
  const app = new TOTP({ secret: new URL(uri).searchParams.get("secret") ?? "" });
  await page.getByLabel("The code that it shows").fill("000000");
  await page.getByRole("button", { name: "Ask for a code from now on" }).click();
  await page.getByText(/This code is wrong or too old/).waitFor();
  await expectAccessible(page, "second factor");
  await shot(page, "login-second-factor");
  await page.getByLabel("The code that it shows").fill(app.generate());
  await page.getByRole("button", { name: "Ask for a code from now on" }).click();
  await page.getByText("A code from your authenticator is asked at every login.").waitFor();

  const another = await stranger();
  await type(another.page, ADA.password);
  await another.page
    .getByText(/Type the six digits/)
    .first()
    .waitFor();
  await shot(another.page, "login-code");
  expect(await sessionOf(another.context)).toBe("");
  const code = app.generate();
  await type(another.page, ADA.password, code);
  await inside(another.page);

  const third = await stranger();
  await type(third.page, ADA.password);
  await third.page.getByLabel("Code").waitFor();
  await type(third.page, ADA.password, code);
  await third.page.getByText("Mail address, password or code is wrong.").waitFor();
  expect(await sessionOf(third.context)).toBe("");

  await page.getByLabel("Your password").fill(ADA.password);
  await page.getByRole("button", { name: "Remove the second factor" }).click();
  await page.getByRole("button", { name: "Set a second factor" }).waitFor();
  expect(await isLetIn(await sessionOf(context))).toBe(true);
});

/** A security key that says yes, in that page's browser. */
async function plugIn({
  page,
  context,
}: {
  readonly page: Page;
  readonly context: BrowserContext;
}) {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey that this device made opens without a password, until it is removed", async () => {
  const { page, context, faults } = await stranger();
  await plugIn({ page, context });
  await type(page, ADA.password);
  await inside(page);
  await page.getByLabel("Name of the new one").fill("Ada's laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const line = page.getByRole("listitem").filter({ hasText: "Ada's laptop, made" });
  await line.waitFor();
  await shot(page, "login-passkeys");

  await context.clearCookies();
  await page.goto(url + SETTINGS);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await inside(page);
  expect(await isLetIn(await sessionOf(context))).toBe(true);

  await line.getByRole("button", { name: "Remove" }).click();
  await line.waitFor({ state: "detached" });
  await context.clearCookies();
  await page.goto(url + SETTINGS);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText(/This passkey was not accepted/).waitFor();
  expect(await sessionOf(context)).toBe("");
  expect(faults).toEqual([]);
});

test("an owner gives somebody another role, and removes nobody by one press", async () => {
  const { page, faults } = await stranger();
  await type(page, ADA.password);
  await inside(page);
  const people = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "People" }) });
  await people.getByLabel("Name").fill("Ben Okafor");
  await people.getByLabel("Mail address").fill("ben@fennel.example");
  await people.getByRole("button", { name: "Invite them" }).click();
  const ben = people.getByRole("listitem").filter({ hasText: "Ben Okafor" });
  const role = ben.getByLabel("What Ben Okafor may do");
  await role.selectOption("reader");
  await page.reload();
  await inside(page);
  expect(await role.inputValue()).toBe("reader");
  // The last owner cannot be made something else, and is told so.
  await people.getByLabel("What Ada Lindqvist may do").selectOption("reader");
  await page
    .getByText(/owner/)
    .filter({ hasText: /last|another/i })
    .first()
    .waitFor();
  expect(await people.getByLabel("What Ada Lindqvist may do").inputValue()).toBe("owner");

  await ben.getByRole("button", { name: "Remove…" }).click();
  await expectAccessible(page, "people");
  await shot(page, "people");
  await ben.getByRole("button", { name: "Keep them" }).click();
  await ben.getByRole("button", { name: "Remove…" }).click();
  await ben.getByRole("button", { name: "Remove Ben Okafor" }).click();
  await ben.waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});

test("a reader is shown no list of people that they may not read, and nothing is asked in vain", async () => {
  const made = await owner.client.call<{ readonly link: string }>("POST", "/api/v1/people/invite", {
    name: "Rhea",
    mail: "rhea@fennel.example",
    role: "reader",
  });
  const { page, context } = await openPage(browser, DESKTOP);
  const refused: string[] = [];
  page.on("response", (answer) => {
    if (answer.status() === 403) refused.push(answer.url());
  });
  const token = new URL(valueOf(made).link).hash.slice(1);
  const joined = await fetch(`${url}/api/v1/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, password: ADA.password }),
  });
  await keepSession(context, url, (joined.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
  await page.goto(url + SETTINGS);
  await page.getByRole("heading", { name: "This installation" }).waitFor();
  expect(await page.getByRole("heading", { name: "People" }).count()).toBe(0);
  expect(refused).toEqual([]);
});

test("a changed password ends every other session, and the old one opens nothing", async () => {
  const { page, context } = await stranger();
  await type(page, ADA.password);
  await inside(page);
  const another = await stranger();
  await type(another.page, ADA.password);
  await inside(another.page);
  const theirs = await sessionOf(another.context);
  expect(await isLetIn(theirs)).toBe(true);

  await page.getByLabel("Present password").fill(ADA.password);
  await page.getByLabel("New password").fill("another long enough password");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("Changed.", { exact: true }).waitFor();
  expect(await isLetIn(theirs)).toBe(false);
  expect(await isLetIn(await sessionOf(context))).toBe(true);
  const third = await stranger();
  await type(third.page, ADA.password);
  await third.page.getByText("Mail address, password or code is wrong.").waitFor();
});
