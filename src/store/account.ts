/**
 * Accounts: the rows of the people who may log in.
 *
 * That somebody was added, changed or removed is in the ledger (access/current);
 * here is what the ledger must not hold: how they prove who they are. Password
 * strings are whatever the server's hash function made; nothing here reads them.
 * A removed account keeps its row, because entries name it.
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

export type AccountRole = "owner" | "responder" | "communications" | "reader";

export type Account = {
  /** `ac_` and random letters; in envelopes `account/ac_…`. */
  readonly id: string;
  readonly name: string;
  /** In lower case. */
  readonly mail: string;
  readonly role: AccountRole;
  readonly password: string | null;
  /** The TOTP seed, base32. */
  readonly totp: string | null;
  /** The last accepted time step; an earlier or equal one is a replay. */
  readonly totpStep: number | null;
  /** Wrong attempts in a row. */
  readonly failures: number;
  readonly lockedUntil: Instant;
  readonly createdAt: Instant;
  readonly removedAt: Instant | null;
};

const COLUMNS = `id, name, mail, role, password, totp, totp_step as "totpStep", failures,
  locked_until as "lockedUntil", created_at as "createdAt", removed_at as "removedAt"`;

const BY_ID = statement("account-by-id", `select ${COLUMNS} from account where id = $1`);
const BY_MAIL = statement(
  "account-by-mail",
  `select ${COLUMNS} from account where mail = lower($1) and removed_at is null`,
);
const ALL = statement(
  "account-all",
  `select ${COLUMNS} from account where removed_at is null order by name, id`,
);
const ADD = statement(
  "account-add",
  `insert into account (id, name, mail, role, password, created_at)
   values ($1, $2, lower($3), $4, $5, $6) on conflict do nothing returning id`,
);

/** A field that is absent stays as it is; null empties it. */
export type AccountChange = Partial<
  Pick<Account, "name" | "mail" | "role" | "password" | "totp" | "removedAt">
>;

export const accounts = (pool: Pool) => ({
  async byId(id: string): Promise<Account | undefined> {
    return (await pool.rows<Account>(BY_ID, [id]))[0];
  },

  /** Only accounts that were not removed. */
  async byMail(mail: string): Promise<Account | undefined> {
    return (await pool.rows<Account>(BY_MAIL, [mail]))[0];
  },

  /** By name, without the removed. */
  all: (): Promise<readonly Account[]> => pool.rows<Account>(ALL),

  /** False when the id or the mail address is taken. */
  async add(
    account: Pick<Account, "id" | "name" | "mail" | "role" | "password" | "createdAt">,
  ): Promise<boolean> {
    const { id, name, mail, role, password, createdAt } = account;
    const added = await pool.rows(ADD, [id, name, mail, role, password, createdAt]);
    return added.length > 0 || (await isSame(pool, account));
  },

  /** False when there is none. The removed lose their address, so that it can be used again. */
  change: (id: string, change: AccountChange): Promise<boolean> =>
    pool.transaction((sql) => applyChange(sql, id, change)),

  /**
   * Accepts a TOTP time step once: false when it, or a later one, was accepted before.
   */
  async acceptTotpStep(id: string, step: number): Promise<boolean> {
    const rows = await pool.rows(
      `update account set totp_step = $2 where id = $1 and coalesce(totp_step, -1) < $2 returning id`,
      [id, step],
    );
    return rows.length > 0;
  },

  /** Counts a wrong attempt and answers with how many there were in a row. */
  async recordFailure(id: string, lockedUntil: Instant): Promise<number> {
    const rows = await pool.rows<{ failures: number }>(
      `update account set failures = failures + 1, locked_until = $2 where id = $1
       returning failures`,
      [id, lockedUntil],
    );
    return rows[0]?.failures ?? 0;
  },

  async clearFailures(id: string): Promise<void> {
    await pool.rows(
      "update account set failures = 0, locked_until = 0 where id = $1 and failures > 0",
      [id],
    );
  },
});

// The insert may have been kept although its answer was lost: then the row is ours.
async function isSame(
  pool: Pool,
  { id, mail, createdAt }: Pick<Account, "id" | "mail" | "createdAt">,
): Promise<boolean> {
  const [row] = await pool.rows<Account>(BY_ID, [id]);
  return row?.mail === mail.toLowerCase() && row.createdAt === createdAt;
}

async function applyChange(sql: Sql, id: string, change: AccountChange): Promise<boolean> {
  const [row] = await sql.rows<Account>(`select ${COLUMNS} from account where id = $1 for update`, [
    id,
  ]);
  if (row === undefined) return false;
  const next = { ...row, ...change };
  const removed = next.removedAt !== null;
  await sql.rows(
    `update account set name = $2, mail = lower($3), role = $4, password = $5, totp = $6,
       removed_at = $7, totp_step = $8 where id = $1`,
    [
      id,
      next.name,
      removed ? `removed:${id}` : next.mail,
      next.role,
      removed ? null : next.password,
      removed ? null : next.totp,
      next.removedAt,
      change.totp === undefined ? row.totpStep : null,
    ],
  );
  return true;
}
