import { expect, test } from "vitest";
import { ADVISED_SETTINGS, assertSettings, REQUIRED_SETTINGS } from "./settings.ts";

/** A server with these settings, in place of the right ones. */
const server =
  (wrong: Record<string, string>) =>
  async (sql: string): Promise<Record<string, unknown>[]> => {
    const name = /current_setting\('(\w+)'\)/.exec(sql)?.[1] ?? "";
    const right = { ...REQUIRED_SETTINGS, ...ADVISED_SETTINGS }[name]?.[0];
    return [{ value: wrong[name] ?? right }];
  };

test("a server that keeps what it acknowledges is accepted without a finding", async () => {
  expect(await assertSettings(server({}))).toEqual([]);
  expect(await assertSettings(server({ synchronous_commit: "remote_apply" }))).toEqual([]);
});

test.for([
  ["fsync", "off"],
  ["full_page_writes", "off"],
  ["synchronous_commit", "off"],
  ["synchronous_commit", "local"],
  ["server_encoding", "SQL_ASCII"],
] as const)(
  "a server with %s = %s is refused, and the sentence names it",
  async ([name, value]) => {
    await expect(assertSettings(server({ [name]: value }))).rejects.toMatchObject({
      name: "StartRefused",
      code: "database-setting-wrong",
      message: expect.stringContaining(`${name} is ${value}`),
    });
  },
);

test("every wrong setting is named at once", async () => {
  const all = server({ fsync: "off", synchronous_commit: "off" });
  await expect(assertSettings(all)).rejects.toThrow(/fsync is off.*; synchronous_commit is off/);
});

test("missing checksums are a finding, not a refusal", async () => {
  const [finding, ...more] = await assertSettings(server({ data_checksums: "off" }));
  expect(finding).toContain("data_checksums is off");
  expect(more).toEqual([]);
});
