/**
 * Append: what one caller asks the ledger to record, prepared for a batch.
 *
 * Sealing (random bytes, commitments, the leaf's hash) needs neither lock nor
 * database, so it happens here, before the queue: an entry that cannot be sealed
 * is refused to its own caller and never meets anybody else's.
 */

import { hash, randomFillSync } from "node:crypto";
import { type JsonObject, sealEntry } from "../core/ledger/entry.ts";
import type { Disclosure } from "../core/ledger/commitment.ts";
import type { Sha256 } from "../core/ledger/sha256.ts";
import { leafHash } from "../core/ledger/tree.ts";
import { type AnyEvent, PRIVATE_FIELDS } from "../core/event.ts";
import { ok, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";

/** Five times as fast as the pure one. The digest must not share memory with the input. */
export const nativeSha256: Sha256 = (bytes) => hash("sha256", bytes, "buffer");

export type SealedEntry = {
  readonly id: string;
  readonly subject: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: string;
  readonly body: string;
  readonly leaf: Uint8Array;
  /** JSON, by path salt and value; undefined where nothing is private. */
  readonly leaves: string | undefined;
};

export type NewEvent = {
  readonly event: AnyEvent;
  /** UUIDv7. */
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
};

const NONCE_BYTES = 16;
const SALT_BYTES = 32;
const POOL_BYTES = 8_192;

/** Random bytes are asked for in blocks: one call for each salt would cost more than its hash. */
const block = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

function randomOf(count: number): Uint8Array {
  if (used + count > POOL_BYTES) {
    randomFillSync(block);
    used = 0;
  }
  const bytes = Uint8Array.prototype.slice.call(block, used, used + count);
  block.fill(0, used, used + count);
  used += count;
  return bytes;
}

const encoder = new TextEncoder();

/** Refuses with what sealEntry refuses with. */
export function seal(subject: string, version: number, fresh: NewEvent): Result<SealedEntry> {
  const { event, id, at, by } = fresh;
  const { type, ...data } = event;
  const nonce = Buffer.from(randomOf(NONCE_BYTES)).toString("base64url");
  const head = { id, nonce, subject, version, type, at, by };
  const sealed = sealEntry(head, data as JsonObject, {
    privateFields: PRIVATE_FIELDS[type],
    saltOf: () => randomOf(SALT_BYTES),
    sha256: nativeSha256,
  });
  if (!sealed.ok) return sealed;
  const { text, disclosures } = sealed.value;
  return ok({
    id,
    subject,
    version,
    type,
    at,
    by,
    body: text,
    leaf: leafHash(encoder.encode(text), nativeSha256),
    leaves: disclosures.length === 0 ? undefined : printLeaves(disclosures),
  });
}

/** Exactly what an export shows of an entry, so that exporting copies it as it stands. */
type Leaves = Record<string, { readonly salt: string; readonly value: string }>;

export const printLeaves = (disclosures: readonly Disclosure[]): string =>
  JSON.stringify(
    Object.fromEntries(
      disclosures.map(({ path, salt, value }) => [
        path,
        { salt: Buffer.from(salt).toString("base64"), value },
      ]),
    ),
  );

export const parseLeaves = (text: string | null): readonly Disclosure[] =>
  text === null
    ? []
    : Object.entries(JSON.parse(text) as Leaves).map(([path, { salt, value }]) => ({
        path,
        salt: Buffer.from(salt, "base64"),
        value,
      }));
