/**
 * Commands: from a request to an envelope, and from what became of it to an answer.
 *
 * One route for each entry of the command registry, and nothing written twice:
 * the schema, the roles, the path and the limits come from there. A body is
 * checked in full before anything is decided, and every place that is wrong is
 * said at once. What is decided, and whether, is core's.
 */

import { hash } from "node:crypto";
import type { Handler } from "hono";
import { type Accepted, subjectPath } from "../api/client.ts";
import { COMMANDS, type CommandSpec, type CommandType } from "../api/command.ts";
import { COLLECTION, INSTANT_FIELDS } from "../api/wire.ts";
import { FILE_BYTES_MAX, safeName, tooLarge } from "../core/notice/attachment.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../core/problem.ts";
import type { Command } from "../core/subject.ts";
import { parseInstant } from "../core/time/instant.ts";
import type { Envelope } from "../handle.ts";
import type { Caller } from "./access-port.ts";
import { readJson } from "./http/body.ts";
import { parseContactKey } from "./contact-key.ts";
import { fileFacts } from "./files/file-facts.ts";
import { parseInput } from "./http/input.ts";
import { CREATED, OK, refusal } from "./http/problem.ts";
import { type AppContext, type AppEnv, basePath, type World } from "./world.ts";

/** The types that core decides: a command that kinds of subject share has one of its own on the wire. */
type Decided = Exclude<
  CommandType,
  | "TakeSignalClock"
  | "MeetSignalObligation"
  | "TakeStatusClock"
  | "GiveSeatForAll"
  | "EndSeatForAll"
>;

export const COMMAND_BYTES_MAX = 256 * 1024;
/** Texts that are long by nature, with room for their escapes in JSON. */
const LONG: ReadonlyMap<string, number> = new Map([
  ["PublishPolicy", 8 * 1024 * 1024],
  ["ProposePolicy", 8 * 1024 * 1024],
  ["WriteReview", 1024 * 1024],
  ["TouchCustomers", 1024 * 1024],
  // Base64 is a third larger than the bytes.
  ["AttachFile", 1.5 * FILE_BYTES_MAX],
]);

const KEY_CHARACTERS_MAX = 255;

/** The largest body that a command of this type may have, in bytes. */
export const bodyBytesMax = (type: string): number => LONG.get(type) ?? COMMAND_BYTES_MAX;

/** Method, Hono path and handler of every command, below /api/v1. */
export const commandRoutes = (
  world: World,
): readonly { path: string; handler: Handler<AppEnv> }[] =>
  COMMANDS.map((spec: CommandSpec) => ({
    path: `/${COLLECTION[spec.subject]}${spec.creates ? "" : "/:id"}/${spec.verb}`,
    handler: (context) => answer(world, spec, context, context.var.caller as Caller),
  }));

async function answer(
  world: World,
  spec: CommandSpec,
  context: AppContext,
  caller: Caller,
): Promise<Response> {
  const base = basePath(world.config.url);
  const may = world.access.mayCommand(caller, spec);
  if (!may.ok) return refusal(may.problems, { base });
  const envelope = await toEnvelope(world, spec, context, caller);
  if (!envelope.ok) return refusal(envelope.problems, { base });
  const { bytes, ...asked } = envelope.value;
  const along = bytes && { onDecided: async () => void (await world.keepFile(bytes)) };
  const handled = await world.handle(asked, along);
  if (!handled.ok) return refusal(handled.problems, { base });
  const accepted: Accepted = handled.value;
  const location = `${base}/api/v1${subjectPath(accepted.subject)}`;
  return Response.json(accepted, {
    status: spec.creates ? CREATED : OK,
    headers: {
      etag: `"${accepted.version}"`,
      "cache-control": "no-store",
      ...(spec.creates ? { location } : {}),
    },
  });
}

/** The envelope, with the bytes that it names where it names a file; or what is wrong with headers or body. */
async function toEnvelope(
  world: World,
  spec: CommandSpec,
  context: AppContext,
  caller: Caller,
): Promise<Result<Envelope & { readonly bytes?: Uint8Array }>> {
  const { headers } = context.req.raw;
  const version = parseIfMatch(headers.get("if-match"));
  if (!version.ok) return version;
  const key = parseIdempotencyKey(headers.get("idempotency-key"));
  if (!key.ok) return key;
  const body = await readJson(context.req.raw, bodyBytesMax(spec.type));
  if (!body.ok) return body;
  const parsed = parseCommand(spec, body.value);
  const read = parsed.ok ? await withKey(parsed.value) : parsed;
  const named = read.ok ? withFile(read.value) : read;
  if (!named.ok) return named;
  const { command, bytes } = named.value;
  return ok({
    subject: spec.creates ? spec.subject : `${spec.subject}/${context.req.param("id")}`,
    at: world.now(),
    by: caller.by,
    command,
    ...(bytes === undefined ? {} : { bytes }),
    ...(version.value === undefined ? {} : { expectedVersion: version.value }),
    ...(key.value === undefined ? {} : { idempotencyKey: key.value }),
  });
}

/** The command that `body` asks for, its instants in milliseconds. Refuses as parseInput does. */
export function parseCommand(spec: CommandSpec, body: unknown): Result<Command> {
  const input = parseInput(spec.input, body);
  if (!input.ok) return input;
  const problems: Problem[] = [];
  const fields = Object.entries(input.value).map(([name, value]) => {
    if (!INSTANT_FIELDS.has(name) || typeof value !== "string") return [name, value];
    const instant = parseInstant(value);
    if (instant === undefined)
      problems.push({
        code: "bad-format",
        message: `${name} is an instant that does not exist.`,
        at: `/${name}`,
      });
    return [name, instant];
  });
  // That core has every type of the registry is checked here by the compiler; that the fields are
  // what core wants is the schemas' promise, and core checks its own rules again.
  const type: Command["type"] = (spec.as ?? spec.type) as Decided;
  const command = { ...Object.fromEntries(fields), type } as unknown as Command;
  return refuseAll(problems, command);
}

/** A contact's key is read here, where that may take time: core gets what was found. */
async function withKey(command: Command): Promise<Result<Command>> {
  if (command.type !== "AddContact" && command.type !== "ChangeContact") return ok(command);
  const given: unknown = command.key;
  if (typeof given !== "string") return ok(command);
  const key = await parseContactKey(given);
  return key.ok ? ok({ ...command, key: key.value }) : key;
}

/**
 * A file is read here and named by its digest. Its bytes are kept once it is decided that a notice
 * may name them, and before the entry is written that does: nothing is kept for a refused act, and
 * nothing is named that is not there.
 */
function withFile(
  command: Command,
): Result<{ readonly command: Command; readonly bytes?: Uint8Array }> {
  if (command.type !== "AttachFile") return ok({ command });
  const given: unknown = command.content;
  if (typeof given !== "string" || given.length % 4 !== 0 || /[^A-Za-z0-9+/=]|=[^=]/.test(given))
    return refuse("bad-format", "content is the file's bytes in base64, in one piece.", "/content");
  const bytes = Buffer.from(given, "base64");
  if (bytes.length > FILE_BYTES_MAX) return tooLarge(safeName(command.name));
  const content = {
    sha256: hash("sha256", bytes, "hex"),
    bytes: bytes.length,
    ...fileFacts(bytes),
  };
  return ok({ command: { ...command, content }, bytes });
}

/** `"12"`, or the ETag of a view, which begins with the version: `"12-9f3c"`. */
export function parseIfMatch(header: string | null): Result<number | undefined> {
  if (header === null) return ok(undefined);
  const version = /^"(\d{1,9})(?:-[\w-]*)?"$/.exec(header.trim())?.[1];
  return version === undefined
    ? refuse("bad-header", 'If-Match must be the version that you saw, in quotes: "12".')
    : ok(Number(version));
}

function parseIdempotencyKey(header: string | null): Result<string | undefined> {
  if (header === null) return ok(undefined);
  return header.length <= KEY_CHARACTERS_MAX && /^[\x21-\x7e]+$/.test(header)
    ? ok(header)
    : refuse(
        "bad-header",
        `Idempotency-Key must be 1 to ${KEY_CHARACTERS_MAX} visible characters, like a UUID.`,
      );
}
