/**
 * A program with a built-in database, for tests that kill it: `node postgres-owner.ts DATA_DIR`.
 *
 * Prints one line of JSON when it is ready, then `A<n>` for every row n that the server has
 * acknowledged. Ends on SIGTERM as the real program does: connections first, then the server.
 */

import fs from "node:fs";
import pg from "pg";
import { ensurePostgres } from "../../src/store/postgres/embedded.ts";
import { prepareDatabase } from "../../src/store/postgres/prepare.ts";

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error("name the data directory");

const server = await ensurePostgres({ dataDir });
const client = new pg.Client(await prepareDatabase(server));
client.on("error", () => {});
await client.connect();
// The lock, because two processes that create the same table at once get an error for it.
await client.query(
  `begin; select pg_advisory_xact_lock(1);
   create table if not exists written (pid int, n int, primary key (pid, n)); commit`,
);

process.on("SIGTERM", () => {
  void client
    .end()
    .then(() => server.stop())
    .then(() => process.exit(0));
});

const { pid, watcherPid, owned, created } = server;
const socketDir = server.connection.host;
fs.writeSync(1, `${JSON.stringify({ pid, watcherPid, owned, created, socketDir })}\n`);
const insert = { name: "insert", text: "insert into written values ($1, $2)" };
try {
  for (let n = 1; ; n += 1) {
    await client.query({ ...insert, values: [process.pid, n] });
    fs.writeSync(1, `A${n}\n`);
  }
} catch {
  // SIGTERM closed the connection, or the server is gone
}
