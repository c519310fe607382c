/**
 * OpenPGP: the key that signs security.txt, and by which reports may be encrypted.
 *
 * One v4 key (Ed25519 and Curve25519 in the form that GnuPG 2.2 reads), in
 * `keys/openpgp.asc`, 0600, made once. The database keeps its public half, so that
 * serving it needs neither the file nor the library, which is loaded on first use:
 * most of the time nothing is signed. As with the ledger's key, one that is lost or
 * another one in its place is named, and never replaced silently.
 *
 * Two certificates are published of the one key: one that can only verify, and one
 * that can be encrypted to. Which of them is served is the policy's word: whoever
 * is given the second writes what only the holder of the private half can read.
 */

import fs from "node:fs";
import path from "node:path";
import type { PrivateKey } from "openpgp";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { syncFolder } from "./durable-file.ts";
import type { Settings } from "./setting.ts";

export const OPENPGP_FILE = "openpgp.asc";
const CERTIFICATE = "openpgp.certificate";

/** Whose key it is, as others see it. */
export type KeyOwner = { readonly name: string; readonly mail: string };

export type Certificate = KeyOwner & {
  /** 40 hex digits, lower case. */
  readonly fingerprint: string;
  /** Armoured; without the part that is encrypted to. */
  readonly verifies: string;
  /** Armoured; with it. */
  readonly encrypts: string;
};

export type Openpgp = ReturnType<typeof openpgpKey>;

/** A part of a fresh key would seem to come from the future where the clock went back. */
const datedFor = (key: PrivateKey, at: Instant): Date =>
  new Date(Math.max(at, key.getCreationTime().getTime()));

export function openpgpKey(settings: Settings, keysDir: string) {
  const file = path.join(keysDir, OPENPGP_FILE);

  const certificate = async (): Promise<Certificate | undefined> =>
    (await settings.read(CERTIFICATE)) as Certificate | undefined;

  /** The private key, if it is the one that is known. */
  const privateKey = async (known: Certificate | undefined): Promise<Result<PrivateKey>> => {
    if (!fs.existsSync(file)) return lost(file);
    const { readPrivateKey } = await import("openpgp");
    const key = await readPrivateKey({ armoredKey: fs.readFileSync(file, "utf8") }).catch(
      () => undefined,
    );
    if (!key) return damaged(file);
    return known && key.getFingerprint() !== known.fingerprint
      ? changed(file, known.fingerprint)
      : ok(key);
  };

  return {
    /** Where the private half lies. */
    file,

    /** What is published of the key; undefined before it was made. */
    certificate,

    /**
     * The key, made if there never was one, in `owner`'s name. Refuses with openpgp-key-lost,
     * openpgp-key-changed and openpgp-key-damaged.
     */
    async keep(owner: KeyOwner, at: Instant): Promise<Result<Certificate>> {
      const known = await certificate();
      const named = plainOwner(owner);
      if (known && known.name === named.name && known.mail === named.mail) return ok(known);
      if (!known && !fs.existsSync(file)) await makeKey(file, named, at);
      const key = await privateKey(known);
      if (!key.ok) return key;
      const made = await certified(key.value, named, at);
      // Fixed, not written: of two first starts at once the second finds the other's key.
      if (!known) return ok((await settings.fix(CERTIFICATE, made, at)) as Certificate);
      await settings.write(CERTIFICATE, made, at);
      return ok(made);
    },

    /** Forgets the key: the next one is made where this is needed again. Its file stays beside. */
    async retire(at: Instant): Promise<void> {
      if (fs.existsSync(file)) fs.renameSync(file, path.join(keysDir, `openpgp-until-${at}.asc`));
      await settings.remove(CERTIFICATE);
    },

    /** Whether the private half is where it should be. Refuses as keep does. */
    async check(): Promise<Result<Certificate | undefined>> {
      const known = await certificate();
      if (!known) return ok(undefined);
      const key = await privateKey(known);
      return key.ok ? ok(known) : key;
    },

    /** What signs encrypted mail; undefined where none was made, or it is not the one that is known. */
    async signer(): Promise<PrivateKey | undefined> {
      const known = await certificate();
      const key = known && (await privateKey(known));
      return key?.ok ? key.value : undefined;
    },

    /** `text` clear-signed; its line ends are those of the file that is signed. Refuses as keep does. */
    async clearSign(text: string, at: Instant): Promise<Result<string>> {
      const key = await privateKey(await certificate());
      if (!key.ok) return key;
      const { createCleartextMessage, sign } = await import("openpgp");
      const message = await createCleartextMessage({ text });
      const date = datedFor(key.value, at);
      const signed = await sign({ message, signingKeys: key.value, date });
      return ok(signed.replaceAll("\r\n", "\n"));
    },
  };
}

/** What would end a user id, or begin its address, is left out of the name. */
const plainOwner = ({ name, mail }: KeyOwner): KeyOwner => ({
  name: name
    .replace(/[<>()\p{Cc}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim(),
  mail,
});

const userIdOf = ({ name, mail }: KeyOwner) => ({ name, email: mail });

async function makeKey(file: string, owner: KeyOwner, at: Instant): Promise<void> {
  const { generateKey } = await import("openpgp");
  const { privateKey } = await generateKey({
    type: "ecc",
    // The form of version 4 that GnuPG 2.2 reads; the newer one it does not.
    curve: "ed25519Legacy",
    userIDs: [userIdOf(owner)],
    date: new Date(at),
    format: "armored",
  });
  writeOnce(file, privateKey);
}

/** Whoever comes first writes it, whole; whoever comes second finds it there. */
function writeOnce(file: string, text: string): void {
  const folder = path.dirname(file);
  const fresh = path.join(folder, `.${path.basename(file)}.${process.pid}`);
  fs.rmSync(fresh, { force: true });
  fs.writeFileSync(fresh, text, { mode: 0o600, flag: "wx", flush: true });
  try {
    fs.linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    fs.rmSync(fresh, { force: true });
  }
  syncFolder(folder);
}

/** The public half under `owner`'s name: a new address keeps the key and its fingerprint. */
async function certified(key: PrivateKey, owner: KeyOwner, at: Instant): Promise<Certificate> {
  const { reformatKey } = await import("openpgp");
  const { publicKey } = await reformatKey({
    privateKey: key,
    userIDs: [userIdOf(owner)],
    date: datedFor(key, at),
    format: "object",
  });
  const encrypts = plainArmour(publicKey.armor());
  publicKey.subkeys = [];
  const verifies = plainArmour(publicKey.armor());
  return { ...owner, fingerprint: publicKey.getFingerprint(), verifies, encrypts };
}

/** As people compare it: `8C1F 40B2 77D9 0E35 A6C4  51EE 29F0 B83D 6A17 D2C9`. */
export function inGroups(fingerprint: string): string {
  const groups = fingerprint.toUpperCase().match(/.{1,4}/g) ?? [];
  return [groups.slice(0, 5).join(" "), groups.slice(5).join(" ")].join("  ").trim();
}

const plainArmour = (text: string): string => text.replaceAll("\r\n", "\n");

/** The bytes between the armour's lines, as a directory serves them. */
export function unarmoured(text: string): Buffer {
  const [, body = ""] = text.split("\n\n");
  return Buffer.from(body.split("\n=")[0] ?? "", "base64");
}

const mends =
  "put it back from a backup, or go on with a new key by `due keys replace --openpgp`. Until then security.txt stays signed as it was, or is not signed";

const lost = (file: string): Result<never> =>
  refuse("openpgp-key-lost", `The key that signs security.txt is missing: ${file}; ${mends}.`);

const changed = (file: string, fingerprint: string): Result<never> =>
  refuse(
    "openpgp-key-changed",
    `${file} is not the key that is published (${fingerprint}): ${mends}.`,
  );

const damaged = (file: string): Result<never> =>
  refuse("openpgp-key-damaged", `${file} cannot be read as an OpenPGP key: ${mends}.`);
