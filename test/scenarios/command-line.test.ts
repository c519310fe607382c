/**
 * The command line on a host with a running server: the newcomer's verbs, each as
 * a process of the built program, and what they refuse with. A verb that has run so, and one
 * that only sets up or looks at what another did, is asked in the test's own process.
 */

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VIEWS } from "../../src/api/view.ts";
import { type Owner, setUp } from "../owner.ts";
import {
  type Program,
  removeFolder,
  runDue,
  runHere,
  scratchFolder,
  startProgram,
} from "../program.ts";

let program: Program;
let owner: Owner;
let ownerToken: string;
let scratch: string;

beforeAll(async () => {
  scratch = scratchFolder("command-line");
  program = await startProgram({ data: join(scratch, "data"), isPrepared: true });
  owner = await setUp(program);
  ownerToken = await owner.token("read", "write");
}, 120_000);
afterAll(async () => {
  // A server that did not live to the end says why.
  if ((await program?.stop()) !== 0) throw new Error(program?.output().slice(-4_000));
  removeFolder(scratch);
});

const env = (): Record<string, string> => ({
  DUE_DATA: program.data,
  DUE_PORT: new URL(program.url).port,
});
/** As somebody with a shell on the host. */
const due = (...words: string[]) => runDue(words, env());
const here = (...words: string[]) => runHere(words, env());
const adasEnv = (): Record<string, string> => ({
  DUE_DATA: "/nonexistent",
  DUE_URL: program.url,
  DUE_TOKEN: ownerToken,
});
/** As Ada, from her own machine. */
const asAda = (...words: string[]) => runDue(words, adasEnv());
const hereAsAda = (...words: string[]) => runHere(words, adasEnv());

async function json<T>(...words: string[]): Promise<T> {
  const { stdout, stderr } = await here(...words, "--json");
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

describe("the work, in order", () => {
  test("nothing is owed at first, and next leaves 0", async () => {
    expect(await due("next")).toMatchObject({ code: 0, stderr: "" });
    expect((await here("ls")).stdout).toBe("Nothing is owed.");
  });

  test("the host's token was made for its user alone", () => {
    const file = join(program.data, "cli-token");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("an incident opens, and next says what it owes and why", async () => {
    const opened = await due("inc", "open", "Export answers without a token");
    expect(opened).toMatchObject({ code: 0, stdout: "INC-1\n" });
    const next = await here("next");
    expect(next.code).toBe(0);
    expect(next.stdout).toMatch(
      /^Nothing is overdue\.\nNext: .* INC-1, to team: due .* CET|CEST, in \d/m,
    );
    const why = /Why: due (.*)/.exec(next.stdout)?.[1]?.split(" ") ?? [];
    expect((await due(...why)).stdout).toContain("It runs since");
  });

  test("tape draws it from the same geometry as every screen, as wide as it is asked to", async () => {
    const { stdout, stderr, code } = await due("tape", "INC-1", "--width", "100");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [, , first = ""] = stdout.split("\n");
    expect(Array.from(first).indexOf("┃")).toBe(16 + Math.round(0.24 * 84));
    expect(stdout).toMatch(/^Next: . .+\. Nothing is overdue\.$/m);
    type Drawn = {
      scale: string;
      says: string;
      obligations: { state: string; fraction: number }[];
    };
    const drawn = await json<Drawn>("tape", "INC-1", "--scale", "14d");
    expect(drawn).toMatchObject({ scale: "14d", says: expect.stringMatching(/ open, nothing /) });
    expect(drawn.obligations.length).toBeGreaterThan(0);
    expect(await here("tape", "INC-1", "--width", "9")).toMatchObject({
      code: 2,
      stderr: "✕ A tape is 56 to 400 columns wide. (bad-value, --width)",
    });
    expect(await here("tape", "INC-1", "--scale", "1y")).toMatchObject({ code: 2 });
    expect(await here("tape", "INC-9")).toMatchObject({ code: 1 });
  });

  test("a line is logged where it happened, by option and by @", async () => {
    expect((await due("inc", "log", "INC-1", "keys revoked", "--at", "00:01")).stdout).toMatch(
      /entry \d+\.\n$/,
    );
    await here("inc", "log", "INC-1", "@00:02 export switched off");
    await due("do", "log", "incident/INC-1", "--text", "by its own name");
    type Timeline = {
      items: { type: string; text: string; happenedAt: string | null; at: string }[];
    };
    const { items } = await json<Timeline>("inc", "timeline", "INC-1");
    const logged = items.filter(({ text }) => text !== null);
    expect(logged.map(({ text }) => text)).toEqual([
      "keys revoked",
      "export switched off",
      "by its own name",
    ]);
    const minute = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/Berlin",
      timeStyle: "short",
    });
    expect(
      logged.map(({ happenedAt, at }) => minute.format(new Date(happenedAt ?? at))).slice(0, 2),
    ).toEqual(["00:01", "00:02"]);
    expect(logged[0]?.happenedAt).not.toBe(logged[0]?.at);
    expect(logged[2]?.happenedAt ?? null).toBe(null);
  });

  test("facts, severity, phases and roles are refused with the server's own sentences", async () => {
    const fact = await due("inc", "fact", "INC-1", "nosuch", "confirmed", "--source", "a guess");
    expect([fact.code, fact.stderr]).toEqual([
      1,
      expect.stringContaining("(claim-unknown, <claim>)"),
    ]);
    const state = await here("inc", "fact", "INC-1", "exploited", "maybe", "--source", "a guess");
    expect([state.code, state.stderr]).toEqual([
      2,
      expect.stringContaining("(not-one-of, <state>)"),
    ]);
    const time = await here("inc", "log", "INC-1", "x", "--at", "25:00");
    expect([time.code, time.stderr]).toEqual([
      2,
      expect.stringContaining("(time-malformed, --at)"),
    ]);
    const stale = await here("inc", "log", "INC-1", "x", "--if-version", "1");
    expect([stale.code, stale.stderr]).toEqual([1, expect.stringContaining("(stale)")]);
    const none = await here("inc", "log", "INC-9", "x");
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("(incident-unknown)")]);
    expect((await due("inc", "sev", "INC-1", "sev2", "--reason", "Seen in the log")).code).toBe(0);
    const shown = await here("inc", "show", "INC-1");
    expect(shown.stdout).toContain("SEV2");
  });

  test("customers are added, and a wrong address is named by its option", async () => {
    const wrong = await here("party", "add", "Kestrel Bank", "--contact", "Mara", "--mail", "mara");
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining("(bad-format, --mail)"),
    ]);
    const added = await due(
      "party",
      "add",
      "Kestrel Bank",
      "--contact",
      "Mara",
      "--mail",
      "mara@kestrel.example",
    );
    expect(added.stdout).toMatch(/^cus_/);
    expect((await here("party", "ls")).stdout).toContain("Kestrel Bank");
  });

  test("a late signal makes next and ls leave 4", async () => {
    const added = await due(
      "signal",
      "new",
      "An old report",
      "--from",
      "ravi@reporter.example",
      "--received-at",
      "2026-01-05 10:00",
    );
    expect([added.code, added.stderr]).toEqual([0, ""]);
    const id = added.stdout.trim();
    const next = await here("next");
    expect([next.code, next.stdout]).toEqual([4, expect.stringContaining("OVERDUE")]);
    expect((await here("ls")).code).toBe(4);
    expect((await json<{ overdue: unknown[] }>("next")).overdue.length).toBeGreaterThan(0);
    expect((await here("signal", "show", id)).stdout).toContain("An old report");
  });

  test("nothing is sent without --yes, nor by nobody", async () => {
    const { items } = await json<{ items: { id: string }[] }>("signal", "ls");
    const words = [
      "signal",
      "ack",
      items[0]?.id ?? "",
      "--subject",
      "Your report",
      "--body",
      "We have it.",
    ];
    const unsaid = await hereAsAda(...words);
    expect([unsaid.code, unsaid.stderr]).toEqual([2, expect.stringContaining("(yes-missing)")]);
    const nobody = await here(...words, "--yes");
    expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining("(author-missing)")]);
    // A token is a program, whoever made it: notices are sent by people who are signed in.
    const byToken = await asAda(...words, "--yes");
    expect([byToken.code, byToken.stderr]).toEqual([
      3,
      expect.stringContaining("(author-missing)"),
    ]);
  });

  test("the policy's hash is the published one's, and only an owner publishes another", async () => {
    const hash = (await here("policy", "show", "--hash")).stdout.trim();
    const policy = await owner.client.read("policy", { version: "current" });
    expect(policy.ok && policy.value.hash).toBe(hash);
    const text = `${(await due("policy", "show")).stdout}`;
    const file = join(scratch, "policy.yaml");
    writeFileSync(file, text.replace(/^version: .*$/m, 'version: "2"'));
    expect((await runHere(["policy", "check", file])).code).toBe(0);
    expect((await here("policy", "publish", file)).code).toBe(3);
    const alone = ["--alone", "There is one owner here."];
    expect((await hereAsAda("policy", "publish", file)).stderr).toContain("(alone-unsaid");
    const published = await asAda("policy", "publish", file, ...alone);
    expect(published, published.stderr).toMatchObject({ code: 0 });
    expect((await here("policy", "show", "--hash")).stdout.trim()).not.toBe(hash);
  });
});

test("every view is read, in words and as JSON", async () => {
  const names = VIEWS.filter(({ path }) => !path.includes("{")).map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(10);
  const read = async (name: string): Promise<void> => {
    const [words, json] = [await hereAsAda("read", name), await hereAsAda("read", name, "--json")];
    expect([words.code, words.stderr], name).toEqual([0, ""]);
    expect(words.stdout.length, name).toBeGreaterThan(1);
    expect(typeof JSON.parse(json.stdout), name).toBe("object");
  };
  for (const name of names) await read(name);
  // The program that is built has the same verb.
  const [name = ""] = names;
  const keysOf = ({ stdout }: { stdout: string }) => Object.keys(JSON.parse(stdout));
  expect(keysOf(await asAda("read", name, "--json"))).toEqual(
    keysOf(await hereAsAda("read", name, "--json")),
  );
});

describe("who may", () => {
  test("a token does what its scopes say until it is revoked", async () => {
    const made = await json<{ id: string; token: string }>(
      "token",
      "create",
      "reader",
      "--scope",
      "read",
      "--days",
      "9",
    );
    const use = (...words: string[]) =>
      runHere(words, { DUE_DATA: "/nonexistent", DUE_URL: program.url, DUE_TOKEN: made.token });
    expect((await use("inc", "ls")).code).toBe(0);
    expect((await use("inc", "log", "INC-1", "x")).code).toBe(3);
    expect((await here("token", "list")).stdout).toContain(made.id);
    expect((await due("token", "revoke", made.id)).code).toBe(0);
    const over = await use("inc", "ls");
    expect([over.code, over.stderr]).toEqual([3, expect.stringContaining("(bad-token)")]);
  });

  test("people are added, listed and let back in; a second setup is refused", async () => {
    const added = await due("user", "add", "ben@fennel.example", "--name", "Ben Okafor");
    expect([added.code, added.stdout]).toEqual([0, expect.stringContaining("/app/join#")]);
    expect((await here("user", "list")).stdout).toContain("Ben Okafor");
    expect((await due("user", "reset", "ben@fennel.example", "--factors")).stdout).toMatch(/^http/);
    const unknown = await here("user", "reset", "dov@fennel.example");
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining("account-unknown")]);
    const again = await here("setup-link");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("already-set-up")]);
  });
});

describe("the host's upkeep", () => {
  type Findings = { findings: { code: string; level: string; message: string; fix?: string }[] };

  test("doctor finds nothing to mend, and gives a fix for whatever it remarks", async () => {
    const { findings } = await json<Findings>("doctor");
    expect(findings.filter(({ level }) => level === "fail")).toEqual([]);
    expect(findings.filter(({ level, fix }) => level !== "ok" && !fix)).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain("url-right");
    expect((await due("doctor")).code).toBe(0);
  });

  test("doctor says when DUE_URL leads nowhere, or elsewhere", async () => {
    const elsewhere = createServer((_, response) =>
      response.end(JSON.stringify({ isSetUp: true })),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as { port: number };
    for (const [url, code] of [
      ["http://127.0.0.1:9", "url-unreachable"],
      [`http://127.0.0.1:${port}`, "url-elsewhere"],
    ] as const) {
      const wrong = await runHere(["doctor", "--json"], { ...env(), DUE_URL: url });
      expect(wrong.code).toBe(1);
      const { findings } = JSON.parse(wrong.stdout) as Findings;
      expect(findings.filter(({ level }) => level === "fail").map((one) => one.code)).toEqual([
        code,
      ]);
    }
    elsewhere.close();
  });

  test("doctor --redact names neither folder nor address", async () => {
    const { stdout } = await runHere(["doctor", "--redact"], {
      ...env(),
      DUE_URL: "http://due.fennel.example",
    });
    expect(stdout).toContain("<url>");
    for (const name of [program.data, "fennel.example"]) expect(stdout).not.toContain(name);
  });

  test("a backup restores, verifies, and does not after one byte was changed", async () => {
    const made = await json<{ folder: string; manifest: { size: number } }>("backup");
    expect((await due("backup", "verify")).code).toBe(0);
    const to = join(scratch, "restored");
    const restored = await due("restore", "--to", to);
    expect(restored, restored.stderr).toMatchObject({ code: 0 });
    const verified = await runHere(["ledger", "verify", "--data", to, "--json"]);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, size: made.manifest.size });
    expect((await here("restore", "--to", to)).stderr).toContain("data-directory-not-empty");
    const entries = join(made.folder, "tables", "entry.jsonl.gz");
    const rows = gunzipSync(readFileSync(entries));
    const at = rows.indexOf("Entered") > 0 ? rows.indexOf("Entered") : Math.floor(rows.length / 2);
    rows[at] = (rows[at] as number) ^ 1;
    writeFileSync(entries, gzipSync(rows));
    const broken = await here("backup", "verify");
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining("backup-damaged")]);
    rmSync(made.folder, { recursive: true });
    expect((await here("backup", "verify")).stderr).toContain("backup-not-found");
  });

  test("an export verifies anywhere, whole and redacted", async () => {
    for (const more of [[], ["--redacted"]]) {
      const file = join(scratch, "ledger.jsonl");
      expect((await here("ledger", "export", file, ...more)).code).toBe(0);
      const key = (await here("keys", "fingerprint")).stdout.trim();
      const { code, stdout } = await runDue(["ledger", "verify", file, "--key", key]);
      expect([code, stdout]).toEqual([0, expect.stringContaining("It holds")]);
      expect(readFileSync(file, "utf8").includes("keys revoked")).toBe(more.length === 0);
      expect(existsSync(`${file}.unfinished`)).toBe(false);
    }
    const piped = await due("ledger", "export");
    expect(piped.stdout.startsWith('{"format":"duenotice-ledger/1"')).toBe(true);
  });

  test("the read tables are what the ledger says, and the database is current", async () => {
    expect(await json<object>("rebuild", "--check")).toMatchObject({ differenceCount: 0 });
    expect((await due("rebuild")).code).toBe(0);
    expect(await json<object>("migrate", "--dry-run")).toMatchObject({ missing: [] });
  });

  test("mail that cannot leave is said to be kept", async () => {
    const { code, stdout } = await due("mail", "test", "you@fennel.example");
    expect([code, stdout]).toEqual([1, expect.stringContaining("No mail server is set up")]);
  });

  test("the sample company comes, comes anew, and goes", async () => {
    for (const words of [[], ["--reset"], ["--wipe"]])
      expect((await due("demo", ...words)).code).toBe(0);
    expect((await here("inc", "ls")).stdout).not.toContain("SAMPLE");
  });
});
