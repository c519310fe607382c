/**
 * Sql: statements on one database connection, and transactions on it.
 *
 * Statements are named, so that PostgreSQL plans each of them once per
 * connection: that halves the cost of a read. A name must stand for one text for
 * ever; `statement` refuses a second text under the same name.
 *
 * It never retries by itself (see retry.ts) and knows nothing of tables.
 */

import pg from "pg";
import { invariant } from "../core/problem.ts";

export type Statement = {
  readonly name: string;
  readonly text: string;
  /** Set where the answer comes in binary: large bytea columns then need no decoding. */
  readonly binary?: true;
};

/** What statements run on: a connection, a transaction on one, or a pool that lends one. */
export interface Sql {
  rows<Row extends object>(
    statement: Statement | string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

/** What `pg` needs to connect. */
export type ConnectionSettings = pg.ClientConfig;

const TEXT_OF = new Map<string, string>();

/** A statement with a name of its own. Only at module level: the names are kept. */
export function statement(name: string, text: string, binary?: true): Statement {
  const known = TEXT_OF.get(name);
  invariant(known === undefined || known === text, `two statements are named ${name}`);
  TEXT_OF.set(name, text);
  return binary ? { name, text, binary } : { name, text };
}

const INT8 = 20;

/** bigint comes as a number: instants, sizes and sequence numbers all stay below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary"
      ? Number
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

/** Settings of every connection of ours; the caller's come first. */
export const clientSettings = (connection: ConnectionSettings): pg.ClientConfig => ({
  ...connection,
  types,
  application_name: "duenotice",
  connectionTimeoutMillis: 10_000,
  // A process that is cut off in the middle of a transaction must not keep the head locked.
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
});

/** Statements on `client`. */
export const sqlOn = (client: pg.ClientBase): Sql => ({
  async rows<Row extends object>(
    what: Statement | string,
    values: readonly unknown[] = [],
  ): Promise<readonly Row[]> {
    const result = await client.query<Row>(
      typeof what === "string"
        ? { text: what, values: [...values] }
        : { ...what, values: values as unknown[] },
    );
    return result.rows;
  },
});

/** Everything `act` does, or nothing. What it throws is thrown again after the rollback. */
export async function inTransaction<T>(
  client: pg.ClientBase,
  act: (sql: Sql) => Promise<T>,
  begin = "begin",
): Promise<T> {
  await client.query(begin);
  let result: T;
  try {
    result = await act(sqlOn(client));
  } catch (error) {
    // The first error is the one to report; a connection that cannot roll back is gone anyway.
    await client.query("rollback").catch(() => {});
    throw error;
  }
  await client.query("commit");
  return result;
}
