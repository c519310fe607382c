/**
 * Fixture: an installation for tests, on a real database, with its people and a
 * policy, and `now` in the test's hand.
 *
 * Ada owns, Ben responds, Cora communicates, Rhea reads, Dov has no access. Nothing but tests and
 * benchmarks imports this.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { problemShape } from "../api/problem.ts";
import type { AccessRole } from "../core/context.ts";
import { type Instant, plus } from "../core/time/instant.ts";
import { openPdfRoom } from "../pdf/room.ts";
import { openPolicyRoom, type PolicyRoom } from "./policy/room.ts";
import type { TestServer } from "../store/fixture.ts";
import type { Store } from "../store/store.ts";
import { accessOf } from "./access.ts";
import { proxiesOf } from "./http/address.ts";
import { createApp } from "./app.ts";
import { draftRoutes } from "./policy/drafts.ts";
import { draftFiles } from "./files/draft-files.ts";
import { filingFiles } from "./files/filing-files.ts";
import { liveEvents } from "./events.ts";
import { policyCheckRoutes } from "./policy/checks.ts";
import { questionRoutes } from "./questions.ts";
import { noticeExports, pictureExports } from "./files/notice-exports.ts";
import { PACK_PATH, packExports } from "./files/pack-exports.ts";
import { SEAT_PATH, seatExports } from "./files/seat-extract.ts";
import { DRAFT_PDF_PATH, draftPdf, TOLD_PDF_PATH, toldPdf } from "./files/told-files.ts";
import { simulations, supposing } from "./policy/simulations.ts";
import { type Handling, handling } from "./handling.ts";
import { createLog } from "./log.ts";
import { limitTo } from "./http/rate.ts";
import type { Reading } from "./views/reading.ts";
import { viewsOf } from "./views/all.ts";
import { Hono } from "hono";
import type { AppEnv, World } from "./world.ts";

/** A Friday: half past six in the evening in Berlin. */
export const FRIDAY = Date.parse("2026-11-20T17:30:00Z") as Instant;
const SOLO = readFileSync(join(import.meta.dirname, "../../policies/solo.yaml"), "utf8");
const MANY = { perMinute: 1_000_000, burst: 1_000_000 };

const PEOPLE: readonly (readonly [name: string, role: AccessRole])[] = [
  ["Ada", "owner"],
  ["Ben", "responder"],
  ["Cora", "communications"],
  ["Rhea", "reader"],
];

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
};

export type TestInstallation = {
  readonly store: Store;
  readonly handling: Handling;
  readonly world: World;
  readonly app: Hono<AppEnv>;
  readonly reading: Reading;
  readonly lines: readonly string[];
  readonly now: () => Instant;
  readonly advance: (ms: number) => void;
  /** GET below /api/v1, as one of the people. */
  readonly read: (path: string, as?: string) => Promise<Answer>;
  /** POST below /api/v1. */
  readonly send: (path: string, body?: object, as?: string) => Promise<Answer>;
  /** The token of one of the people. */
  readonly bearer: (name: string) => { readonly authorization: string };
};

const URL_HERE = "https://ops.fennel.example";
const setUp = (store: Store): Promise<void> => populate(store, handling(store, URL_HERE), FRIDAY);

/** An installation that is set up, under the policy of one person. */
export async function testInstallation(
  server: TestServer,
  over: Partial<World> & { readonly texts?: PolicyRoom } = {},
): Promise<TestInstallation> {
  const store = await server.filled(setUp);
  const lines: string[] = [];
  let at = FRIDAY;
  const now = (): Instant => at;
  const url = URL_HERE;
  // Given only where it matters: a thread of its own costs every test file a second.
  const handled = handling(store, url, undefined, over.texts);
  const reading: Reading = {
    store,
    handling: handled,
    mail: { configured: false, says: "Mail is not set up; it is kept in data/outbox." },
    custody: async () => ({
      origin: "ops.fennel.example",
      key: "test+00000000+AA==",
      checkpoint: null,
    }),
  };
  const world: World = {
    now,
    config: { url, metricsToken: undefined },
    log: createLog("debug", (line) => lines.push(line)),
    access: accessOf(store),
    proxies: proxiesOf([]),
    handle: (envelope, along) => handled.handle(envelope, along),
    keepFile: (bytes) => store.blobs.keep(bytes, now()),
    views: viewsOf(reading),
    pdf: openPdfRoom(),
    texts: openPolicyRoom(),
    limits: { caller: limitTo(MANY), address: limitTo(MANY), question: limitTo(MANY) },
    onAnswer: () => {},
    ...over,
  };
  const live = liveEvents(world, store);
  const members = new Hono<AppEnv>()
    .get("/events", live.handler)
    .get("/exports/notices", noticeExports(world))
    .get("/exports/running-picture", pictureExports(world))
    .get(
      PACK_PATH,
      packExports(world, async () => "Europe/Berlin"),
    )
    .get(SEAT_PATH, seatExports(world, { store, handling: handled, now }))
    .get(TOLD_PDF_PATH, toldPdf(world, handled))
    .get(DRAFT_PDF_PATH, draftPdf(world, handled))
    .route("/", filingFiles(world))
    .route("/", draftFiles({ ...world, store, handling: handled }))
    .post("/simulations", simulations(world, supposing(handled)));
  members.route("/", policyCheckRoutes({ ...world, store, handling: handled }));
  members.route("/", questionRoutes(world, reading));
  members.route("/", draftRoutes({ ...world, drafts: store.drafts, names: handled.access }));
  const app = createApp(world, { members });

  const ask = async (path: string, init: RequestInit, as: string): Promise<Answer> => {
    const headers = { ...(init.headers as object), ...bearer(as) };
    const answer = await app.request(`/api/v1${path}`, { ...init, headers });
    const text = await answer.text();
    const body = text === "" ? undefined : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body };
  };
  return {
    store,
    handling: handled,
    world,
    app,
    reading,
    lines,
    now,
    advance: (ms) => {
      at = plus(at, ms);
    },
    bearer,
    read: (path, as = "Ada") => ask(path, {}, as),
    send: (path, body = {}, as = "Ada") =>
      ask(
        path,
        {
          method: "POST",
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        },
        as,
      ),
  };
}

const accountOf = (name: string): string => `account/ac_${name.toLowerCase()}`;
const tokenOf = (name: string): string => `due_${name.padEnd(43, "_")}`;
const bearer = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });

/** People, zone and policy for an installation that has none. */
export async function populate(store: Store, { handle }: Handling, at: Instant): Promise<void> {
  for (const [name, role] of PEOPLE) {
    const account = accountOf(name);
    const mail = `${name.toLowerCase()}@fennel.example`;
    const id = account.slice("account/".length);
    await store.accounts.add({ id, name, mail, role, password: null, createdAt: at });
    const command = { type: "AddAccount", account, role, name, mail } as const;
    await must(handle({ subject: "access", at, by: "worker", command }));
    const token = {
      id: `tok_${name.toLowerCase()}`,
      name: `${name}'s shell`,
      scopes: ["read", "write"],
      createdBy: account,
      createdAt: at,
      expiresAt: null,
    };
    await store.tokens.add(token, tokenOf(name));
    const made = {
      type: "CreateToken",
      token: `token/${token.id}`,
      scopes: token.scopes,
      name: token.name,
    } as const;
    await must(handle({ subject: "access", at, by: account, command: made }));
  }
  const by = accountOf("Ada");
  const setup = { type: "FinishSetup", organisation: "Fennel", zone: "Europe/Berlin" } as const;
  await must(handle({ subject: "installation", at, by, command: setup }));
  await must(handle({ subject: "policy", at, by, command: { type: "PublishPolicy", text: SOLO } }));
}

export async function must<T>(
  result: Promise<
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problems: readonly unknown[] }
  >,
): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.problems));
  return settled.value;
}

/** The code of a refusal, which has the one shape. */
export const codeOf = ({ body }: Answer): string => problemShape.parse(body).code;

export { SOLO };
