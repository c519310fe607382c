import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import { exportEntry } from "../core/ledger/export.ts";
import { openNote } from "../core/ledger/note.ts";
import { frontier, leafHash } from "../core/ledger/tree.ts";
import { verifier } from "../core/ledger/verify.ts";
import { plus } from "../core/time/instant.ts";
import type { LedgerCheck } from "./check.ts";
import { nativeSha256, parseLeaves } from "./append.ts";
import { badMorning } from "./example.fixture.ts";
import { AT, line, recordedBy, type TestServer, testServer } from "./fixture.ts";
import type { Locate } from "./pool.ts";
import { nativeVerify } from "./signing.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let database: Locate;
let keysDir: string;
let store: Store;
let made = 0;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  await store?.close();
  database = await server.database();
  keysDir = server.folder(`keys-${(made += 1)}`);
  store = await server.store(database, { keysDir });
});
afterAll(() => server.stop());

const grow = async (count: number, from = 0): Promise<void> => {
  for (let n = from; n < from + count; n += 1)
    await store.ledger.append([line(`incident/INC-${n}`, 0)]);
};
const reopen = async (): Promise<Store> => {
  await store.close();
  store = await server.store(database, { keysDir });
  return store;
};
const signed = async () => {
  const note = await store.checkpoints.sign(AT);
  if (!note.ok) throw new Error(note.problems[0].code);
  return note.value;
};
const refusal = async (asked: Promise<{ ok: boolean; problems?: readonly { code: string }[] }>) => {
  const found = await asked;
  return found.ok ? "no refusal" : found.problems?.[0]?.code;
};

/** What an attacker does who can write to the whole database: everything fits again. */
async function recomputeHead(): Promise<void> {
  const tree = frontier(nativeSha256);
  for (const { body } of await store.pool.rows<{ body: string }>(
    "select body from entry order by seq",
  ))
    tree.append(leafHash(Buffer.from(body), nativeSha256));
  await store.pool.rows("update head set size = $1, root = $2, frontier = $3", [
    tree.size,
    tree.root(),
    tree.toBytes(),
  ]);
}

const codesOf = ({ problems }: LedgerCheck): readonly string[] => problems.map(({ code }) => code);

describe("checkpoints", () => {
  test("sign the head under an origin that later starts do not change", async () => {
    await grow(5);
    const { size, note } = await signed();
    expect(size).toBe(5);
    expect(note).toMatch(/^fennel\.example\/ledger\n5\n[A-Za-z0-9+/]{43}=\n\n— fennel/);
    await store.close();
    store = await server.store(database, { keysDir, origin: "elsewhere.example/ledger" });
    expect(store.origin).toBe("fennel.example/ledger");
    expect(await signed(), "nothing was added").toMatchObject({ size: 5, note });
    await grow(2, 5);
    expect((await signed()).size).toBe(7);
    expect(await store.checkpoints.notes()).toHaveLength(2);
    expect(await store.checkpoints.contains(note)).toMatchObject({ ok: true });
    expect(fs.readFileSync(path.join(keysDir, "checkpoint"), "utf8")).toContain("\n7\n");
  });

  test("are not signed over entries that the head was not made of", async () => {
    await grow(5);
    await signed();
    await grow(3, 5);
    await store.pool.rows("update entry set body = replace(body, 'INC-6', 'INC-9') where seq = 6");
    expect(await refusal(store.checkpoints.sign(AT))).toBe("checkpoints-inconsistent");
  });

  test("are not signed after the database was put back to an older state", async () => {
    await grow(5);
    await signed();
    await store.pool.rows("delete from checkpoint");
    await store.pool.rows("delete from disclosure where entry_seq > 2");
    await store.pool.rows("delete from entry where seq > 2");
    await recomputeHead();
    const kept = fs.readFileSync(path.join(keysDir, "checkpoint"));
    fs.rmSync(path.join(keysDir, "checkpoint"));
    expect((await store.check(AT)).ok, "the database alone looks whole").toBe(true);
    fs.writeFileSync(path.join(keysDir, "checkpoint"), kept);
    expect(codesOf(await store.check(AT))).toEqual(["entries-missing"]);
    expect(await refusal(store.checkpoints.sign(AT))).toBe("checkpoint-shrunk");
    await grow(4, 10);
    expect(await refusal(store.checkpoints.sign(AT)), "another history").toBe("checkpoints-forked");
  });

  test("go on under another origin after a documented break, and never under the old", async () => {
    await grow(3);
    const { note: old } = await signed();
    await store.pool.rows("delete from checkpoint");
    await store.pool.rows("update entry set body = replace(body, 'INC-2', 'INC-8') where seq = 2");
    const broken = await store.breakLedger(AT);
    if (!broken.ok) throw new Error(broken.problems[0].code);
    expect(broken.value.origin).toBe("fennel.example/ledger/2");
    const keys = store.signing.ok ? store.signing.value.keys : [];
    expect(openNote(broken.value.note, keys, nativeVerify).ok).toBe(true);
    expect(broken.value.note.split("\n").slice(0, 5)).toEqual([
      "duenotice/ledger-break/v1",
      ...old.split("\n").slice(0, 3),
      "fennel.example/ledger/2",
    ]);
    await reopen();
    expect(store.signing.ok).toBe(true);
    expect(store.origin).toBe("fennel.example/ledger/2");
  });
});

describe("a break", () => {
  const file = () => path.join(keysDir, "checkpoint");
  const settled = async () => [
    store.origin,
    await store.pool.rows("select key, value from setting order by key"),
    fs.existsSync(file()) && fs.readFileSync(file(), "utf8"),
  ];
  /** Refused, and the ledger is called what it was. */
  async function notBroken() {
    const before = await settled();
    const broken = await store.breakLedger(AT);
    if (broken.ok) throw new Error(`it goes on as ${broken.value.origin}`);
    await reopen();
    expect(await settled()).toEqual(before);
    const [{ code, message }] = broken.problems;
    expect(code).toBe("ledger-not-broken");
    return message;
  }

  test("is not documented of a ledger that contains what was signed: its name would be gone for good", async () => {
    await grow(3);
    await signed();
    const says =
      "This ledger contains what was signed as fennel.example/ledger: nothing is broken, and it keeps its name.";
    expect(await notBroken()).toBe(says);
    await grow(2, 3);
    expect(await notBroken(), "nor where it has grown since").toBe(says);
  });

  test("needs a checkpoint that the ledger contradicts, and one that verifies", async () => {
    await grow(3);
    expect(await notBroken()).toMatch(/^There is no checkpoint of fennel\.example\/ledger in /);
    await signed();
    fs.writeFileSync(file(), fs.readFileSync(file(), "utf8").replace("\n3\n", "\n4\n"));
    expect(await notBroken()).toMatch(/^There is no checkpoint of fennel\.example\/ledger in /);
    const refused = await store.checkpoints.sign(AT);
    if (refused.ok) throw new Error("signed beside a damaged file");
    const [{ code, message }] = refused.problems;
    expect(code).toBe("checkpoint-file-damaged");
    expect(message).toMatch(
      /put it back from a backup, or remove it if you know why it changed\.$/,
    );
    expect(message).toContain(file());
  });
});

describe("the key", () => {
  const problemOf = () => (store.signing.ok ? undefined : store.signing.problems[0].code);

  test("is made once, for its owner's eyes only", async () => {
    const file = path.join(keysDir, "ledger.key");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const before = fs.readFileSync(file, "utf8");
    await reopen();
    expect([problemOf(), fs.readFileSync(file, "utf8")]).toEqual([undefined, before]);
  });

  test("that is lost, or another one, is named at the start and nothing is signed", async () => {
    const file = path.join(keysDir, "ledger.key");
    const kept = fs.readFileSync(file);
    fs.rmSync(file);
    await reopen();
    expect(problemOf()).toBe("ledger-key-lost");
    expect(await refusal(store.checkpoints.sign(AT))).toBe("ledger-key-lost");
    expect(fs.existsSync(file), "none was made in its place").toBe(false);
    fs.writeFileSync(file, "not a key");
    await reopen();
    expect(problemOf()).toBe("ledger-key-damaged");
    const other = await server.store(await server.database(), {
      keysDir: server.folder(`other-${made}`),
    });
    await other.close();
    fs.copyFileSync(path.join(server.folder(`other-${made}`), "ledger.key"), file);
    await reopen();
    expect(problemOf()).toBe("ledger-key-changed");
    fs.writeFileSync(file, kept);
    await reopen();
    expect(problemOf()).toBeUndefined();
  });

  test("that is replaced signs from then on, and what the old one signed still counts", async () => {
    await grow(2);
    const { note } = await signed();
    expect((await store.replaceKey(AT)).ok).toBe(true);
    await reopen();
    await grow(1, 2);
    expect((await signed()).size).toBe(3);
    expect((await store.checkpoints.contains(note)).ok).toBe(true);
    expect((await store.check(AT)).ok).toBe(true);
    expect(fs.readdirSync(keysDir)).toContain(`ledger-until-${AT}.key`);
  });
});

describe("the self-check", () => {
  test("finds nothing wrong with an honest ledger, and counts what it read", async () => {
    await badMorning(store);
    await signed();
    const check = await store.check(plus(AT, 1));
    expect([check.ok, check.problems]).toEqual([true, []]);
    expect(check.size).toBe((await store.ledger.head()).size);
    expect(check.report.checkpoints).toEqual({ verified: 1, size: check.size });
  });

  test.for([
    [
      "an edited entry",
      "update entry set body = replace(body, 'INC-1', 'INC-7') where seq = 1",
      "head-differs",
    ],
    ["a changed column", "update entry set at = at - 60000 where seq = 1", "columns-differ"],
    ["a renamed author", "update entry set by = 'account/ac_dov' where seq = 2", "columns-differ"],
    ["a removed entry", "delete from entry where seq = 1", "head-differs"],
    ["a removed last entry", "delete from entry where seq = 3", "head-differs"],
    [
      "two entries exchanged",
      "update entry e set id = o.id, subject = o.subject, body = o.body from entry o" +
        " where e.seq in (1, 2) and o.seq = 3 - e.seq",
      "head-differs",
    ],
    [
      "a forged value",
      "update disclosure set leaves = replace(leaves, 'Looking', 'Cooking')",
      "commitment-broken",
    ],
    ["a value that vanished", "delete from disclosure where entry_seq = 1", "field-missing"],
    [
      "a value without an entry",
      "update disclosure set entry_seq = 9 where entry_seq = 1",
      "disclosure-loose",
    ],
    ["a head that is gone", "delete from head", "head-missing"],
    ["a forged head", "update head set size = 3", "head-differs"],
    ["a forged root", "update head set root = sha256('x')", "head-differs"],
    [
      "a forged checkpoint",
      "update checkpoint set note = replace(note, chr(10) || 4 || chr(10), chr(10) || 3 || chr(10))",
      "signature-wrong",
    ],
  ] as const)("finds %s", async ([, tamper, code]) => {
    await grow(4);
    await signed();
    await store.pool.rows("alter table entry drop constraint entry_id_key").catch(() => {});
    await store.pool
      .rows("alter table entry drop constraint entry_subject_version_key")
      .catch(() => {});
    await store.pool.rows(tamper);
    const check = await store.check(AT);
    expect(check.ok).toBe(false);
    expect(check.problems.map((problem) => problem.code)).toContain(code);
    expect(check.words[0]).toMatch(/does not hold/);
  });

  test("finds a history that was rewritten together with everything in the database", async () => {
    await grow(4);
    await signed();
    await store.pool.rows(
      "update entry set by = 'account/ac_dov', body = replace(body, 'ac_ada', 'ac_dov') where seq = 1",
    );
    await store.pool.rows("delete from checkpoint");
    await recomputeHead();
    const check = await store.check(AT);
    expect(codesOf(check)).toEqual(["held-checkpoint-differs"]);
    expect(check.report.firstBad).toEqual({ from: 0, to: 3 });
  });

  test("a damaged value is never served", async () => {
    await grow(1);
    await store.pool.rows("update disclosure set leaves = replace(leaves, 'Looking', 'Cooking')");
    await expect(store.ledger.read("incident/INC-0")).rejects.toThrow(/commitment-broken/);
  });
});

test("an export is verified by whoever has the file and the key, and shows erasures", async () => {
  await badMorning(store);
  await signed();
  const chunks: Uint8Array[] = [];
  const written = await store.exportTo("whole", AT, (chunk) => {
    chunks.push(chunk);
  });
  expect(written).toEqual({ ok: true, value: (await store.ledger.head()).size });
  const check = verifier({
    sha256: nativeSha256,
    sha256Stream: () => createHash("sha256"),
    keys: store.signing.ok ? store.signing.value.keys : [],
  });
  for (const chunk of chunks) check.write(chunk);
  const report = check.end();
  expect([report.ok, report.keysGiven, report.fields.broken]).toEqual([true, true, 0]);
  const redacted: Uint8Array[] = [];
  await store.exportTo("redacted", AT, (chunk) => {
    redacted.push(chunk);
  });
  expect(Buffer.concat(redacted).toString()).not.toContain("Meridian");
});

test("the lines that the database writes are those that core writes", async () => {
  const odd = 'Zwei\n"Zeilen" \0 \\u0000 / \u007f \u2028 \ud83e\udded \t\b\f\r\u001f ~1';
  await store.ledger.append([line("incident/INC-1", 0, odd)]);
  await store.ledger.append([line("incident/INC-2", 0, "")]);
  await store.ledger.append([
    {
      ...line("signal/R-1", 0),
      events: [
        recordedBy({ type: "SignalStopped", at: AT }),
        recordedBy({
          type: "SignalRecorded",
          channel: 'odd "channel" \\ ü',
          fields: { "a/b~c": "1", "2": "x" },
        } as unknown as AnyEvent),
      ],
    },
  ]);
  const chunks: Uint8Array[] = [];
  await store.exportTo("whole", AT, (chunk) => {
    chunks.push(chunk);
  });
  const rows = await store.pool.rows<{ seq: number; body: string; leaves: string | null }>(
    "select seq, body, leaves from entry left join disclosure on entry_seq = seq order by seq",
  );
  const expected = rows.map((row) => exportEntry(row.seq, row.body, parseLeaves(row.leaves)));
  const written = Buffer.concat(chunks).toString().split("\n").slice(1, -2);
  expect(written.map((text) => `${text}\n`)).toEqual(expected);
});
