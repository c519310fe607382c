/**
 * Opened: an installation on its database, for whoever works on it: the server,
 * and the host's verbs whether a server is running or not.
 *
 *   keys -> database (built in, or DUE_DATABASE_URL) -> store -> signing -> handling
 *
 * With the built-in database the first to come starts it and the others join; when
 * the owner goes, the next one to ask starts it again.
 */

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ok, type Problems, refuse, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type EmbeddedServer, ensurePostgres } from "../store/postgres/embedded.ts";
import { prepareDatabase } from "../store/postgres/prepare.ts";
import { isErrno, StartRefused, toRefusal } from "../store/postgres/refused.ts";
import { DatabaseUnavailable, sqlStateOf } from "../store/retry.ts";
import { EMBEDDED_SETTINGS, openStore, type Store } from "../store/store.ts";
import type { Config } from "./config.ts";
import { type Handling, handling } from "./handling.ts";
import { migrationsFolder } from "./place.ts";
import { openPolicyRoom, type PolicyRoom } from "./policy/room.ts";

export type Opened = {
  readonly store: Store;
  readonly handling: Handling;
  readonly texts: PolicyRoom;
  /** Undefined where the database is a server of its own, or not started yet. */
  readonly embedded: () => EmbeddedServer | undefined;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly config: Pick<Config, "data" | "databaseUrl" | "pgBin" | "url" | "holdSeconds">;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
};

/** The folders that everything is in, made where they are missing. */
export const placesIn = (data: string) => {
  const folder = resolve(data);
  return {
    folder,
    keys: join(folder, "keys"),
    outbox: join(folder, "outbox"),
    database: join(folder, "pg"),
  };
};

/** Throws StartRefused; refuses with database-too-new and database-unavailable. */
export async function openInstallation({ config, now, log }: Options): Promise<Result<Opened>> {
  const places = placesIn(config.data);
  makeFolders(places);
  const server =
    config.databaseUrl === undefined ? serverOn(places.database, config.pgBin, log) : undefined;
  const opened = await openStore({
    database: config.databaseUrl ?? (() => (server as Server).locate()),
    migrationsDir: migrationsFolder(),
    keysDir: places.keys,
    origin: originOf(config.url),
    at: now(),
    log,
  }).catch((error: unknown) => {
    const wrong = config.databaseUrl === undefined ? undefined : wrongOfTheirs(error);
    if (wrong === undefined) throw error;
    return refuse("database-unavailable", wrong);
  });
  if (!opened.ok) {
    await server?.stop();
    return opened;
  }
  const store = opened.value;
  const texts = openPolicyRoom();
  const close = async (): Promise<void> => {
    await texts.close();
    await store.close();
    await server?.stop();
  };
  return ok({
    store,
    texts,
    handling: handling(store, config.url, config.holdSeconds, texts),
    embedded: () => server?.running(),
    close,
  });
}

/** What is wrong with the database that the operator named; undefined where a bug is. */
function wrongOfTheirs(error: unknown): string | undefined {
  const where = "The database that DUE_DATABASE_URL names";
  if (error instanceof DatabaseUnavailable) {
    const { cause } = error;
    const why = sqlStateOf(cause) || (cause instanceof Error ? cause.message : "no answer");
    return `${where} does not answer (${why}): start it, or correct the address.`;
  }
  // 28: who we are; 3D000: no such database; 42501: not allowed.
  if (!/^(?:28...|3D000|42501)$/.test(sqlStateOf(error))) return undefined;
  return `${where} does not let us in (${(error as Error).message}): correct the user, the password or the name of the database, or what that user may do there.`;
}

function makeFolders({ folder, keys }: ReturnType<typeof placesIn>): void {
  try {
    makeFolder(folder);
    if (!existsSync(keys)) mkdirSync(keys, { mode: 0o700 });
  } catch (error) {
    if (isErrno(error, "EEXIST", "ENOTDIR", "ENOENT")) throw noFolder(folder);
    throw toRefusal(error, folder);
  }
}

/** Not mkdir's own recursion: Node never comes back from it where a parent takes no folders. */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw noFolder(folder);
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Two servers may start on a new folder at once.
    if (!isErrno(error, "EEXIST")) throw error;
  }
}

const noFolder = (folder: string): StartRefused =>
  new StartRefused(
    "folder-not-writable",
    `${folder} is no folder, and none can be made there`,
    "name another one in DUE_DATA",
  );

/** `respond.fennel.example/due`: an address without its scheme, as checkpoints name a ledger. */
const originOf = (url: string): string => url.replace(/^https?:\/\//, "").replace(/\/+$/, "");

type Server = ReturnType<typeof serverOn>;

function serverOn(dataDir: string, binDir: string | undefined, log: (line: string) => void) {
  let running: EmbeddedServer | undefined;
  let starting: Promise<EmbeddedServer> | undefined;
  let stopped = false;

  const start = (): Promise<EmbeddedServer> =>
    (starting ??= ensurePostgres({ dataDir, binDir, settings: EMBEDDED_SETTINGS, log }).then(
      (server) => {
        running = server;
        starting = undefined;
        void server.exited.then(() => {
          if (running === server) running = undefined;
        });
        return server;
      },
      (error: unknown) => {
        starting = undefined;
        throw error;
      },
    ));

  return {
    running: () => running,
    /** Where the database is now; started if nobody runs it. */
    async locate() {
      if (stopped) throw new Error("the database was stopped");
      return prepareDatabase(running ?? (await start()));
    },
    async stop(): Promise<void> {
      stopped = true;
      await starting?.catch(() => {});
      await running?.stop();
    },
  };
}

/** Problems of the start as one text for a terminal. */
export const startText = (problems: Problems): string =>
  problems.map(({ code, message }) => `${message} (${code})`).join("\n");
