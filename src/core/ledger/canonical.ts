/**
 * Canonical JSON, recognised where it lies: on the bytes, in one pass, building nothing.
 *
 * Accepted is one spelling of a value: well-formed UTF-8, no white space, no key
 * twice in an object, the shortest escapes (`\n`, but `\u001f`), numbers as
 * ECMAScript prints them. Otherwise two readers could see two things in one hashed
 * text. Keys hold no escaped control characters, so that a path never holds a zero
 * byte, and `commitment` is reserved: `{"commitment":"<base64 of 32 bytes>"}`, alone
 * in its object, stands for a withheld string (commitment.ts).
 *
 * Every scanning function takes the place to start at and returns the place after
 * what it accepted, or `~place` (negative) of the first byte that cannot stand; one
 * that starts at a negative place fails there again. A control character must follow
 * the bytes, as it does after a line: it stops every loop.
 */

import { decodeHash, HASH_LETTERS } from "./base64.ts";
import { ascii, scanKey, scanLiteral, scanString } from "./json-string.ts";

/** A commitment that was passed. */
export type Found = {
  /** Where its letters of base64 begin, in the scanned bytes. */
  readonly at: number;
  /** Its path in `Trail.paths`: a JSON Pointer, escaped as inside a JSON string. */
  readonly pathFrom: number;
  readonly pathTo: number;
};

/** What a scan leaves behind; one serves many scans, each of which begins it anew. */
export type Trail = {
  readonly found: Found[];
  paths: Uint8Array;
  /** From and to of the keys of all open objects, innermost last; `keysTo` are in use. */
  readonly keys: Int32Array;
  keysTo: number;
  /** From and to of the key taken at each depth; -1 and the index in an array. */
  readonly steps: Int32Array;
};

/** Objects and arrays within each other. */
export const DEPTH_MAX = 32;
/** Keys of objects within each other; an entry has no room for as many. */
const KEYS_MAX = 16_384;

export const trail = (): Trail => ({
  found: [],
  paths: new Uint8Array(1024),
  keys: new Int32Array(2 * KEYS_MAX),
  keysTo: 0,
  steps: new Int32Array(2 * DEPTH_MAX),
});

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const SLASH = 0x2f;
const ZERO = 0x30;
const ONE = 0x31;
const NINE = 0x39;
const COLON = 0x3a;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const TILDE = 0x7e;

const COMMITTED = ascii('{"commitment":"');
const COMMITTED_END = ascii('"}');
const COMMITMENT_KEY = ascii('commitment"');
const [NULL, TRUE, FALSE] = [ascii("null"), ascii("true"), ascii("false")];

/** Scans the object at `i`. */
export function scanObject(bytes: Uint8Array, i: number, left: Trail): number {
  if (i < 0) return i;
  if (left.found.length > 0) left.found.length = 0;
  left.keysTo = 0;
  return bytes[i] === OBJECT ? object(bytes, i, 0, left) : ~i;
}

function value(bytes: Uint8Array, i: number, depth: number, left: Trail): number {
  switch (bytes[i]) {
    case QUOTE:
      return scanString(bytes, i + 1);
    case OBJECT: {
      const at = scanLiteral(bytes, i, COMMITTED);
      return at < 0 ? object(bytes, i, depth, left) : committed(bytes, at, depth, left);
    }
    case ARRAY:
      return array(bytes, i, depth, left);
    case 0x6e:
      return scanLiteral(bytes, i, NULL);
    case 0x74:
      return scanLiteral(bytes, i, TRUE);
    case 0x66:
      return scanLiteral(bytes, i, FALSE);
    default:
      return number(bytes, i);
  }
}

function object(bytes: Uint8Array, open: number, depth: number, left: Trail): number {
  if (depth === DEPTH_MAX) return ~open;
  const { keys, steps } = left;
  const outer = left.keysTo;
  let i = open + 1;
  if (bytes[i] === OBJECT_END) return i + 1;
  for (;;) {
    if (bytes[i] !== QUOTE) return ~i;
    const from = i + 1;
    i = scanKey(bytes, from);
    if (i < 0) return i;
    if (isTaken(bytes, from, i - 1, outer, left)) return ~from;
    if (scanLiteral(bytes, from, COMMITMENT_KEY) === i) return ~from;
    if (bytes[i] !== COLON) return ~i;
    keys[left.keysTo++] = from;
    keys[left.keysTo++] = i - 1;
    steps[2 * depth] = from;
    steps[2 * depth + 1] = i - 1;
    i = value(bytes, i + 1, depth + 1, left);
    if (i < 0) return i;
    if (bytes[i] !== COMMA) break;
    i++;
  }
  left.keysTo = outer;
  return bytes[i] === OBJECT_END ? i + 1 : ~i;
}

function array(bytes: Uint8Array, open: number, depth: number, left: Trail): number {
  if (depth === DEPTH_MAX) return ~open;
  let i = open + 1;
  if (bytes[i] === ARRAY_END) return i + 1;
  for (let index = 0; ; index++) {
    left.steps[2 * depth] = -1;
    left.steps[2 * depth + 1] = index;
    i = value(bytes, i, depth + 1, left);
    if (i < 0) return i;
    if (bytes[i] !== COMMA) break;
    i++;
  }
  return bytes[i] === ARRAY_END ? i + 1 : ~i;
}

/** Whether these bytes are a key of the innermost open object already. */
function isTaken(
  bytes: Uint8Array,
  from: number,
  to: number,
  outer: number,
  { keys, keysTo }: Trail,
): boolean {
  for (let k = outer; k < keysTo; k += 2) {
    const start = keys[k] as number;
    if ((keys[k + 1] as number) - start !== to - from) continue;
    let same = 0;
    while (same < to - from && bytes[start + same] === bytes[from + same]) same++;
    if (same === to - from) return true;
  }
  return false;
}

const digest = new Uint8Array(32);

function committed(bytes: Uint8Array, at: number, depth: number, left: Trail): number {
  const end = scanLiteral(bytes, at + HASH_LETTERS, COMMITTED_END);
  if (end < 0 || !decodeHash(bytes, at, digest)) return ~at;
  const pathFrom = left.found.at(-1)?.pathTo ?? 0;
  let pathTo = pathFrom;
  for (let k = 0; k < depth; k++) pathTo = writeStep(bytes, k, left, pathTo);
  left.found.push({ at, pathFrom, pathTo });
  return end;
}

/** One step of a JSON Pointer; `~` and `/` in it are spelled `~0` and `~1` (RFC 6901). */
function writeStep(bytes: Uint8Array, depth: number, left: Trail, at: number): number {
  const from = left.steps[2 * depth] as number;
  const to = left.steps[2 * depth + 1] as number;
  if (from < 0) {
    const index = ascii(String(to));
    return writeKey(index, 0, index.length, left, at);
  }
  return writeKey(bytes, from, to, left, at);
}

function writeKey(bytes: Uint8Array, from: number, to: number, left: Trail, at: number): number {
  const most = at + 1 + 2 * (to - from);
  if (most > left.paths.length) {
    const larger = new Uint8Array(2 * most);
    larger.set(left.paths);
    left.paths = larger;
  }
  const { paths } = left;
  let write = at;
  paths[write++] = SLASH;
  for (let k = from; k < to; k++) {
    const byte = bytes[k] as number;
    const isSpelled = byte === TILDE || byte === SLASH;
    paths[write++] = isSpelled ? TILDE : byte;
    if (isSpelled) paths[write++] = byte === TILDE ? ZERO : ONE;
  }
  return write;
}

function number(bytes: Uint8Array, from: number): number {
  let i = bytes[from] === MINUS ? from + 1 : from;
  const first = i;
  while (isDigit(bytes[i] as number)) i++;
  const isShort = i > first && i < first + 16 && !isNumberPart(bytes[i] as number);
  if (isShort && bytes[first] !== ZERO) return i;
  while (isNumberPart(bytes[i] as number)) i++;
  // The rare rest: zero, fractions, exponents, long numbers. None takes 32 letters.
  const text = String.fromCharCode(...bytes.subarray(from, Math.min(i, from + 32)));
  return text !== "" && String(Number(text)) === text ? i : ~from;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** Digits and `+ - . e`. */
const isNumberPart = (byte: number): boolean =>
  isDigit(byte) || byte === 0x2b || byte === MINUS || byte === 0x2e || byte === 0x65;
