/**
 * Host: the verbs of the machine itself, for the CLI: what is done beside or
 * without a running server, by whoever can read the data directory.
 *
 * They open the installation as the server does and join a database that runs
 * already. Whoever has a shell on the host could do all of this by hand; here it
 * is done right, and recorded.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ACCESS } from "../api/access.ts";
import { printVkey } from "../core/ledger/note.ts";
import { offersKey } from "../core/policy/security-txt.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { mailChannel } from "../delivery/channels.ts";
import { CHECKPOINT_FILE } from "../store/checkpoint.ts";
import { inGroups } from "../store/openpgp.ts";
import { StartRefused } from "../store/postgres/refused.ts";
import type { Rebuilt } from "../store/rebuild.ts";
import type { Token } from "../store/token.ts";
import type { Config } from "./config.ts";
import { loadSample } from "./demo/demo.ts";
import { parseInput } from "./http/input.ts";
import { wipeSample } from "./demo/wipe.ts";
import { backUp, type MadeBackup } from "./host/backup.ts";
import type { Lobby } from "./account/getting-in.ts";
import { type Opened, openInstallation, placesIn } from "./opened.ts";
import { createToken, invite, linkFor } from "./account/people.ts";
import { makeSetupLink, writeSetupLink } from "./account/setup.ts";

export { readConfig, printedConfig } from "./config.ts";
export { diagnose, redacted } from "./host/doctor.ts";
export { migrationPlan } from "./host/migrate.ts";
export { latestBackup, proveBackup, restore } from "./host/backup.ts";
export { exportSite } from "./site.ts";

const now = (): Instant => Date.now() as Instant;

/** In the ledger: somebody at the host's own shell. */
const HOST = "host";

/** The token with which the CLI on this host speaks to the API. */
const CLI_TOKEN_FILE = "cli-token";

export type Host = {
  readonly opened: Opened;
  readonly lobby: Lobby;
  readonly config: Config;
};

/** Opens the installation for one verb, and closes it after. Refuses as opening does. */
export async function onHost<T>(
  config: Config,
  act: (host: Host) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openQuietly(config);
  if (!opened.ok) return opened;
  const { store, handling } = opened.value;
  const lobby: Lobby = {
    store,
    handle: handling.handle,
    now,
    url: config.url,
    loadSample: (by) => loadSample(handling, by, now()),
    team: handling.team,
    forgetSetupLink: () => writeSetupLink(placesIn(config.data).folder, undefined),
  };
  try {
    return await act({ opened: opened.value, lobby, config });
  } finally {
    await opened.value.close();
  }
}

async function openQuietly(config: Config): Promise<Result<Opened>> {
  try {
    return await openInstallation({ config, now, log: () => {} });
  } catch (error) {
    if (error instanceof StartRefused) return refuse(error.code, error.message);
    throw error;
  }
}

/** A new one-time link for the first owner. Refuses with: already-set-up. */
export async function setupLink({ lobby, config }: Host): Promise<Result<string>> {
  const link = await makeSetupLink(lobby);
  if (link === undefined)
    return refuse(
      "already-set-up",
      "There is an owner already: `due user reset MAIL` lets somebody back in.",
    );
  writeSetupLink(placesIn(config.data).folder, link);
  return ok(link);
}

/** Adds somebody; the answer is the link with which they set their password. Refuses as the API does. */
export async function addUser(
  { lobby }: Host,
  asked: Readonly<Record<"name" | "mail" | "role", string>>,
): Promise<Result<string>> {
  const input = parseInput(ACCESS.invite, asked);
  if (!input.ok) return input;
  const invited = await invite(lobby, HOST, input.value);
  return invited.ok ? ok(invited.value.link) : invited;
}

/** Lets somebody back in: a one-time link; every session ends, and the factors go if asked. */
export async function resetUser(
  { lobby }: Host,
  mail: string,
  factors: boolean,
): Promise<Result<string>> {
  const { store } = lobby;
  const account = await store.accounts.byMail(mail);
  if (!account)
    return refuse(
      "account-unknown",
      `Nobody here has the address ${mail}; \`due user list\` shows who does.`,
    );
  const id = `account/${account.id}`;
  await store.sessions.closeAll(account.id);
  await store.accounts.clearFailures(account.id);
  const commands = [
    { type: "RevokeSessions", account: id } as const,
    ...(factors && account.totp !== null
      ? [{ type: "ChangeFactor", account: id, factor: "totp", act: "removed" } as const]
      : []),
  ];
  for (const command of commands) {
    const recorded = await lobby.handle({
      subject: "access/current",
      at: now(),
      by: HOST,
      command,
    });
    if (!recorded.ok) return recorded;
  }
  if (factors) {
    await store.accounts.change(account.id, { totp: null });
    for (const { credential } of await store.passkeys.of(account.id))
      await store.passkeys.remove(account.id, credential);
  }
  return ok(await linkFor(lobby, account.id, "password"));
}

export const listUsers = async ({ lobby }: Host) =>
  ok(
    (await lobby.store.accounts.all()).map(({ id, name, mail, role }) => ({
      id,
      name,
      mail,
      role,
    })),
  );

/** A token for a program. Its text is only in the answer. Refuses as the API does, and with token-person. */
export async function makeToken(
  { lobby }: Host,
  asked: {
    readonly name: string;
    readonly scopes: readonly string[];
    readonly days?: number | undefined;
  },
): Promise<Result<{ readonly id: string; readonly token: string }>> {
  const input = parseInput(ACCESS.createToken, asked);
  return input.ok ? createToken(lobby, HOST, input.value) : input;
}

export async function revokeToken({ lobby }: Host, id: string): Promise<Result<unknown>> {
  const recorded = await lobby.handle({
    subject: "access/current",
    at: now(),
    by: HOST,
    command: { type: "RevokeToken", token: `token/${id}` },
  });
  if (recorded.ok) await lobby.store.tokens.revoke(id, now());
  return recorded;
}

export const listTokens = async ({ lobby }: Host): Promise<Result<readonly Token[]>> =>
  ok(await lobby.store.tokens.all());

/** The token of this host's CLI, made on first use and kept where only its user can read it. */
export async function cliToken(config: Config): Promise<Result<string>> {
  const file = join(placesIn(config.data).folder, CLI_TOKEN_FILE);
  if (existsSync(file)) return ok(readFileSync(file, "utf8").trim());
  return onHost(config, async (host) => {
    const made = await makeToken(host, {
      name: "command line on this host",
      scopes: ["read", "write"],
    });
    if (!made.ok) return made;
    writeFileSync(file, `${made.value.token}\n`, { mode: 0o600 });
    return ok(made.value.token);
  });
}

/** Folds every subject again; with `check` it only says what differs. */
export const rebuildViews = async ({ opened }: Host, check: boolean): Promise<Result<Rebuilt>> =>
  ok(await opened.store.rebuild({ check }));

/** Everything that cannot be made again, into `to` or a new folder beside the data. */
export const makeBackup = (
  { opened, config }: Host,
  to: string | undefined,
): Promise<Result<MadeBackup>> => backUp(opened.store, config, to, now());

/** Writes the ledger as one file that verifies offline. */
export const exportLedgerTo = (
  { opened }: Host,
  scope: "whole" | "redacted",
  write: (chunk: Uint8Array) => void | Promise<void>,
): Promise<Result<number>> => opened.store.exportTo(scope, now(), write);

/** The file of the last checkpoint, beside the keys; undefined where none was signed yet. */
export function publishedCheckpoint(config: Pick<Config, "data">): string | undefined {
  const file = join(placesIn(config.data).keys, CHECKPOINT_FILE);
  return existsSync(file) ? file : undefined;
}

export function keyFingerprint({
  opened,
}: Host): Result<{ readonly origin: string; readonly key: string }> {
  const { signing, origin } = opened.store;
  if (!signing.ok) return signing;
  const [key] = signing.value.keys;
  return ok({ origin, key: key ? printVkey(key) : "" });
}

/** Goes on with a new signing key, because the old one is lost or known to others. Recorded. */
export async function replaceLedgerKey({
  opened,
  lobby,
}: Host): Promise<Result<{ readonly key: string }>> {
  const { store } = opened;
  const before = store.signing.ok ? store.signing.value.keys[0] : undefined;
  const signing = await store.replaceKey(now());
  if (!signing.ok) return signing;
  const [key] = signing.value.keys;
  const to = key ? printVkey(key) : "";
  const from = before ? { from: printVkey(before) } : {};
  const command = { type: "ChangeCheckpointKey", to, ...from } as const;
  const recorded = await lobby.handle({
    subject: "installation/current",
    at: now(),
    by: HOST,
    command,
  });
  return recorded.ok ? ok({ key: to }) : recorded;
}

export type OutwardKey = {
  /** As people compare it. */
  readonly fingerprint: string;
  readonly mail: string;
  /** Where everybody finds the public half. */
  readonly url: string;
  /** Whether the policy offers to be written to by it. */
  readonly offered: boolean;
};

/**
 * The OpenPGP key that signs security.txt, made where there was none; with `anew` another one.
 * Refuses with policy-missing, openpgp-key-lost, openpgp-key-changed and openpgp-key-damaged.
 */
export async function outwardKey(
  { opened: { store, handling }, config }: Host,
  anew: boolean,
): Promise<Result<OutwardKey>> {
  const current = await handling.world.policies.current();
  if (!current)
    return refuse(
      "policy-missing",
      "Publish a policy first: the key carries the address that it names for reports.",
    );
  const { policy } = current;
  if (anew) await store.openpgp.retire(now());
  await store.securityTxt.keep({ policy, url: config.url, at: now() });
  const kept = await store.openpgp.check();
  if (!kept.ok) return kept;
  const { fingerprint = "", mail = "" } = kept.value ?? {};
  return ok({
    fingerprint: inGroups(fingerprint),
    mail,
    url: `${config.url}/openpgp-key.asc`,
    offered: offersKey(policy, fingerprint),
  });
}

/** Documents that this ledger does not contain what was signed: it goes on under another name. */
export async function documentBreak({
  opened,
  lobby,
}: Host): Promise<Result<{ readonly origin: string; readonly note: string }>> {
  const { store } = opened;
  const { size } = await store.ledger.head();
  const broken = await store.breakLedger(now());
  if (!broken.ok) return broken;
  const says = `It goes on as ${broken.value.origin}: what was signed under the old name is not in it.`;
  const command = { type: "RecordCheck", size, broken: { says } } as const;
  const recorded = await lobby.handle({
    subject: "installation/current",
    at: now(),
    by: HOST,
    command,
  });
  return recorded.ok ? broken : recorded;
}

/** The sample company: loaded for the first owner, or wiped. Refuses with: set-up-first. */
export async function demo({ opened, lobby }: Host, wipe: boolean): Promise<Result<unknown>> {
  const owner = (await lobby.store.accounts.all()).find(({ role }) => role === "owner");
  if (!owner)
    return refuse(
      "set-up-first",
      "Set this installation up first: open the link that `due setup-link` prints.",
    );
  const by = `account/${owner.id}`;
  return wipe
    ? wipeSample(lobby.store, opened.handling, by, now())
    : loadSample(opened.handling, by, now());
}

/** Sends one mail by the present configuration and answers with the dialogue. */
export async function testMail(config: Config, address: string): Promise<unknown> {
  const { outbox } = placesIn(config.data);
  mkdirSync(outbox, { recursive: true });
  const channel = mailChannel(config, outbox);
  try {
    return await channel.test(address);
  } finally {
    await channel.close();
  }
}
