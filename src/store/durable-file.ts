/**
 * Files that are whole or not there: written beside, made durable, then renamed.
 */

import fs from "node:fs";
import path from "node:path";

/** After this returns the file is on disk with exactly these bytes, whatever happens next. */
export function writeDurably(file: string, bytes: string | Uint8Array, mode: number): void {
  const folder = path.dirname(file);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.new`;
  fs.rmSync(fresh, { force: true });
  fs.writeFileSync(fresh, bytes, { mode, flag: "wx", flush: true });
  fs.renameSync(fresh, file);
  syncFolder(folder);
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
