/**
 * Contact key: the OpenPGP key by which a contact's mail is encrypted where that was
 * agreed with them.
 *
 * Keys are read at the edge (server/contact-key.ts), and what matters of one is recorded
 * with it; here it is only asked whether it serves now. Where encryption was agreed and
 * no key serves, nothing may leave: a letter in clear would break the agreement.
 */

import { type Problem, refuse, type Result } from "../problem.ts";
import { type Instant, toIso } from "../time/instant.ts";

/** A public key, and what was found of it when it was recorded. */
export type ContactKey = {
  /** Public, and one alone. */
  readonly armored: string;
  /** Hex digits, lower case. */
  readonly fingerprint: string;
  /** From when on nothing can be encrypted to it; absent where it does not end. */
  readonly expiresAt?: Instant;
  readonly canEncrypt: boolean;
};

/** The part of a contact that this is about. */
type Keyed = {
  readonly mail: string;
  readonly key?: ContactKey;
  /** Agreed with them: what we write them leaves encrypted, or does not leave. */
  readonly encrypt?: boolean;
};

export const KEY_CHARACTERS_MAX = 16 * 1024;

/** Whether anybody there was promised encryption. */
export const isEncryptionAgreed = (contacts: readonly Keyed[]): boolean =>
  contacts.some(({ encrypt }) => encrypt === true);

/** As a contact's command gives it. Refuses with `pgp-key-unusable`, `pgp-key-expired`. */
export function keyProblem(key: ContactKey | undefined, now: Instant): Problem | undefined {
  if (key === undefined) return undefined;
  const unusable = whyNot(key, now);
  return unusable && { ...unusable, at: "/key" };
}

/**
 * By which key a letter to `mail` is encrypted at `now`; undefined where it leaves in clear,
 * because nothing else was agreed. Refuses with `encryption-key-missing`, `encryption-key-expired`.
 */
export function encryptionOf(
  contacts: readonly Keyed[],
  mail: string,
  now: Instant,
): Result<ContactKey | undefined> {
  if (!isEncryptionAgreed(contacts)) return { ok: true, value: undefined };
  const here = contacts.filter((one) => one.mail.toLowerCase() === mail.toLowerCase());
  if (here.length === 0) {
    const message = `Encryption was agreed with them, and ${mail} is no contact of theirs whose key we hold: write to the contact, or record this one with a key.`;
    return refuse("encryption-key-missing", message);
  }
  const agreed = here.filter(({ encrypt }) => encrypt === true);
  if (agreed.length === 0) return { ok: true, value: undefined };
  const keys = agreed.flatMap(({ key }) => key ?? []);
  const good = keys.find((key) => whyNot(key, now) === undefined);
  if (good) return { ok: true, value: good };
  const [key] = keys;
  if (key?.canEncrypt && key.expiresAt !== undefined) {
    const message = `Encryption was agreed with ${mail}, and the key ran out on ${toIso(key.expiresAt).slice(0, 10)}: ask them for the new one and record it.`;
    return refuse("encryption-key-expired", message);
  }
  const message = `Encryption was agreed with ${mail}, and no key of theirs is recorded: ask them for it and record it.`;
  return refuse("encryption-key-missing", message);
}

function whyNot({ canEncrypt, expiresAt }: ContactKey, now: Instant): Problem | undefined {
  if (!canEncrypt) {
    const message =
      "Nothing can be encrypted to this key: it needs a part for encryption that is valid.";
    return { code: "pgp-key-unusable", message };
  }
  if (expiresAt === undefined || expiresAt > now) return undefined;
  const message = `This key ran out on ${toIso(expiresAt).slice(0, 10)}: ask them for the new one.`;
  return { code: "pgp-key-expired", message };
}
