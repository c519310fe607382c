/**
 * Reads the tar that PostgreSQL's base backup writes, as a flat stream of parts.
 *
 * The bytes: blocks of 512. A header block holds name (100 bytes), mode, uid, gid (8 each), size
 * (12), mtime (12), checksum (8), type (1: "0" file, "5" folder), numbers in octal text; then the
 * content, padded to a block. Two blocks of zeros end the archive. POSIX.1-1988, "ustar".
 * Only files and folders inside the archive's root are accepted: no links, no absolute names, no
 * "..", no extended headers, because a base backup without tablespaces has none.
 */

import { StartRefused } from "./refused.ts";

const BLOCK = 512;

export type TarPart =
  | { readonly is: "folder"; readonly path: string }
  | { readonly is: "file"; readonly path: string; readonly bytes: number }
  /** Belongs to the file before it. */
  | { readonly is: "content"; readonly chunk: Buffer }
  | { readonly is: "end-of-file" };

/** Refuses with backup-damaged. */
export async function* readTar(chunks: AsyncIterable<Buffer>): AsyncGenerator<TarPart> {
  let held: Buffer = Buffer.alloc(0);
  let content = 0; // bytes of the file still to come
  let padding = 0; // bytes to skip after it
  let isInFile = false;
  let isEnded = false;
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (content > 0 && held.length > 0) {
        const taken = held.subarray(0, content);
        content -= taken.length;
        held = held.subarray(taken.length);
        yield { is: "content", chunk: taken };
      }
      if (content > 0) break;
      if (isInFile) yield { is: "end-of-file" };
      isInFile = false;
      const skipped = Math.min(padding, held.length);
      padding -= skipped;
      held = held.subarray(skipped);
      if (padding > 0 || held.length < BLOCK) break;
      const header = parseHeader(held.subarray(0, BLOCK));
      held = held.subarray(BLOCK);
      isEnded = header === null;
      if (header === null) continue;
      yield header;
      if (header.is === "folder") continue;
      isInFile = true;
      content = header.bytes;
      padding = (BLOCK - (content % BLOCK)) % BLOCK;
    }
  }
  if (!isEnded || held.length > 0) throw damaged("its archive ends too early");
}

type Header = Extract<TarPart, { is: "folder" | "file" }>;

/** null: a block of zeros. */
function parseHeader(block: Buffer): Header | null {
  if (block.every((byte) => byte === 0)) return null;
  const text = (from: number, bytes: number): string => {
    const field = block.subarray(from, from + bytes);
    const end = field.indexOf(0);
    return field.subarray(0, end < 0 ? bytes : end).toString("utf8");
  };
  if (Number.parseInt(text(148, 8), 8) !== checksum(block)) throw damaged("a header is wrong");
  const path = text(0, 100).replace(/^\.\//, "").replace(/\/$/, "");
  if (path === "" || path.startsWith("/") || path.split("/").includes(".."))
    throw damaged(`it holds a file named "${path}"`);
  const type = text(156, 1);
  if (type === "5") return { is: "folder", path };
  const size = text(124, 12).trim();
  if (type !== "0" || text(345, 155) !== "" || !/^[0-7]+$/.test(size))
    throw damaged(`it holds "${path}", which is not a plain file`);
  return { is: "file", path, bytes: Number.parseInt(size, 8) };
}

/** The sum of all bytes, with the checksum's own field counted as spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  return sum;
}

export const damaged = (why: string): StartRefused =>
  new StartRefused(
    "backup-damaged",
    `This backup is damaged or incomplete, and was not restored (${why})`,
    "restore another one",
  );
