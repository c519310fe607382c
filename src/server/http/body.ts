/**
 * Body: from bytes that anybody may have sent to a value that is safe to look at.
 *
 * Each limit is checked before the work that it limits: length before reading,
 * nesting and number of values before JSON.parse, text before the database sees
 * it (PostgreSQL cannot hold U+0000, and half a surrogate pair has no UTF-8).
 */

import { isWellFormed } from "../../core/ledger/utf8.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";

export const JSON_DEPTH_MAX = 32;
/** Commas and colons outside texts: members and elements, give or take one each. */
export const JSON_VALUES_MAX = 10_000;

/**
 * The body as JSON; an empty one is an empty object.
 * Refuses with: body-too-large, body-encoded, not-json, bad-encoding, bad-json, json-too-deep,
 * json-too-large, bad-key, bad-text.
 */
export async function readJson(request: Request, bytesMax: number): Promise<Result<unknown>> {
  const read = await readBody(request, bytesMax);
  if (!read.ok) return read;
  if (read.value.length === 0) return ok({});
  if (!isJson(request.headers.get("content-type")))
    return refuse("not-json", "Send the body as JSON, with Content-Type: application/json.");
  return parseJson(read.value);
}

/** The body's bytes, reading no more than `bytesMax` of them. Refuses with: body-too-large, body-encoded. */
export async function readBody(request: Request, bytesMax: number): Promise<Result<Uint8Array>> {
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity")
    return refuse("body-encoded", "Send the body as it is, without Content-Encoding.");
  const tooLarge = refuse(
    "body-too-large",
    `The body may have at most ${Math.floor(bytesMax / 1024)} KB here.`,
  );
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) return tooLarge;
  if (request.body === null) return ok(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream, so that what is not read is not buffered either.
  for await (const chunk of request.body as AsyncIterable<Uint8Array> & ReadableStream) {
    length += chunk.length;
    if (length > bytesMax) return tooLarge;
    chunks.push(chunk);
  }
  return ok(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
}

/** Refuses with: bad-encoding, bad-json, json-too-deep, json-too-large, bad-key, bad-text. */
export function parseJson(bytes: Uint8Array): Result<unknown> {
  const extent = extentOf(bytes);
  if (extent.depth > JSON_DEPTH_MAX)
    return refuse("json-too-deep", `JSON may be nested at most ${JSON_DEPTH_MAX} levels deep.`);
  if (extent.values > JSON_VALUES_MAX)
    return refuse("json-too-large", `JSON may hold at most ${JSON_VALUES_MAX} values.`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("bad-encoding", "The body is not UTF-8.");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("bad-json", "The body is not JSON.");
  }
  return checkTexts(value) ?? ok(value);
}

const isJson = (contentType: string | null): boolean =>
  /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? "");

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How deep and how many, without parsing. Exact for JSON; for anything else JSON.parse refuses. */
function extentOf(bytes: Uint8Array): { readonly depth: number; readonly values: number } {
  let [level, depth, values] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === 0x7b || byte === 0x5b) {
      level++;
      if (level > depth) depth = level;
    } else if (byte === 0x7d || byte === 0x5d) level--;
    else if (byte === 0x2c || byte === 0x3a) values++;
  }
  return { depth, values };
}

/** The first text or key that cannot be stored; undefined when all can. Depth is limited already. */
export function checkTexts(value: unknown, at = ""): Result<never> | undefined {
  if (typeof value === "string")
    return isStorable(value)
      ? undefined
      : refuse("bad-text", "Text may hold no NUL and no half of a surrogate pair.", at);
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const pointer = `${at}/${key.slice(0, 64).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (key === "__proto__" || !isStorable(key))
      return refuse("bad-key", "The body has a key that no field can have.", at);
    const wrong = checkTexts(inner, pointer);
    if (wrong) return wrong;
  }
  return undefined;
}

const isStorable = (text: string): boolean => !text.includes("\0") && isWellFormed(text);
