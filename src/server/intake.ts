/**
 * Intake: what monitors send, kept before it is answered.
 *
 *   POST /intake/alertmanager                        the webhook, version 4
 *   POST /intake/prometheus/api/v2/alerts            what Prometheus sends by itself
 *
 * The body is made durable exactly as it came (a mail without what opens somebody's
 * page), and only then is its sender told
 * 202. Nothing is parsed here: a body that cannot be read is still evidence, and
 * a reader that fails must not lose what it failed on. A token that may do
 * nothing else proves the sender.
 *
 * An alert storm is when this must work, so requests are answered on the bare
 * listener, before the chain that serves people. The answer to overload is 503:
 * Alertmanager repeats those, and drops whatever it is told 4xx about.
 */

import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { PROBLEM_TYPE } from "../api/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { SOURCES, type Source } from "../intake/sources.ts";
import type { Raws } from "../store/raw.ts";
import type { Access } from "./access-port.ts";
import { type Log, thrown } from "./log.ts";
import { ACCEPTED, only, statusOf, toWire } from "./http/problem.ts";
import { below } from "./world.ts";

export const INTAKE_BYTES_MAX = 1024 * 1024;
/** Of all bodies being received or made durable: what a flood can cost in memory. */
export const INTAKE_HELD_BYTES_MAX = 24 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 5;
const LINGER_MS = 1_000;

const BY_PATH: ReadonlyMap<string, Source> = new Map(
  SOURCES.map((source) => [source.path, source]),
);

/** Headers that a reader may need; all others, secrets among them, are not kept. */
const KEPT_HEADERS = ["content-type", "user-agent"] as const;

export type IntakeWorld = {
  readonly now: () => Instant;
  readonly makeId: (at: Instant) => string;
  readonly keep: Raws["keep"];
  readonly intakeToken: Access["intakeToken"];
  readonly log: Log;
  /** The path that DUE_URL holds. */
  readonly base: string;
  /** Told of every body, for metrics: 202 or a problem's code, and its size. */
  readonly onAnswer: (source: string, outcome: string, bytes: number) => void;
};

/** True where the request was one for intake, which is then answered. */
export type IntakeListener = (request: IncomingMessage, response: ServerResponse) => boolean;

export function intakeListener(world: IntakeWorld): IntakeListener {
  let heldBytes = 0;
  return (request, response) => {
    const path = below(world.base, (request.url ?? "").split("?", 1)[0] ?? "");
    if (!path.startsWith("/intake/")) return false;
    const source = BY_PATH.get(path);
    if (source === undefined) refuse(world, response, "no-such-route");
    else void take(world, source, request, response, hold);
    return true;
  };

  /** Counts bytes that are in memory; false where there is no room for them. */
  function hold(bytes: number): boolean {
    if (bytes > 0 && heldBytes + bytes > INTAKE_HELD_BYTES_MAX) return false;
    heldBytes += bytes;
    return true;
  }
}

type Hold = (bytes: number) => boolean;

async function take(
  world: IntakeWorld,
  source: Source,
  request: IncomingMessage,
  response: ServerResponse,
  hold: Hold,
): Promise<void> {
  let held = 0;
  const holdMore: Hold = (bytes) => {
    if (!hold(bytes)) return false;
    held += bytes;
    return true;
  };
  let outcome: string;
  try {
    outcome = await receive(world, source, request, holdMore);
  } catch (error) {
    world.log.error({ source: source.name, ...thrown(error) }, "a body could not be kept");
    outcome = "database-unavailable";
  } finally {
    hold(-held);
  }
  world.onAnswer(source.name, outcome, held);
  if (outcome === "kept") response.writeHead(ACCEPTED, KEPT).end();
  else if (outcome !== "gone") refuse(world, response, outcome);
}

/** "kept", "gone" where the sender hung up, or the code of a problem. */
async function receive(
  world: IntakeWorld,
  source: Source,
  request: IncomingMessage,
  hold: Hold,
): Promise<string> {
  if (request.method !== "POST") return "method-not-allowed";
  const { headers } = request;
  if (headers["content-encoding"] !== undefined) return "body-encoded";
  if (Number(headers["content-length"] ?? 0) > INTAKE_BYTES_MAX) return "body-too-large";
  const may = await isAllowed(world, source, request);
  if (may !== "yes") return may;
  const body = await read(request, hold);
  if (typeof body === "string") return body;
  const receivedAt = world.now();
  const { name, toKept = (came) => came } = source;
  return world.keep({
    id: world.makeId(receivedAt),
    source: name,
    receivedAt,
    headers: kept(headers),
    body: toKept(body),
  });
}

/**
 * The token is looked up by its SHA-256: what the comparison takes says nothing about the secret,
 * because nobody can choose a digest.
 */
async function isAllowed(
  { intakeToken, now }: IntakeWorld,
  { scopes }: Source,
  request: IncomingMessage,
): Promise<"yes" | "not-signed-in" | "bad-token" | "not-allowed"> {
  const digest = digestOf(request);
  if (digest === undefined) return "not-signed-in";
  const token = await intakeToken(digest, now());
  if (token === undefined) return "bad-token";
  return scopes.some((scope) => token.scopes.includes(scope)) ? "yes" : "not-allowed";
}

type Shown = { readonly authorization: string; readonly digest: Buffer };

/** What each connection showed last; compared with what itself sends, so it teaches nobody anything. */
const SHOWN = new WeakMap<Socket, Shown>();

function digestOf({ headers: { authorization }, socket }: IncomingMessage): Buffer | undefined {
  const shown = SHOWN.get(socket);
  if (authorization !== undefined && shown?.authorization === authorization) return shown.digest;
  const secret = secretOf(authorization);
  if (authorization === undefined || secret === undefined) return undefined;
  const digest = hash("sha256", secret, "buffer");
  SHOWN.set(socket, { authorization, digest });
  return digest;
}

/** A bearer token, or the password of a sender that can only do Basic. */
function secretOf(authorization: string | undefined): string | undefined {
  const [scheme = "", value] = (authorization ?? "").split(" ", 2);
  if (value === undefined) return undefined;
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const pair = Buffer.from(value, "base64").toString("utf8");
  return pair.slice(pair.indexOf(":") + 1);
}

function read(request: IncomingMessage, hold: Hold): Promise<Buffer | string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    const end = (result: Buffer | string): void => {
      isOver = true;
      resolve(result);
    };
    request.on("data", (chunk: Buffer) => {
      if (isOver) return;
      length += chunk.length;
      if (length > INTAKE_BYTES_MAX) end("body-too-large");
      else if (!hold(chunk.length)) end("overloaded");
      else chunks.push(chunk);
    });
    request.on("end", () =>
      end(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on("error", () => end("gone"));
    request.on("close", () => end("gone"));
  });
}

function kept(headers: IncomingMessage["headers"]): Record<string, string> {
  const of: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) of[name] = value.slice(0, 200);
  }
  return of;
}

const KEPT = { "content-length": "0" };

const SAYS: Readonly<Record<string, string>> = {
  "bad-token": "This token is not known, or was revoked.",
  "body-encoded": "Send the body as it is, without Content-Encoding.",
  "body-too-large": "A body may have at most 1024 KB here.",
  "database-unavailable": "The database does not answer; send it again.",
  "method-not-allowed": "This address takes POST only.",
  "no-such-route": "Nothing is received here.",
  "not-allowed": "This token may not send here; it needs the scope intake.",
  "not-signed-in": "Send an API token with the scope intake: Authorization: Bearer and the token.",
  overloaded: "More is coming in than can be made durable; send it again.",
};

function refuse({ base }: IntakeWorld, response: ServerResponse, code: string): void {
  const status = statusOf({ code });
  const body = JSON.stringify(toWire(only(code, SAYS[code] ?? "This was refused."), base));
  const headers: Record<string, string | number> = {
    "content-type": PROBLEM_TYPE,
    "content-length": Buffer.byteLength(body),
    "x-content-type-options": "nosniff",
    connection: "close",
  };
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="duenotice"';
  if (status === 405) headers.allow = "POST";
  if (status === 503) headers["retry-after"] = RETRY_AFTER_SECONDS;
  response.writeHead(status, headers);
  if (response.req.complete) response.end(body);
  else endSoon(response, body);
}

/**
 * To a sender that is still sending. Closing at once would take the answer away with the connection,
 * so what comes is thrown away for a moment, and then it is closed.
 */
function endSoon(response: ServerResponse, body: string): void {
  const request = response.req;
  const late = setTimeout(() => response.end(), LINGER_MS);
  response.write(body);
  for (const over of ["end", "close"])
    request.once(over, () => {
      clearTimeout(late);
      response.end();
    });
  request.resume();
}
