/**
 * UTF-8 both ways, strictly.
 *
 * TextEncoder and TextDecoder are pure and stand in every world core runs in;
 * core's compiler world leaves them out together with the rest of the web, so
 * they are declared here, and only here. Decoding refuses malformed bytes and
 * keeps a byte order mark: a decoder that repairs or drops bytes would show a
 * reader something other than what was hashed.
 */

declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
};
declare const TextDecoder: new (
  label: "utf-8",
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text must be well formed (see isWellFormed): half a surrogate pair would become U+FFFD. */
export const toUtf8 = (text: string): Uint8Array => encoder.encode(text);

/** Writes `text` into `into`; the number of bytes written, or undefined when it did not fit. */
export function utf8Into(text: string, into: Uint8Array): number | undefined {
  const { read, written } = encoder.encodeInto(text, into);
  return read === text.length ? written : undefined;
}

/** Undefined when the bytes are not UTF-8. */
export function parseUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether `text` has no half surrogate pair, so that UTF-8 can hold it. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
