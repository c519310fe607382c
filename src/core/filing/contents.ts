/**
 * Contents: what of a pack is hashed and kept when it was filed; apart, because it is read
 * where no form is.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

export type FiledField = { readonly id: string; readonly value: string; readonly held: string };

export const hashOf = (contents: string): string => bytesToHex(sha256(utf8ToBytes(contents)));

/** The fields of what was filed; none where they were not kept, or were erased. */
export function filedFields(contents: string | undefined): readonly FiledField[] {
  if (contents === undefined || !contents.startsWith("{")) return [];
  return (JSON.parse(contents) as { readonly fields: readonly FiledField[] }).fields;
}
