/**
 * The command line without a server: the built program, run as a process; what its verbs say
 * more than once, in this one. What needs a server is in command-line.test.ts.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printVkey } from "../../src/core/ledger/note.ts";
import {
  sampleCheckpoint,
  sampleEntries,
  sampleExport,
  sampleSigner,
} from "../../src/core/ledger/sample-ledger.ts";
import { printPolicyJsonSchema } from "../../src/core/policy/schema.ts";
import { runDue, runHere } from "../program.ts";

let folder: string;
const inFolder = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "due-command-line-"));
  await runDue(["version"]); // builds what is stale, once
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("help", () => {
  test("names every verb and the exit codes, in colour nowhere", async () => {
    const { code, stdout, stderr } = await runDue([]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: due <verb>/);
    for (const verb of ["serve", "next", "inc", "ledger", "doctor"])
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
    expect(stdout).toContain("4 something is overdue");
    expect(stdout).not.toContain("\x1b");
  });

  test("is what docs/cli.md says", async () => {
    const { stdout } = await runDue(["manual"]);
    expect(readFileSync("docs/cli.md", "utf8"), "due manual > docs/cli.md").toBe(stdout);
  });

  test.each([
    [["polcy"], "Did you mean policy?"],
    [["policy", "chekc"], "Did you mean check?"],
    [["policy", "check", "--jsn"], "Did you mean --json?"],
    [["policy", "check"], "missing required argument 'file'"],
    [["inc", "fact", "INC-1", "a", "confirmed"], "required option '--source"],
    [["inc"], "Usage: due inc"],
    [["ledger", "verify"], "missing-field"],
  ])("of what was wrongly typed, %j: %s", async (words, says) => {
    const { code, stdout, stderr } = await runHere(words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect((await runDue(["version"])).stdout).toBe(`${version}\n`);
  expect(JSON.parse((await runDue(["version", "--json"])).stdout)).toMatchObject({ version });
});

describe("policy check", () => {
  test("lets the three examples be published", async () => {
    for (const name of ["solo", "product", "vendor"]) {
      const { code, stdout } = await runHere(["policy", "check", `policies/${name}.yaml`]);
      expect(code, stdout).toBe(0);
      expect(stdout).toMatch(/It can be published/);
    }
  });

  test("says where, how bad, which and what, and leaves 1 where something blocks", async () => {
    const text = readFileSync("policies/solo.yaml", "utf8").replace(
      "zone: Europe/Berlin",
      "zone: Europe/Berlim",
    );
    const file = inFolder("wrong.yaml", text);
    const line = text.split("\n").findIndex((one) => one.includes("Europe/Berlim")) + 1;
    const plain = await runDue(["policy", "check", file]);
    expect(plain.code).toBe(1);
    expect(plain.stdout).toMatch(
      new RegExp(`^${file}:${line}:\\d+ block [a-z-]+ .*Europe/Berli`, "m"),
    );
    const { code, stdout } = await runHere(["policy", "check", file, "--json"]);
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout);
    expect(findings.find((one: { line: number }) => one.line === line)).toMatchObject({
      code: expect.stringMatching(/^[a-z-]+$/),
      level: "block",
      line,
      column: expect.any(Number),
      message: expect.stringContaining("Berlim"),
    });
  });

  test("says what is no policy at all, and what is no file", async () => {
    const file = inFolder("broken.yaml", "format: [\n");
    const broken = await runHere(["policy", "check", file]);
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining("policy-yaml")]);
    const none = await runDue(["policy", "check", join(folder, "none.yaml")]);
    expect([none.code, none.stdout]).toEqual([2, ""]);
    expect(none.stderr).toContain("there is no such file");
  });

  test("prints no escape sequence that stands in the text", async () => {
    const file = inFolder("escape.yaml", `format: duenotice/policy/1\n"\\e[2Jkey": 1\n`);
    const { stdout } = await runDue(["policy", "check", file]);
    expect(stdout).not.toContain("\x1b");
  });
});

test("policy schema prints the schema that the parser uses", async () => {
  expect((await runDue(["policy", "schema"])).stdout).toBe(printPolicyJsonSchema());
});

describe("ledger verify", () => {
  const bytes = Buffer.from(sampleExport().join(""));

  test("says of an export that it holds", async () => {
    const file = inFolder("holds.jsonl", bytes);
    const { code, stdout, stderr } = await runDue(["ledger", "verify", file]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^It holds: /);
    expect(stdout).toContain("The keys are the file's own word.");
    const json = JSON.parse((await runDue(["ledger", "verify", file, "--json"])).stdout);
    expect(json).toMatchObject({ ok: true, problems: [], size: sampleEntries().length });
  });

  test("finds one flipped bit, wherever it is", async () => {
    for (const at of [10, 500, Math.floor(bytes.length / 2), bytes.length - 40]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      const { code, stdout } = await runHere([
        "ledger",
        "verify",
        inFolder("flipped.jsonl", changed),
      ]);
      expect([code, stdout.split("\n")[0]], `byte ${at}`).toEqual([
        1,
        expect.stringMatching(/^It does not hold: \d+ problems?\.$/),
      ]);
    }
  });

  test("believes the keys and the checkpoints that were handed in, over the file's", async () => {
    const file = inFolder("keys.jsonl", bytes);
    const key = printVkey(sampleSigner().key);
    const right = await runHere(["ledger", "verify", file, "--key", key]);
    expect([right.code, right.stdout]).toEqual([
      0,
      expect.stringContaining("among those you gave"),
    ]);
    const other = printVkey(sampleSigner("somebody else's key").key);
    expect((await runHere(["ledger", "verify", file, "--key", other])).code).toBe(1);
    const held = inFolder("held.txt", sampleCheckpoint(sampleEntries(), 5, sampleSigner()));
    const fits = await runHere(["ledger", "verify", file, "--held", held]);
    expect([fits.code, fits.stdout]).toEqual([
      0,
      expect.stringContaining("1 checkpoint that you hold fit"),
    ]);
    const forked = sampleCheckpoint([...sampleEntries()].reverse(), 5, sampleSigner());
    expect(
      (await runHere(["ledger", "verify", file, "--held", inFolder("forked.txt", forked)])).code,
    ).toBe(1);
  });

  test("says what is no export, no key and no file", async () => {
    const none = await runHere(["ledger", "verify", join(folder, "none.jsonl")]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("there is no such file")]);
    const text = await runDue(["ledger", "verify", "package.json"]);
    expect([text.code, text.stdout]).toEqual([1, expect.stringContaining("It does not hold")]);
    const key = await runHere(["ledger", "verify", "package.json", "--key", "x"]);
    expect([key.code, key.stderr]).toEqual([1, expect.stringContaining("vkey-malformed")]);
  });

  test("needs nothing but core and Node: no store, no server, no network", () => {
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = readFileSync(join("src", file), "utf8");
      for (const [, specifier = ""] of text.matchAll(
        /(?:^(?:import|export)\b(?! type )[^;"]*?(?:from )?|\bimport\()"(\.[^"]+)"/gms,
      )) {
        // Only --data, which exports first, takes the host's door.
        if (file === "cli/ledger.ts" && specifier === "../server/host.ts") continue;
        walk(normalize(join(dirname(file), specifier)));
      }
    };
    walk("cli/ledger.ts");
    expect(seen.size).toBeGreaterThan(15);
    expect([...seen].filter((file) => !/^(?:core|cli)\//.test(file))).toEqual([]);
  });
});

describe("completion", () => {
  test("answers with the verbs and the options", async () => {
    const verbs = await runDue(["complete", "--", "inc", "f"]);
    expect(verbs.stdout).toMatch(/^fact\t/m);
    expect(verbs.stdout).toMatch(/^fix\t/m);
    expect((await runDue(["complete", "--", "inc", "log", "--"])).stdout).toMatch(/^--at\t/m);
  });

  test("has a script for each shell", async () => {
    for (const shell of ["bash", "zsh", "fish", "powershell"])
      expect((await runDue(["completion", shell])).stdout, shell).toContain("due complete");
    expect((await runDue(["completion", "tcsh"])).code).toBe(2);
  });
});

describe("without an installation", () => {
  const nowhere = { DUE_DATA: "/nonexistent" };

  test("a verb of the API says what to set", async () => {
    const { code, stdout, stderr } = await runDue(["next"], nowhere);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("DUE_URL");
    const json = await runDue(["next", "--json"], nowhere);
    expect(JSON.parse(json.stdout).problems[0].code).toBe("no-token");
  });

  test("a verb says where nobody answers", async () => {
    const env = { DUE_TOKEN: "due_x", DUE_URL: "http://127.0.0.1:9" };
    const { code, stderr } = await runDue(["ls"], env);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("No answer from http://127.0.0.1:9"),
    ]);
  });

  test("a wrong setting is named with the right one, and nothing is made", async () => {
    const wrong = await runDue(["serve", "--prot", "8080"], { DUE_DATA: join(folder, "data") });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining("did you mean --port?"),
    ]);
    const env = { DUE_DATA: join(folder, "data"), DUE_SMTP_HOTS: "x" };
    const checked = await runDue(["config", "check", "--json"], env);
    expect([checked.code, JSON.parse(checked.stdout).problems[0].code]).toEqual([
      2,
      "unknown-setting",
    ]);
    expect(readdirSync(folder)).not.toContain("data");
  });

  test("no secret is printed", async () => {
    const env = { ...nowhere, DUE_SMTP_URL: "smtp://ada:hunter2@mail.fennel.example:587" };
    for (const more of [[], ["--json"]]) {
      const { stdout } = await runDue(["config", "print", ...more], env);
      expect(stdout).toContain("DUE_SMTP_URL");
      expect(stdout).not.toContain("hunter2");
    }
  });
});
