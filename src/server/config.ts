/**
 * Config: what this installation was told, and who told it.
 *
 *   flags > environment > <data>/config.yaml > defaults
 *
 * Parsing is pure: the reader at the end is the only function here that touches
 * the disk. Every value keeps its origin, because "where does this come from?"
 * is the question of the worst day. A name nobody knows is refused: a mistyped
 * setting that is silently ignored is a setting somebody believes in.
 */

import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { type Problem, type Problems, refuse, refuseAll, type Result } from "../core/problem.ts";
import { nearest } from "../core/policy/nearest.ts";
import {
  envOf,
  flagOf,
  type Setting,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type Settings,
} from "./settings.ts";

const CONFIG_FILE = "config.yaml";
const FILE_BYTES_MAX = 64 * 1024;

export type Origin = "flag" | "environment" | "config.yaml" | "default" | "derived" | "unset";
export type Config = Settings & { readonly url: string };
export type Configured = {
  readonly config: Config;
  readonly origin: Readonly<Record<SettingKey, Origin>>;
};

/** A name and a text as an operator wrote them, and where. */
type Given = {
  readonly name: string;
  readonly text: string;
  readonly origin: Origin;
  readonly line?: number;
};

export type Sources = {
  /** By flag without hyphens: `smtp-host`. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of config.yaml; undefined where there is none. */
  readonly file?: string | undefined;
  /** The content of a file that a ..._FILE setting names; undefined when it cannot be read. */
  readonly readSecret: (path: string) => string | undefined;
};

/**
 * The configuration, or everything that is wrong with it at once.
 * Refuses with: unknown-setting, bad-setting, setting-twice, setting-file-unreadable, bad-config-file.
 */
export function parseConfig(sources: Sources): Result<Configured> {
  const file = sources.file === undefined ? [] : parseConfigFile(sources.file);
  if ("problems" in file) return { ok: false, problems: file.problems };
  const given = [...fromFlags(sources.flags), ...fromEnv(sources.env), ...file];
  const problems: Problem[] = given.flatMap(unknown);
  const values: Record<string, unknown> = {};
  const origin: Record<string, Origin> = {};
  for (const key of SETTING_KEYS) {
    const setting: Setting<unknown> = SETTINGS[key];
    const found = choose(key, setting, given, sources.readSecret, problems);
    values[key] = found ? found.value : setting.fallback;
    origin[key] = found?.origin ?? (setting.fallback === undefined ? "unset" : "default");
  }
  const config = values as Settings;
  problems.push(...together(config));
  if (config.url === undefined) origin.url = "derived";
  const url = config.url ?? derivedUrl(config.host, config.port);
  return refuseAll(problems, {
    config: { ...config, url },
    origin: origin as Configured["origin"],
  });
}

/** Where the data directory is, which has to be known before config.yaml can be read. */
export const dataDirectory = (sources: Pick<Sources, "flags" | "env">): string =>
  sources.flags.data || sources.env.DUE_DATA || SETTINGS.data.fallback;

/** Reads the process's own flags, environment and files. Refuses as parseConfig does. */
export function readConfig(flags: Sources["flags"], env: Sources["env"]): Result<Configured> {
  const path = join(dataDirectory({ flags, env }), CONFIG_FILE);
  const file = contents(path);
  // A file that is there and cannot be read would be settings silently lost.
  if (file === undefined && existsSync(path))
    return refuse("bad-config-file", `${path} cannot be read, or is larger than 64 KB.`);
  return parseConfig({ flags, env, file, readSecret: contents });
}

/** One line of `due config print`; a secret's value is never in it. */
export type PrintedSetting = {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
  readonly type: string;
  readonly says: string;
};

export function printedConfig({ config, origin }: Configured): readonly PrintedSetting[] {
  return SETTING_KEYS.map((key) => {
    const setting: Setting<unknown> = SETTINGS[key];
    const value = config[key];
    const shown = value === undefined ? "" : setting.secret ? "(secret)" : String(value);
    const { type, says } = setting;
    return { name: envOf(key), value: shown, origin: origin[key], type, says };
  });
}

const fromFlags = (flags: Sources["flags"]): readonly Given[] =>
  Object.entries(flags).flatMap(([name, text]) =>
    text === undefined ? [] : [{ name: `--${name}`, text, origin: "flag" as const }],
  );

const fromEnv = (env: Sources["env"]): readonly Given[] =>
  Object.entries(env).flatMap(([name, text]) =>
    name.startsWith("DUE_") && text !== undefined && text !== ""
      ? [{ name, text, origin: "environment" as const }]
      : [],
  );

function parseConfigFile(text: string): readonly Given[] | { readonly problems: Problems } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (range: readonly number[] | null | undefined): number =>
    lines.linePos(range?.[0] ?? 0).line;
  const wrong = (message: string, line: number): { readonly problems: Problems } => ({
    problems: [
      { code: "bad-config-file", message: `${CONFIG_FILE}, line ${line}: ${message}`, line },
    ],
  });
  const [error] = document.errors;
  if (error) return wrong("this is not YAML.", lines.linePos(error.pos[0]).line);
  if (document.contents === null) return [];
  if (!isMap(document.contents)) return wrong("must hold lines like port: 7272.", 1);
  const given: Given[] = [];
  for (const { key, value } of document.contents.items) {
    const line = isScalar(key) ? place(key.range) : 1;
    const text = isScalar(value) ? textOf(value.value) : undefined;
    if (!isScalar(key) || text === undefined)
      return wrong("must be one name and one value, like port: 7272.", line);
    const name = String(key.value);
    if (name === "data") return wrong("data says where this file is and cannot stand in it.", line);
    given.push({ name, text, origin: "config.yaml", line });
  }
  return given;
}

/** A scalar of YAML as an operator would type it in a shell. */
const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;

/** How `key` is spelled where `origin` speaks. */
const spelled = (key: string, origin: Origin): string =>
  origin === "environment" ? envOf(key) : origin === "flag" ? `--${flagOf(key)}` : flagOf(key);

const namesIn = (origin: Origin): readonly string[] =>
  SETTING_KEYS.flatMap((key) => {
    const setting: Setting<unknown> = SETTINGS[key];
    return [key, ...(setting.secret ? [`${key}File`] : [])].map((name) => spelled(name, origin));
  });

function unknown({ name, origin, line }: Given): readonly Problem[] {
  const known = namesIn(origin);
  if (known.includes(name)) return [];
  const meant = nearest(name, known);
  const where = line === undefined ? "" : ` (${CONFIG_FILE}, line ${line})`;
  const hint = meant ? `did you mean ${meant}?` : "due config print lists them all.";
  return [
    {
      code: "unknown-setting",
      message: `${name} is no setting${where}; ${hint}`,
      ...(line === undefined ? {} : { line }),
    },
  ];
}

/** The strongest source that names `key`, parsed. Problems are added, not returned: all are shown. */
function choose(
  key: SettingKey,
  setting: Setting<unknown>,
  given: readonly Given[],
  readSecret: Sources["readSecret"],
  problems: Problem[],
): { readonly value: unknown; readonly origin: Origin } | undefined {
  for (const origin of ["flag", "environment", "config.yaml"] as const) {
    const at = (name: string): Given | undefined =>
      given.find((one) => one.origin === origin && one.name === spelled(name, origin));
    const direct = at(key);
    const file = setting.secret ? at(`${key}File`) : undefined;
    const said = direct ?? file;
    if (!said) continue;
    const wrong = (code: string, message: string): undefined => {
      problems.push({ code, message, ...(said.line === undefined ? {} : { line: said.line }) });
    };
    if (direct && file)
      return wrong("setting-twice", `Set ${direct.name} or ${file.name}, not both.`);
    const text = direct ? direct.text : readSecret(said.text)?.replace(/\r?\n$/, "");
    if (text === undefined)
      return wrong("setting-file-unreadable", `${said.name} names a file that cannot be read.`);
    const parsed = setting.parse(text);
    if (parsed.ok) return { value: parsed.value, origin };
    // The value stays out of the message: it may be a password in the wrong place.
    return wrong("bad-setting", `${said.name} ${parsed.problems[0].message}.`);
  }
  return undefined;
}

/** What only shows when settings are seen together. */
function together(config: Settings): readonly Problem[] {
  const problems: Problem[] = [];
  if (config.smtpUrl !== undefined && config.smtpHost !== undefined)
    problems.push({
      code: "setting-twice",
      message: `Set ${envOf("smtpUrl")} or ${envOf("smtpHost")}, not both.`,
    });
  const dkim = (["dkimDomain", "dkimSelector", "dkimKey"] as const).filter(
    (key) => config[key] === undefined,
  );
  if (dkim.length === 1 || dkim.length === 2)
    problems.push({
      code: "bad-setting",
      message: `Signing mail needs all three of its settings; ${dkim.map(envOf).join(" and ")} ${dkim.length === 1 ? "is" : "are"} missing.`,
    });
  const { smtpUrl, smtpHost, smtpTls, imapUrl, imapTls } = config;
  if (smtpTls === "none")
    problems.push(
      ...inClear("smtpTls", hostIn(smtpUrl, "smtp:") ?? (smtpUrl ? undefined : smtpHost)),
    );
  if (imapTls === "none") problems.push(...inClear("imapTls", hostIn(imapUrl, "imap:")));
  return problems;
}

/** The host of an address that does not encrypt by itself. */
function hostIn(url: string | undefined, scheme: string): string | undefined {
  const parsed = url === undefined ? undefined : new URL(url);
  return parsed?.protocol === scheme ? parsed.hostname.replace(/^\[|\]$/g, "") : undefined;
}

const isThisMachine = (host: string): boolean =>
  /^(?:localhost|.+\.localhost)\.?$/i.test(host) ||
  host === "::1" ||
  (isIP(host) === 4 && host.startsWith("127."));

/** What would be read by whoever is on the way: letters, and the password. */
function inClear(key: "smtpTls" | "imapTls", host: string | undefined): readonly Problem[] {
  if (host === undefined || isThisMachine(host)) return [];
  const scheme = key === "smtpTls" ? "smtps" : "imaps";
  const message = `${envOf(key)} is none, and ${host} is not this machine: mails and the password would cross the network for everybody to read. Leave it at starttls, or write the address with ${scheme}://; none is for a server at 127.0.0.1, ::1 or localhost.`;
  return [{ code: "bad-setting", message }];
}

const ANY_ADDRESS = new Set(["0.0.0.0", "::", ""]);

function derivedUrl(host: string, port: number): string {
  const name = ANY_ADDRESS.has(host) ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function contents(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.length > FILE_BYTES_MAX ? undefined : bytes.toString("utf8");
  } catch {
    // Absent and unreadable are one answer: the caller says which setting named the file.
    return undefined;
  }
}
