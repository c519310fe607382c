/**
 * Notice secret: the part of the address under which one recipient reads what they
 * were told.
 *
 * It follows from the key that signs the ledger, and is kept nowhere: entries and read
 * tables hold its digest, the letter that was sent holds itself. So whoever takes the
 * database opens no page, and an attempt after a crash sends the same address. After the
 * key was replaced, addresses that were sent go on to open; only their digest is asked.
 */

import { hash } from "node:crypto";
import type { Signing } from "./signing.ts";

/** Begins no checkpoint: those begin with the origin, which has no line like it. */
const PURPOSE = "duenotice/notice/1";

/** What it is made of: the recipient's page, as the notice `madeWith` began it. */
export type SecretOf = {
  readonly incident: string;
  readonly recipient: string;
  readonly madeWith: string;
};

/**
 * A signature is most of what asking for a letter costs, and each is asked for twice: when its
 * digest is recorded and when it leaves. So many are remembered, in the process that has the key.
 */
const KEPT_MAX = 10_000;
const kept = new WeakMap<Signing, Map<string, string>>();

/** 43 characters of base64url. An Ed25519 signature is the same each time, and nobody else's. */
export function noticeSecret(
  signing: Signing,
  { incident, recipient, madeWith }: SecretOf,
): string {
  const message = JSON.stringify([PURPOSE, signing.origin, incident, recipient, madeWith]);
  const known = kept.get(signing) ?? new Map<string, string>();
  kept.set(signing, known);
  const secret =
    known.get(message) ??
    hash("sha256", signing.signer.sign(new TextEncoder().encode(message)), "base64url");
  known.set(message, secret);
  const [oldest] = known.keys();
  if (known.size > KEPT_MAX && oldest !== undefined) known.delete(oldest);
  return secret;
}

/** What is kept in its place, in hex. */
export const secretDigest = (secret: string): string => hash("sha256", secret, "hex");
