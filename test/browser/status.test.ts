/**
 * The status page and the banner on a real installation, in a real browser: written in the
 * app, read without scripts at both sizes and in both themes, and a banner on a page of
 * another origin under the strictest policy that lets it in.
 */

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, constants, brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { htmlFaults } from "../html.ts";
import { valueOf } from "../owner.ts";
import { openApp } from "./app.ts";
import {
  DESKTOP,
  expectAccessible,
  inBerlin,
  openPage,
  openSignedIn,
  PHONE,
  shot,
  sideways,
} from "./browser.ts";

const WIDE = { width: 1440, height: 900 } as const;
const MAIN_HOUR_MS = 3_600_000;
const { owner, program, browser, session } = await openApp("status", { setup: { sample: false } });

const soon = (): string => new Date(Date.now() + MAIN_HOUR_MS).toISOString();

beforeAll(async () => {
  const { client } = owner;
  valueOf(
    await client.send("OpenIncident", "", {
      title: "Brimstone export",
      severity: "sev1",
      reason: "Seen live",
    }),
  );
  for (const [name, about] of [
    ["Exports", "CSV and PDF"],
    ["Sign-in", "Passwords, passkeys and single sign-on"],
    ["API", "Reading and writing"],
    ["Search", "Over everything"],
  ] as const)
    valueOf(await client.send("DescribeComponent", "", { name, about }));
}, 120_000);

test("an update is written in the app, kept from saying what is private, and read by everybody", async () => {
  const { page, context, faults } = await openSignedIn(browser, session, WIDE);
  await page.goto(`${program.url}/app/notices`);
  await page.getByRole("link", { name: "Status page" }).click();
  await page.getByRole("button", { name: "New update" }).click();
  await page.getByLabel("Title, for everybody").fill("Exports are slow");
  await page.getByLabel("Exports", { exact: true }).selectOption("degraded");
  const words = page.getByLabel("What they should know");
  await words.fill("The Brimstone export is slow.");
  await page.getByText("is a word from inside").waitFor();
  const publish = page.getByRole("button", { name: /^Publish it/ });
  expect(await publish.getAttribute("aria-disabled")).toBe("true");
  await words.fill("Exports take up to an hour. Nothing is lost.\n\nWe look for the cause.");
  await page.getByText("Nothing was found.").waitFor();
  await publish.click();
  await page.getByText("Say by when the next update comes").waitFor();
  await page.getByLabel("Next update by").fill(inBerlin(2 * MAIN_HOUR_MS));
  await expectAccessible(page, "writing a status");
  await shot(page, "status-write-desktop");
  await publish.click();
  await page.getByRole("heading", { name: "Exports are slow" }).waitFor();
  await page.getByRole("button", { name: /^Correct/ }).click();
  await words.fill("Exports take up to two hours. Nothing is lost.\n\nWe look for the cause.");
  await page.getByRole("button", { name: "Publish the correction" }).click();
  await page.locator("del").waitFor();
  await page.getByText("Nobody has it in hand yet.").waitFor();
  await page.getByRole("button", { name: /^I have it/ }).click();
  await page.getByText("You have it in hand.").waitFor();
  await shot(page, "status-taken-desktop");
  await expectAccessible(page, "the status page in the app");
  await page.goto(`${program.url}/app/due`);
  await page.getByText("The status page").first().waitFor();
  await context.close();
  expect(faults).toEqual([]);
  const read = await (await fetch(`${program.url}/status`)).text();
  expect(read).toContain("Exports take up to two hours.");
  expect(read).toMatch(/<del class="was">Exports take up to an hour\./);
  expect(read).not.toContain("Brimstone");
});

/** A past, and maintenance to come, so that every part of the page is there. */
async function fill(): Promise<void> {
  const { client } = owner;
  for (const title of ["Sign-in failed for some", "Search was down"]) {
    valueOf(
      await client.send("OpenStatus", "", {
        title,
        state: "identified",
        text: "We know the cause, and mend it.",
        components: { search: "major-outage" },
        nextAt: soon(),
      }),
    );
    const { items } = valueOf(await client.read("status"));
    valueOf(
      await client.send("UpdateStatus", "", {
        status: items[0]?.id ?? "",
        state: "resolved",
        text: "It works as before.",
      }),
    );
  }
  valueOf(
    await client.send("OpenStatus", "", {
      kind: "maintenance",
      title: "A new database",
      state: "scheduled",
      text: "Exports pause while we move them.",
      components: { exports: "maintenance" },
      startsAt: new Date(Date.now() + 24 * MAIN_HOUR_MS).toISOString(),
      endsAt: new Date(Date.now() + 26 * MAIN_HOUR_MS).toISOString(),
    }),
  );
}

test("the page, one event and the history are read by everybody, small, without a script", async () => {
  await fill();
  const { items } = valueOf(await owner.client.read("status"));
  const year = inBerlin(0).slice(0, 4);
  const paths = [
    "/status",
    `/status/${items.at(-1)?.id}`,
    `/status/history/${year}`,
    "/status/S-222222",
  ];
  for (const [name, size, theme] of [
    ["desktop", WIDE, "light"],
    ["desktop-dark", WIDE, "dark"],
    ["phone", PHONE, "light"],
    ["phone-dark", PHONE, "dark"],
  ] as const) {
    const { page, context, faults } = await openPage(browser, size, theme);
    for (const path of paths) {
      await page.goto(program.url + path);
      await expectAccessible(page, `${path} ${name}`);
      expect([path, name, await sideways(page)]).toEqual([path, name, 0]);
      const served = await (
        await fetch(program.url + path, { headers: { accept: "text/html" } })
      ).text();
      expect(await htmlFaults(served)).toEqual([]);
      await shot(page, `public${path.replaceAll("/", "-").replace(/S-.*/, "one")}-${name}`);
    }
    await context.close();
    expect(faults).toEqual([]);
  }
});

test("page and sheet together are at most 14 kB, in two requests", async () => {
  const get = async (path: string) => {
    const answer = await fetch(program.url + path, { headers: { "accept-encoding": "br" } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    // fetch unpacks by itself: it is packed again as the server does.
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
    const packed = brotliCompressSync(bytes, quality);
    expect(brotliDecompressSync(packed).equals(bytes)).toBe(true);
    return { text: bytes.toString(), size: packed.length };
  };
  const page = await get("/status");
  const loaded = [
    ...page.text.matchAll(/<(?:link rel="stylesheet" href|script src|img src)="([^"]+)"/g),
  ];
  expect(loaded.length).toBe(1);
  const sheet = await get(loaded[0]?.[1] ?? "");
  expect(page.size + sheet.size).toBeLessThan(14 * 1024);
});

const DOCS = readFileSync("docs/banner.md", "utf8");
const fenced = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(DOCS)?.[1] ?? "";

/** A page of another origin, with what the document says it needs, and what the browser reports. */
async function elsewhere(html: string, script: string, csp: string) {
  const reports: string[] = [];
  const other: Server = createServer((request, response) => {
    if (request.url === "/report") {
      request.on("data", (part: Buffer) => reports.push(part.toString()));
      request.on("end", () => response.end());
      return;
    }
    const isScript = request.url === "/app.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.setHeader(
      "content-security-policy",
      `default-src 'none'; base-uri 'none'; ${csp}; report-uri /report`,
    );
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  return { url, reports, close: () => other.close() };
}

const ours = (text: string, token: string): string =>
  text.replaceAll("https://respond.fennel.example", program.url).replaceAll("bt_...", token);

test("a banner shows on a page of another origin under a strict policy, and is put away", async () => {
  const { client } = owner;
  valueOf(await client.send("MakeBannerToken", "", { audience: "eu-region" }));
  const token = valueOf(await client.read("banners")).tokens[0]?.token ?? "";
  const text = `Exports are slow <img src=x onerror=alert(1)>`.replace(
    /<.*>/,
    "& nothing is lost.",
  );
  valueOf(
    await client.send("PublishBanner", "", {
      text,
      audience: "eu-region",
      level: "warning",
      endsAt: soon(),
      link: "https://status.fennel.example/status",
      linkText: "How it stands",
    }),
  );
  const html = `<!doctype html><html lang="en"><title>Product</title><body><main><h1>Product</h1></main>${ours(fenced("html"), token)}</body></html>`;
  const other = await elsewhere(html, "", ours(fenced("csp"), token).trim());
  const { page, context, faults } = await openPage(browser, DESKTOP);
  await page.goto(other.url);
  await page.getByRole("status").getByText(text).waitFor();
  expect(await page.getByRole("link", { name: "How it stands" }).getAttribute("href")).toBe(
    "https://status.fennel.example/status",
  );
  await expectAccessible(page, "a page with a banner").catch((error: unknown) => {
    // The page's own policy keeps axe's eval out: what it may not run it cannot find.
    if (!String(error).includes("unsafe-eval")) throw error;
  });
  await shot(page, "banner-elsewhere");
  await page.getByRole("button", { name: "Dismiss" }).click();
  expect(await page.getByText(text).count()).toBe(0);
  // Listened for beforehand: the answer may be there before the page says that it has loaded.
  const answered = page.waitForResponse((answer) => answer.url().includes("/banner.json"));
  await page.reload();
  await answered;
  expect(await page.getByText(text).count()).toBe(0);
  await context.close();
  other.close();
  expect(other.reports).toEqual([]);
  expect(faults.filter((fault) => !fault.includes("unsafe-eval"))).toEqual([]);
});

test("the script is small, and an old answer never outlives the banner", async () => {
  const script = await fetch(`${program.url}/banner.js`);
  expect((await script.text()).length).toBeLessThan(3 * 1024);
  expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const { client } = owner;
  const endsAt = new Date(Date.now() + 20_000).toISOString();
  valueOf(
    await client.send("PublishBanner", "", { text: "For a moment.", level: "critical", endsAt }),
  );
  const answer = await fetch(`${program.url}/banner.json`);
  const age = Number(/max-age=(\d+)/.exec(answer.headers.get("cache-control") ?? "")?.[1]);
  expect(age).toBeLessThanOrEqual(20);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  const etag = answer.headers.get("etag") ?? "";
  const again = await fetch(`${program.url}/banner.json`, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
  const { items, tokens } = valueOf(await client.read("banners"));
  valueOf(await client.send("EndBanner", "", { banner: items[0]?.id ?? "", reason: "Over." }));
  expect(await (await fetch(`${program.url}/banner.json`)).json()).toEqual({ banner: null });
  const token = tokens[0]?.token ?? "";
  const own = `${program.url}/banner.json?token=${token}`;
  expect(await (await fetch(own)).json()).toMatchObject({ banner: { level: "warning" } });
  const last = token.endsWith("A") ? "B" : "A";
  const forged = `${program.url}/banner.json?token=${token.slice(0, -1)}${last}`;
  expect((await fetch(forged)).status).toBe(403);
  valueOf(await client.send("RevokeBannerToken", "", { token, reason: "Gone." }));
  expect((await fetch(own)).status).toBe(403);
});

test("the example for React shows it too, with connect-src alone", async () => {
  const { client } = owner;
  valueOf(await client.send("PublishBanner", "", { text: "Read by React.", endsAt: soon() }));
  const entry = `import { createRoot } from "react-dom/client";
    ${fenced("jsx")}
    createRoot(document.getElementById("here")).render(<Banner from="${program.url}" />);`;
  const built = await build({
    stdin: { contents: entry, loader: "jsx", resolveDir: process.cwd() },
    bundle: true,
    write: false,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = built.outputFiles[0]?.text ?? "";
  const html = `<!doctype html><html lang="en"><title>Product</title><body><div id="here"></div><script src="/app.js"></script></body></html>`;
  const other = await elsewhere(html, script, `script-src 'self'; connect-src ${program.url}`);
  const { page, context, faults } = await openPage(browser, DESKTOP);
  await page.goto(other.url);
  await page.getByRole("status").getByText("Read by React.").waitFor();
  await context.close();
  other.close();
  expect(other.reports).toEqual([]);
  expect(faults).toEqual([]);
});

test("banners are published and ended in the app", async () => {
  const { page, context, faults } = await openSignedIn(browser, session, PHONE, "dark");
  await page.goto(`${program.url}/app/banners`);
  await page.getByRole("button", { name: "New banner" }).click();
  await page.getByLabel("What it says").fill("Search is down. We mend it.");
  await page.getByLabel("Level").selectOption("critical");
  await page.getByLabel("It ends").fill(inBerlin(2 * MAIN_HOUR_MS));
  await page.getByText("Nothing was found.").waitFor();
  await expectAccessible(page, "publishing a banner");
  await shot(page, "banner-write-phone-dark");
  await page.getByRole("button", { name: "Show it to everybody" }).click();
  await page
    .getByRole("button", { name: /^End it now B-/ })
    .first()
    .waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, "banners");
  await shot(page, "banners-phone-dark");
  await page.goto(`${program.url}/app/status`);
  await page.getByRole("heading", { name: "A new database" }).waitFor();
  expect(await sideways(page)).toBe(0);
  await expectAccessible(page, "the status page on a telephone");
  await shot(page, "status-app-phone-dark");
  await context.close();
  expect(faults).toEqual([]);
});
