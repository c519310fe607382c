/**
 * Checkpoints: the ledger's tree, fixed in three signed lines.
 *
 *     fennel.example/ledger
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — fennel.example/ledger Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5...
 *
 * Origin, number of entries, root of their tree. Accepted only as printed here:
 * exactly three lines (extension lines cannot be checked by anyone, so there are
 * none), the size without leading zeros, the root of 32 bytes in strict base64.
 * A ledger must never sign a checkpoint that contradicts an earlier one; that
 * question is custody.ts.
 *
 * Spec: https://c2sp.org/tlog-checkpoint@v1.0.0
 */

import { ok, type Result, refuse } from "../problem.ts";
import { parseBase64, toBase64 } from "./base64.ts";
import { type Ed25519Verify, type NoteKey, type NoteSigner, openNote, signNote } from "./note.ts";
import { HASH_BYTES } from "./sha256.ts";

export type Checkpoint = {
  /** Address of this ledger without scheme, fixed at the first start. */
  readonly origin: string;
  /** Entries in the tree. */
  readonly size: number;
  readonly root: Uint8Array;
};

/** The three lines, each ended by a newline. */
export const printCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Refuses with `checkpoint-malformed`. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  const [origin = "", digits = "", encoded = "", end, ...more] = text.split("\n");
  const size = Number(digits);
  const root = parseBase64(encoded);
  const isShaped = end === "" && more.length === 0 && origin !== "";
  if (!isShaped || !Number.isSafeInteger(size) || size < 0 || String(size) !== digits) {
    return malformed();
  }
  return root?.length === HASH_BYTES ? ok({ origin, size, root }) : malformed();
}

/** The signed note that is published, stored and handed to witnesses. */
export const signCheckpoint = (checkpoint: Checkpoint, signers: readonly NoteSigner[]): string =>
  signNote(printCheckpoint(checkpoint), signers);

/** Refuses with what `openNote` and `parseCheckpoint` refuse with. */
export function openCheckpoint(
  note: string,
  keys: readonly NoteKey[],
  verify?: Ed25519Verify,
): Result<Checkpoint> {
  const opened = openNote(note, keys, verify);
  return opened.ok ? parseCheckpoint(opened.value.text) : opened;
}

const malformed = (): Result<never> =>
  refuse(
    "checkpoint-malformed",
    "A checkpoint is three lines: origin, size in digits, root in base64.",
  );
