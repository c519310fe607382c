/**
 * Writer: the one connection a sequencer or a batcher writes through.
 *
 * It is kept between batches, because its prepared statements are; after a
 * failure that may have broken it, it is thrown away and the next batch opens
 * another. Pipelining is off on purpose: a transaction may be open here.
 */

import pg from "pg";
import type { Locate } from "./pool.ts";
import { isConnectionLost } from "./retry.ts";
import { clientSettings, inTransaction, type Sql, sqlOn } from "./sql.ts";

export interface Writer {
  /** All or nothing, once. Throws what the database said; see isConnectionLost. */
  transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
  /** One statement that is its own transaction: one round trip instead of three. */
  readonly rows: Sql["rows"];
  close(): Promise<void>;
}

export function openWriter(locate: Locate): Writer {
  let open: Promise<pg.Client> | undefined;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(clientSettings(await locate()));
    client.on("error", () => {
      open = undefined;
    });
    await client.connect();
    return client;
  };

  const connected = async (client: Promise<pg.Client>): Promise<pg.Client> => {
    try {
      return await client;
    } catch (error) {
      drop(client);
      throw error;
    }
  };

  const drop = (client: Promise<pg.Client>): void => {
    if (open === client) open = undefined;
    void client.then((it) => it.end()).catch(() => {});
  };

  const using = async <T>(act: (client: pg.Client) => Promise<T>): Promise<T> => {
    const mine = (open ??= connect());
    try {
      return await act(await connected(mine));
    } catch (error) {
      if (isConnectionLost(error)) drop(mine);
      throw error;
    }
  };

  return {
    transaction: (act) => using((client) => inTransaction(client, act)),
    rows: (what, values) => using((client) => sqlOn(client).rows(what, values)),
    async close() {
      const client = await open?.catch(() => undefined);
      open = undefined;
      await client?.end();
    },
  };
}
