/**
 * Tokens: how programs come in. Shown once, stored as SHA-256, limited by scopes.
 *
 * A token is 32 random bytes, so a plain hash is enough: there is nothing to
 * guess. That one was made or revoked is in the ledger (access/current).
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { digestOf } from "./session.ts";
import { statement } from "./sql.ts";

export type Token = {
  /** `tok_` and random letters; in envelopes `token/tok_…`. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** As in an envelope: `account/ac_…`. */
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

const COLUMNS = `id, name, scopes, created_by as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

const FIND = statement(
  "token-find",
  `select ${COLUMNS} from token where secret_sha256 = $1 and revoked_at is null
   and (expires_at is null or expires_at > $2)`,
);

const findToken = async (pool: Pool, digest: Buffer, at: Instant): Promise<Token | undefined> =>
  (await pool.rows<Token>(FIND, [digest, at]))[0];

export const tokens = (pool: Pool) => ({
  async add(
    token: Pick<Token, "id" | "name" | "scopes" | "createdBy" | "createdAt" | "expiresAt">,
    secret: string,
  ): Promise<void> {
    const { id, name, scopes, createdBy, createdAt, expiresAt } = token;
    await pool.rows(
      `insert into token (id, secret_sha256, name, scopes, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [id, digestOf(secret), name, scopes, createdBy, createdAt, expiresAt],
    );
  },

  /** Undefined when there is none, or it is revoked or over at `at`. */
  find: (secret: string, at: Instant): Promise<Token | undefined> =>
    findToken(pool, digestOf(secret), at),

  /** As find, for a caller who has only the SHA-256 of what was presented. */
  findByDigest: (digest: Buffer, at: Instant): Promise<Token | undefined> =>
    findToken(pool, digest, at),

  /** Records that it was used; call it at most once a minute. */
  async see(id: string, at: Instant): Promise<void> {
    await pool.rows(
      "update token set last_used_at = $2 where id = $1 and coalesce(last_used_at, 0) < $2",
      [id, at],
    );
  },

  /** False when there is none that could be revoked. */
  async revoke(id: string, at: Instant): Promise<boolean> {
    const rows = await pool.rows<{ revokedAt: Instant }>(
      `update token set revoked_at = coalesce(revoked_at, $2) where id = $1
       returning revoked_at as "revokedAt"`,
      [id, at],
    );
    return rows[0]?.revokedAt === at;
  },

  all: (): Promise<readonly Token[]> =>
    pool.rows<Token>(`select ${COLUMNS} from token order by created_at desc, id`),
});
