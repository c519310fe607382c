/**
 * Contact key: an OpenPGP certificate that somebody hands over, read before anything is
 * decided.
 *
 * Core is pure and gets what was found: the key as public armour, its fingerprint, when it
 * ends, and whether anything can be encrypted to it. A private key is refused without being
 * parsed and is kept nowhere. The library is loaded on first use.
 */

import type { Key } from "openpgp";
import { type ContactKey, KEY_CHARACTERS_MAX } from "../core/party/contact-key.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";

const AT = "/key";

/** Refuses with `pgp-key-private`, `pgp-key-malformed`, `pgp-key-several`, `too-long`. */
export async function parseContactKey(text: string): Promise<Result<ContactKey>> {
  if (/-----BEGIN PGP (?:PRIVATE|SECRET) KEY/.test(text)) return isPrivate();
  if (text.length > KEY_CHARACTERS_MAX) {
    const message = `A key has at most ${KEY_CHARACTERS_MAX / 1024} KB here: export it without signatures of others (gpg --export-options export-minimal).`;
    return refuse("too-long", message, AT);
  }
  if (text.split("-----BEGIN PGP PUBLIC KEY BLOCK-----").length !== 2) {
    return /BEGIN PGP PUBLIC KEY BLOCK[\s\S]*BEGIN PGP PUBLIC KEY BLOCK/.test(text)
      ? several()
      : malformed();
  }
  const { readKeys } = await import("openpgp");
  const keys = await readKeys({ armoredKeys: text }).catch(() => []);
  const [key] = keys;
  if (!key) return malformed();
  if (keys.length > 1) return several();
  return key.isPrivate() ? isPrivate() : ok(await factsOf(key));
}

/** Whether it has ended is core's to say: its dates are left out of account here. The library
 * takes null everywhere, and says so of most. */
const ANY_TIME = null;

async function factsOf(key: Key): Promise<ContactKey> {
  const part = await key.getEncryptionKey(undefined, ANY_TIME).catch(() => undefined);
  // The whole key's end, or that of its part for encryption, whichever comes first.
  const ends = [
    toInstant(await key.getExpirationTime().catch(() => null)),
    part && "bindingSignatures" in part
      ? toInstant(await part.getExpirationTime(ANY_TIME as never).catch(() => null))
      : undefined,
  ].filter((end) => end !== undefined);
  return {
    armored: key.toPublic().armor().replaceAll("\r\n", "\n"),
    fingerprint: key.getFingerprint(),
    canEncrypt: part !== undefined,
    ...(ends.length === 0 ? {} : { expiresAt: Math.min(...ends) as Instant }),
  };
}

/** Infinity, and null for a key without a valid signature of its own, are no instants. */
const toInstant = (end: Date | number | null): Instant | undefined =>
  end instanceof Date ? (end.getTime() as Instant) : undefined;

const isPrivate = (): Result<never> =>
  refuse(
    "pgp-key-private",
    "This is a PRIVATE key: nothing of it was kept. Whoever sent it to you should replace it, and send the public one (gpg --armor --export).",
    AT,
  );
const several = (): Result<never> =>
  refuse("pgp-key-several", "These are several keys: give the one that is theirs.", AT);
const malformed = (): Result<never> =>
  refuse(
    "pgp-key-malformed",
    "This is no OpenPGP public key: give it armoured and whole, from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END line.",
    AT,
  );
