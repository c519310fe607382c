/**
 * GnuPG, as a researcher has it: finds the key of the address for reports where mail
 * programs look for it, and verifies security.txt by it.
 *
 * GnuPG's own look-up asks the web by name; here it names the place (its WKD hash), the
 * place is asked of the installation, and what comes is imported.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Instant, parseInstant } from "../../src/core/time/instant.ts";
import { publicRoutes } from "../../src/public/routes.ts";
import { createApp } from "../../src/server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { limitTo } from "../../src/server/http/rate.ts";
import type { AppEnv } from "../../src/server/world.ts";
import { type TestServer, testServer } from "../../src/store/fixture.ts";
import { keepingSecurityTxt } from "../../src/worker/security-txt.ts";
import type { WorkerWorld } from "../../src/worker/world.ts";
import { removeFolder, scratchFolder } from "../program.ts";

const DAY = 86_400_000;
const SECURITY_TXT = "/.well-known/security.txt";
const WKD = "/.well-known/openpgpkey";
const MANY = { perMinute: 1e6, burst: 1e6 };
const ABSENT = SOLO.replace(
  /pgp:\n {4}fingerprint.*\n {4}url.*\n/,
  "pgp: { absent: We do not offer encrypted mail yet. }\n",
);

let server: TestServer;
let it: TestInstallation;
let app: Hono<AppEnv>;
let home: string;
let published = 0;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());

beforeEach(async () => {
  it = await testInstallation(server);
  app = appAt("https://ops.fennel.example/due");
  home = scratchFolder("gnupg");
  fs.chmodSync(home, 0o700);
  return () => removeFolder(home);
});

const appAt = (url: string): Hono<AppEnv> => {
  const { store, handling, now } = it;
  return createApp(it.world, {
    pages: publicRoutes({ store, handling, now, url, limit: limitTo(MANY) }),
  });
};

const publish = (text: string) => {
  published += 1;
  const labelled = text.replace(/^version: .*$/m, `version: "9.${published}"`);
  const command = { type: "PublishPolicy", text: labelled, alone: "Ada alone owns" } as const;
  return must(
    it.handling.handle({ subject: "policy", at: it.now(), by: "account/ac_ada", command }),
  );
};

const textAt = async (path: string): Promise<string> => (await app.request(path)).text();
const fieldsOf = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^${name}: (.*)$`, "gm"))].map(([, value]) => value ?? "");
const expiryOf = (text: string): Instant =>
  parseInstant(fieldsOf(text, "Expires")[0] ?? "") as Instant;

const gpg = (args: readonly string[], input?: string | Buffer): string =>
  execFileSync(
    "gpg",
    ["--homedir", home, "--batch", "--status-fd", "1", "--no-auto-key-retrieve", ...args],
    {
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
    },
  );

/** What gpg says of the file, by the keys that it holds. */
function verified(text: string): string {
  const file = join(home, "security.txt");
  fs.writeFileSync(file, text);
  return gpg(["--verify", file]);
}

/** GnuPG's own name for the place of the address's key, from a key ring of its own. */
function nameOf(key: string, mail: string): string {
  const ring = fs.mkdtempSync(join(home, "ring-"));
  execFileSync("gpg", ["--homedir", ring, "--batch", "--import"], { input: key, stdio: "pipe" });
  const args = ["--homedir", ring, "--with-wkd-hash", "--list-keys"];
  const listed = execFileSync("gpg", args, { encoding: "utf8", stdio: "pipe" });
  const [, name] = /^\s+([a-z0-9]{32})@/m.exec(listed.slice(listed.indexOf(mail))) ?? [];
  return name ?? "gpg named none";
}

const bytesAt = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await app.request(path)).arrayBuffer());

test("security.txt is signed by the key that is found under the address for reports", async () => {
  await publish(ABSENT);
  const text = await textAt(SECURITY_TXT);
  const name = nameOf(await textAt("/openpgp-key.asc"), "security@fennel.example");
  // The direct method, on the domain's own host; the advanced one, on openpgpkey.fennel.example.
  const direct = await app.request(`${WKD}/hu/${name}?l=security`);
  expect(direct.status).toBe(200);
  expect(direct.headers.get("content-type")).toBe("application/octet-stream");
  expect(direct.headers.get("access-control-allow-origin")).toBe("*");
  const key = Buffer.from(await direct.arrayBuffer());
  expect(await bytesAt(`${WKD}/fennel.example/hu/${name}?l=security`)).toEqual(key);
  for (const path of [`${WKD}/policy`, `${WKD}/fennel.example/policy`])
    expect((await app.request(path)).status).toBe(200);
  for (const path of [`${WKD}/hu/${"y".repeat(32)}`, `${WKD}/other.example/hu/${name}`])
    expect((await app.request(path)).status).toBe(404);

  expect(() => verified(text)).toThrow();
  gpg(["--import"], key);
  const { fingerprint } = (await it.store.openpgp.certificate()) ?? { fingerprint: "-" };
  expect(verified(text)).toMatch(new RegExp(`\\[GNUPG:\\] VALIDSIG ${fingerprint.toUpperCase()} `));
  expect(gpg(["--with-colons", "--list-keys"])).toContain("Fennel <security@fennel.example>");
  expect(() => verified(text.replace("security@", "security2@"))).toThrow();
});

test("everybody gets the same bytes, with what the policy says and nothing else", async () => {
  await publish(
    ABSENT.replace(
      "reporting:\n",
      "reporting:\n  languages: [en, de]\n  acknowledgments: https://fennel.example/thanks\n",
    ),
  );
  const text = await textAt(SECURITY_TXT);
  expect(await Promise.all([textAt(SECURITY_TXT), textAt("/security.txt")])).toEqual([text, text]);
  const body = text.split("\n\n").slice(1).join("\n\n").split("-----BEGIN PGP SIGNATURE")[0] ?? "";
  expect(
    body
      .trim()
      .split("\n")
      .map((line) => line.replace(/^Expires: .*/, "Expires: …")),
  ).toEqual([
    "Contact: mailto:security@fennel.example",
    "Contact: https://ops.fennel.example/due/report",
    "Expires: …",
    "Acknowledgments: https://fennel.example/thanks",
    "Preferred-Languages: en, de",
    "Canonical: https://ops.fennel.example/due/.well-known/security.txt",
    "Policy: https://ops.fennel.example/due/policy",
  ]);
  expect(expiryOf(text)).toBeGreaterThan(it.now() + 30 * DAY);
  expect(expiryOf(text)).toBeLessThan(it.now() + 365 * DAY);
});

test("a key can be encrypted to only where the policy offers it", async () => {
  await publish(ABSENT);
  await textAt(SECURITY_TXT);
  const { fingerprint = "" } = (await it.store.openpgp.certificate()) ?? {};
  const encrypt = (): string =>
    gpg(["--trust-model", "always", "--armor", "--recipient", fingerprint, "--encrypt"], "A hole.");
  const name = nameOf(await textAt("/openpgp-key.asc"), "security@fennel.example");
  gpg(["--import"], await bytesAt(`${WKD}/hu/${name}`));
  expect(encrypt).toThrow();
  expect(fieldsOf(await textAt(SECURITY_TXT), "Encryption")).toEqual([]);

  const url = "https://ops.fennel.example/due/openpgp-key.asc";
  const offer = `pgp: { fingerprint: ${fingerprint}, url: "${url}" }`;
  await publish(ABSENT.replace(/pgp: .*/, offer));
  expect(fieldsOf(await textAt(SECURITY_TXT), "Encryption")).toEqual([url]);
  gpg(["--import"], await bytesAt(`${WKD}/hu/${name}`));
  const sealed = encrypt();
  gpg(["--import"], fs.readFileSync(it.store.openpgp.file, "utf8"));
  expect(gpg(["--decrypt"], sealed.slice(sealed.indexOf("-----BEGIN")))).toContain("A hole.");
});

test("where the policy names another key, the directory does not name ours for that address", async () => {
  const text = await textAt(SECURITY_TXT);
  expect(fieldsOf(text, "Encryption")).toEqual([
    "https://fennel.example/.well-known/openpgp-key.asc",
  ]);
  const key = await textAt("/openpgp-key.asc");
  expect((await app.request(`${WKD}/hu/${nameOf(key, "security@")}`)).status).toBe(404);
  gpg(["--import"], key);
  expect(verified(text)).toContain("VALIDSIG");
});

test("it is signed anew when the address changes, by the same key under the new one", async () => {
  await publish(ABSENT);
  const before = await textAt(SECURITY_TXT);
  gpg(["--import"], await textAt("/openpgp-key.asc"));
  await publish(ABSENT.replaceAll("security@fennel.example", "reports@fennel.example"));
  const after = await textAt(SECURITY_TXT);
  expect(fieldsOf(after, "Contact")[0]).toBe("mailto:reports@fennel.example");
  expect(verified(before)).toContain("VALIDSIG");
  expect(verified(after)).toContain("VALIDSIG");
  gpg(["--import"], await textAt("/openpgp-key.asc"));
  expect(gpg(["--list-keys"])).toContain("reports@fennel.example");
});

test("time alone renews it well before it runs out, and no sooner", async () => {
  await publish(ABSENT);
  const first = await textAt(SECURITY_TXT);
  it.advance(60 * DAY);
  expect(await textAt(SECURITY_TXT)).toBe(first);
  it.advance(60 * DAY);
  const second = await textAt(SECURITY_TXT);
  expect(expiryOf(second)).toBe(expiryOf(first) + 120 * DAY);
});

test("a key that is gone leaves what was signed, and is raised when little time is left", async () => {
  await publish(ABSENT);
  const { store, handling, now } = it;
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  const world = { store, handling, now, log: quiet, url: "https://ops.fennel.example/due" };
  const step = keepingSecurityTxt(world as unknown as WorkerWorld);
  const raised = async (): Promise<readonly string[]> => {
    const listed = await store.views.signals.list("all", undefined, now(), {});
    return listed.ok ? listed.value.items.map(({ title }) => title) : [];
  };
  await step(now());
  const signed = await textAt(SECURITY_TXT);
  fs.rmSync(store.openpgp.file);
  it.advance(100 * DAY);
  await step(now());
  expect(await textAt(SECURITY_TXT)).toBe(signed);
  expect(await raised()).toEqual([]);
  it.advance(60 * DAY);
  await step(now());
  await step((now() + DAY) as Instant);
  expect(await raised()).toEqual(["security.txt cannot be signed"]);
  // Run out, it would send people away: then it is published as it is, unsigned.
  it.advance(60 * DAY);
  const plain = await textAt(SECURITY_TXT);
  expect(plain).toMatch(/^Contact: mailto:security@fennel\.example\n/);
  expect(expiryOf(plain)).toBeGreaterThan(now());
});

test("two nodes that begin at once have one key", async () => {
  const { openpgp } = it.store;
  const owner = { name: "Fennel (\u0007<x>)", mail: "security@fennel.example" };
  const [a, b] = await Promise.all([openpgp.keep(owner, it.now()), openpgp.keep(owner, it.now())]);
  expect(a).toEqual(b);
  expect(await openpgp.check()).toMatchObject({ ok: true, value: { name: "Fennel x" } });
  expect(fs.statSync(openpgp.file).mode & 0o777).toBe(0o600);
});
