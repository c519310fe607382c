/**
 * Opened: an installation on its database, for whoever works on it: the server,
 * and the host's verbs whether a server is running or not.
 *
 *   keys -> database (built in, or DUE_DATABASE_URL) -> store -> signing -> handling
 *
 * With the built-in database the first to come starts it and the others join; when
 * the owner goes, the next one to ask starts it again.
 */

import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ok, type Problems, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type EmbeddedServer, ensurePostgres } from "../store/postgres/embedded.ts";
import { prepareDatabase } from "../store/postgres/prepare.ts";
import { EMBEDDED_SETTINGS, openStore, type Store } from "../store/store.ts";
import type { Config } from "./config.ts";
import { type Handling, handling } from "./handling.ts";
import { migrationsFolder } from "./place.ts";

export type Opened = {
  readonly store: Store;
  readonly handling: Handling;
  /** Undefined where the database is a server of its own, or not started yet. */
  readonly embedded: () => EmbeddedServer | undefined;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly config: Pick<Config, "data" | "databaseUrl" | "pgBin" | "url">;
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

/** Throws StartRefused; refuses with database-too-new. */
export async function openInstallation({ config, now, log }: Options): Promise<Result<Opened>> {
  const places = placesIn(config.data);
  mkdirSync(places.folder, { recursive: true });
  if (!existsSync(places.keys)) mkdirSync(places.keys, { mode: 0o700 });
  const server =
    config.databaseUrl === undefined ? serverOn(places.database, config.pgBin, log) : undefined;
  const opened = await openStore({
    database: config.databaseUrl ?? (() => (server as Server).locate()),
    migrationsDir: migrationsFolder(),
    keysDir: places.keys,
    origin: originOf(config.url),
    at: now(),
    log,
  });
  if (!opened.ok) {
    await server?.stop();
    return opened;
  }
  const store = opened.value;
  const close = async (): Promise<void> => {
    await store.close();
    await server?.stop();
  };
  return ok({
    store,
    handling: handling(store, config.url),
    embedded: () => server?.running(),
    close,
  });
}

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
