/**
 * An entry's bytes, recognised: the one place that says what an entry looks like.
 *
 * Sealing, parsing and verifying all ask here, so none of them accepts what
 * another refuses. The head has a fixed order, and alphabets that need no
 * escaping, so it is read without a JSON parser; what follows is canonical JSON
 * (canonical.ts). Nothing is built: places and numbers are left in `Seen`, which
 * serves one entry after another. A scan that begins at a failed place (negative)
 * fails there again, so steps can follow each other without asking in between.
 */

import { scanObject, type Trail, trail } from "./canonical.ts";
import { ascii, scanLiteral } from "./json-string.ts";

/** Fits the 16-bit length of an entry bundle (https://c2sp.org/tlog-tiles). */
export const ENTRY_BYTES_MAX = 65_535;
/** Letters of a subject or an actor. */
export const NAME_LETTERS_MAX = 128;
export const TYPE_LETTERS_MAX = 64;
/** The last instant ECMAScript can hold, in ms since 1970. */
export const AT_MAX = 8_640_000_000_000_000;

export const ID_LETTERS = 36;
export const NONCE_LETTERS = 22;

/** Where a scanned number is left. */
export type Counted = { count: number };

/** What the last scan saw. Places are indexes into the scanned bytes; `...To` is exclusive. */
export type Seen = Counted & {
  idFrom: number;
  nonceFrom: number;
  subjectFrom: number;
  subjectTo: number;
  version: number;
  typeFrom: number;
  typeTo: number;
  at: number;
  byFrom: number;
  byTo: number;
  dataFrom: number;
  dataTo: number;
  readonly trail: Trail;
};

export const unseen = (): Seen => ({
  idFrom: 0,
  nonceFrom: 0,
  subjectFrom: 0,
  subjectTo: 0,
  version: 0,
  typeFrom: 0,
  typeTo: 0,
  at: 0,
  byFrom: 0,
  byTo: 0,
  dataFrom: 0,
  dataTo: 0,
  count: 0,
  trail: trail(),
});

const BEFORE_ID = ascii('{"v":1,"id":"');
const BEFORE_NONCE = ascii('","nonce":"');
const BEFORE_SUBJECT = ascii('","subject":"');
const BEFORE_VERSION = ascii('","version":');
const BEFORE_TYPE = ascii(',"type":"');
const BEFORE_AT = ascii('","at":');
const BEFORE_BY = ascii(',"by":"');
const BEFORE_DATA = ascii('","data":');
const END = ascii("}");

/**
 * Scans the entry that begins at `from`. Returns the place after it, or `~place`
 * (negative) of the first byte that cannot stand. A control character must follow.
 */
export function scanEntry(bytes: Uint8Array, from: number, seen: Seen): number {
  seen.idFrom = scanLiteral(bytes, from, BEFORE_ID);
  let i = scanKinds(bytes, seen.idFrom, ID_KINDS);
  seen.nonceFrom = scanLiteral(bytes, i, BEFORE_NONCE);
  i = scanKinds(bytes, seen.nonceFrom, NONCE_KINDS);
  seen.subjectFrom = scanLiteral(bytes, i, BEFORE_SUBJECT);
  seen.subjectTo = scanWord(bytes, seen.subjectFrom, LOWER, NAME, NAME_LETTERS_MAX);
  i = scanLiteral(bytes, seen.subjectTo, BEFORE_VERSION);
  i = scanCount(bytes, i, 1, Number.MAX_SAFE_INTEGER, seen);
  seen.version = seen.count;
  seen.typeFrom = scanLiteral(bytes, i, BEFORE_TYPE);
  seen.typeTo = scanWord(bytes, seen.typeFrom, UPPER, TYPE, TYPE_LETTERS_MAX);
  i = scanLiteral(bytes, seen.typeTo, BEFORE_AT);
  i = scanCount(bytes, i, 0, AT_MAX, seen);
  seen.at = seen.count;
  seen.byFrom = scanLiteral(bytes, i, BEFORE_BY);
  seen.byTo = scanWord(bytes, seen.byFrom, LOWER, NAME, NAME_LETTERS_MAX);
  seen.dataFrom = scanLiteral(bytes, seen.byTo, BEFORE_DATA);
  seen.dataTo = scanObject(bytes, seen.dataFrom, seen.trail);
  return scanLiteral(bytes, seen.dataTo, END);
}

/** Scans a whole number from `min` to `max`, without leading zeros. */
export function scanCount(
  bytes: Uint8Array,
  from: number,
  min: number,
  max: number,
  into: Counted,
): number {
  if (from < 0) return from;
  let i = from;
  let count = 0;
  for (; i < from + 16; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    count = count * 10 + digit;
  }
  into.count = count;
  const isPadded = bytes[from] === 0x30 && i > from + 1;
  return i > from && !isPadded && count >= min && count <= max ? i : ~from;
}

/** Kinds of letters, one bit each. */
const HEX = 1;
const DASH = 2;
const VERSION_DIGIT = 4;
const VARIANT_DIGIT = 8;
const NONCE = 16;
const NONCE_LAST = 32;
const LOWER = 64;
const NAME = 128;
const UPPER = 256;
const TYPE = 512;

const LOWER_LETTERS = "abcdefghijklmnopqrstuvwxyz";
const UPPER_LETTERS = LOWER_LETTERS.toUpperCase();
const LETTERS_AND_DIGITS = `${LOWER_LETTERS}${UPPER_LETTERS}0123456789`;

/** By byte, the kinds it is of. */
const KINDS = new Uint16Array(256);
for (const [kind, letters] of [
  [HEX, "0123456789abcdef"],
  [DASH, "-"],
  [VERSION_DIGIT, "7"],
  [VARIANT_DIGIT, "89ab"],
  [NONCE, `${LETTERS_AND_DIGITS}-_`],
  // 22 letters hold 132 bits and 16 bytes only 128: the four bits to spare are zero.
  [NONCE_LAST, "AQgw"],
  [LOWER, LOWER_LETTERS],
  [NAME, `${LETTERS_AND_DIGITS}._:/-`],
  [UPPER, UPPER_LETTERS],
  [TYPE, LETTERS_AND_DIGITS],
] as const) {
  for (const code of ascii(letters)) KINDS[code] = (KINDS[code] as number) | kind;
}

/** UUIDv7 (RFC 9562): the kind that must stand at each place. */
const ID_KINDS = Uint16Array.from("xxxxxxxx-xxxx-7xxx-vxxx-xxxxxxxxxxxx", (place) =>
  place === "x" ? HEX : place === "-" ? DASH : place === "7" ? VERSION_DIGIT : VARIANT_DIGIT,
);
const NONCE_KINDS = new Uint16Array(NONCE_LETTERS).fill(NONCE).fill(NONCE_LAST, -1);

function scanKinds(bytes: Uint8Array, from: number, kinds: Uint16Array): number {
  if (from < 0) return from;
  for (let k = 0; k < kinds.length; k++) {
    const kind = KINDS[bytes[from + k] as number] as number;
    if ((kind & (kinds[k] as number)) === 0) return ~(from + k);
  }
  return from + kinds.length;
}

function scanWord(
  bytes: Uint8Array,
  from: number,
  first: number,
  rest: number,
  max: number,
): number {
  if (from < 0) return from;
  if (((KINDS[bytes[from] as number] as number) & first) === 0) return ~from;
  let i = from + 1;
  while (i < from + max && ((KINDS[bytes[i] as number] as number) & rest) !== 0) i++;
  return i;
}
