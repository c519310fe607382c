/**
 * One disclosed value, held against the commitment in its entry.
 *
 * The same hash as commitment.ts, but taken over bytes where they lie: in a large
 * export this runs a million times, and building strings for it would cost more
 * than the hash. The tests hold the two to one answer.
 */

import { decodeHash } from "./base64.ts";
import type { Found, Trail } from "./canonical.ts";
import { COMMITMENT_LABEL, SALT_BYTES } from "./commitment.ts";
import type { Shown } from "./entry-line.ts";
import { ascii, unescapeInto } from "./json-string.ts";
import { ID_LETTERS } from "./scan.ts";
import { HASH_BYTES, type Sha256 } from "./sha256.ts";

const LABEL = ascii(`${COMMITMENT_LABEL}\0`);

export class FieldCheck {
  private readonly sha256: Sha256;
  private input = new Uint8Array(4096);
  private readonly expected = new Uint8Array(HASH_BYTES);

  constructor(sha256: Sha256) {
    this.sha256 = sha256;
    this.input.set(LABEL);
  }

  /** Whether `shown` speaks of the commitment `found`: the same path. */
  isOf(bytes: Uint8Array, shown: Shown, { paths }: Trail, found: Found): boolean {
    const { pathFrom, pathTo } = shown;
    if (pathTo - pathFrom !== found.pathTo - found.pathFrom) return false;
    for (let k = 0; k < pathTo - pathFrom; k++) {
      if (bytes[pathFrom + k] !== paths[found.pathFrom + k]) return false;
    }
    return true;
  }

  /** Whether value and salt are those with which the entry, its id at `idFrom`, was sealed. */
  matches(bytes: Uint8Array, shown: Shown, found: Found, idFrom: number): boolean {
    const { pathFrom, pathTo, saltFrom, valueFrom, valueTo } = shown;
    const most = LABEL.length + ID_LETTERS + 2 + SALT_BYTES;
    this.room(most + (pathTo - pathFrom) + (valueTo - valueFrom));
    const { input, expected } = this;
    let at = unescapeInto(bytes, idFrom, idFrom + ID_LETTERS, input, LABEL.length);
    input[at++] = 0;
    at = unescapeInto(bytes, pathFrom, pathTo, input, at);
    input[at++] = 0;
    if (!decodeHash(bytes, saltFrom, input, at)) return false;
    at = unescapeInto(bytes, valueFrom, valueTo, input, at + SALT_BYTES);
    decodeHash(bytes, found.at, expected);
    const actual = this.sha256(input.subarray(0, at));
    for (let k = 0; k < HASH_BYTES; k++) if (actual[k] !== expected[k]) return false;
    return true;
  }

  private room(length: number): void {
    if (length <= this.input.length) return;
    this.input = new Uint8Array(2 * length);
    this.input.set(LABEL);
  }
}
