/**
 * The database and the role of daily work, made once and checked at every start.
 *
 * The superuser's password opens everything, so nothing but this, backup and repair uses it. The
 * daily role owns what it makes in the one database, and can neither read the server's files nor
 * touch other roles. Its right to log in is given last: whoever can log in finds everything done,
 * which makes the usual start one connection. Only for the built-in server: on DUE_DATABASE_URL the
 * operator decides about roles.
 */

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import type { Connection, EmbeddedServer } from "./embedded.ts";
import { DAILY_ROLE, DAILY_SECRET_FILE, DATABASE } from "./names.ts";
import { isErrno, onDisk } from "./refused.ts";
import { scramVerifier } from "./scram.ts";
import { syncFolder, writePrivate } from "./unfinished.ts";

/** Any number that nothing else on this server locks. */
const LOCK = 7_238_104;

/**
 * The connection for daily work on `server`. Several processes may ask at once. Refuses with
 * disk-full and folder-not-writable.
 */
export async function prepareDatabase(
  server: Pick<EmbeddedServer, "connection" | "dataDir">,
): Promise<Connection> {
  const file = path.join(server.dataDir, DAILY_SECRET_FILE);
  const daily = { ...server.connection, user: DAILY_ROLE, database: DATABASE };
  const known = readIfThere(file);
  if (known !== null && (await mayLogIn({ ...daily, password: known })))
    return { ...daily, password: known };
  return withClient(server.connection, async (client) => {
    await client.query("select pg_advisory_lock($1)", [LOCK]); // freed when the connection ends
    const password = onDisk(server.dataDir, () => readIfThere(file) ?? makeSecret(file));
    if (!(await mayLogIn({ ...daily, password }))) await make(client, server.connection, password);
    return { ...daily, password };
  });
}

function readIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
}

/** Owned by the cluster's owner, like everything beside it. Only ever called under the lock. */
function makeSecret(file: string): string {
  const password = randomBytes(24).toString("base64url");
  const folder = path.dirname(file);
  const { uid, gid } = fs.statSync(folder);
  fs.rmSync(`${file}.new`, { force: true });
  writePrivate(`${file}.new`, password, process.getuid?.() === 0 ? { uid, gid } : null);
  fs.renameSync(`${file}.new`, file);
  syncFolder(folder);
  return password;
}

// Wrong password or no such role, no right to log in, no such database: all mean "not made yet".
const NOT_MADE = new Set(["28P01", "28000", "3D000"]);

async function mayLogIn(connection: Connection): Promise<boolean> {
  try {
    return await withClient(connection, async () => true);
  } catch (error) {
    if (error instanceof pg.DatabaseError && NOT_MADE.has(error.code ?? "")) return false;
    throw error;
  }
}

async function make(client: pg.Client, superuser: Connection, password: string): Promise<void> {
  const has = async (sql: string, name: string): Promise<boolean> =>
    (await client.query(sql, [name])).rows.length > 0;
  if (!(await has("select from pg_roles where rolname = $1", DAILY_ROLE)))
    await client.query(`create role ${DAILY_ROLE} nologin`);
  if (!(await has("select from pg_database where datname = $1", DATABASE)))
    await client.query(`create database ${DATABASE}`);
  await client.query(`revoke all on database ${DATABASE}, postgres, template1 from public`);
  await client.query(`grant connect, create on database ${DATABASE} to ${DAILY_ROLE}`);
  await withClient({ ...superuser, database: DATABASE }, (inside) =>
    inside.query(`alter schema public owner to ${DAILY_ROLE}`),
  );
  // A verifier, so that the password itself never reaches the server or its log.
  await client.query(
    `alter role ${DAILY_ROLE} with login nosuperuser nocreatedb nocreaterole noreplication
     nobypassrls password '${scramVerifier(password, randomBytes(16))}'`,
  );
}

async function withClient<T>(
  connection: Connection,
  act: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  client.on("error", () => {}); // without a listener a server stop would end the process
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
