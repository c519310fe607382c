/**
 * The host's own verbs, asked for what they must not do: each is refused in a
 * sentence with its code, and what was there before is there after. And the doctor,
 * who names what was done to an installation, and what mends it.
 */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/core/policy/parse/parse.ts";
import { DAY_MS, type Instant, plus } from "../../src/core/time/instant.ts";
import { diagnose, type Host, onHost, readConfig } from "../../src/server/host.ts";
import type { Store } from "../../src/store/store.ts";
import { putCluster } from "../../src/store/fixture.ts";
import { freePort, removeFolder, runHere, scratchFolder } from "../program.ts";

const folder = scratchFolder("host");
const data = join(folder, "data");
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  putCluster(join(data, "pg"));
  env = { DUE_DATA: data, DUE_PORT: String(await freePort()) };
  await inside(async () => {});
});
afterAll(() => removeFolder(folder));

/** Looks into the database, or does what should not have been done there. */
async function inside<T>(act: (store: Store, lobby: Host["lobby"]) => Promise<T>): Promise<T> {
  const read = readConfig({}, env);
  if (!read.ok) throw new Error(read.problems[0].message);
  const done = await onHost(read.value.config, async ({ opened, lobby }) => ({
    ok: true,
    value: await act(opened.store, lobby),
  }));
  if (!done.ok) throw new Error(done.problems[0].message);
  return done.value;
}

const settled = () =>
  inside(async (store) => [
    (await store.ledger.head()).size,
    await store.accounts.all(),
    await store.tokens.all(),
    await store.settings.read("ledger.origin"),
  ]);

/** One, on the record. */
const customer = () =>
  inside(async (_, { handle }) => {
    const contact = { name: "Cleo Osei", mail: "cleo@meridian.example" };
    const added = await handle({
      subject: "party",
      at: Date.now() as Instant,
      by: "host",
      command: { type: "AddCustomer", name: "Meridian Health", contact, stage: "production" },
    });
    if (!added.ok) throw new Error(added.problems[0].message);
  });

describe("a verb of the host is refused, and leaves everything as it was,", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await settled();
  });

  test.each([
    ["whom no mail reaches", ["user", "add", "ben", "--name", "Ben"], "bad-format", /mail/],
    [
      "whose mail nobody reads",
      ["user", "add", "noreply@fennel.example", "--name", "Ben"],
      "author-unattended",
      /Nobody reads noreply@fennel\.example/,
    ],
    ["without a name", ["user", "add", "ben@fennel.example", "--name", " "], "empty", /name/],
  ])("which adds somebody %s", async (_, words, code, says) => {
    await refused(words, code, says);
  });

  test.each([
    [
      "for what there is not",
      ["token", "create", "hook", "--scope", "wirte"],
      "not-one-of",
      /must be one of read, write, intake, metrics.*write/,
    ],
    [
      "in somebody's name",
      ["token", "create", "hook", "--scope", "as-person"],
      "token-person",
      /is made by them: signed in, under Settings, You/,
    ],
    ["until no day", ["token", "create", "hook", "--days", "soon"], "wrong-type", /days must be a/],
    ["that is over at once", ["token", "create", "hook", "--days", "0"], "too-small", /days/],
  ])("which makes a token %s", async (_, words, code, says) => {
    await refused(words, code, says);
  });

  test.each([
    [["ledger", "break"], "confirmation-missing", /say --yes\. Do it only where no backup/],
    [["keys", "replace"], "confirmation-missing", /for good: say --yes/],
    [["keys", "replace", "--openpgp"], "confirmation-missing", /for good: say --yes/],
    [["ledger", "break", "--yes"], "ledger-not-broken", /There is no checkpoint of /],
    [["demo"], "set-up-first", /open the link that `due setup-link` prints/],
  ])("which goes too far: %j", async (words, code, says) => {
    await refused(words, code, says);
  });

  async function refused(words: readonly string[], code: string, says: RegExp) {
    const { code: exit, stdout, stderr } = await runHere(words, env);
    expect([exit > 0, stdout]).toEqual([true, ""]);
    expect(stderr).toContain(`(${code}`);
    expect(stderr).toMatch(says);
    expect(await settled()).toEqual(before);
  }
});

type Found = { code: string; level: string; message: string; fix?: string };

describe("the doctor", () => {
  const found = async (more: Readonly<Record<string, string>> = {}) => {
    const { code, stdout, stderr } = await runHere(["doctor", "--json"], { ...env, ...more });
    expect(stderr).toBe("");
    const { findings } = JSON.parse(stdout) as { findings: Found[] };
    expect(code).toBe(findings.some(({ level }) => level === "fail") ? 1 : 0);
    return (one: string) => findings.find((finding) => finding.code === one);
  };

  test("finds what a new installation lacks, and what to do about each", async () => {
    const of = await found({ DUE_URL: "http://due.fennel.example" });
    for (const [code, message, fix] of [
      ["no-owner", /Nobody has set this installation up yet/, /due setup-link/],
      ["no-backup", /There is no backup/, /due backup/],
      ["mail-not-set-up", /No mail leaves this machine/, /DUE_SMTP_URL/],
      ["not-running", /No server .* answers at http:\/\/127\.0\.0\.1:/, /due serve/],
      ["url-unencrypted", /http:\/\/due\.fennel\.example is not encrypted/, /https/],
    ] as const)
      expect([code, of(code)]).toEqual([
        code,
        {
          code,
          level: "warn",
          message: expect.stringMatching(message),
          fix: expect.stringMatching(fix),
        },
      ]);
    expect(of("url-local")).toBeUndefined();
    const mailing = await found({ DUE_SMTP_URL: "smtp://127.0.0.1:9" });
    expect(mailing("url-local")).toMatchObject({
      level: "warn",
      message: expect.stringMatching(/because DUE_URL is not set: nobody on another machine/),
    });
    expect(mailing("mail-not-set-up")).toBeUndefined();
  });

  test("makes no installation where there is none, and says that the folder may be wrong", async () => {
    const wrong = join(folder, "wrong");
    const of = await found({ DUE_DATA: wrong });
    expect(of("data-folder-missing")).toMatchObject({
      level: "fail",
      message: `${wrong} holds no installation yet.`,
      fix: expect.stringMatching(/due serve.*DUE_DATA/),
    });
    expect(existsSync(wrong)).toBe(false);
    mkdirSync(wrong);
    await found({ DUE_DATA: wrong });
    expect(readdirSync(wrong)).toEqual([]);
  });

  test("sees keys that others may look at", async () => {
    const keys = join(data, "keys");
    chmodSync(keys, 0o750);
    const of = await found();
    chmodSync(keys, 0o700);
    expect(of("keys-open")).toMatchObject({ level: "fail", fix: `chmod 700 ${keys}` });
    expect((await found())("keys-open")).toBeUndefined();
  });

  test("says how old the latest backup is, once that is more than a week", async () => {
    expect((await runHere(["backup"], env)).code).toBe(0);
    const [name = ""] = readdirSync(join(data, "backups"));
    const made = join(data, "backups", name);
    const aged = async (ms: number) => {
      const at = (Date.now() - ms) / 1000;
      utimesSync(made, at, at);
      return (await found())("backup-old");
    };
    expect(await aged(6 * DAY_MS)).toBeUndefined();
    expect(await aged(8 * DAY_MS)).toMatchObject({ level: "warn", fix: "due backup" });
  });

  test("sees rows that are not what the ledger says, and an entry that was changed", async () => {
    await customer();
    await inside(({ pool }) => pool.rows("update view_customer set name = 'Somebody else'"));
    const differs = (await found())("views-differ");
    expect(differs).toMatchObject({
      level: "fail",
      message: expect.stringMatching(/^[1-9]\d* rows of the read tables differ/),
      fix: "due rebuild",
    });
    expect((await runHere(["rebuild"], env)).code).toBe(0);
    expect((await found())("views-differ")).toBeUndefined();

    const change = (from: string, to: string) =>
      inside(({ pool }) => pool.rows("update entry set body = replace(body, $1, $2)", [from, to]));
    await change("CustomerAdded", "CustomerAddee");
    const of = await found();
    await change("CustomerAddee", "CustomerAdded");
    expect(of("ledger-broken")).toMatchObject({
      level: "fail",
      fix: expect.stringContaining("due ledger verify"),
    });
    expect((await found())("ledger-broken")).toBeUndefined();
  });

  test("sees that deadlines were counted with other time zones than there are now", async () => {
    await inside(({ settings }) => settings.write("zone-rules", "2019a", Date.now() as never));
    expect((await found())("time-zones-changed")).toMatchObject({
      level: "warn",
      message: `Open deadlines were counted with time zones of 2019a; here they are of ${process.versions.tz}.`,
      fix: expect.stringMatching(/due serve/),
    });
  });

  /** What it finds at that instant, on a disk with so much room. */
  async function at(instant: Instant, freeBytes: number) {
    const read = readConfig({}, env);
    if (!read.ok) throw new Error(read.problems[0].message);
    const findings = await diagnose(
      read.value,
      instant,
      () => {},
      async () => freeBytes,
    );
    return (code: string) => findings.find((finding) => finding.code === code);
  }

  test("says how little room is left on the disk, before there is none", async () => {
    const now = Date.now() as Instant;
    const enough = 256 * 1024 * 1024;
    expect((await at(now, enough))("disk-nearly-full")).toBeUndefined();
    expect((await at(now, 5_400_000))("disk-nearly-full")).toEqual({
      code: "disk-nearly-full",
      level: "fail",
      message: "Only 5 MB are free.",
      fix: `make room on the disk of ${data}`,
    });
    expect((await at(now, enough - 1))("disk-nearly-full")).toMatchObject({ level: "fail" });
  });

  test("says a month before that security.txt runs out, where nothing renewed it", async () => {
    const parsed = parsePolicy(readFileSync("policies/solo.yaml", "utf8"));
    if (!parsed.ok) throw new Error(parsed.problems[0].message);
    const { policy } = parsed.value;
    const now = Date.now() as Instant;
    const { expiresAt } = await inside(({ securityTxt }) =>
      securityTxt.keep({ policy, url: "https://ops.fennel.example", at: now }),
    );
    const said = async (ms: number) => (await at(plus(expiresAt, ms), 1e9))("security-txt-ending");
    expect(await said(-30 * DAY_MS)).toBeUndefined();
    expect(await said(-30 * DAY_MS + 1)).toMatchObject({
      level: "fail",
      message: expect.stringMatching(/^security\.txt runs out at 20.*Z, and was not renewed\.$/),
      fix: expect.stringMatching(/due serve/),
    });
  });

  test("repeats what a server that is not ready says of itself", async () => {
    const checks = {
      disk: { ok: false, says: "Only 3 MB are free." },
      worker: { ok: true, says: "The worker runs." },
    };
    const server = createServer((_, response) => {
      response.writeHead(503).end(JSON.stringify({ ready: false, checks }));
    });
    await new Promise<void>((resolve) =>
      server.listen(Number(env["DUE_PORT"]), "127.0.0.1", resolve),
    );
    const of = await found();
    server.close();
    expect(of("server-not-ready")).toMatchObject({
      level: "fail",
      message: "The server runs and is not ready: Only 3 MB are free.",
    });
  });
});

test("a site is written into no folder that cannot be one, and into nobody else's", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "mine");
  const theirs = join(folder, "theirs");
  mkdirSync(theirs);
  writeFileSync(join(theirs, "index.html"), "mine");
  for (const [to, is] of [
    [join(file, "site"), "site-folder-not-writable"],
    [join(folder, "x".repeat(300)), "site-folder-not-writable"],
    [file, "site-folder-taken"],
    [theirs, "site-folder-taken"],
  ] as const) {
    const { code, stdout, stderr } = await runHere(["site", "export", to], env);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`(${is}`);
    expect(stderr).toContain(to);
  }
  expect(readFileSync(file, "utf8")).toBe("mine");
  expect(readdirSync(theirs)).toEqual(["index.html"]);
});
