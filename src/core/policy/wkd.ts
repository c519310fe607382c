/**
 * WKD, the Web Key Directory: under which name a mail address's key lies
 * (draft-koch-openpgp-webkey-service).
 *
 *   Joe.Doe@example.org  ->  iy9q119eutrkn8s1mk4r39qejnbu3n5q
 *
 * SHA-1 of the local part in lower case, in z-base-32. The hash hides nothing and
 * need not: it is only a name that every file system takes.
 */

import { sha1 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

const Z_BASE_32 = "ybndrfg8ejkmcpqxot1uwisza345h769";

export type WkdAddress = { readonly local: string; readonly domain: string; readonly hash: string };

/** The name of `mail`'s key; ASCII letters alone are lowered, as the draft has it. */
export function wkdAddress(mail: string): WkdAddress {
  const at = mail.lastIndexOf("@");
  const local = mail.slice(0, at);
  const lowered = local.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return {
    local,
    domain: mail.slice(at + 1).toLowerCase(),
    hash: zBase32(sha1(utf8ToBytes(lowered))),
  };
}

/** Twenty bytes are 32 letters of five bits, with nothing left over. */
function zBase32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += Z_BASE_32[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return text;
}
