/**
 * Sections that are not for everybody, from the shell: their files go along with the policy,
 * are held to their digests, come out again as they were, and outlive a restore.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Owner, setUp, valueOf } from "../owner.ts";
import { type Program, removeFolder, runDue, scratchFolder, startProgram } from "../program.ts";

const NDA = "salt: 0ab182d619f22d57\n\n# Runbook\n\nFreeze the release chain first.\n";
const INTERNAL = "salt: 77e1f04b6f0c1d22\n\nCall the duty officer.\n";

let scratch: string;
let program: Program;
let owner: Owner;
let folder: string;

beforeAll(async () => {
  scratch = scratchFolder("section-files");
  program = await startProgram({ data: join(scratch, "data"), isPrepared: true });
  owner = await setUp(program);
  folder = join(scratch, "ours");
  for (const [name, text] of [
    ["nda/runbook.md", NDA],
    ["internal/contacts.md", INTERNAL],
  ] as const) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { text } = valueOf(await owner.client.read("policy", { version: "current" }));
  writeFileSync(join(folder, "policy.yaml"), withSections(text ?? "", "nda/runbook.md"));
});
afterAll(async () => {
  await program?.stop();
  removeFolder(scratch);
});

const digest = (text: string): string =>
  `sha256:${createHash("sha256").update(text).digest("hex")}`;

const withSections = (text: string, runbook: string): string => `${text
  .trimEnd()
  .replace(/^version: .*$/m, 'version: "9"')}
  - { id: runbook, title: The runbook, audience: nda, file: ${runbook}, digest: "${digest(NDA)}" }
  - { id: contacts, title: Whom to call, audience: internal, file: internal/contacts.md, digest: "${digest(INTERNAL)}" }
`;

/** As somebody with a shell on the host. */
const due = (...words: string[]) =>
  runDue(words, { DUE_DATA: program.data, DUE_PORT: new URL(program.url).port });
/** As an owner, from her own machine. */
const asOwner = async (words: readonly string[], whose = owner, at = program) =>
  runDue(words, {
    DUE_DATA: join(scratch, "none"),
    DUE_URL: at.url,
    DUE_TOKEN: await whose.token("read", "write"),
  });
const publish = (file = join(folder, "policy.yaml")) =>
  asOwner(["policy", "publish", file, "--alone", "There is one owner."]);

test("without a file, or with one that is another by one character, nothing is published", async () => {
  const place = join(folder, "internal/contacts.md");
  rmSync(place);
  const missing = await publish();
  expect([missing.code === 0, missing.stderr]).toEqual([
    false,
    expect.stringMatching(/internal\/contacts\.md.*is not here/s),
  ]);
  writeFileSync(place, `${INTERNAL} `);
  const changed = await publish();
  expect([changed.code === 0, changed.stderr]).toEqual([
    false,
    expect.stringMatching(/is not the file that the policy names for contacts/),
  ]);
  writeFileSync(place, INTERNAL);
  const outside = join(folder, "outside.yaml");
  const text = readFileSync(join(folder, "policy.yaml"), "utf8");
  writeFileSync(outside, text.replace("nda/runbook.md", "../data/cli-token"));
  expect((await publish(outside)).stderr).toMatch(/is not below the policy's own folder/);
  expect(valueOf(await owner.client.read("policies")).items).toHaveLength(1);
});

test("with its files it is published, and each is here", async () => {
  expect(await publish()).toMatchObject({ code: 0, stderr: "" });
  const files = (await due("policy", "files", "current")).stdout;
  expect(files).toMatch(/runbook\s+nda\s+nda\/runbook\.md\s+yes/);
  expect(files).toMatch(/contacts\s+internal\s+internal\/contacts\.md\s+yes/);
});

test("exported, it is the same byte for byte, and can be published again from there", async () => {
  const out = join(scratch, "out");
  expect(await due("policy", "export", out)).toMatchObject({ code: 0, stderr: "" });
  for (const name of ["policy.yaml", "nda/runbook.md", "internal/contacts.md"])
    expect(readFileSync(join(out, name), "utf8"), name).toBe(
      readFileSync(join(folder, name), "utf8"),
    );
  const other = await startProgram({ data: join(scratch, "other"), isPrepared: true });
  const theirs = await setUp(other);
  const words = ["policy", "publish", join(out, "policy.yaml"), "--alone", "One owner."];
  expect(await asOwner(words, theirs, other)).toMatchObject({ code: 0, stderr: "" });
  const { stdout } = await asOwner(["policy", "show", "--hash"], theirs, other);
  expect(stdout).toBe((await due("policy", "show", "--hash")).stdout);
  await other.stop();
});

test("a link needs no file any more, and opens after a restore too", async () => {
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  const added = await owner.client.send("AddCustomer", "", { name: "Kestrel Bank", contact });
  const customer = valueOf(added).subject.slice("party/".length);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const shared = await due("party", "share", customer, "runbook", "ct-1", "--until", until);
  expect(shared).toMatchObject({ code: 0, stderr: "" });
  const [path = ""] = /\/nda\/\S+/.exec((await due("party", "shares", customer)).stdout) ?? [];
  const read = async () => (await fetch(program.url + path)).text();
  expect(await read()).toContain("Freeze the release chain first.");
  const into = join(scratch, "backup");
  expect((await due("backup", "--to", into)).code).toBe(0);
  await program.stop();
  const restored = join(scratch, "restored");
  expect((await due("restore", into, "--to", restored)).code).toBe(0);
  expect(existsSync(restored)).toBe(true);
  program = await startProgram({ data: restored });
  expect(await read()).toContain("Freeze the release chain first.");
});
