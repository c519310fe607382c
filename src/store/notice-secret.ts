/**
 * Notice secret: the part of the address under which one recipient reads what they
 * were told.
 *
 * It follows from the key that signs the ledger, and is kept nowhere: entries and read
 * tables hold its digest, the letter that was sent holds itself. So whoever takes the
 * database opens no page, and an attempt after a crash sends the same address. After the
 * key was replaced, addresses that were sent go on to open; only their digest is asked.
 */

import { createHmac, hash } from "node:crypto";
import type { Signing } from "./signing.ts";

/** Begin no checkpoint: those begin with the origin, which has no line like it. */
const PURPOSE = "duenotice/notice/2";
const PURPOSE_BEFORE = "duenotice/notice/1";

/** What it is made of: the recipient's page, as the notice `madeWith` began it. */
export type SecretOf = {
  readonly incident: string;
  readonly recipient: string;
  readonly madeWith: string;
};

/** Incidents whose key is remembered, in the process that has the key it follows from. */
const KEPT_MAX = 100;
const kept = new WeakMap<Signing, Map<string, Uint8Array>>();

/**
 * 43 characters of base64url. One signature for each incident, which nobody else can make and
 * nobody is shown, is the key under which its recipients' secrets are made: signing for each of
 * ten thousand would be a good part of what asking for their letters costs.
 */
export const noticeSecret = (
  signing: Signing,
  { incident, recipient, madeWith }: SecretOf,
): string =>
  createHmac("sha256", incidentKey(signing, incident))
    .update(JSON.stringify([recipient, madeWith]))
    .digest("base64url");

function incidentKey(signing: Signing, incident: string): Uint8Array {
  const known = kept.get(signing) ?? new Map<string, Uint8Array>();
  kept.set(signing, known);
  const key = known.get(incident) ?? signed(signing, [PURPOSE, signing.origin, incident]);
  known.set(incident, key);
  const [oldest] = known.keys();
  if (known.size > KEPT_MAX && oldest !== undefined) known.delete(oldest);
  return key;
}

/**
 * The secret that has this digest; undefined where the key that it follows from is another by now.
 * What was asked for before secrets were made as they are leaves with the address it names.
 */
export function secretWith(digest: string, signing: Signing, of: SecretOf): string | undefined {
  const secret = noticeSecret(signing, of);
  if (secretDigest(secret) === digest) return secret;
  const before = secretBefore(signing, of);
  return secretDigest(before) === digest ? before : undefined;
}

const secretBefore = (signing: Signing, { incident, recipient, madeWith }: SecretOf): string =>
  hash(
    "sha256",
    signed(signing, [PURPOSE_BEFORE, signing.origin, incident, recipient, madeWith]),
    "base64url",
  );

/** An Ed25519 signature is the same each time. */
const signed = ({ signer }: Signing, words: readonly string[]): Uint8Array =>
  signer.sign(new TextEncoder().encode(JSON.stringify(words)));

/** What is kept in its place, in hex. */
export const secretDigest = (secret: string): string => hash("sha256", secret, "hex");
