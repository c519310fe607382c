/**
 * Doctor: everything that is worth looking at when something is wrong, each with
 * the command that mends it.
 *
 * It looks from two sides: into the data directory, as the server does, and at the
 * server from outside, as people do. A wrong DUE_URL shows only from outside: every
 * link in every mail would lead elsewhere.
 */

import { statSync } from "node:fs";
import { homedir } from "node:os";
import { toIsoSeconds, type Instant, DAY_MS } from "../../core/time/instant.ts";
import { mailboxDoor, mailboxServerOf } from "../../intake/imap.ts";
import { StartRefused } from "../../store/postgres/refused.ts";
import type { Config, Configured } from "../config.ts";
import { DISK_BYTES_MIN, diskFreeBytes } from "../health.ts";
import { latestBackup } from "./backup.ts";
import { inGroups } from "../../store/openpgp.ts";
import { ZONE_RULES } from "../../store/setting.ts";
import { WARN_MS } from "../../store/security-txt.ts";
import { type Opened, openInstallation, placesIn, startText } from "../opened.ts";

export type Diagnosis = {
  /** Kebab-case, stable. */
  readonly code: string;
  readonly level: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to type or to set. */
  readonly fix?: string;
};

const ANSWER_MS_MAX = 5_000;
const BACKUP_MS_MAX = 7 * DAY_MS;
const GROUP_AND_OTHERS = 0o077;

/** Every finding, in the order in which they are best mended. `tell` hears what is being looked at. */
export async function diagnose(
  { config, origin }: Configured,
  at: Instant,
  tell: (what: string) => void,
  freeBytes: (folder: string) => Promise<number> = diskFreeBytes,
): Promise<readonly Diagnosis[]> {
  const found: Diagnosis[] = [];
  tell("Looking at the data directory");
  found.push(...(await folderChecks(config, freeBytes)));
  // Opening would make an installation where none is, and nobody looks for a wrong DUE_DATA twice.
  const isThere = found.every(({ code }) => code !== "data-folder-missing");
  if (isThere) {
    tell("Opening the database");
    const opened = await open(config, at);
    if ("code" in opened) found.push(opened);
    else
      try {
        found.push(...(await insideChecks(opened, tell, at)));
      } finally {
        await opened.close();
      }
  }
  tell("Asking the server");
  found.push(
    ...(await outsideChecks(config, origin.url)),
    mailCheck(config),
    ...(await mailboxCheck(config, tell)),
    backupCheck(config, at),
  );
  return found;
}

const fine = (code: string, message: string): Diagnosis => ({ code, level: "ok", message });
const warn = (code: string, message: string, fix: string): Diagnosis => ({
  code,
  level: "warn",
  message,
  fix,
});
const fail = (code: string, message: string, fix: string): Diagnosis => ({
  code,
  level: "fail",
  message,
  fix,
});

async function folderChecks(
  { data }: Config,
  freeBytes: (folder: string) => Promise<number>,
): Promise<readonly Diagnosis[]> {
  const { folder, keys } = placesIn(data);
  let mode: number;
  try {
    mode = statSync(keys).mode;
  } catch {
    return [
      fail(
        "data-folder-missing",
        `${folder} holds no installation yet.`,
        "start it with `due serve`, or name the right folder in DUE_DATA",
      ),
    ];
  }
  const free = await freeBytes(folder);
  return [
    (mode & GROUP_AND_OTHERS) === 0
      ? fine("keys-private", "The keys can be read by their owner only.")
      : fail("keys-open", `Others on this machine may look into ${keys}.`, `chmod 700 ${keys}`),
    free >= DISK_BYTES_MIN
      ? fine("disk-room", `There are ${(free / 1e9).toFixed(1)} GB free.`)
      : fail(
          "disk-nearly-full",
          `Only ${(free / 1e6).toFixed(0)} MB are free.`,
          `make room on the disk of ${folder}`,
        ),
  ];
}

async function open(config: Config, at: Instant): Promise<Opened | Diagnosis> {
  try {
    const opened = await openInstallation({ config, now: () => at, log: () => {} });
    if (opened.ok) return opened.value;
    return fail(opened.problems[0].code, startText(opened.problems), "start the newer version");
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    return fail(
      error.code,
      error.message,
      "do what the sentence says, then run `due doctor` again",
    );
  }
}

async function insideChecks(
  { store }: Opened,
  tell: (what: string) => void,
  at: Instant,
): Promise<readonly Diagnosis[]> {
  tell("Verifying the ledger");
  const ledger = await store.check(at);
  const owner = (await store.accounts.all()).some(
    ({ role, removedAt }) => role === "owner" && removedAt === null,
  );
  const policy = await store.views.policies.current();
  return [
    fine("database-answers", "The database answers."),
    await zoneCheck(store),
    ...store.advice.map((advice) =>
      warn("database-setting", advice, "change the database's setting"),
    ),
    store.signing.ok
      ? fine("ledger-key", "The ledger's key is in its place.")
      : fail(
          store.signing.problems[0].code,
          store.signing.problems[0].message,
          "due restore --to DIR, and copy its keys/ledger.key",
        ),
    ...(await outwardKeyChecks(store, at)),
    ledger.ok
      ? fine("ledger-holds", `The ledger holds: ${ledger.size} entries.`)
      : fail(
          "ledger-broken",
          ledger.words[0] ?? "The ledger does not hold.",
          "due ledger export ledger.jsonl && due ledger verify ledger.jsonl",
        ),
    // Entries that somebody changed may be none that can be read, and nothing is to be rebuilt from them.
    ...(ledger.ok ? [await viewsCheck(store, tell)] : []),
    owner
      ? fine("owner", "There is an owner.")
      : warn("no-owner", "Nobody has set this installation up yet.", "due setup-link"),
    policy
      ? fine("policy", `Policy version ${policy.version} is published.`)
      : warn(
          "no-policy",
          "No policy is published: nothing is owed to anybody.",
          "publish one in the web app, or with `due policy publish FILE` and an owner's DUE_TOKEN",
        ),
  ];
}

async function viewsCheck(
  store: Opened["store"],
  tell: (what: string) => void,
): Promise<Diagnosis> {
  tell("Comparing the read tables with the ledger");
  const { differenceCount } = await store.rebuild({ check: true });
  return differenceCount === 0
    ? fine("views-equal", "What is shown is what the ledger says.")
    : fail(
        "views-differ",
        `${differenceCount} rows of the read tables differ from the ledger.`,
        "due rebuild",
      );
}

/** Whether open deadlines were counted with the time zone data that this program brings. */
async function zoneCheck({ settings }: Opened["store"]): Promise<Diagnosis> {
  const here = process.versions.tz ?? "an unknown release";
  const counted = await settings.read(ZONE_RULES);
  return typeof counted !== "string" || counted === here
    ? fine("time-zones", `Time zones are of ${here}.`)
    : warn(
        "time-zones-changed",
        `Open deadlines were counted with time zones of ${counted}; here they are of ${here}.`,
        "run `due serve`: it counts them again, and raises a signal that lists what moved",
      );
}

/** The key that the world outside knows, and what it signed; nothing before the first policy. */
async function outwardKeyChecks(
  { openpgp, securityTxt }: Opened["store"],
  at: Instant,
): Promise<readonly Diagnosis[]> {
  const key = await openpgp.check();
  if (!key.ok) {
    const [{ code, message }] = key.problems;
    const fix = "due restore --to DIR, and copy its keys/openpgp.asc";
    return [fail(code, message, fix)];
  }
  const published = await securityTxt.published();
  if (!key.value || !published) return [];
  const { expiresAt } = published;
  return [
    fine("openpgp-key", `security.txt is signed by ${inGroups(key.value.fingerprint)}.`),
    expiresAt - at < WARN_MS
      ? fail(
          "security-txt-ending",
          `security.txt runs out at ${toIsoSeconds(expiresAt)}, and was not renewed.`,
          "run `due serve`, which renews it within a minute; its log says what keeps it from that",
        )
      : fine("security-txt", `security.txt is good until ${toIsoSeconds(expiresAt)}.`),
  ];
}

/** What /readyz says; undefined where nothing of ours answers. */
type Ready = {
  readonly ready: boolean;
  readonly checks?: Readonly<Record<string, { readonly ok: boolean; readonly says: string }>>;
};

async function outsideChecks(config: Config, urlFrom: string): Promise<readonly Diagnosis[]> {
  const { host, port, url } = config;
  const near = `http://${host.includes(":") ? "[::1]" : "127.0.0.1"}:${port}`;
  const local = await ask<Ready>(near, "/readyz");
  if (typeof local === "string" || typeof local.ready !== "boolean")
    return [
      warn("not-running", `No server of this installation answers at ${near}.`, "due serve"),
      ...addressChecks(config, urlFrom),
    ];
  const bad = Object.values(local.checks ?? {}).filter(({ ok }) => !ok);
  return [
    local.ready
      ? fine("server-ready", "The server runs and is ready.")
      : fail(
          "server-not-ready",
          `The server runs and is not ready: ${bad.map(({ says }) => says).join(" ")}`,
          "look at what it prints; stop it and run `due serve` again",
        ),
    await sameAt(near, url),
    ...addressChecks(config, urlFrom),
  ];
}

/** Whether DUE_URL leads to this installation and not elsewhere. */
async function sameAt(near: string, url: string): Promise<Diagnosis> {
  const fix = "set DUE_URL to the address that people's browsers show, and restart the server";
  const there = await ask<{ isSetUp?: unknown }>(url, "/api/v1/door");
  if (typeof there === "string")
    return fail(
      "url-unreachable",
      `DUE_URL is ${url}, and every link and mail says so; from here nothing answers there (${there}).`,
      fix,
    );
  const here = await ask<{ isSetUp?: unknown }>(near, "/api/v1/door");
  return typeof there.isSetUp === "boolean" && JSON.stringify(here) === JSON.stringify(there)
    ? fine("url-right", `${url} leads here.`)
    : fail("url-elsewhere", `DUE_URL is ${url}, and something else answers there.`, fix);
}

function addressChecks({ url, smtpHost, smtpUrl }: Config, from: string): readonly Diagnosis[] {
  const { protocol, hostname } = new URL(url);
  const isLocal = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  if (isLocal && (smtpHost ?? smtpUrl) !== undefined)
    return [
      warn(
        "url-local",
        `Mails will say ${url}${from === "derived" ? ", because DUE_URL is not set" : ""}: nobody on another machine can open that.`,
        "set DUE_URL to the public address",
      ),
    ];
  if (!isLocal && protocol === "http:")
    return [
      warn(
        "url-unencrypted",
        `${url} is not encrypted: passwords would cross the network in the clear.`,
        "put a proxy with a certificate before it, and an https address into DUE_URL",
      ),
    ];
  return [];
}

async function ask<T>(url: string, path: string): Promise<T | string> {
  try {
    const answer = await fetch(url + path, {
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      redirect: "follow",
    });
    return (await answer.json()) as T;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name?: string };
    return (
      cause?.code ??
      (name === "SyntaxError" ? "what answers is another program" : (name ?? "no answer"))
    );
  }
}

/** By looking, as the worker does; nothing in it is touched. */
async function mailboxCheck(
  config: Config,
  tell: (what: string) => void,
): Promise<readonly Diagnosis[]> {
  const server = mailboxServerOf(config);
  if (server === undefined) return [];
  tell("Looking into the mailbox");
  try {
    const box = await mailboxDoor(server).open();
    box.close();
    const says = `The mailbox ${server.folder} on ${server.host} opens: ${box.messages} messages.`;
    return [fine("mailbox-opens", says)];
  } catch (error) {
    const { responseText, message } = error as Error & { readonly responseText?: string };
    return [
      fail(
        "mailbox-closed",
        `The mailbox on ${server.host}, port ${server.port}, does not open: ${(responseText ?? message).replace(/\.+$/, "")}.`,
        "correct DUE_IMAP_URL: server, user, password, folder",
      ),
    ];
  }
}

const mailCheck = ({ smtpHost, smtpUrl }: Config): Diagnosis =>
  (smtpHost ?? smtpUrl) === undefined
    ? warn(
        "mail-not-set-up",
        "No mail leaves this machine; it is kept in the outbox folder.",
        "set DUE_SMTP_URL, then `due mail test you@example.org`",
      )
    : fine("mail-set-up", "A mail server is set up; `due mail test` shows whether it takes mail.");

function backupCheck(config: Config, at: Instant): Diagnosis {
  const latest = latestBackup(config);
  if (!latest.ok)
    return warn(
      "no-backup",
      "There is no backup in the data directory.",
      "due backup, and keep one on another machine",
    );
  const madeAt = statSync(latest.value).mtimeMs;
  return at - madeAt <= BACKUP_MS_MAX
    ? fine("backup", `The latest backup is of ${toIsoSeconds(madeAt as Instant)}.`)
    : warn(
        "backup-old",
        `The latest backup is of ${toIsoSeconds(madeAt as Instant)}.`,
        "due backup",
      );
}

/** The same without what names people, machines or folders: fit for a public question. */
export const redacted = (
  found: readonly Diagnosis[],
  { data, url }: Pick<Config, "data" | "url">,
): readonly Diagnosis[] => {
  const hide = (text: string): string =>
    text
      .replaceAll(placesIn(data).folder, "<data>")
      .replaceAll(url, "<url>")
      .replaceAll(homedir(), "<home>")
      .replace(/[^\s@<>]+@[^\s@<>]+\.\w+/g, "<mail>")
      .replace(/https?:\/\/[^\s),]+/g, "<url>");
  return found.map(({ fix, message, ...rest }) => ({
    ...rest,
    message: hide(message),
    ...(fix === undefined ? {} : { fix: hide(fix) }),
  }));
};
