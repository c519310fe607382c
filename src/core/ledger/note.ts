/**
 * Signed notes: a text, and who vouches for it.
 *
 *     This is an example message.
 *
 *     — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZ...
 *
 * The text ends in a newline; the last empty line parts it from the signatures.
 * A signature is base64 of a four-byte key id and what the key made of the text.
 * Accepted: well-formed text, no control characters but newline, strict base64,
 * at least one signature of a key we know. A signature of a key we do not know
 * is skipped (a witness's cosignature, 0x04 or 0x06, is one); a known key that
 * fails rejects the whole note. Ed25519 (type 0x01) is all that is checked here.
 *
 * Spec: https://c2sp.org/signed-note@v1.0.0
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { invariant, ok, type Problem, type Result, refuse } from "../problem.ts";
import { parseBase64, toBase64 } from "./base64.ts";
import { pureSha256 } from "./sha256.ts";
import { isWellFormed, toUtf8 } from "./utf8.ts";

export const NOTE_SIGNATURES_MAX = 64;

const ED25519_TYPE = 0x01;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** A public key that signs notes: a name, and Ed25519's 32 bytes. */
export type NoteKey = {
  readonly name: string;
  /** Eight hex digits: the first four bytes of a hash over name, type and key. */
  readonly id: string;
  readonly publicKey: Uint8Array;
};

export type NoteSigner = {
  readonly key: NoteKey;
  /** Ed25519 over `message`, 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array;
};

export type NoteSignature = {
  readonly name: string;
  readonly id: string;
  /** Without the key id in front. */
  readonly signature: Uint8Array;
};

export type SignedNote = {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

export type Ed25519Verify = (
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
) => boolean;

/** Strict as in RFC 8032: of the encodings of a point or a scalar only one is accepted. */
export const pureEd25519Verify: Ed25519Verify = (signature, message, publicKey) =>
  ed25519.verify(signature, message, publicKey, { zip215: false });

/** Throws when `name` cannot stand in a note or the key has not 32 bytes. */
export function toNoteKey(name: string, publicKey: Uint8Array): NoteKey {
  invariant(isKeyName(name), "a key's name has no spaces, plus signs or control characters");
  invariant(publicKey.length === PUBLIC_KEY_BYTES, "an Ed25519 key has 32 bytes");
  return { name, id: keyId(name, publicKey), publicKey };
}

/** Signs with the pure implementation; `seed` is the 32-byte private key of RFC 8032. */
export const seedSigner = (name: string, seed: Uint8Array): NoteSigner => ({
  key: toNoteKey(name, ed25519.getPublicKey(seed)),
  sign: (message) => ed25519.sign(message, seed),
});

/** `fennel.example/ledger+530d903a+AekyeRrm...`: the key as people pass it on. */
export const printVkey = ({ name, id, publicKey }: NoteKey): string =>
  `${name}+${id}+${toBase64(Uint8Array.of(ED25519_TYPE, ...publicKey))}`;

/** Refuses with `vkey-malformed` or, for types such as a witness's, `vkey-type-unknown`. */
export function parseVkey(vkey: string): Result<NoteKey> {
  const [name = "", id = "", ...rest] = vkey.split("+");
  const bytes = parseBase64(rest.join("+"));
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || bytes === undefined || bytes.length < 2) {
    return refuse("vkey-malformed", "A key reads name+id+base64, the id in eight hex digits.");
  }
  if (bytes[0] !== ED25519_TYPE) {
    return refuse("vkey-type-unknown", "Only Ed25519 keys (type 1) can be checked here.");
  }
  const publicKey = bytes.subarray(1);
  if (publicKey.length !== PUBLIC_KEY_BYTES || keyId(name, publicKey) !== id) {
    return refuse("vkey-malformed", "The key is damaged: its id does not fit its name and bytes.");
  }
  return ok({ name, id, publicKey });
}

/** The signed note over `text`, which must end in a newline and hold no control characters. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  invariant(textProblem(text) === undefined, "a note's text ends in a newline, without controls");
  const message = toUtf8(text);
  const signatures = signers.map(({ key: { name, id }, sign }) => ({
    name,
    id,
    signature: sign(message),
  }));
  return printNote({ text, signatures });
}

export const printNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(signatureLine).join("")}`;

const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(Uint8Array.of(...bytesOfId(id), ...signature))}\n`;

/** Takes a note apart without believing it. Refuses with `note-malformed`. */
export function parseNote(note: string): Result<SignedNote> {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0 || !note.endsWith("\n")) {
    return malformed("A signed note is a text, an empty line, and lines of signatures.");
  }
  const text = note.slice(0, gap + 1);
  const problem = textProblem(text);
  if (problem !== undefined) return { ok: false, problems: [problem] };
  const lines = note.slice(gap + 2, -1).split("\n");
  if (lines.length > NOTE_SIGNATURES_MAX) return malformed("The note has too many signatures.");
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) {
      return malformed("A signature reads: an em dash, the key's name, base64; one space between.");
    }
    signatures.push(signature);
  }
  return ok({ text, signatures });
}

function parseSignature(line: string): NoteSignature | undefined {
  const [dash, name = "", encoded = "", ...more] = line.split(" ");
  const bytes = parseBase64(encoded);
  if (dash !== "—" || more.length > 0 || !isKeyName(name)) return undefined;
  if (bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/**
 * The note's text, once a key of `keys` vouches for it and none of them is misused.
 * Refuses with `note-malformed`, `note-unsigned` (no signature of a known key) or
 * `signature-wrong`.
 */
export function openNote(
  note: string,
  keys: readonly NoteKey[],
  verify: Ed25519Verify = pureEd25519Verify,
): Result<SignedNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const message = toUtf8(parsed.value.text);
  const known: NoteSignature[] = [];
  for (const made of parsed.value.signatures) {
    const key = keys.find(({ name, id }) => name === made.name && id === made.id);
    if (key === undefined) continue;
    if (
      made.signature.length !== SIGNATURE_BYTES ||
      !verify(made.signature, message, key.publicKey)
    ) {
      return refuse("signature-wrong", `The signature of ${made.name} does not fit the text.`);
    }
    known.push(made);
  }
  if (known.length === 0) {
    return refuse("note-unsigned", "No key that is trusted here has signed this.");
  }
  return ok({ text: parsed.value.text, signatures: known });
}

const malformed = (message: string): Result<never> => refuse("note-malformed", message);

function textProblem(text: string): Problem | undefined {
  const printed = text.replaceAll("\n", "");
  if (text.endsWith("\n") && !hasControls(printed) && isWellFormed(text)) return undefined;
  return {
    code: "note-malformed",
    message: "A note's text ends in a newline and holds no other control character.",
  };
}

const isKeyName = (name: string): boolean =>
  /^[^+\p{White_Space}]+$/u.test(name) && !hasControls(name) && isWellFormed(name);

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20) return true;
  return false;
}

function keyId(name: string, publicKey: Uint8Array): string {
  const input = Uint8Array.of(...toUtf8(name), 0x0a, ED25519_TYPE, ...publicKey);
  return hex(pureSha256(input).subarray(0, 4));
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOfId = (id: string): number[] =>
  [0, 2, 4, 6].map((at) => Number.parseInt(id.slice(at, at + 2), 16));
