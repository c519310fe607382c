/**
 * Serve: the HTTP side put together on an open installation.
 *
 * Intake is answered on the bare listener, before the chain that serves people:
 * a monitor's burst must cost neither of them the other.
 */

import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { printVkey } from "../core/ledger/note.ts";
import type { Instant } from "../core/time/instant.ts";
import { openPdfRoom } from "../pdf/room.ts";
import { publicRoutes } from "../public/routes.ts";
import { accessOf } from "./access.ts";
import type { Access } from "./access-port.ts";
import { proxiesOf } from "./http/address.ts";
import { createApp } from "./app.ts";
import { calendarRoutes } from "./calendar.ts";
import type { Config } from "./config.ts";
import { loadSample } from "./demo/demo.ts";
import { doorRoutes } from "./account/door.ts";
import { draftFiles } from "./files/draft-files.ts";
import { draftRoutes } from "./policy/drafts.ts";
import { liveEvents } from "./events.ts";
import type { Lobby } from "./account/getting-in.ts";
import { firstPages, type FirstWorld } from "./web/first.ts";
import { filingFiles } from "./files/filing-files.ts";
import { exportRoutes } from "./files/exports.ts";
import { diskFreeBytes, healthRoutes } from "./health.ts";
import { importRoutes } from "./files/imports.ts";
import { intakeListener } from "./intake.ts";
import type { Log } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { openapiRoutes } from "./openapi/openapi.ts";
import { type Opened, placesIn } from "./opened.ts";
import { ownRoutes } from "./account/own.ts";
import { peopleRoutes } from "./account/people.ts";
import { limitTo } from "./http/rate.ts";
import { sampleRoutes } from "./demo/sample.ts";
import { writeSetupLink } from "./account/setup.ts";
import { webRoutes } from "./web/static.ts";
import { uuids } from "./uuid.ts";
import { viewsOf } from "./views/all.ts";
import { policyCheckRoutes } from "./policy/checks.ts";
import { questionRoutes } from "./questions.ts";
import { noticeExports, pictureExports } from "./files/notice-exports.ts";
import { PACK_PATH, packExports } from "./files/pack-exports.ts";
import { SEAT_PATH, seatExports } from "./files/seat-extract.ts";
import { DRAFT_PDF_PATH, draftPdf, TOLD_PDF_PATH, toldPdf } from "./files/told-files.ts";
import { simulations, supposing } from "./policy/simulations.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

/** Generous for people and their browsers; a script that loops is slowed down. */
const CALLER = { perMinute: 1_200, burst: 400 };
const ADDRESS = { perMinute: 1_800, burst: 600 };
/** A question counts a whole incident, or a policy against all of them. */
const QUESTION = { perMinute: 60, burst: 30 };

export type ServeOptions = {
  readonly opened: Opened;
  readonly config: Config;
  readonly webDir: string;
  readonly now: () => Instant;
  readonly log: Log;
  readonly workerTickAt: () => Instant | undefined;
  /** How mail leaves, in a sentence. */
  readonly mail: { readonly configured: boolean; readonly says: string };
  /** Sends one mail and answers with what was said. */
  readonly testMail: (address: string) => Promise<unknown>;
};

export type Serving = { readonly listener: RequestListener; readonly close: () => void };

/** Answers every request to this installation. */
export function serving(options: ServeOptions): Serving {
  const { opened, config, now, log } = options;
  const { store, handling } = opened;
  const access = accessOf(store);
  const metrics = metricsOf(options, access, () => live.count());
  const pdf = openPdfRoom();
  const world: World = {
    now,
    config,
    log,
    access,
    proxies: proxiesOf(config.trustProxy),
    handle: handling.handle,
    keepFile: (bytes) => store.blobs.keep(bytes, now()),
    views: viewsOf({ store, handling, mail: options.mail, custody: () => custodyOf(opened) }),
    pdf,
    texts: opened.texts,
    limits: { caller: limitTo(CALLER), address: limitTo(ADDRESS), question: limitTo(QUESTION) },
    onAnswer: metrics.onAnswer,
  };
  const live = liveEvents(world, store);
  const stopCounting = countAppends(opened, metrics);
  const itself: FirstWorld["fetch"] = (request, env) => app.fetch(request, env);
  const parts = partsOf(options, world, metrics, { events: live.handler, fetch: itself });
  const app = createApp(world, parts);
  const intake = intakeListener({
    now,
    makeId: uuids(),
    keep: store.raw.keep,
    intakeToken: access.intakeToken,
    log,
    base: basePath(config.url),
    onAnswer: metrics.onIntake,
  });
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return {
    listener(request, response) {
      if (!intake(request, response)) void answer(request, response);
    },
    close() {
      stopCounting();
      live.close();
      void pdf.close();
    },
  };
}

function partsOf(
  options: ServeOptions,
  world: World,
  metrics: Metrics,
  {
    events,
    fetch,
  }: Pick<FirstWorld, "fetch"> & {
    readonly events: ReturnType<typeof liveEvents>["handler"];
  },
) {
  const { opened, config, now } = options;
  const lobby: Lobby = {
    store: opened.store,
    handle: opened.handling.handle,
    now,
    url: config.url,
    loadSample: (by) => loadSample(opened.handling, by, now()),
    team: opened.handling.team,
    forgetSetupLink: () => writeSetupLink(placesIn(config.data).folder, undefined),
  };
  const members = new Hono<AppEnv>();
  members.get("/events", events);
  members.post("/simulations", simulations(world, supposing(opened.handling)));
  members.route("/", policyCheckRoutes({ ...world, ...opened }));
  members.route("/", questionRoutes(world, opened));
  const drafting = { ...world, drafts: opened.store.drafts, names: opened.handling.access };
  members.route("/", draftRoutes(drafting));
  members.route("/", ownRoutes(lobby));
  members.route("/", calendarRoutes(lobby));
  members.route("/", peopleRoutes(lobby, options.testMail));
  members.route("/", sampleRoutes(lobby, opened.handling));
  const parties = { store: opened.store, handling: opened.handling, access: world.access };
  members.route("/", importRoutes({ ...parties, now, url: config.url }));
  members.get("/exports/notices", noticeExports(world));
  members.get("/exports/running-picture", pictureExports(world));
  const zone = async (): Promise<string> => (await opened.handling.installation()).zone;
  members.get(PACK_PATH, packExports(world, zone));
  members.get(SEAT_PATH, seatExports(world, { ...opened, now }));
  members.get(TOLD_PDF_PATH, toldPdf(world, opened.handling));
  members.get(DRAFT_PDF_PATH, draftPdf(world, opened.handling));
  members.route("/", filingFiles(world));
  members.route("/", draftFiles({ ...world, store: opened.store, handling: opened.handling }));
  members.route("/", exportRoutes({ ...parties, url: config.url }));
  const machines = new Hono<AppEnv>();
  machines.route("/", healthRoutes(pulseOf(options)));
  machines.route("/", metrics.routes);
  machines.route("/", openapiRoutes(basePath(config.url)));
  return {
    accounts: doorRoutes(lobby, config.ownerEmail),
    members,
    machines,
    web: webRoutes(
      options.webDir,
      basePath(config.url),
      firstPages({
        log: options.log,
        head: async () => (await opened.store.ledger.head()).size - 1,
        fetch,
      }),
    ),
    pages: publicRoutes({
      store: opened.store,
      handling: opened.handling,
      now,
      url: config.url,
      limit: world.limits.address,
      pdf: world.pdf,
      views: world.views,
    }),
  };
}

const pulseOf = ({ opened, config, now, workerTickAt }: ServeOptions) => ({
  now,
  askDatabase: () => opened.store.pool.rows("select 1"),
  workerTickAt,
  diskFreeBytes: () => diskFreeBytes(placesIn(config.data).folder),
  outboxDueAt: () => opened.store.outbox.next(now()),
});

function metricsOf(options: ServeOptions, access: Access, streams: () => number): Metrics {
  const { opened, config, now, workerTickAt } = options;
  const { store } = opened;
  return createMetrics(
    {
      now,
      ledgerSize: async () => (await store.ledger.head()).size,
      async obligations() {
        const { open, missed } = await store.views.obligations.counts(now());
        return { running: open - missed, missed };
      },
      outbox: async () => ({
        waiting: await store.outbox.waiting(),
        dueAt: await store.outbox.next(now()),
      }),
      raw: () => store.raw.counts(),
      workerTickAt,
      streams,
    },
    config,
    async (headers) => {
      const caller = await access.callerOf(headers, now());
      return caller.ok && caller.value?.scopes.has("metrics") === true;
    },
  );
}

/** Entries that this process wrote, as the head grows. */
function countAppends({ store }: Opened, metrics: Metrics): () => void {
  let known: number | undefined;
  return store.onCommit((size) => {
    if (known !== undefined && size > known) metrics.onAppend(size - known);
    known = size;
  });
}

async function custodyOf({ store }: Opened) {
  const last = await store.checkpoints.last();
  const key = store.signing.ok ? store.signing.value.keys[0] : undefined;
  return { origin: store.origin, key: key ? printVkey(key) : "", checkpoint: last?.note ?? null };
}
