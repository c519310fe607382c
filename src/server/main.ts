/**
 * Main: `due serve`, from a configuration to an installation that listens.
 *
 * It listens before the database is there, so that a health check has an answer
 * and a taken port is said at once; until everything is ready the answer is 503.
 * Start-up is also the way back from a kill at any moment: there is no other.
 *
 * SIGTERM and SIGINT let what is under way finish (at most five seconds); a second
 * one does not. What must not go on (a bug, a broken invariant) ends the process.
 */

import { isConnectionLost } from "../store/retry.ts";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { VERSION } from "../api/version.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import { StartRefused } from "../store/postgres/refused.ts";
import type { Begun } from "./begin.ts";
import type { Config } from "./config.ts";
import { limitServer, SERVER_OPTIONS } from "./http/limits.ts";
import { createLog, type Log, thrown } from "./log.ts";
import { type Opened, openInstallation, placesIn, startText } from "./opened.ts";
import { NOT_READY } from "./http/problem.ts";
import { makeSetupLink, SETUP_LINK_FILE, SETUP_LINK_MS, writeSetupLink } from "./account/setup.ts";

const DRAIN_MS_MAX = 5_000;

const clock = (): Instant => Date.now() as Instant;

export type ServeOptions = {
  readonly log?: Log;
  /** What time it is; the machine's clock unless a test says otherwise. */
  readonly now?: () => Instant;
};

export type Running = {
  readonly url: string;
  /** Where there is no owner yet. */
  readonly setupLink: string | undefined;
  readonly opened: Opened;
  readonly mailSays: Begun["mailSays"];
  readonly worker: Begun["worker"];
  /** Lets what is under way finish, then closes everything. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts an installation.
 * Refuses with port-taken, address-unusable, database-too-new and the codes of StartRefused.
 */
export async function serve(
  config: Config,
  { log = createLog(config.logLevel), now = clock }: ServeOptions = {},
): Promise<Result<Running>> {
  let answer: RequestListener = (_, response) => notReady(response);
  const server = createServer(SERVER_OPTIONS, (request, response) => answer(request, response));
  limitServer(server);
  const listening = await listen(server, config);
  if (!listening.ok) return listening;
  // What works on the database is loaded while that starts: neither waits for the other.
  const [opened, { begin }] = await Promise.all([
    openOrRefuse(config, log, now),
    import("./begin.ts"),
  ]);
  if (!opened.ok) {
    server.close();
    return opened;
  }
  const begun = await begin(opened.value, { config, log, now });
  const { store } = opened.value;
  const setupLink = await makeSetupLink({ store, now, url: config.url });
  writeSetupLink(placesIn(config.data).folder, setupLink);
  // Last of all: whoever is told that it is ready finds everything there.
  answer = begun.listener;
  const stop = async (): Promise<void> => {
    begun.close();
    await drained(server);
    await begun.stop();
    await opened.value.close();
  };
  const { mailSays, worker } = begun;
  return ok({ url: config.url, setupLink, opened: opened.value, mailSays, worker, stop });
}

function notReady(response: ServerResponse): void {
  const body = JSON.stringify({
    ready: false,
    says: "Duenotice is starting; ask again in a second.",
  });
  response.writeHead(NOT_READY, { "content-type": "application/json", "retry-after": "1" });
  response.end(body);
}

function listen(server: Server, { host, port }: Config): Promise<Result<void>> {
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const message =
        error.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken by another program: stop it, or choose another port with DUE_PORT.`
          : `Cannot listen on ${host}, port ${port} (${error.code}): choose another with DUE_HOST and DUE_PORT.`;
      resolve(refuse(error.code === "EADDRINUSE" ? "port-taken" : "address-unusable", message));
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve(ok(undefined));
    });
  });
}

/** What an operator can mend is a sentence, whichever way it was said. */
async function openOrRefuse(config: Config, log: Log, now: () => Instant): Promise<Result<Opened>> {
  try {
    return await openInstallation({
      config,
      now,
      log: (line) => log.debug({ of: "database" }, line),
    });
  } catch (error) {
    if (error instanceof StartRefused) return refuse(error.code, error.message);
    throw error;
  }
}

/** Answers under way get their end; idle connections are closed at once. */
function drained(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS_MAX);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** `due serve` as a program: prints what a person needs, and ends with the process. */
export async function runServe(config: Config, print: (line: string) => void): Promise<number> {
  const log = createLog(config.logLevel);
  const stopOn = stopSignals();
  process.on("uncaughtException", (error) => unheard(log, error));
  process.on("unhandledRejection", (error) => unheard(log, error));
  // Half started is not started: what was opened by then goes with the process.
  const running = await serve(config, { log }).catch((error: unknown) => die(log, error));
  if (!running.ok) {
    print(startText(running.problems));
    return 1;
  }
  for (const line of greeting(config, running.value)) print(line);
  await stopOn;
  await running.value.stop();
  return 0;
}

/** The first signal resolves; the second ends the process there and then. */
function stopSignals(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}

/** Whoever needed a connection that broke asks again by itself; everything else ends the process. */
function unheard(log: Log, error: unknown): void {
  if (!isConnectionLost(error)) die(log, error);
  log.error(thrown(error), "a database connection broke while nobody listened");
}

function die(log: Log, error: unknown): never {
  log.error(thrown(error), "stopped by a bug; starting again recovers");
  process.exit(1);
}

function greeting(
  config: Config,
  { url, setupLink, opened, mailSays }: Running,
): readonly string[] {
  const embedded = opened.embedded();
  return [
    `Duenotice ${VERSION} is ready at ${url}`,
    ...(setupLink === undefined
      ? []
      : [
          `Set it up within ${SETUP_LINK_MS / MINUTE_MS} minutes, once: ${setupLink}`,
          `(also in ${join(placesIn(config.data).folder, SETUP_LINK_FILE)}; \`due setup-link\` makes a new one)`,
        ]),
    `Data: ${placesIn(config.data).folder}${embedded ? ` (database in ${embedded.dataDir}, run as ${embedded.runsAs})` : " (database: DUE_DATABASE_URL)"}`,
    ...(embedded && !embedded.owned
      ? [
          "Another process runs the database of this folder: this one has joined it as a second node.",
        ]
      : []),
    `Mail: ${mailSays}`,
    ...(opened.store.signing.ok ? [] : [`Attention: ${startText(opened.store.signing.problems)}`]),
    ...opened.store.advice.map((advice) => `Advice: ${advice}`),
  ];
}
