/**
 * Sessions: who is logged in, as rows that can be listed and revoked at once.
 *
 * The id is 32 random bytes that only the browser holds; the row is keyed by its
 * SHA-256, so a stolen database opens no session. Whether a session still counts
 * is asked with the present instant; nothing here reads a clock.
 */

import { hash, randomBytes } from "node:crypto";
import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { statement } from "./sql.ts";

export type SessionRow = {
  readonly account: string;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
  /** When a factor was last shown. */
  readonly provedAt: Instant;
  /** What the browser calls itself, cut to 200 characters. */
  readonly agent: string;
};

/** A session in a list: its public handle is the start of the hash, never the id. */
export type ListedSession = SessionRow & { readonly handle: string };

const ID_BYTES = 32;
const AGENT_CHARS_MAX = 200;
const HANDLE_HEX = 16;

/** SHA-256 of a secret: what is stored in its place. */
export const digestOf = (secret: string): Buffer => hash("sha256", secret, "buffer");

/** A new secret of 32 random bytes, in base64url. */
export const makeSecret = (): string => randomBytes(ID_BYTES).toString("base64url");

const COLUMNS = `account, created_at as "createdAt", last_seen_at as "lastSeenAt",
  expires_at as "expiresAt", proved_at as "provedAt", agent`;

const FIND = statement(
  "session-find",
  `select ${COLUMNS} from session where id_sha256 = $1 and expires_at > $2`,
);
const SEE = statement(
  "session-see",
  "update session set last_seen_at = $2, expires_at = $3 where id_sha256 = $1 and last_seen_at < $2",
);

export const sessions = (pool: Pool) => ({
  /** Makes a session and answers with its id, which is not kept. */
  async open(account: string, at: Instant, expiresAt: Instant, agent: string): Promise<string> {
    const id = makeSecret();
    await pool.rows(
      `insert into session (id_sha256, account, created_at, last_seen_at, expires_at, proved_at, agent)
       values ($1, $2, $3, $3, $4, $3, $5) on conflict do nothing`,
      [digestOf(id), account, at, expiresAt, agent.slice(0, AGENT_CHARS_MAX)],
    );
    return id;
  },

  /** Undefined when there is none, or it is over at `at`. */
  async find(id: string, at: Instant): Promise<SessionRow | undefined> {
    return (await pool.rows<SessionRow>(FIND, [digestOf(id), at]))[0];
  },

  /** Records that it was used; call it at most once a minute. */
  async see(id: string, at: Instant, expiresAt: Instant): Promise<void> {
    await pool.rows(SEE, [digestOf(id), at, expiresAt]);
  },

  /** Records that a factor was shown again. */
  async prove(id: string, at: Instant): Promise<void> {
    await pool.rows("update session set proved_at = $2 where id_sha256 = $1", [digestOf(id), at]);
  },

  async close(id: string): Promise<void> {
    await pool.rows("delete from session where id_sha256 = $1", [digestOf(id)]);
  },

  /** Ends one of an account's sessions by its handle; false when there is none. */
  async closeListed(account: string, handle: string): Promise<boolean> {
    const rows = await pool.rows(
      `delete from session where account = $1 and left(encode(id_sha256, 'hex'), ${HANDLE_HEX}) = $2
       returning account`,
      [account, handle],
    );
    return rows.length > 0;
  },

  /** Ends all sessions of an account but the one whose id is `except`. */
  async closeAll(account: string, except?: string): Promise<number> {
    const rows = await pool.rows(
      "delete from session where account = $1 and id_sha256 is distinct from $2 returning account",
      [account, except === undefined ? null : digestOf(except)],
    );
    return rows.length;
  },

  of: (account: string, at: Instant): Promise<readonly ListedSession[]> =>
    pool.rows<ListedSession>(
      `select ${COLUMNS}, left(encode(id_sha256, 'hex'), ${HANDLE_HEX}) as handle
       from session where account = $1 and expires_at > $2 order by last_seen_at desc`,
      [account, at],
    ),

  /** Removes what is over. */
  async sweep(at: Instant): Promise<void> {
    await pool.rows("delete from session where expires_at <= $1", [at]);
  },
});
