/**
 * The outbox folder: every mail as a file, where no mail server is configured, and
 * always for drills and sample data, whose mail must not leave.
 *
 * A file appears whole or not at all, and its name sorts by when the mail was
 * asked for. The same letter has the same name: written twice, it is there once.
 */

import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { toIso } from "../core/time/instant.ts";
import type { Letter } from "./letter.ts";
import type { Compose } from "./mime.ts";
import type { Sent } from "./sent.ts";

/** Writes the letter and answers with where it lies. Throws where the disk refuses. */
export async function keepInFolder(
  folder: string,
  letter: Letter,
  compose: Compose,
): Promise<Sent> {
  const { bytes } = await compose(letter);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${toIso(letter.at).replace(/[-:.]/g, "")}-${letter.id}.eml`;
  const unfinished = join(folder, `.${name}.part`);
  try {
    const file = await open(unfinished, "w", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(folder);
  const response = `written to the outbox folder as ${name}; not sent`;
  return { is: "delivered", response, kept: "file" };
}

/** The name is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
