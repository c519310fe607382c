/**
 * The line of one entry in an export, taken apart where it lies.
 *
 *     {"seq":0,"entry":{"v":1,...}}
 *     {"seq":1,"disclosed":{"/note":{"salt":"<44 letters>","value":"..."}},"entry":{"v":1,...}}
 *     {"seq":2,"leaf":"<base64 of 32 bytes>"}
 *
 * The entry stands in the line as its own bytes, not as a quoted string: from after
 * `"entry":` to before the line's last brace is exactly what its leaf hash covers.
 * Whether that is an entry, scan.ts says; whether the values shown fit it,
 * entry-check.ts.
 */

import { decodeHash, HASH_LETTERS } from "./base64.ts";
import { ascii, scanKey, scanLiteral, scanString } from "./json-string.ts";
import { type Counted, scanCount } from "./scan.ts";
import { HASH_BYTES } from "./sha256.ts";

/** A value shown, as places in the line. Path and value are escaped as JSON strings are. */
export type Shown = {
  readonly pathFrom: number;
  readonly pathTo: number;
  readonly saltFrom: number;
  readonly valueFrom: number;
  readonly valueTo: number;
};

/** One serves all lines; each overwrites what the one before left. */
export type EntryLine = {
  seq: number;
  /** The entry's bytes; both 0 when the line holds only a leaf hash. */
  entryFrom: number;
  entryTo: number;
  readonly shown: Shown[];
  readonly leaf: Uint8Array;
  readonly counted: Counted;
};

export const entryLine = (): EntryLine => ({
  seq: 0,
  entryFrom: 0,
  entryTo: 0,
  shown: [],
  leaf: new Uint8Array(HASH_BYTES),
  counted: { count: 0 },
});

const COMMA = 0x2c;
const QUOTE = 0x22;
const OBJECT_END = 0x7d;

/** How every entry's line begins, and no other line. */
export const BEFORE_SEQ = ascii('{"seq":');
const BEFORE_ENTRY = ascii(',"entry":');
const BEFORE_DISCLOSED = ascii(',"disclosed":{');
const BEFORE_SALT = ascii(':{"salt":"');
const BEFORE_VALUE = ascii('","value":"');
const BEFORE_LEAF = ascii(',"leaf":"');
const LEAF_END = ascii('"}');

/**
 * Takes apart the line in `bytes[from, to)`, after which its newline stands. Returns
 * `to`, or `~place` (negative) of the first byte that cannot stand.
 */
export function scanEntryLine(
  bytes: Uint8Array,
  from: number,
  to: number,
  line: EntryLine,
): number {
  line.entryFrom = 0;
  line.entryTo = 0;
  if (line.shown.length > 0) line.shown.length = 0;
  let i = scanLiteral(bytes, from, BEFORE_SEQ);
  i = scanCount(bytes, i, 0, Number.MAX_SAFE_INTEGER, line.counted);
  if (i < 0) return i;
  line.seq = line.counted.count;
  let entry = scanLiteral(bytes, i, BEFORE_ENTRY);
  if (entry < 0) {
    const shown = scanLiteral(bytes, i, BEFORE_DISCLOSED);
    if (shown < 0) return scanLeaf(bytes, i, to, line);
    entry = scanLiteral(bytes, scanShown(bytes, shown, line.shown), BEFORE_ENTRY);
    if (entry < 0) return entry;
  }
  if (bytes[to - 1] !== OBJECT_END) return ~(to - 1);
  line.entryFrom = entry;
  line.entryTo = to - 1;
  return to;
}

/** The members after `"disclosed":{`, at least one, and the brace that ends them. */
function scanShown(bytes: Uint8Array, from: number, shown: Shown[]): number {
  let i = from;
  for (;;) {
    if (bytes[i] !== QUOTE) return ~i;
    const pathFrom = i + 1;
    const pathEnd = scanKey(bytes, pathFrom);
    const saltFrom = scanLiteral(bytes, pathEnd, BEFORE_SALT);
    if (saltFrom < 0) return saltFrom;
    const valueFrom = scanLiteral(bytes, saltFrom + HASH_LETTERS, BEFORE_VALUE);
    if (valueFrom < 0) return valueFrom;
    const valueEnd = scanString(bytes, valueFrom);
    if (valueEnd < 0) return valueEnd;
    if (bytes[valueEnd] !== OBJECT_END) return ~valueEnd;
    shown.push({ pathFrom, pathTo: pathEnd - 1, saltFrom, valueFrom, valueTo: valueEnd - 1 });
    i = valueEnd + 1;
    if (bytes[i] !== COMMA) return bytes[i] === OBJECT_END ? i + 1 : ~i;
    i++;
  }
}

function scanLeaf(bytes: Uint8Array, from: number, to: number, line: EntryLine): number {
  const leafFrom = scanLiteral(bytes, from, BEFORE_LEAF);
  if (leafFrom < 0) return leafFrom;
  const end = scanLiteral(bytes, leafFrom + HASH_LETTERS, LEAF_END);
  if (end !== to) return end < 0 ? end : ~end;
  return decodeHash(bytes, leafFrom, line.leaf) ? to : ~leafFrom;
}
