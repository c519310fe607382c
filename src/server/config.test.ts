import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Configured, parseConfig, printedConfig, readConfig, type Sources } from "./config.ts";
import { envOf, SETTING_KEYS, SETTINGS } from "./settings.ts";

const none: Sources = { flags: {}, env: {}, readSecret: () => undefined };

function configured(sources: Partial<Sources>): Configured {
  const parsed = parseConfig({ ...none, ...sources });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

function refused(sources: Partial<Sources>): readonly { code: string; message: string }[] {
  const parsed = parseConfig({ ...none, ...sources });
  return parsed.ok ? [] : parsed.problems;
}

describe("a setting's value", () => {
  test("with nothing said, it listens on this machine alone and keeps all in ./data", () => {
    const { config, origin } = configured({});
    expect(config).toMatchObject({ data: "./data", host: "127.0.0.1", port: 7272 });
    expect(config.url).toBe("http://127.0.0.1:7272");
    expect(origin).toMatchObject({ port: "default", url: "derived", smtpHost: "unset" });
  });

  test("a flag beats the environment, which beats config.yaml, which beats the default", () => {
    const file = "port: 1\nhost: 10.0.0.3\nlog-level: warn\n";
    const env = { DUE_PORT: "2", DUE_HOST: "10.0.0.2" };
    const { config, origin } = configured({ flags: { port: "3" }, env, file });
    expect([config.port, config.host, config.logLevel]).toEqual([3, "10.0.0.2", "warn"]);
    expect([origin.port, origin.host, origin.logLevel, origin.data]).toEqual([
      "flag",
      "environment",
      "config.yaml",
      "default",
    ]);
  });

  test("an empty environment variable says nothing", () => {
    expect(configured({ env: { DUE_PORT: "" } }).origin.port).toBe("default");
  });

  test("DUE_URL may hold a path and loses its last slash", () => {
    const { config } = configured({ env: { DUE_URL: "https://ops.fennel.example/due/" } });
    expect(config.url).toBe("https://ops.fennel.example/due");
  });

  test("listening on every interface gives an address that a browser can open", () => {
    expect(configured({ env: { DUE_HOST: "0.0.0.0" } }).config.url).toBe("http://127.0.0.1:7272");
    expect(configured({ env: { DUE_HOST: "::1" } }).config.url).toBe("http://[::1]:7272");
  });

  test("an environment that is not ours is left alone", () => {
    expect(refused({ env: { DUEL: "1", PATH: "/bin" } })).toEqual([]);
  });
});

describe("a secret", () => {
  test("can be read from a file, whose last line break does not count", () => {
    const env = { DUE_SMTP_PASSWORD_FILE: "/run/secrets/mail" };
    const readSecret = (path: string) => (path === "/run/secrets/mail" ? "s3cret\n" : undefined);
    expect(configured({ env, readSecret }).config.smtpPassword).toBe("s3cret");
  });

  test("is refused when given both ways, or when its file cannot be read", () => {
    const both = { DUE_SMTP_PASSWORD: "a", DUE_SMTP_PASSWORD_FILE: "/x" };
    expect(refused({ env: both })).toMatchObject([{ code: "setting-twice" }]);
    expect(refused({ env: { DUE_DKIM_KEY_FILE: "/x" } })[0]).toMatchObject({
      code: "setting-file-unreadable",
    });
  });

  test("is never printed, nor said in a refusal", () => {
    const value = "postgres://due:hunter22@db.fennel.example/due";
    const printed = JSON.stringify(printedConfig(configured({ env: { DUE_DATABASE_URL: value } })));
    expect(printed).toContain('"(secret)"');
    expect(printed).not.toContain("hunter22");
    const message = JSON.stringify(refused({ env: { DUE_METRICS_TOKEN: "hunter22" } }));
    expect(message).toContain("DUE_METRICS_TOKEN");
    expect(message).not.toContain("hunter22");
  });
});

describe("what is refused", () => {
  test("a mistyped name, with the one that was meant, wherever it stands", () => {
    expect(refused({ env: { DUE_PROT: "1" } })).toEqual([
      { code: "unknown-setting", message: "DUE_PROT is no setting; did you mean DUE_PORT?" },
    ]);
    expect(refused({ flags: { hsot: "1" } })[0]?.message).toContain("did you mean --host?");
    expect(refused({ file: "port: 1\nsmtp_host: x\n" })).toEqual([
      {
        code: "unknown-setting",
        message: "smtp_host is no setting (config.yaml, line 2); did you mean smtp-host?",
        line: 2,
      },
    ]);
  });

  test.each([
    ["DUE_PORT", "70000"],
    ["DUE_PORT", "7272x"],
    ["DUE_URL", "respond.fennel.example"],
    ["DUE_URL", "ftp://respond.fennel.example"],
    ["DUE_URL", "https://ana:pw@respond.fennel.example"],
    ["DUE_TRUST_PROXY", "localhost"],
    ["DUE_TRUST_PROXY", "10.0.0.0/33"],
    ["DUE_OWNER_EMAIL", "ana@fennel.example, ben@fennel.example"],
    ["DUE_MAIL_FROM", "Fennel <a@b.example>\r\nBcc: c@d.example"],
    ["DUE_LOG_LEVEL", "verbose"],
    ["DUE_METRICS_TOKEN", "short"],
    ["DUE_DATABASE_URL", "mysql://db.fennel.example"],
  ])("%s = %s", (name, text) => {
    const [problem] = refused({ env: { [name]: text } });
    expect(problem).toMatchObject({ code: "bad-setting" });
    expect(problem?.message).toMatch(new RegExp(`^${name} must `));
  });

  test("everything that is wrong is said at once", () => {
    const codes = refused({ env: { DUE_PORT: "x", DUE_LOG_LEVEL: "x", DUE_NOPE: "1" } });
    expect(codes.map(({ code }) => code)).toEqual([
      "unknown-setting",
      "bad-setting",
      "bad-setting",
    ]);
  });

  test("half a DKIM signature, and mail configured in two ways", () => {
    expect(refused({ env: { DUE_DKIM_DOMAIN: "fennel.example" } })[0]?.message).toContain(
      "DUE_DKIM_SELECTOR and DUE_DKIM_KEY are missing",
    );
    const env = {
      DUE_SMTP_URL: "smtp://mail.fennel.example",
      DUE_SMTP_HOST: "mail.fennel.example",
    };
    expect(refused({ env })).toMatchObject([{ code: "setting-twice" }]);
  });

  test.each([
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "mail.fennel.example" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "10.0.0.25" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "127.0.0.1.fennel.example" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "localhost.fennel.example" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_URL: "smtp://ada:secret@mail.fennel.example:25" },
    { DUE_IMAP_TLS: "none", DUE_IMAP_URL: "imap://ada:secret@mail.fennel.example/INBOX" },
  ])("mail in clear to another machine (%j)", (env) => {
    const [problem, ...more] = refused({ env: env as never });
    expect([problem?.code, more]).toEqual(["bad-setting", []]);
    expect(problem?.message).toContain("is not this machine");
    expect(problem?.message).not.toContain("secret");
  });

  test.each([
    { DUE_SMTP_TLS: "none" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "127.0.0.1" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "::1" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_HOST: "LocalHost" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_URL: "smtp://[::1]:25" },
    { DUE_SMTP_TLS: "none", DUE_SMTP_URL: "smtps://mail.fennel.example" },
    { DUE_SMTP_TLS: "starttls", DUE_SMTP_HOST: "mail.fennel.example" },
    { DUE_IMAP_TLS: "none", DUE_IMAP_URL: "imap://127.0.0.1:1143/INBOX" },
    { DUE_IMAP_TLS: "none", DUE_IMAP_URL: "imaps://mail.fennel.example/INBOX" },
  ])("but not on this one, nor where it is encrypted all the same (%j)", (env) => {
    expect(refused({ env: env as never })).toEqual([]);
  });

  test("a config.yaml that is no list of settings, with its line", () => {
    expect(refused({ file: "- port" })[0]).toMatchObject({ code: "bad-config-file", line: 1 });
    expect(refused({ file: "port: 1\nsmtp:\n  host: x\n" })[0]).toMatchObject({ line: 2 });
    expect(refused({ file: "port: 'x" })[0]).toMatchObject({ code: "bad-config-file" });
    expect(refused({ file: "data: ./elsewhere" })[0]?.message).toContain("says where this file is");
  });
});

describe("reading the disk", () => {
  test("config.yaml is looked for in the data directory that flags or environment name", () => {
    const data = mkdtempSync(join(tmpdir(), "due-config-"));
    writeFileSync(join(data, "config.yaml"), "port: 7373\n");
    const read = readConfig({}, { DUE_DATA: data });
    expect(read).toMatchObject({ ok: true, value: { config: { port: 7373, data } } });
  });

  test("a config.yaml that is there and cannot be read is refused, not skipped", () => {
    const data = mkdtempSync(join(tmpdir(), "due-config-"));
    mkdirSync(join(data, "config.yaml"));
    expect(readConfig({ data }, {})).toMatchObject({ problems: [{ code: "bad-config-file" }] });
  });
});

test("every setting says what it is for, and every name is one name", () => {
  expect(SETTING_KEYS.length).toBeGreaterThan(20);
  for (const key of SETTING_KEYS) expect(SETTINGS[key].says).toMatch(/^[A-Z].*\.$/);
  expect(envOf("smtpTls")).toBe("DUE_SMTP_TLS");
});
