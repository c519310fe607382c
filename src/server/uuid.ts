/**
 * UUIDv7 (RFC 9562): ids that sort by the instant they were made at.
 *
 *   unix milliseconds, 48 bits | 7 | counter, 12 bits | 10 | random, 62 bits
 *
 * The counter keeps the order of ids made within one millisecond. Made here and
 * not in core, which has no randomness.
 */

import { randomFillSync } from "node:crypto";
import type { Instant } from "../core/time/instant.ts";

const COUNTER_MAX = 0xfff;
const RANDOM_BYTES = 8;
const BLOCK_BYTES = 4_096;

/** A maker of ids. Where more than 4,096 are asked for within a millisecond, it borrows the next. */
export function uuids(): (at: Instant) => string {
  const block = Buffer.alloc(BLOCK_BYTES);
  let used = BLOCK_BYTES;
  let [lastAt, counter] = [0, 0];
  return (at) => {
    if (at > lastAt) [lastAt, counter] = [at, 0];
    else if (counter === COUNTER_MAX) [lastAt, counter] = [lastAt + 1, 0];
    else counter += 1;
    if (used === BLOCK_BYTES) {
      randomFillSync(block);
      used = 0;
    }
    // The two highest of these bits say which variant of UUID this is.
    block[used] = ((block[used] ?? 0) & 0x3f) | 0x80;
    const random = block.toString("hex", used, used + RANDOM_BYTES);
    used += RANDOM_BYTES;
    const ms = lastAt.toString(16).padStart(12, "0");
    const count = counter.toString(16).padStart(3, "0");
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
  };
}
