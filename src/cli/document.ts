/** Document: a text that a verb takes from a file or from standard input. */

import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { ok, refuse, type Result } from "../core/problem.ts";

const DOCUMENT_BYTES_MAX = 4 * 1024 * 1024;

/** A file's text, or standard input's for `-`. Refuses with: file-unreadable. */
export async function readDocument(
  file: string,
  bytesMax: number = DOCUMENT_BYTES_MAX,
): Promise<Result<string>> {
  const bytes = await readBytes(file, bytesMax);
  return bytes.ok ? ok(bytes.value.toString("utf8")) : bytes;
}

/** The same before it is read as text. */
export async function readBytes(file: string, bytesMax: number): Promise<Result<Buffer>> {
  if (file === "-") return ok(await buffer(process.stdin));
  try {
    const bytes = await readFile(file);
    if (bytes.length > bytesMax) {
      const limit = `${bytesMax / 1024 / 1024} MB`;
      return refuse("file-unreadable", `${file} is larger than it may be here (${limit}).`);
    }
    return ok(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    return refuse("file-unreadable", `${file}: ${why}.`);
  }
}
