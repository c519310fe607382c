import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Hono } from "hono";
import { webRoutes } from "./static.ts";
import type { AppEnv } from "../world.ts";

const folder = mkdtempSync(join(tmpdir(), "due-web-"));
mkdirSync(join(folder, "assets"));
const HTML = '<script src="./assets/main-1a2b.js"></script><a href="../policy">policy</a>';
writeFileSync(join(folder, "index.html"), HTML);
writeFileSync(join(folder, "built"), "");
writeFileSync(join(folder, "assets/main-1a2b.js"), "plain");
writeFileSync(join(folder, "assets/main-1a2b.js.br"), "brotli");
writeFileSync(join(folder, "assets/main-1a2b.js.gz"), "gzip");
writeFileSync(join(folder, "mark.svg"), "<svg/>");
writeFileSync(join(folder, "../secret.json"), "{}");

const app = new Hono<AppEnv>().route("/app", webRoutes(folder, "/due"));
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe("the built web app", () => {
  test.each(["/app", "/app/", "/app/incidents/INC-7", "/app/inbox/R-7QK4-M2"])(
    "%s is a page of the app, which finds its files below the base",
    async (path) => {
      const answer = await get(path);
      expect(await answer.text()).toBe(
        '<script src="/due/app/assets/main-1a2b.js"></script><a href="/due/policy">policy</a>',
      );
      expect(answer.headers.get("cache-control")).toBe("no-cache");
      const again = await get(path, { "if-none-match": answer.headers.get("etag") ?? "" });
      expect(again.status).toBe(304);
    },
  );

  test.each([
    ["br, gzip", "br", "brotli"],
    ["gzip, deflate", "gzip", "gzip"],
    ["br;q=0, gzip", "gzip", "gzip"],
    ["identity", null, "plain"],
  ])("a file is sent as Accept-Encoding: %s allows", async (accepted, encoding, text) => {
    const answer = await get("/app/assets/main-1a2b.js", { "accept-encoding": accepted });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(await answer.text()).toBe(text);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    // Nobody asks again for what never changes.
    expect(answer.headers.get("etag")).toBeNull();
    expect(answer.headers.get("vary")).toBe("Accept-Encoding");
  });

  test("index.html is compressed after it was told its base", async () => {
    const answer = await get("/app", { "accept-encoding": "br" });
    const html = brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString();
    expect(html).toContain("/due/app/assets/");
  });

  test.each([
    "/app/assets/gone.js",
    "/app/assets",
    "/app/built.txt",
    "/app/%2e%2e/secret.json",
    "/app/..%2fsecret.json",
    "/app/assets/..%2f..%2fsecret.json",
  ])("%s is no file of it", async (path) => {
    const answer = await get(path);
    expect(await answer.text()).not.toBe("{}");
    if (path !== "/app/assets") expect(answer.status).toBe(404);
  });

  test("without a built app nothing starts", () => {
    expect(() => webRoutes(mkdtempSync(join(tmpdir(), "due-none-")), "")).toThrow(
      "no built web app",
    );
  });
});

test("while the app is being built its pages say so, until it is there", async () => {
  const coming = mkdtempSync(join(tmpdir(), "due-coming-"));
  writeFileSync(join(coming, "coming"), "");
  const early = new Hono<AppEnv>().route("/app", webRoutes(coming, ""));
  const before = await early.request("/app/setup");
  expect(before.status).toBe(503);
  expect(before.headers.get("retry-after")).toBe("1");
  expect(await before.text()).toContain("It opens here by itself.");
  rmSync(coming, { recursive: true });
  expect((await early.request("/app/setup")).status).toBe(503);
  mkdirSync(coming);
  writeFileSync(join(coming, "index.html"), HTML);
  const after = await early.request("/app/setup");
  expect([after.status, await after.text()]).toEqual([200, expect.stringContaining("policy")]);
});

test("a folder that nothing is built in, and nothing is coming to, is a mistake", () => {
  const empty = mkdtempSync(join(tmpdir(), "due-empty-"));
  expect(() => webRoutes(empty, "")).toThrow("npm start builds it");
});
