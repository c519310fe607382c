/**
 * The public pages as files, served below a path by a server that knows nothing, while
 * the installation that they came from cannot be reached.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { must, SOLO, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { exportSite } from "../../src/server/site.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { htmlFaults } from "../html.ts";
import { removeFolder, scratchFolder } from "../program.ts";
import { DESKTOP, expectAccessible, openBrowser, openPage, PHONE } from "./browser.ts";

const URL_OF = "https://ops.fennel.example/due";
const BELOW = "/mirror/fennel";
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  ico: "image/svg+xml",
};

let server: TestServer;
let it: TestInstallation;
let folder: string;
let plain: Server;
let url: string;
let browser: Browser;
const asked: string[] = [];

beforeAll(async () => {
  server = await testServer();
  it = await testInstallation(server);
  await publish("4");
  await publish("5");
  folder = join(scratchFolder("site"), "public");
  expect((await exporting()).ok).toBe(true);
  plain = createServer((request, response) => {
    asked.push(request.url ?? "");
    const name = (request.url ?? "").split("?")[0]?.slice(BELOW.length) ?? "";
    const file = join(folder, name.endsWith("/") ? `${name}index.html` : name);
    const found = request.url?.startsWith(BELOW) && fs.statSync(file, { throwIfNoEntry: false });
    if (!found || !found.isFile()) return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[file.split(".").at(-1) ?? ""] ?? "text/plain",
    });
    response.end(fs.readFileSync(file));
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}${BELOW}`;
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  plain?.close();
  await server?.stop();
  if (folder) removeFolder(join(folder, ".."));
});

const exporting = (to = folder) => exportSite(it, { url: URL_OF }, to, it.now());

const publish = (version: string) => {
  const text = SOLO.replace('version: "3"', `version: "${version}"`);
  const command = { type: "PublishPolicy", text, alone: "Ada alone owns" } as const;
  return must(
    it.handling.handle({ subject: "policy", at: it.now(), by: "account/ac_ada", command }),
  );
};

const pages = (): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => fs.statSync(join(folder, name)).isFile());

test("every file is listed with its hash, and sha256sum finds them as they were written", () => {
  const said = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
  const listed = said
    .trim()
    .split("\n")
    .map((line) => line.replace(/: OK$/, ""));
  expect([...listed, "SHA256SUMS"].sort()).toEqual([...pages()].sort());
  expect(fs.readFileSync(join(folder, "policy/v/1.yaml"), "utf8")).toBe(SOLO);
});

test("every link leads to a file that is there, or says where the original is", async () => {
  const seen = new Set<string>();
  const broken: string[] = [];
  const outside = new Set<string>();
  const queue = [`${url}/`];
  const ids = new Map<string, string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const [address = "", anchor] = next.split("#");
    if (!seen.has(address)) {
      seen.add(address);
      const answer = await fetch(address);
      const text = await answer.text();
      ids.set(address, text);
      if (!answer.ok) broken.push(address);
      if (/\.(?:html|atom)$|\/$/.test(address))
        for (const [, link = ""] of text.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)) {
          const to = new URL(link, address);
          if (to.href.startsWith(`${url}/`)) queue.push(to.href);
          else outside.add(to.href);
        }
    }
    const isThere = anchor === undefined || ids.get(address)?.includes(` id="${anchor}"`);
    if (!isThere) broken.push(next);
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(15);
  for (const name of ["policy/v/1.yaml", "policy/diff/1..2/index.html", "policy/feed.atom"])
    expect([...seen]).toContain(`${url}/${name}`);
  // The form lives at the original, and the policy's own texts name other places.
  const live = [...outside].filter((link) => link.startsWith(URL_OF)).sort();
  expect(live).toEqual([`${URL_OF}/report`, `${URL_OF}/subscribe`]);
});

test("in a browser it looks like the original, and asks nobody else for anything", async () => {
  for (const [size, theme] of [
    [DESKTOP, "light"],
    [PHONE, "dark"],
  ] as const) {
    const { page, context, faults } = await openPage(browser, size, theme);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    for (const path of ["/", "/policy/", "/past/", "/report/", "/policy/diff/1..2/"]) {
      await page.goto(url + path);
      await expectAccessible(page, path);
      expect(await page.evaluate("getComputedStyle(document.body).display")).toBe("flex");
      expect(await page.textContent("main")).toContain("A copy, made Fri 20 Nov 2026, 17:30 UTC");
    }
    expect(requests.filter((one) => !one.startsWith(url))).toEqual([]);
    await context.close();
    expect(faults).toEqual([]);
  }
});

test("it takes no reports, and promises nothing about this moment", async () => {
  const report = await (await fetch(`${url}/report/`)).text();
  expect(report).not.toContain("<form");
  expect(report).toContain(`The form is at <a href="${URL_OF}/report">`);
  expect(report).toContain("mailto:security@fennel.example");
  expect(report).toContain('href="../openpgp-key.asc"');
  for (const page of [report, await (await fetch(`${url}/`)).text()])
    expect(page).not.toContain("Sent now");
});

test("its pages are valid HTML", async () => {
  for (const name of pages().filter((one) => one.endsWith(".html"))) {
    const found = await htmlFaults(fs.readFileSync(join(folder, name), "utf8"));
    expect([name, found]).toEqual([name, []]);
  }
});

test("exported again, what is gone is gone, and what somebody put there stays", async () => {
  fs.writeFileSync(join(folder, "CNAME"), "mirror.fennel.example\n");
  fs.writeFileSync(join(folder, "old.html"), "Old.");
  fs.writeFileSync(join(folder, "../beside"), "Not ours.");
  const list = join(folder, "SHA256SUMS");
  const none = "0".repeat(64);
  fs.appendFileSync(list, `${none}  old.html\n${none}  ../beside\n`);
  expect((await exporting()).ok).toBe(true);
  expect(pages()).toContain("CNAME");
  expect(pages()).not.toContain("old.html");
  expect(fs.existsSync(join(folder, "../beside"))).toBe(true);
});

test("a folder that holds something else is not written into", async () => {
  const other = scratchFolder("other");
  fs.writeFileSync(join(other, "thesis.txt"), "Mine.");
  const refused = await exporting(other);
  expect(refused.ok ? "" : refused.problems[0].code).toBe("site-folder-taken");
  expect(fs.readdirSync(other)).toEqual(["thesis.txt"]);
  removeFolder(other);
});
