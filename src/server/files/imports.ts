/**
 * Imports: a file of parties, recorded whole or not at all.
 *
 *   POST /api/v1/imports?dryRun=true      text/csv or application/json
 *
 * Read, held to every rule, and only then appended as one: a row that is wrong, a
 * stop in the middle and a second import of the same name all leave nothing behind.
 * Who asks for `application/x-ndjson` is told how far it is, a line at a time, and
 * gets the outcome as the last line. Between rows the process serves others.
 */

import { setImmediate as breathe } from "node:timers/promises";
import { Hono } from "hono";
import { z } from "zod";
import { type CommandSpec, LEAD } from "../../api/command-spec.ts";
import { type ImportAnswer, IMPORT_BYTES_MAX, type ImportProgress } from "../../api/party-file.ts";
import type { BareContext } from "../../core/context.ts";
import { firstProblems, importProblems, nameKey } from "../../core/party/import.ts";
import { type Asked, readSheet } from "../../core/party/sheet.ts";
import {
  ok,
  type Problem,
  type Problems,
  refuse,
  refuseAll,
  type Result,
} from "../../core/problem.ts";
import type { Instant } from "../../core/time/instant.ts";
import { type Envelope, handleTogether } from "../../handle.ts";
import type { Store } from "../../store/store.ts";
import type { Access } from "../access-port.ts";
import { readBody } from "../http/body.ts";
import type { Handling } from "../handling.ts";
import { readPartyFile } from "./import-json.ts";
import { decodeText } from "./import-text.ts";
import { OK, refusal, toWire } from "../http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "../world.ts";

export type Importing = {
  readonly store: Pick<Store, "views">;
  readonly handling: Handling;
  readonly access: Pick<Access, "mayCommand">;
  readonly now: () => Instant;
  readonly url: string;
};

/** Who may import, said as of a command: whoever may sign for a contract. */
const IMPORT_ACCESS: CommandSpec = {
  type: "ImportParties",
  subject: "party",
  verb: "import",
  creates: true,
  summary: "Import parties from CSV or JSON, all of them or none.",
  roles: LEAD,
  input: z.object({}),
};

/** One at a time: two large files at once would hold twice the memory for no gain. */
let running = false;

export function importRoutes(importing: Importing): Hono<AppEnv> {
  const base = basePath(importing.url);
  return new Hono<AppEnv>().post("/imports", async (context) => {
    const caller = context.var.caller;
    const may = caller ? importing.access.mayCommand(caller, IMPORT_ACCESS) : NOBODY;
    if (!may.ok) return refusal(may.problems, { base });
    const bytes = await readBody(context.req.raw, IMPORT_BYTES_MAX);
    if (!bytes.ok) return refusal(bytes.problems, { base });
    if (running) return refusal(BUSY, { base, retryAfterSeconds: 5 });
    running = true;
    const task: Task = {
      importing,
      bytes: bytes.value,
      isJson: /json/i.test(context.req.header("content-type") ?? ""),
      dryRun: context.req.query("dryRun") === "true",
      by: caller?.by ?? "",
    };
    const told = (context.req.header("accept") ?? "").includes("application/x-ndjson");
    return told ? stream(context, task, base) : once(task, base);
  });
}

const NOBODY = refuse("not-signed-in", "Sign in, or send an API token as a bearer token.");
const BUSY: Problems = [
  { code: "busy", message: "Another file is being imported right now: try again when it is done." },
];

type Task = {
  readonly importing: Importing;
  readonly bytes: Uint8Array;
  readonly isJson: boolean;
  readonly dryRun: boolean;
  readonly by: string;
};
type Tell = (progress: ImportProgress) => void;

async function once(task: Task, base: string): Promise<Response> {
  try {
    const done = await run(task, () => {});
    return done.ok
      ? Response.json(done.value, { status: OK, headers: { "cache-control": "no-store" } })
      : refusal(done.problems, { base });
  } finally {
    running = false;
  }
}

/** The status is sent before the outcome is known: the last line has it. */
function stream({ req }: AppContext, task: Task, base: string): Response {
  const encoder = new TextEncoder();
  const of = { count: 0 };
  const body = new ReadableStream<Uint8Array>({
    async start(out) {
      const line = (value: unknown): void => {
        if (!req.raw.signal.aborted) out.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      };
      // A connection on which nothing is said is let go: recording is one long act.
      const beat = setInterval(() => line({ stage: "recorded", done: 0, of: of.count }), BEAT_MS);
      try {
        const done = await run(task, (progress) => {
          of.count = progress.of;
          line(progress);
        });
        line(done.ok ? done.value : toWire(done.problems, base));
        out.close();
      } catch (error) {
        out.error(error);
      } finally {
        clearInterval(beat);
        running = false;
      }
    },
  });
  const headers = { "content-type": "application/x-ndjson", "cache-control": "no-store" };
  return new Response(body, { status: OK, headers });
}

/** Reads, checks and records. Refuses with every problem of the file, in its order. */
async function run(task: Task, tell: Tell): Promise<Result<ImportAnswer>> {
  const { importing, dryRun } = task;
  const read = readFile(task);
  if (!read.ok) return read;
  const { asked, unknown } = await resolved(read.value, task);
  tell({ stage: "read", done: asked.length, of: asked.length });
  const problems = [...unknown, ...(await check(task, asked, tell))];
  const refused = refuseAll(firstProblems(problems), undefined);
  if (!refused.ok) return refused;
  const answer = { read: asked.length, added: dryRun ? 0 : asked.length, dryRun };
  if (dryRun || asked.length === 0) return ok(answer);
  const at = importing.now();
  const envelopes = asked.map(
    ({ command, subject = "party" }): Envelope => ({ subject, at, by: task.by, command }),
  );
  const handled = await handleTogether(envelopes, importing.handling.world, {
    onDecided: (done) => pause(done, asked.length, "decided", tell),
  });
  if (!handled.ok) return handled;
  tell({ stage: "recorded", done: asked.length, of: asked.length });
  return ok(answer);
}

function readFile({ bytes, isJson }: Task): Result<readonly Asked[]> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  if (isJson) return readPartyFile(text.value);
  const { asked, problems } = readSheet(text.value);
  return refuseAll(firstProblems(problems), asked);
}

/** With a subject of its own where another row names it before anything is recorded. */
type Placed = Asked & { readonly subject?: string };

/** Each name of a customer as the id it has, or will have: those of the file are given one here. */
async function resolved(
  asked: readonly Asked[],
  { importing }: Task,
): Promise<{ readonly asked: readonly Placed[]; readonly unknown: readonly Problem[] }> {
  const wanted = new Set(
    asked.flatMap(({ named = [] }) => named.map((name) => name.toLowerCase())),
  );
  if (wanted.size === 0) return { asked, unknown: [] };
  const { fresh } = importing.handling.world;
  const ids = new Map(await importing.store.views.customers.named([...wanted]));
  const placed = asked.map((one): Placed => {
    const name = one.command.name.toLowerCase();
    if (one.command.type !== "AddCustomer" || !wanted.has(name)) return one;
    const id = `cus_${fresh.characters(10)}`;
    ids.set(name, id);
    return { ...one, subject: `party/${id}` };
  });
  const unknown: Problem[] = [];
  const told = placed.map((one): Placed => {
    const { named, command, placeOf } = one;
    if (named === undefined || command.type !== "AddParty") return one;
    const customers = named.map((name, i) => {
      const id = ids.get(name.toLowerCase());
      if (id !== undefined) return id;
      const message = `There is no customer called ${name}, here or in this file: add them, or take the name out.`;
      unknown.push({ code: "customer-unknown", message, ...placeOf(`/customers/${i}`) });
      return "";
    });
    return { ...one, command: { ...command, customers } };
  });
  return { asked: told, unknown };
}

async function check(
  { importing, by }: Task,
  asked: readonly Asked[],
  tell: Tell,
): Promise<readonly Problem[]> {
  const context = await contextOf(importing, by);
  const names = asked.map(({ command }) => command.name.toLowerCase());
  const { customers, parties } = importing.store.views;
  const [known, others] = await Promise.all([customers.named(names), parties.named(names)]);
  const problems: Problem[] = [];
  const seen = new Set([...[...known.keys()].map((name) => `customer ${name}`), ...others]);
  for (const [i, one] of asked.entries()) {
    problems.push(...importProblems(one, context, (key) => seen.has(key)));
    seen.add(nameKey(one.command));
    await pause(i + 1, asked.length, "checked", tell);
  }
  return problems;
}

async function contextOf({ handling, now, url }: Importing, by: string): Promise<BareContext> {
  const [team, { zone }, policy] = await Promise.all([
    handling.team(),
    handling.installation(),
    handling.world.policies.current(),
  ]);
  return { at: now(), by, team, zone, url, ...(policy === undefined ? {} : { policy }) };
}

const STEP = 500;
const BEAT_MS = 5_000;

/** Now and then: says how far it is, and lets others be served. */
function pause(
  done: number,
  of: number,
  stage: ImportProgress["stage"],
  tell: Tell,
): Promise<void> | undefined {
  if (done % STEP !== 0 && done !== of) return undefined;
  tell({ stage, done, of });
  return breathe();
}
