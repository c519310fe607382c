/**
 * Base64, RFC 4648 section 4, in its one spelling.
 *
 * Many decoders forgive white space, missing padding or stray bits in the last
 * letter, so that several texts mean the same bytes. Here a text is accepted
 * only if encoding its bytes gives that very text again; otherwise a byte of an
 * export could be changed without anyone noticing.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** 32 bytes, a hash or a salt, take this many letters, of which the last is `=`. */
export const HASH_LETTERS = 44;

const PADDING = 0x3d;

/** By letter; 64 where the byte is no letter. */
const VALUES = new Uint8Array(256).fill(64);
for (let value = 0; value < 64; value++) VALUES[LETTERS.charCodeAt(value)] = value;

const letter = (sextet: number): string => LETTERS.charAt(sextet & 63);

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number;
    const b = bytes[i + 1] ?? 0;
    const c = bytes[i + 2] ?? 0;
    const left = bytes.length - i;
    text += letter(a >> 2) + letter((a << 4) | (b >> 4));
    text += left > 1 ? letter((b << 2) | (c >> 6)) : "=";
    text += left > 2 ? letter(c) : "=";
  }
  return text;
}

/** Undefined when `text` is not exactly what `toBase64` writes for some bytes. */
export function parseBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const codes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return undefined;
    codes[i] = code;
  }
  const bytes = new Uint8Array(Math.max(0, Math.ceil((text.length / 4) * 3) - padding));
  return decodeBase64(codes, 0, codes.length, bytes, 0) ? bytes : undefined;
}

/**
 * Decodes the letters in `from[start, end)` to `into`, from `at` on, which must have room.
 * False, with `into` spoilt, when they are not the one spelling of some bytes.
 */
export function decodeBase64(
  from: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  at: number,
): boolean {
  if ((end - start) % 4 !== 0) return false;
  let last = end;
  while (last > end - 2 && last > start && from[last - 1] === PADDING) last--;
  let bits = 0;
  let held = 0;
  let to = at;
  for (let i = start; i < last; i++) {
    const value = VALUES[from[i] as number] as number;
    if (value === 64) return false;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      into[to++] = held >> bits;
    }
  }
  // Bits left over mean nothing, so a writer leaves them zero and a reader insists.
  return (held & ((1 << bits) - 1)) === 0;
}

/** As `decodeBase64`, for exactly 32 bytes: 44 letters, the last and only the last `=`. */
export function decodeHash(from: Uint8Array, start: number, into: Uint8Array, at = 0): boolean {
  const last = start + HASH_LETTERS - 4;
  let to = at;
  let wrong = 0;
  for (let i = start; i < last; i += 4) {
    const a = VALUES[from[i] as number] as number;
    const b = VALUES[from[i + 1] as number] as number;
    const c = VALUES[from[i + 2] as number] as number;
    const d = VALUES[from[i + 3] as number] as number;
    wrong |= a | b | c | d;
    into[to++] = (a << 2) | (b >> 4);
    into[to++] = (b << 4) | (c >> 2);
    into[to++] = (c << 6) | d;
  }
  return (
    (wrong & 64) === 0 &&
    decodeBase64(from, last, last + 4, into, to) &&
    from[last + 3] === PADDING &&
    from[last + 2] !== PADDING
  );
}
