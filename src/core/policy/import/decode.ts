/**
 * Decode: the bytes of a file as text where they are UTF-16, as some word processors save it.
 *
 * By its mark, or, without one, by every other byte being nothing, which no text in UTF-8
 * has. Everything else is UTF-8, or is told to be saved as that (text.ts).
 */

/** How many letters tell; a zip or an image has no such run at its beginning. */
const TOLD_BY = 64;
/** So many letters at once: a call has no room for a million arguments. */
const AT_ONCE = 8_192;

/** The text of `bytes` in UTF-16; undefined where they are something else. */
export function utf16Text(bytes: Uint8Array): string | undefined {
  const low = lowByteOf(bytes);
  if (low === undefined) return undefined;
  const units: number[] = [];
  const parts: string[] = [];
  for (let i = isMarked(bytes) ? 2 : 0; i + 1 < bytes.length; i += 2) {
    units.push((bytes[i + low] as number) | ((bytes[i + 1 - low] as number) << 8));
    if (units.length < AT_ONCE) continue;
    parts.push(String.fromCharCode(...units.splice(0)));
  }
  return parts.join("") + String.fromCharCode(...units);
}

const isMarked = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** Which of two bytes is the lower one, 0 or 1. */
function lowByteOf(bytes: Uint8Array): 0 | 1 | undefined {
  if (isMarked(bytes)) return bytes[0] === 0xff ? 0 : 1;
  const start = bytes.subarray(0, 2 * TOLD_BY);
  if (start.length < 8) return undefined;
  const isNothing = (side: 0 | 1): boolean =>
    start.every((byte, i) => (i % 2 === side ? byte === 0 : byte !== 0));
  if (isNothing(1)) return 0;
  return isNothing(0) ? 1 : undefined;
}
