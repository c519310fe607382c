/**
 * Signing: the key that signs this installation's checkpoints and exports.
 *
 * One Ed25519 key, in `keys/ledger.key`, 0600, made once. The database remembers
 * its public half: a lost key, or another one in its place, is named at the start
 * together with the step that mends it, and nothing is signed until then. It is
 * never replaced silently, because whoever trusts the old key must hear of it.
 *
 * The origin names this ledger in every checkpoint. It is fixed at the first
 * start; where the installation is reached may change later, this does not.
 */

import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import {
  type Ed25519Verify,
  type NoteKey,
  type NoteSigner,
  parseVkey,
  printVkey,
  toNoteKey,
} from "../core/ledger/note.ts";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { writeDurably } from "./durable-file.ts";
import type { Settings } from "./setting.ts";

export type Signing = {
  readonly origin: string;
  readonly signer: NoteSigner;
  /** Every key this ledger ever signed with, the present one first. */
  readonly keys: readonly NoteKey[];
};

export const KEY_FILE = "ledger.key";
export const ORIGIN = "ledger.origin";
export const KEYS = "ledger.keys";
/** Signed notes of documented breaks, oldest first. */
export const BREAKS = "ledger.breaks";

const SPKI_PREFIX_BYTES = 12;

/** Native Ed25519, ten times as fast as the pure one. */
export const nativeVerify: Ed25519Verify = (signature, message, publicKey) => {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  return verify(null, message, key, signature);
};

/** The ledger's origin: the one of the first start, whatever is asked for later. */
export const fixOrigin = async (settings: Settings, origin: string, at: Instant): Promise<string> =>
  String(await settings.fix(ORIGIN, origin, at));

/**
 * The signing key of this ledger, made if there never was one. Refuses with ledger-key-lost,
 * ledger-key-changed and ledger-key-damaged.
 */
export async function openSigning(
  settings: Settings,
  keysDir: string,
  origin: string,
  at: Instant,
): Promise<Result<Signing>> {
  const file = path.join(keysDir, KEY_FILE);
  const known = await knownKeys(settings);
  if (!fs.existsSync(file)) {
    if (known.length > 0) return lost(file);
    makeKey(file);
  }
  const signer = readSigner(file, origin);
  if (!signer.ok) return signer;
  const vkey = printVkey(signer.value.key);
  // Fixed, not written: of two first starts at once the second finds the other's key.
  const keys = known.length > 0 ? known : ((await settings.fix(KEYS, [vkey], at)) as string[]);
  if (keys[0] !== vkey) return changed(file, keys[0] ?? "");
  return ok({ origin, signer: signer.value, keys: keys.flatMap(toKeys) });
}

/**
 * Goes on with a new key: what the operator asks for when the old one is lost or known to others.
 * The old file, if any, is kept beside it. The caller records that in the ledger.
 */
export async function replaceKey(
  settings: Settings,
  keysDir: string,
  origin: string,
  at: Instant,
): Promise<Result<Signing>> {
  const file = path.join(keysDir, KEY_FILE);
  if (fs.existsSync(file)) fs.renameSync(file, path.join(keysDir, `ledger-until-${at}.key`));
  makeKey(file);
  const signer = readSigner(file, origin);
  if (!signer.ok) return signer;
  const keys = [printVkey(signer.value.key), ...(await knownKeys(settings))];
  await settings.write(KEYS, keys, at);
  return ok({ origin, signer: signer.value, keys: keys.flatMap(toKeys) });
}

/** Every public key that this ledger ever signed with, the present one first. */
export const ledgerKeys = async (settings: Settings): Promise<readonly NoteKey[]> =>
  (await knownKeys(settings)).flatMap(toKeys);

const knownKeys = async (settings: Settings): Promise<readonly string[]> =>
  ((await settings.read(KEYS)) as string[] | undefined) ?? [];

function toKeys(vkey: string): readonly NoteKey[] {
  const key = parseVkey(vkey);
  return key.ok ? [key.value] : [];
}

function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync("ed25519");
  writeDurably(file, privateKey.export({ format: "pem", type: "pkcs8" }), 0o600);
}

function readSigner(file: string, origin: string): Result<NoteSigner> {
  try {
    const key = createPrivateKey(fs.readFileSync(file, "utf8"));
    if (key.asymmetricKeyType !== "ed25519") return damaged(file);
    const spki = createPublicKey(key).export({ format: "der", type: "spki" });
    return ok({
      key: toNoteKey(origin, spki.subarray(SPKI_PREFIX_BYTES)),
      sign: (message) => sign(null, message, key),
    });
  } catch {
    return damaged(file);
  }
}

const lost = (file: string): Result<never> =>
  refuse(
    "ledger-key-lost",
    `The key that signs this ledger is missing: put ${file} back from a backup, or go on with a new key by \`due keys replace\`, which is recorded. Until then no checkpoint is signed.`,
  );

const changed = (file: string, vkey: string): Result<never> =>
  refuse(
    "ledger-key-changed",
    `${file} is not the key that signed this ledger (${vkey}): put that one back from a backup, or go on with a new key by \`due keys replace\`, which is recorded. Until then no checkpoint is signed.`,
  );

const damaged = (file: string): Result<never> =>
  refuse(
    "ledger-key-damaged",
    `${file} cannot be read as an Ed25519 key: put it back from a backup, or go on with a new key by \`due keys replace\`, which is recorded. Until then no checkpoint is signed.`,
  );
