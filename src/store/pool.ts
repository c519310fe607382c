/**
 * Pool: a few connections for everything but the two writers.
 *
 * Opened on first use and closed when idle, because an idle PostgreSQL process
 * is memory. Where to connect is asked again whenever connecting fails: the
 * built-in server has a new socket after every start.
 */

import pg from "pg";
import { isConnectionLost, retrying } from "./retry.ts";
import { type ConnectionSettings, clientSettings, inTransaction, type Sql, sqlOn } from "./sql.ts";

/** Where the database is, now. */
export type Locate = () => Promise<ConnectionSettings>;

export interface Pool extends Sql {
  /** All or nothing, tried again when the database says so: `act` must bear running twice. */
  transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
  /** One unchanging picture of the database for as long as `act` reads; never retried. */
  snapshot<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const IDLE_MS_MAX = 30_000;
/** An export waits for whoever takes it; it holds no lock that others want. */
const SNAPSHOT_WAITS = "set local idle_in_transaction_session_timeout = '10min'";

export type PoolOptions = {
  readonly connectionsMax: number;
  /** How long to try again before the caller is told that the database is gone. */
  readonly patienceMs: number;
  readonly log: (line: string) => void;
};

export function openPool(locate: Locate, { connectionsMax, patienceMs, log }: PoolOptions): Pool {
  let open: Promise<pg.Pool> | undefined;
  let closed = false;

  const make = async (): Promise<pg.Pool> => {
    const pool = new pg.Pool({
      ...clientSettings(await locate()),
      max: connectionsMax,
      idleTimeoutMillis: IDLE_MS_MAX,
      allowExitOnIdle: true,
    });
    // Without a handler an idle connection that breaks would end the process.
    pool.on("error", (error) => log(`an idle database connection broke: ${error.message}`));
    // So would one that is told to go in the very packet that lets it in: its pool hears it no
    // longer, and who borrows it not yet. Whoever asks something of it then is told.
    pool.on("connect", (client) => client.on("error", () => {}));
    return pool;
  };

  const lend = async (): Promise<pg.PoolClient> => {
    if (closed) throw new Error("the store is closed");
    const mine = (open ??= make());
    let made: pg.Pool | undefined;
    try {
      made = await mine;
      return await made.connect();
    } catch (error) {
      // Where there is no pool at all, the next one who asks looks for the database again.
      if (open === mine && (made === undefined || isConnectionLost(error))) {
        open = undefined;
        void made?.end().catch(() => {});
      }
      throw error;
    }
  };

  const using = async <T>(act: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await lend();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on("error", onError);
    try {
      return await act(client);
    } catch (error) {
      if (isConnectionLost(error)) broken = error as Error;
      throw error;
    } finally {
      client.off("error", onError);
      client.release(broken);
    }
  };

  return {
    rows: (what, values) =>
      retrying(() => using((client) => sqlOn(client).rows(what, values)), patienceMs),
    transaction: (act) => retrying(() => using((client) => inTransaction(client, act)), patienceMs),
    snapshot: (act) =>
      using((client) =>
        inTransaction(
          client,
          async (sql) => {
            await sql.rows(SNAPSHOT_WAITS);
            return act(sql);
          },
          "begin isolation level repeatable read read only",
        ),
      ),
    async close() {
      closed = true;
      const pool = await open?.catch(() => undefined);
      open = undefined;
      await pool?.end();
    },
  };
}
