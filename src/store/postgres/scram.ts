/**
 * The verifier that PostgreSQL stores for a password: RFC 5803's form, RFC 5802's keys.
 *
 * Computed here so that a new password never travels in a statement, where a log could keep it.
 * Passwords must be ASCII: the normalisation of others (SASLprep) is not done.
 */

import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

const ITERATIONS = 4096; // what PostgreSQL itself uses; the passwords are random, so enough

export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const key = (name: string): Buffer => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(key("Client Key")).digest("base64");
  const server = key("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString("base64")}$${stored}:${server}`;
}
