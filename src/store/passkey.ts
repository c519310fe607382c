/**
 * Passkeys: the public halves of WebAuthn credentials.
 *
 * Nothing here is secret. The counter only grows: an authenticator that shows a
 * smaller one may be a copy, which is for the server to judge.
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";

export type Passkey = {
  /** The credential's id, base64url. */
  readonly credential: string;
  readonly account: string;
  readonly name: string;
  /** COSE key. */
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
};

const COLUMNS = `credential, account, name, public_key as "publicKey", counter, transports,
  created_at as "createdAt", last_used_at as "lastUsedAt"`;

export const passkeys = (pool: Pool) => ({
  async add(passkey: Omit<Passkey, "lastUsedAt" | "publicKey"> & { publicKey: Uint8Array }) {
    const { credential, account, name, publicKey, counter, transports, createdAt } = passkey;
    await pool.rows(
      `insert into passkey (credential, account, name, public_key, counter, transports, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [credential, account, name, Buffer.from(publicKey), counter, transports, createdAt],
    );
  },

  async find(credential: string): Promise<Passkey | undefined> {
    return (
      await pool.rows<Passkey>(`select ${COLUMNS} from passkey where credential = $1`, [credential])
    )[0];
  },

  of: (account: string): Promise<readonly Passkey[]> =>
    pool.rows<Passkey>(
      `select ${COLUMNS} from passkey where account = $1 order by created_at, credential`,
      [account],
    ),

  async use(credential: string, counter: number, at: Instant): Promise<void> {
    await pool.rows("update passkey set counter = $2, last_used_at = $3 where credential = $1", [
      credential,
      counter,
      at,
    ]);
  },

  /** False when the account has no such passkey. */
  async remove(account: string, credential: string): Promise<boolean> {
    const rows = await pool.rows(
      "delete from passkey where account = $1 and credential = $2 returning credential",
      [account, credential],
    );
    return rows.length > 0;
  },
});
