/** The key that the world outside knows is never replaced by another in silence. */

import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../core/problem.ts";
import { AT, type TestServer, testServer } from "./fixture.ts";
import { OPENPGP_FILE, type Openpgp, openpgpKey } from "./openpgp.ts";
import type { Store } from "./store.ts";

const OWNER = { name: "Fennel", mail: "security@fennel.example" };

let server: TestServer;
let store: Store;
let folder: string;
let key: Openpgp;
/** One that was ours before. */
let other: string;

beforeAll(async () => {
  server = await testServer();
  store = await server.store();
  folder = server.folder("openpgp");
  key = openpgpKey(store.settings, folder);
  const keep = async (): Promise<void> => {
    const made = await key.keep(OWNER, AT);
    if (!made.ok) throw new Error(made.problems[0].message);
  };
  await keep();
  await key.retire(AT);
  await keep();
  other = fs.readFileSync(path.join(folder, `openpgp-until-${AT}.asc`), "utf8");
});
afterAll(() => server.stop());

const problem = (result: Result<unknown>) => (result.ok ? undefined : result.problems[0]);

describe("a key of ours that is not the one we published", () => {
  const file = () => path.join(folder, OPENPGP_FILE);
  test("is named, with both ways to mend it, and neither signs nor is made anew", async () => {
    const known = await key.certificate();
    const ours = fs.readFileSync(file(), "utf8");
    for (const [code, says, text] of [
      ["openpgp-key-lost", /is missing: /, undefined],
      ["openpgp-key-damaged", /cannot be read as an OpenPGP key: /, ours.slice(0, 200)],
      ["openpgp-key-damaged", /cannot be read as an OpenPGP key: /, ""],
      ["openpgp-key-changed", /is not the key that is published \([0-9a-f]{40}\): /, other],
    ] as const) {
      if (text === undefined) fs.rmSync(file());
      else fs.writeFileSync(file(), text);
      const renamed = { ...OWNER, mail: "incidents@fennel.example" };
      for (const said of [
        problem(await key.check()),
        problem(await key.keep(renamed, AT)),
        problem(await key.clearSign("Expires: soon\n", AT)),
      ]) {
        expect(said?.code).toBe(code);
        expect(said?.message).toMatch(says);
        expect(said?.message).toContain(file());
        expect(said?.message).toMatch(/back from a backup, or .*`due keys replace --openpgp`/);
      }
      expect(await key.signer()).toBeUndefined();
      expect(await key.certificate()).toEqual(known);
      expect(fs.existsSync(file()) ? fs.readFileSync(file(), "utf8") : undefined).toBe(text);
    }
    fs.writeFileSync(file(), ours);
    expect((await key.check()).ok).toBe(true);
  });
});
