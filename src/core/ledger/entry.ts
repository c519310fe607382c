/**
 * Entries: one line of JSON each, kept for ever exactly as it was hashed.
 *
 *     {"v":1,"id":"019ab1c2-...","nonce":"<22 letters>","subject":"incident/INC-7","version":12,
 *      "type":"FactRecorded","at":1795467900000,"by":"account/ac_7f3","data":{"claim":"...",
 *      "note":{"commitment":"<44 letters>"}}}                    (in one line, without spaces)
 *
 * `version` counts the subject's entries from 1; `at` is the instant recorded;
 * `by` is an opaque id, never a name. The nonce, 16 random bytes, keeps a
 * published leaf hash from being guessed. Private strings are replaced by
 * commitments (commitment.ts). An entry is accepted only in the one spelling that
 * scan.ts and canonical.ts describe. Its place in the ledger is not in its bytes:
 * the tree says it. Nothing here ever writes an entry a second time.
 *
 * Spec: docs/ledger-format.md
 */

import { invariant, ok, type Problem, type Result, refuse, refuseAll } from "../problem.ts";
import { parseBase64, toBase64 } from "./base64.ts";
import { commitment, type Disclosure } from "./commitment.ts";
import { ENTRY_BYTES_MAX, type Seen, scanEntry, unseen } from "./scan.ts";
import { pureSha256, type Sha256 } from "./sha256.ts";
import { hashesEqual } from "./tree.ts";
import { isWellFormed, utf8Into } from "./utf8.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export type EntryHead = {
  /** UUIDv7, lower case. */
  readonly id: string;
  /** 16 random bytes in base64url, 22 letters. */
  readonly nonce: string;
  /** What the entry is about, e.g. `incident/INC-7`. */
  readonly subject: string;
  /** Counts the subject's entries, from 1, without gaps. */
  readonly version: number;
  /** Name of the event, e.g. `FactRecorded`. */
  readonly type: string;
  /** Instant recorded, ms since 1970. */
  readonly at: number;
  /** Who acted: an opaque id, never a name. */
  readonly by: string;
};

/** `data` as it stands in the entry, commitments and all. */
export type Entry = { readonly head: EntryHead; readonly data: JsonObject };

export type Sealed = {
  /** The entry: store it, hash it, never write it again. */
  readonly text: string;
  /** Private values with their salts: to be stored where they can be erased. */
  readonly disclosures: readonly Disclosure[];
};

export type SealOptions = {
  /**
   * Fields of data whose strings, at any depth, are withheld: `note`, or `recipients/address`
   * for the address of each recipient (arrays count as no step). Numbers stay readable.
   */
  readonly privateFields: readonly string[];
  /** 32 random bytes, new at every call. */
  readonly saltOf: () => Uint8Array;
  readonly sha256?: Sha256;
};

type Sealing = {
  readonly entryId: string;
  readonly saltOf: () => Uint8Array;
  readonly sha256: Sha256;
  readonly disclosures: Disclosure[];
  readonly problems: Problem[];
};

/**
 * The text of a new entry. Refuses with `entry-too-large` (over ENTRY_BYTES_MAX),
 * `entry-commitment-reserved` (a key of data is called `commitment`) or
 * `entry-malformed` (head or text that no entry can hold).
 */
export function sealEntry(head: EntryHead, data: JsonObject, options: SealOptions): Result<Sealed> {
  const { privateFields, saltOf, sha256 = pureSha256 } = options;
  const { id, nonce, subject, version, type, at, by } = head;
  const sealing: Sealing = { entryId: id, saltOf, sha256, disclosures: [], problems: [] };
  const fields = stepsOf(privateFields);
  const shown = JSON.stringify(sealObject(data, "", fields, sealing));
  if (sealing.problems.length > 0) return refuseAll<never>(sealing.problems, undefined as never);
  const text =
    `{"v":1,"id":"${id}","nonce":"${nonce}","subject":"${subject}","version":${version},` +
    `"type":"${type}","at":${at},"by":"${by}","data":${shown}}`;
  const scanned = scanText(text);
  return scanned.ok ? ok({ text, disclosures: sealing.disclosures }) : scanned;
}

type Fields = readonly (readonly string[])[];

/** The same few lists are given with every entry of their type. */
const STEPS = new WeakMap<readonly string[], Fields>();

function stepsOf(privateFields: readonly string[]): Fields {
  const known = STEPS.get(privateFields) ?? privateFields.map((field) => field.split("/"));
  STEPS.set(privateFields, known);
  return known;
}

function sealObject(data: JsonObject, path: string, fields: Fields, sealing: Sealing): JsonObject {
  const sealed: [string, Json][] = [];
  for (const [key, value] of Object.entries(data)) {
    const place = `${path}/${toStep(key)}`;
    if (key === "commitment") sealing.problems.push(reserved(place));
    sealed.push([key, sealValue(value, place, fieldsBelow(key, fields), sealing)]);
  }
  return Object.fromEntries(sealed);
}

const NONE: Fields = [];

/** An empty list of steps means: reached, everything below is private. */
function fieldsBelow(key: string, fields: Fields): Fields {
  let below: (readonly string[])[] | undefined;
  for (const steps of fields) {
    if (steps.length > 0 && steps[0] !== key) continue;
    below ??= [];
    below.push(steps.length === 0 ? steps : steps.slice(1));
  }
  return below ?? NONE;
}

/** One step of a JSON Pointer (RFC 6901). */
const toStep = (key: string): string =>
  key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;

function sealValue(value: Json, path: string, fields: Fields, sealing: Sealing): Json {
  if (typeof value === "string") {
    return fields.some((steps) => steps.length === 0) ? withhold(value, path, sealing) : value;
  }
  // JSON would write null in its place: a wrong instant must not be recorded as none.
  invariant(typeof value !== "number" || Number.isFinite(value), `a number at ${path}`);
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => sealValue(item, `${path}/${index}`, fields, sealing));
  }
  if (value === null || typeof value !== "object") return value;
  return sealObject(value as JsonObject, path, fields, sealing);
}

function withhold(value: string, path: string, sealing: Sealing): JsonObject {
  const disclosure = { path, salt: sealing.saltOf(), value };
  if (!isWellFormed(value)) sealing.problems.push(halved(path));
  sealing.disclosures.push(disclosure);
  return { commitment: toBase64(commitment(sealing.entryId, disclosure, sealing.sha256)) };
}

/** Refuses with `entry-too-large` or `entry-malformed`. */
export function parseEntry(text: string): Result<Entry> {
  const scanned = scanText(text);
  return scanned.ok ? ok(toEntry(text)) : scanned;
}

function toEntry(text: string): Entry {
  const { id, nonce, subject, version, type, at, by, data } = JSON.parse(text);
  return { head: { id, nonce, subject, version, type, at, by }, data };
}

/** What stands where no disclosure opens a commitment. */
export const ERASED_TEXT = "[erased]";

export type Opened = {
  readonly head: EntryHead;
  /** With the values in place of their commitments, or ERASED_TEXT. */
  readonly data: JsonObject;
  /** Paths for which there was no disclosure. */
  readonly missing: readonly string[];
};

/**
 * Puts the values back. Refuses with what `parseEntry` refuses with, with
 * `commitment-broken` (value or salt is not the one the entry was sealed with) and
 * `disclosure-misplaced` (the entry holds no commitment at that path).
 */
export function openEntry(
  text: string,
  disclosures: readonly Disclosure[],
  sha256: Sha256 = pureSha256,
): Result<Opened> {
  const scanned = scanText(text);
  if (!scanned.ok) return scanned;
  const { head, data } = toEntry(text);
  const opening: Opening = {
    entryId: head.id,
    sha256,
    disclosures: new Map(disclosures.map((disclosure) => [disclosure.path, disclosure])),
    missing: [],
    problems: [],
  };
  const hasPrivate = scanned.value > 0;
  const opened = hasPrivate ? (openValue(data, "", opening) as JsonObject) : data;
  for (const path of opening.disclosures.keys()) opening.problems.push(misplaced(head.id, path));
  return refuseAll(opening.problems, { head, data: opened, missing: opening.missing });
}

type Opening = {
  readonly entryId: string;
  readonly sha256: Sha256;
  /** Those not yet used. */
  readonly disclosures: Map<string, Disclosure>;
  readonly missing: string[];
  readonly problems: Problem[];
};

function openValue(value: Json, path: string, opening: Opening): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => openValue(item, `${path}/${index}`, opening));
  }
  const object = value as JsonObject;
  if (typeof object.commitment === "string") return disclose(object.commitment, path, opening);
  return Object.fromEntries(
    Object.entries(object).map(([key, item]) => [
      key,
      openValue(item, `${path}/${toStep(key)}`, opening),
    ]),
  );
}

function disclose(encoded: string, path: string, opening: Opening): string {
  const disclosure = opening.disclosures.get(path);
  if (disclosure === undefined) {
    opening.missing.push(path);
    return ERASED_TEXT;
  }
  opening.disclosures.delete(path);
  const expected = parseBase64(encoded) as Uint8Array;
  const actual = commitment(opening.entryId, disclosure, opening.sha256);
  if (!hashesEqual(expected, actual)) opening.problems.push(broken(opening.entryId, path));
  return disclosure.value;
}

const buffer = new Uint8Array(ENTRY_BYTES_MAX + 1);
const seen: Seen = unseen();

/** How many commitments the entry holds, if it is one. */
function scanText(text: string): Result<number> {
  const length = utf8Into(text, buffer.subarray(0, ENTRY_BYTES_MAX));
  if (length === undefined) return tooLarge();
  buffer[length] = 0;
  const end = scanEntry(buffer, 0, seen);
  if (end === length && isWellFormed(text)) return ok(seen.trail.found.length);
  return malformed(end < 0 ? ~end : end);
}

const tooLarge = (): Result<never> =>
  refuse(
    "entry-too-large",
    `An entry has at most ${ENTRY_BYTES_MAX} bytes; attach the long text and record its digest.`,
  );

const malformed = (place: number): Result<never> =>
  refuse("entry-malformed", `Not an entry of this ledger: byte ${place} cannot stand there.`);

const reserved = (path: string): Problem => ({
  code: "entry-commitment-reserved",
  message: "The key `commitment` is kept for withheld text; use another name.",
  at: path,
});

const halved = (path: string): Problem => ({
  code: "entry-malformed",
  message: "The text holds half a character (a lone surrogate); send it without.",
  at: path,
});

const broken = (entryId: string, path: string): Problem => ({
  code: "commitment-broken",
  message: `The value kept for ${path} is not the one entry ${entryId} was sealed with.`,
  at: path,
});

const misplaced = (entryId: string, path: string): Problem => ({
  code: "disclosure-misplaced",
  message: `Entry ${entryId} withholds nothing at ${path}.`,
  at: path,
});
