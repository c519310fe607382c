/**
 * Starts that must not happen, and what is said instead: one sentence that names
 * what is wrong and what mends it, a stable code, and nothing changed. And the
 * sample, which leaves nothing behind but its proof.
 */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { Instant } from "../../src/core/time/instant.ts";
import { parseConfig } from "../../src/server/config.ts";
import { openInstallation } from "../../src/server/opened.ts";
import type { EmbeddedServer } from "../../src/store/postgres/embedded.ts";
import { type Owner, setUp, signedIn, valueOf } from "../owner.ts";
import {
  freePort,
  type Program,
  removeFolder,
  runDue,
  scratchFolder,
  startProgram,
} from "../program.ts";

const folder = scratchFolder("starts");
let program: Program | undefined;

afterEach(async () => {
  await program?.stop();
  program = undefined;
});
afterAll(() => removeFolder(folder));

/** `due serve` that is expected to end by itself. */
async function refusedStart(env: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await runDue(["serve"], env);
  const said = (stdout + stderr).trim();
  expect(said.split("\n"), said).toHaveLength(1);
  expect(said).toMatch(/ \([a-z-]+\)$/);
  expect(said).not.toMatch(/\n +at |"stack"/);
  return { code, said, is: / \(([a-z-]+)\)$/.exec(said)?.[1] };
}

describe("a start is refused, and nothing is changed,", () => {
  const fresh = (name: string): string => join(folder, name);

  test("where the port is taken", async () => {
    const taken: Server = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const data = fresh("port");
    const { code, said, is } = await refusedStart({ DUE_DATA: data, DUE_PORT: String(port) });
    taken.close();
    expect([code, is]).toEqual([1, "port-taken"]);
    expect(said).toContain(String(port));
    expect(existsSync(data)).toBe(false);
  });

  test.each([
    ["a file", () => (writeFileSync(fresh("file"), "mine"), fresh("file"))],
    ["below a file", () => (writeFileSync(fresh("file"), "mine"), join(fresh("file"), "data"))],
    // Nobody, root neither, makes a folder there.
    ["where none can be made", () => "/proc/due"],
  ])("where the data directory is %s", async (_, place) => {
    const data = place();
    const port = String(await freePort());
    const { code, said, is } = await refusedStart({ DUE_DATA: data, DUE_PORT: port });
    expect([code, is]).toEqual([1, "folder-not-writable"]);
    expect(said).toContain(data);
    if (existsSync(fresh("file"))) expect(readFileSync(fresh("file"), "utf8")).toBe("mine");
  });

  test.each([
    ["environment", { DUE_PROT: "7272" }, "", "unknown-setting", /did you mean DUE_PORT\?/],
    [
      "config.yaml",
      {},
      "smtp-hots: mail\n",
      "unknown-setting",
      /line 1\); did you mean smtp-host\?/,
    ],
    ["DUE_URL", { DUE_URL: "respond.fennel.example" }, "", "bad-setting", /http:\/\/ or https/],
    ["DUE_URL's query", { DUE_URL: "https://a.example/?x=1" }, "", "bad-setting", /no query/],
    ["DUE_PORT", { DUE_PORT: "seventy" }, "", "bad-setting", /DUE_PORT/],
    ["DUE_SMTP_URL", { DUE_SMTP_URL: "mail:pw@host" }, "", "bad-setting", /smtp:/],
    ["a half set signature", { DUE_DKIM_DOMAIN: "a.example" }, "", "bad-setting", /DUE_DKIM_KEY/],
  ])("where a setting is wrong: %s", async (name, env, file, code, says) => {
    const data = fresh(`setting-${name.replace(/\W/g, "")}`);
    mkdirSync(data);
    if (file !== "") writeFileSync(join(data, "config.yaml"), file);
    const before = readdirSync(data);
    const port = String(await freePort());
    const refused = await refusedStart({ DUE_DATA: data, DUE_PORT: port, ...env });
    // What was typed is wrong: the exit code of usage, as docs/cli.md has it.
    expect([refused.code, refused.is]).toEqual([2, code]);
    expect(refused.said).toMatch(says);
    expect(refused.said).not.toContain("pw");
    expect(readdirSync(data)).toEqual(before);
  });
});

describe("an installation that is there already", () => {
  const data = join(folder, "data");
  let cookie: string;

  const start = async (): Promise<Program> => (program = await startProgram({ data }));
  /** Ada, on whatever server runs. */
  const ada = (): Owner => signedIn(program as Program, cookie);
  const whole = async (): Promise<{ size: number }> => {
    const file = join(folder, "ledger.jsonl");
    expect((await runDue(["ledger", "export", file, "--data", data])).code).toBe(0);
    const verified = await runDue(["ledger", "verify", file]);
    expect([verified.code, verified.stderr]).toEqual([0, ""]);
    return { size: valueOf(await ada().client.read("ledger")).size };
  };
  /** Looks into the database as the host's verbs do. */
  async function onDatabase<T>(
    act: (rows: Rows, server: EmbeddedServer | undefined) => Promise<T>,
  ): Promise<T> {
    const config = parseConfig({ flags: {}, env: { DUE_DATA: data }, readSecret: () => undefined });
    if (!config.ok) throw new Error("no configuration");
    const opened = valueOf(
      await openInstallation({
        config: config.value.config,
        now: () => Date.now() as Instant,
        log: () => {},
      }),
    );
    try {
      return await act((sql, values) => opened.store.pool.rows(sql, values), opened.embedded());
    } finally {
      await opened.close();
    }
  }
  type Rows = (sql: string, values?: unknown[]) => Promise<readonly Record<string, unknown>[]>;

  const WORDS = ["Meridian Health", "Abena Osei", "exports-prod", "Ravi N.", "kestrel.example"];

  test("loads the sample, and wipes it so that no row and no private text is left", async () => {
    await start();
    cookie = (await setUp(program as Program)).cookie;
    valueOf(await ada().client.call("POST", "/api/v1/sample/load", {}));
    const texts = async (rows: Rows): Promise<readonly string[]> => {
      const tables = await rows(
        `select table_name as name from information_schema.tables
         where table_schema = current_schema() and table_type = 'BASE TABLE'`,
      );
      const found: string[] = [];
      for (const { name } of tables)
        for (const word of WORDS) {
          const [hit] = await rows(
            `select count(*)::int as hits from "${String(name)}" t where t::text like $1`,
            [`%${word}%`],
          );
          if (Number(hit?.["hits"]) > 0) found.push(`${String(name)}: ${word}`);
        }
      return found;
    };
    expect((await onDatabase(texts)).length).toBeGreaterThan(3);
    valueOf(await ada().client.call("POST", "/api/v1/sample/wipe", {}));
    expect(await onDatabase(texts)).toEqual([]);
    const { client } = ada();
    const totals = [
      valueOf(await client.read("signals", {}, { state: "all" })).total,
      valueOf(await client.read("incidents", {}, { state: "all" })).total,
      valueOf(await client.read("obligations", {}, { standing: "all" })).total,
      valueOf(await client.read("customers")).total,
      valueOf(await client.read("notices")).total,
    ];
    expect(totals).toEqual([0, 0, 0, 0, 0]);
    expect(valueOf(await client.read("me")).sample).toBe(false);
    expect((await whole()).size).toBeGreaterThan(20);
    const again = await client.call("POST", "/api/v1/sample/wipe", {});
    expect(again.ok ? [] : again.problems.map(({ code }) => code)).toEqual(["sample-absent"]);
  });

  test("is not opened with a wrong password, nor where the database is another one", async () => {
    await start();
    const at = await onDatabase(async (_, server) => server?.connection);
    const { code, said, is } = await refusedStart({
      DUE_DATA: join(folder, "wrong"),
      DUE_PORT: String(await freePort()),
      DUE_DATABASE_URL: `postgres://due:hunter2@localhost:${at?.port}/due?host=${encodeURIComponent(at?.host ?? "")}`,
    });
    expect([code, is]).toEqual([1, "database-unavailable"]);
    expect(said).toContain("does not let us in");
    expect(said).not.toContain("hunter2");
  });

  test("starts without its key, says which file is missing, and signs nothing until it is back", async () => {
    const [key, away] = [join(data, "keys", "ledger.key"), join(folder, "ledger.key")];
    renameSync(key, away);
    await start();
    expect(program?.output()).toMatch(/Attention: The key that signs this ledger is missing/);
    expect(program?.output()).toMatch(/due keys replace.*\(ledger-key-lost\)/);
    expect(existsSync(key)).toBe(false);
    const [said, ...more] = valueOf(await ada().client.read("me", {}, {})).attention;
    expect([said, more]).toEqual([
      expect.stringMatching(/ledger\.key back from a backup.*due keys replace/),
      [],
    ]);
    const doctor = await runDue(["doctor"], {
      DUE_DATA: data,
      DUE_PORT: new URL(program?.url ?? "").port,
    });
    expect(doctor.stdout + doctor.stderr).toContain("ledger-key-lost");
    expect(doctor.code).not.toBe(0);
    await program?.stop();
    renameSync(away, key);
  });

  test("starts with another key in its place, and names both ways to mend that", async () => {
    const [key, away] = [join(data, "keys", "ledger.key"), join(folder, "ledger.key")];
    renameSync(key, away);
    const other = join(folder, "other");
    program = await startProgram({ data: other });
    await program.stop();
    writeFileSync(key, readFileSync(join(other, "keys", "ledger.key")), { mode: 0o600 });
    await start();
    expect(program?.output()).toMatch(/is not the key that signed this ledger.*due keys replace/);
    expect(program?.output()).toContain("(ledger-key-changed)");
    await program?.stop();
    renameSync(away, key);
    await start();
    expect(program?.output()).not.toContain("Attention");
    await whole();
  });

  test("that a newer version has changed is not touched by this one; what it only added is no hindrance", async () => {
    await onDatabase((rows) =>
      rows("insert into migration (number, name, breaking) values (9998, 'adds-a-table', false)"),
    );
    await start();
    await program?.stop();
    await onDatabase((rows) =>
      rows("insert into migration (number, name, breaking) values (9999, 'turns-it-over', true)"),
    );
    const { code, said, is } = await refusedStart({
      DUE_DATA: data,
      DUE_PORT: String(await freePort()),
    });
    expect([code, is]).toEqual([1, "database-too-new"]);
    expect(said).toContain("turns-it-over");
    const backup = await runDue(["backup", "--data", data, "--to", join(folder, "backup")]);
    expect([backup.code, backup.stdout + backup.stderr]).toEqual([
      1,
      expect.stringContaining("database-too-new"),
    ]);
  });
});

describe("a database of the operator's own", () => {
  // It is waited for, as long as a database may need to come up: meanwhile the others are tested.
  const waited = (async () =>
    refusedStart({
      DUE_DATA: join(folder, "nobody"),
      DUE_PORT: String(await freePort()),
      DUE_DATABASE_URL: `postgres://due:hunter2@127.0.0.1:${await freePort()}/due`,
    }))();
  waited.catch(() => {});

  test("that nobody answers for is named, without its password", async () => {
    const { code, said, is } = await waited;
    expect([code, is]).toEqual([1, "database-unavailable"]);
    expect(said).toContain("DUE_DATABASE_URL");
    expect(said).not.toContain("hunter2");
  });
});
