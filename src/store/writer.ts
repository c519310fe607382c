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
import { clientSettings, inTransaction, type Sql } from "./sql.ts";

export interface Writer {
  /** All or nothing, once. Throws what the database said; see isConnectionLost. */
  transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T>;
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

  return {
    async transaction(act) {
      const mine = (open ??= connect());
      try {
        return await inTransaction(await connected(mine), act);
      } catch (error) {
        if (isConnectionLost(error)) drop(mine);
        throw error;
      }
    },
    async close() {
      const client = await open?.catch(() => undefined);
      open = undefined;
      await client?.end();
    },
  };
}
