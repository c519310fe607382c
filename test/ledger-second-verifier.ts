/**
 * A second verifier of ledger exports, written from docs/ledger-format.md and nothing else.
 *
 * It shares no line with src/core/ledger: another structure (the whole file in
 * memory, one pass for each rule), other libraries (Node's crypto, JSON.parse and
 * regular expressions). Where the two disagree, the page is unclear or one of them
 * is wrong. It names the first rule that is broken, and makes no effort to be fast.
 */

import { isUtf8 } from "node:buffer";
import { createHash, createPublicKey, verify as check } from "node:crypto";

/** Keys and checkpoints from elsewhere: vkeys, and signed notes. */
export type Outside = { readonly keys?: readonly string[]; readonly held?: readonly string[] };

type Key = { name: string; id: string; raw: Buffer };
const H = (...parts: (Buffer | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

function must(holds: unknown, rule: string): asserts holds {
  if (!holds) throw new SyntaxError(rule);
}

// Section 1
function base64(text: unknown, length?: number): Buffer {
  const bytes = Buffer.from(String(text), "base64");
  must(bytes.toString("base64") === text, "base64 in its one spelling");
  must(bytes.length === (length ?? bytes.length), `base64 of ${length} bytes`);
  return bytes;
}

function utf8(bytes: Buffer): string {
  must(isUtf8(bytes), "well-formed UTF-8");
  return bytes.toString("utf8");
}

const AT_MAX = 8_640_000_000_000_000;
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const TOKENS =
  /"(?:[ !#-[\]-\u{10ffff}]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[\da-f]))*"|[-+.\deE]+|true|false|null|[{}[\],:]/gu;

/** Reads canonical JSON: tokens without gaps, each in its spelling, no key lost to another. */
function canonical(text: string): unknown {
  const tokens = text.match(TOKENS) ?? [];
  must(tokens.join("") === text, "canonical JSON, token by token");
  const isMisprint = (token: string) => /^[-+.\d]/.test(token) && String(Number(token)) !== token;
  must(!tokens.some(isMisprint), "numbers as printed");
  const value: unknown = JSON.parse(text);
  must(members(value) === tokens.filter((token) => token === ":").length, "no key twice");
  return value;
}

function members(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, item) => sum + members(item), own);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shaped(value: unknown, ...keys: string[]): Record<string, unknown> {
  const isShaped = isObject(value) && Object.keys(value).join() === keys.join();
  must(isShaped, `members ${keys.join(", ")}, in this order`);
  return value;
}

// Section 2
const HEAD = new RegExp(
  '^\\{"v":1,"id":"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})",' +
    '"nonce":"[A-Za-z0-9_-]{21}[AQgw]","subject":"([a-z][A-Za-z0-9._:/-]{0,127})",' +
    '"version":([1-9][0-9]{0,15}),"type":"([A-Z][A-Za-z0-9]{0,63})",' +
    '"at":(0|[1-9][0-9]{0,15}),"by":"[a-z][A-Za-z0-9._:/-]{0,127}","data":(\\{.*\\})\\}$',
  "s",
);

function readEntry(bytes: Buffer) {
  const [, id, subject, digits, type, at, json] = HEAD.exec(utf8(bytes)) ?? [];
  must(id && subject && type && json && bytes.length <= 65_535, "an entry's head and size");
  const [version, data] = [Number(digits), canonical(json)];
  must(isCount(version) && Number(at) <= AT_MAX, "version and instant");
  must(isObject(data) && !("commitment" in data), "data");
  return { id, subject, version, type, data };
}

/** Paths and commitments of data, in order. JSON.parse moves keys like "2" to the front. */
function commitments(value: unknown, path = "", depth = 1): [string, Buffer][] {
  if (typeof value !== "object" || value === null) return [];
  if (isObject(value) && "commitment" in value) {
    return [[path, base64(shaped(value, "commitment").commitment, 32)]];
  }
  must(depth <= 32, "nesting");
  return Object.entries(value).flatMap(([key, item]) => {
    must(/^[ -\u{10ffff}]*$/u.test(key), "keys without control characters");
    const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
    return commitments(item, `${path}/${step}`, depth + 1);
  });
}

// Section 3
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? H();
  const k = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return H(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

// Section 4
const NAME = /^(?![^]*[+\p{White_Space}\p{Surrogate}])[ -\u{10ffff}]+$/u;

function readKey(text: unknown): Key {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(String(text)) ?? [];
  must(name !== undefined && NAME.test(name), "a key's name");
  const raw = base64(encoded, 33);
  must(raw[0] === 1 && H(name, "\n", raw).toString("hex", 0, 4) === id, "an Ed25519 key's id");
  return { name, id: id as string, raw: raw.subarray(1) };
}

/** What stands before the 32 bytes of an Ed25519 key in DER. */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

function openNote(note: unknown, keys: readonly Key[]): { text: string; count: number } {
  must(typeof note === "string" && /\n\n/.test(note) && note.endsWith("\n"), "a signed note");
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  must(!/[^\n -\u{10ffff}]|\p{Surrogate}/u.test(text), "a note's text");
  const lines = note.slice(gap + 2, -1).split("\n");
  let known = 0;
  for (const line of lines) {
    const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
    const bytes = base64(encoded);
    must(name !== undefined && NAME.test(name) && bytes.length > 4, "a signature line");
    const key = keys.find((one) => one.name === name && one.id === bytes.toString("hex", 0, 4));
    if (key === undefined) continue;
    const spki = { key: Buffer.concat([SPKI, key.raw]), format: "der", type: "spki" } as const;
    const isGood = check(null, Buffer.from(text), createPublicKey(spki), bytes.subarray(4));
    must(bytes.length === 68 && isGood, "a known key's signature");
    known += 1;
  }
  must(known > 0 && lines.length <= 64, "a signature by a known key, and at most 64");
  return { text, count: lines.length };
}

function readCheckpoint(note: unknown, keys: readonly Key[], origin: unknown) {
  const [name, size = "", root, ...rest] = openNote(note, keys).text.split("\n");
  must(name === origin && rest.join() === "" && rest.length === 1, "three lines, of this origin");
  must(isCount(Number(size)) && String(Number(size)) === size, "a checkpoint's size");
  return { size: Number(size), root: base64(root, 32) };
}

// Sections 5 and 6
/** The first rule that `file` breaks; undefined when it holds. */
export function brokenRule(file: Buffer, outside: Outside = {}): string | undefined {
  try {
    return verify(file, outside);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function verify(file: Buffer, { keys: given, held = [] }: Outside): undefined {
  must(file.at(-1) === 0x0a, "the last line ends in a newline");
  const texts = file.toString("latin1").slice(0, -1).split("\n");
  const lines = texts.map((text) => Buffer.from(text, "latin1"));
  must(lines.length > 1 && lines.every(({ length }) => length <= 16_777_216), "lines");
  const end = lines.pop() as Buffer;
  const names = ["format", "origin", "keys", "size", "exportedAt", "scope"];
  const header = shaped(canonical(utf8(lines.shift() as Buffer)), ...names);
  const { format, origin, keys: vkeys, exportedAt, scope } = header;
  must(format === "duenotice-ledger/1", "the format");
  must(isCount(exportedAt) && exportedAt <= AT_MAX, "the instant of export");
  must(["whole", "redacted", "extract"].includes(String(scope)), "the scope");
  must(Array.isArray(vkeys) && vkeys.length > 0, "keys");
  const keys = vkeys.map(readKey);
  must(!keys.some(({ name }) => name !== origin), "keys are named like the origin");
  must(given === undefined || vkeys.every((vkey) => given.includes(vkey)), "the keys were given");
  const checkpoints = held.map((note) => readCheckpoint(note, given?.map(readKey) ?? keys, origin));
  for (let last = 0; lines[0]?.toString("utf8", 0, 14) === '{"checkpoint":'; ) {
    const { checkpoint } = shaped(canonical(utf8(lines.shift() as Buffer)), "checkpoint");
    const { size, root } = readCheckpoint(checkpoint, keys, origin);
    must(size >= last, "sizes never go down");
    last = size;
    checkpoints.push({ size, root });
  }
  const leaves = verifyEntries(lines, String(scope));
  must(header.size === leaves.length, "the header's size");
  for (const { size, root } of checkpoints) {
    must(size <= leaves.length, "the entries that a checkpoint covers are there");
    must(rootOf(leaves.slice(0, size)).equals(root), `the root over ${size}`);
  }
  const { text, count } = openNote(shaped(canonical(utf8(end)), "signed").signed, keys.slice(0, 1));
  const digest = H(file.subarray(0, file.length - end.length - 1)).toString("base64");
  const promised = `duenotice-export/v1\n${String(origin)}\n${digest}\n`;
  must(text === promised && count === 1, "one signature, over the digest of all before it");
  return undefined;
}

function verifyEntries(lines: readonly Buffer[], scope: string): Buffer[] {
  const ids = new Set<string>();
  const versions = new Map<string, number>();
  const missing = new Map<string, "erased" | "unexplained">();
  const leaves = lines.map((line, seq) => {
    if (line.includes(',"leaf":') && !line.includes(',"entry":')) {
      const { seq: said, leaf } = shaped(canonical(utf8(line)), "seq", "leaf");
      must(scope === "extract" && said === seq, "only an extract withholds entries");
      return base64(leaf, 32);
    }
    const at = line.indexOf(',"entry":');
    const bytes = line.subarray(at + 9, -1);
    must(at > 0 && line.at(-1) === 0x7d, "an entry's line");
    const before = canonical(`${utf8(line.subarray(0, at))}}`);
    const hasShown = isObject(before) && "disclosed" in before;
    const around = shaped(before, "seq", ...(hasShown ? ["disclosed"] : []));
    must(around.seq === seq, "seq counts up from 0");
    const { id, subject, version, type, data } = readEntry(bytes);
    must(ids.size < ids.add(id).size, "ids do not repeat");
    const last = versions.get(subject) ?? 0;
    versions.set(subject, version);
    must(version === last + 1 || (scope === "extract" && version > last), "versions count up");
    const shown = Object.entries(around.disclosed ?? {});
    must(shown.length > 0 === hasShown, "disclosed is not empty");
    for (const [path, expected] of commitments(data)) {
      if (shown[0]?.[0] === path) {
        const { salt, value } = shaped(shown.shift()?.[1], "salt", "value");
        const place = `duenotice/commit/v1\0${id}\0${path}\0`;
        const isGood = H(place, base64(salt, 32), String(value)).equals(expected);
        must(typeof value === "string" && isGood, `${path} of entry ${seq} matches`);
      } else missing.set([subject, id, path].join("\0"), "unexplained");
    }
    must(shown.length === 0, "every shown value has its commitment");
    if (type === "Erased") erase(subject, data, scope, missing);
    return H(Buffer.of(0), bytes);
  });
  const isOpen = [...missing.values()].includes("unexplained");
  must(scope !== "whole" || !isOpen, "what is missing was erased");
  return leaves;
}

function erase(subject: string, data: object, scope: string, missing: Map<string, string>): void {
  const { entry, paths } = data as { entry?: unknown; paths?: unknown };
  must(typeof entry === "string" && Array.isArray(paths) && paths.length > 0, "an erasure");
  for (const path of paths) {
    const key = [subject, entry, path].join("\0");
    must(typeof path === "string" && (scope === "extract" || missing.has(key)), "what was erased");
    if (missing.has(key)) missing.set(key, "erased");
  }
}
