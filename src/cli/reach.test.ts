import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testShell } from "./fixture.ts";
import { reach } from "./reach.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "due-reach-"));
});
afterEach(() => rmSync(data, { recursive: true }));

async function reached(env: Readonly<Record<string, string>>) {
  const { shell, err } = testShell({ env: { DUE_DATA: data, ...env } });
  const found = await reach(shell);
  return found.ok ? [found.value.url, err()] : [found.problems[0].code, err()];
}

const onHost = (): void => writeFileSync(join(data, "cli-token"), "due_host\n");

describe("the installation that a verb speaks to", () => {
  test("is the one that DUE_URL names, with DUE_TOKEN", async () => {
    onHost();
    const env = { DUE_TOKEN: "due_x", DUE_URL: "https://respond.fennel.example/due/" };
    expect(await reached(env)).toEqual(["https://respond.fennel.example/due", ""]);
    writeFileSync(join(data, "token"), "due_x\n");
    const file = { DUE_TOKEN_FILE: join(data, "token"), DUE_URL: "https://respond.fennel.example" };
    expect(await reached(file)).toEqual(["https://respond.fennel.example", ""]);
  });

  test("is this machine's with the host's token, which never leaves it", async () => {
    onHost();
    expect(await reached({})).toEqual(["http://127.0.0.1:7272", ""]);
    expect(await reached({ DUE_PORT: "8080", DUE_HOST: "0.0.0.0" })).toEqual([
      "http://127.0.0.1:8080",
      "",
    ]);
    expect(await reached({ DUE_URL: "http://localhost:9000" })).toEqual([
      "http://localhost:9000",
      "",
    ]);
    for (const url of [
      "https://respond.fennel.example",
      "http://127.0.0.1.evil.example",
      "http://localhost.evil.example",
    ]) {
      const [at, note] = await reached({ DUE_URL: url });
      expect([at, note?.includes("DUE_TOKEN is not set")]).toEqual(["http://127.0.0.1:7272", true]);
    }
  });

  test("is found by the port in config.yaml too", async () => {
    onHost();
    writeFileSync(join(data, "config.yaml"), "port: 8181\n");
    expect(await reached({})).toEqual(["http://127.0.0.1:8181", ""]);
  });

  test("is none where there is neither a token nor an installation", async () => {
    expect(await reached({ DUE_URL: "https://respond.fennel.example" })).toEqual(["no-token", ""]);
    mkdirSync(join(data, "cli-token"));
    expect((await reached({}))[0]).toBe("file-unreadable");
    expect((await reached({ DUE_TOKEN_FILE: join(data, "none") }))[0]).toBe("file-unreadable");
  });
});
