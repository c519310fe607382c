/**
 * Strings of canonical JSON, on the bytes: scanned, and read for what they mean.
 *
 * A string has one spelling: characters stand as they are, in well-formed UTF-8,
 * but for the quote, the backslash and the control characters, which have the
 * shortest escape there is. The rules of scanning functions are canonical.ts's:
 * the place after, or `~place` of the first byte that cannot stand, and a control
 * character after the bytes that stops every loop.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The bytes of ASCII text. */
export const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Scans what must stand there, letter by letter. */
export function scanLiteral(bytes: Uint8Array, i: number, literal: Uint8Array): number {
  if (i < 0) return i;
  for (let k = 0; k < literal.length; k++) if (bytes[i + k] !== literal[k]) return ~(i + k);
  return i + literal.length;
}

/** 1 for what a string may hold as it is and in one byte. */
const PLAIN = new Uint8Array(256).fill(1, 0x20, 0x80);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

/** Scans a string from after its opening quote; returns the place after the closing one. */
export function scanString(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i >= 0) {
    while (PLAIN[bytes[i] as number] === 1) i++;
    const byte = bytes[i] as number;
    if (byte === QUOTE) return i + 1;
    i = byte === BACKSLASH ? escaped(bytes, i + 1) : wide(bytes, i);
  }
  return i;
}

/** As `scanString`, but of escapes only `\"` and `\\`. */
export function scanKey(bytes: Uint8Array, from: number): number {
  let i = from;
  while (i >= 0) {
    while (PLAIN[bytes[i] as number] === 1) i++;
    const byte = bytes[i] as number;
    if (byte === QUOTE) return i + 1;
    if (byte === BACKSLASH) {
      const next = bytes[i + 1];
      i = next === QUOTE || next === BACKSLASH ? i + 2 : ~(i + 1);
    } else {
      i = wide(bytes, i);
    }
  }
  return i;
}

/** What follows a backslash, and the control character each letter means. */
const SHORT_ESCAPES = ascii('"\\bfnrt');
const SHORT_MEANINGS = ascii('"\\\b\f\n\r\t');
const LONG_ESCAPE = ascii("u00");

/** Scans an escape from after its backslash. */
function escaped(bytes: Uint8Array, i: number): number {
  if (SHORT_ESCAPES.includes(bytes[i] as number)) return i + 1;
  const digits = scanLiteral(bytes, i, LONG_ESCAPE);
  if (digits < 0) return digits;
  const code = hexValue(bytes, digits);
  return code < 0x20 && !SHORT_MEANINGS.includes(code) ? digits + 2 : ~digits;
}

/** Of two lower-case hex digits; NaN when they are none. */
function hexValue(bytes: Uint8Array, i: number): number {
  const text = String.fromCharCode(bytes[i] as number, bytes[i + 1] as number);
  return /^[0-9a-f]{2}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
}

/**
 * Writes what the scanned string in `bytes[from, to)` means to `into`, from `at` on, which
 * must have room for as many bytes. Returns the place after it.
 */
export function unescapeInto(
  bytes: Uint8Array,
  from: number,
  to: number,
  into: Uint8Array,
  at: number,
): number {
  let write = at;
  let i = from;
  while (i < to) {
    const byte = bytes[i] as number;
    if (byte !== BACKSLASH) {
      into[write++] = byte;
      i++;
      continue;
    }
    const short = SHORT_ESCAPES.indexOf(bytes[i + 1] as number);
    into[write++] = short < 0 ? hexValue(bytes, i + 4) : (SHORT_MEANINGS[short] as number);
    i += short < 0 ? 6 : 2;
  }
  return write;
}

/** Scans one character of two to four bytes: no overlong form, no surrogate (Unicode, 3.9). */
function wide(bytes: Uint8Array, i: number): number {
  const first = bytes[i] as number;
  const second = bytes[i + 1] as number;
  if (first >= 0xc2 && first <= 0xdf) return isNext(second) ? i + 2 : ~i;
  if (first >= 0xe0 && first <= 0xef) {
    const isOpen = first === 0xe0 ? second >= 0xa0 : first !== 0xed || second < 0xa0;
    return isOpen && isNext(second) && isNext(bytes[i + 2] as number) ? i + 3 : ~i;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const isOpen = first === 0xf0 ? second >= 0x90 : first !== 0xf4 || second < 0x90;
    const isWhole = isNext(second) && isNext(bytes[i + 2] as number);
    return isOpen && isWhole && isNext(bytes[i + 3] as number) ? i + 4 : ~i;
  }
  return ~i;
}

const isNext = (byte: number): boolean => (byte & 0xc0) === 0x80;
