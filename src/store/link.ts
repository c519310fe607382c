/**
 * Links that let somebody in once: the first set-up, an invitation, a lost password.
 *
 * A link is a secret of 32 random bytes; the row holds its SHA-256. Using it
 * removes the row in the same statement that finds it, so two clicks at once are
 * one use.
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { digestOf, makeSecret } from "./session.ts";

export type LinkPurpose = "set-up" | "invitation" | "password" | "challenge";
export type Link = {
  readonly purpose: LinkPurpose;
  readonly account: string | null;
  readonly expiresAt: Instant;
};

const COLUMNS = `purpose, account, expires_at as "expiresAt"`;

export const links = (pool: Pool) => ({
  /** Answers with the secret, which is not kept. Earlier links of that purpose and account end. */
  async make(link: Link): Promise<string> {
    const secret = makeSecret();
    await pool.transaction(async (sql) => {
      await sql.rows("delete from link where purpose = $1 and account is not distinct from $2", [
        link.purpose,
        link.account,
      ]);
      await sql.rows(
        "insert into link (secret_sha256, purpose, account, expires_at) values ($1, $2, $3, $4)",
        [digestOf(secret), link.purpose, link.account, link.expiresAt],
      );
    });
    return secret;
  },

  /** As make, but earlier ones stay: several logins may be under way at once. */
  async makeAnother({ purpose, account, expiresAt }: Link): Promise<string> {
    const secret = makeSecret();
    await pool.rows(
      "insert into link (secret_sha256, purpose, account, expires_at) values ($1, $2, $3, $4)",
      [digestOf(secret), purpose, account, expiresAt],
    );
    return secret;
  },

  /** Looks without using it up. */
  async find(secret: string, at: Instant): Promise<Link | undefined> {
    const rows = await pool.rows<Link>(
      `select ${COLUMNS} from link where secret_sha256 = $1 and expires_at > $2`,
      [digestOf(secret), at],
    );
    return rows[0];
  },

  /** Uses it up; undefined when there is none, or it is over at `at`. */
  async use(secret: string, at: Instant): Promise<Link | undefined> {
    const rows = await pool.rows<Link>(
      `delete from link where secret_sha256 = $1 and expires_at > $2 returning ${COLUMNS}`,
      [digestOf(secret), at],
    );
    return rows[0];
  },

  /** Removes what is over: anybody may ask for a challenge, and most are never answered. */
  async sweep(at: Instant): Promise<void> {
    await pool.rows("delete from link where expires_at <= $1", [at]);
  },
});
