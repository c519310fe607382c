/**
 * A copy of a running server, taken over the replication protocol and written by this process.
 *
 * The folder holds three files: base.tar (the data directory, with the WAL that makes it
 * consistent), PostgreSQL's own backup_manifest, and SHA256SUMS over both, for `sha256sum -c`.
 * SHA256SUMS is written last: a folder without it is no backup. The passwords of the cluster are
 * inside, so the folder is 0700. Writers are not held up; what commits after the end is not in it.
 */

import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { finished } from "node:stream/promises";
import pg from "pg";
import { makeWalkable } from "./place.ts";
import { StartRefused, toRefusal } from "./refused.ts";
import { syncFolder } from "./unfinished.ts";

export const TAR = "base.tar";
export const MANIFEST = "backup_manifest";
export const SUMS = "SHA256SUMS";

export type BaseBackup = {
  readonly bytes: number;
  /** Log sequence numbers, as PostgreSQL writes them. */
  readonly startLsn: string;
  readonly endLsn: string;
};

/**
 * Copies the server behind `connection`, which needs the right to replicate (the superuser of the
 * built-in server has it), into `into`: absent or empty. Refuses with folder-not-empty, disk-full,
 * folder-not-writable and backup-not-permitted, and then leaves no file behind.
 */
export async function baseBackup(connection: pg.ClientConfig, into: string): Promise<BaseBackup> {
  const folder = path.resolve(into);
  const made: string[] = [];
  try {
    makeWalkable(path.dirname(folder));
    if (!fs.existsSync(folder)) fs.mkdirSync(folder, 0o700);
    if (fs.readdirSync(folder).length > 0)
      throw new StartRefused(
        "folder-not-empty",
        `${folder} is not empty`,
        "name a folder for this backup that is empty or does not exist",
      );
    fs.chmodSync(folder, 0o700);
    const { files, lsns } = await receive(connection, folder, made);
    const sums = files.map((file) => `${file.hash.digest("hex")}  ${file.name}\n`).join("");
    made.push(SUMS);
    fs.writeFileSync(path.join(folder, SUMS), sums, { mode: 0o600, flush: true });
    syncFolder(folder);
    syncFolder(path.dirname(folder));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { bytes, startLsn: lsns[0] ?? "", endLsn: lsns[1] ?? "" };
  } catch (error) {
    for (const name of made) fs.rmSync(path.join(folder, name), { force: true });
    throw permission(toRefusal(error, folder));
  }
}

function permission(error: unknown): unknown {
  const refused = ["42501", "28000"]; // may not replicate; no line in pg_hba.conf
  if (!(error instanceof pg.DatabaseError) || !refused.includes(error.code ?? "")) return error;
  return new StartRefused(
    "backup-not-permitted",
    `This server does not let us copy it (${error.message})`,
    "back it up with its own tools, or give the role the right to replicate",
    error,
  );
}

type Received = { readonly name: string; readonly hash: Hash; bytes: number };

async function receive(
  connection: pg.ClientConfig,
  folder: string,
  made: string[],
): Promise<{ files: Received[]; lsns: string[] }> {
  const client = new pg.Client({ ...connection, replication: "true" } as pg.ClientConfig);
  client.on("error", () => {}); // a broken connection also fails the query, which is told
  await client.connect();
  const copy = new Copy(folder, made);
  try {
    const lsns = await copy.run(client);
    await copy.close();
    return { files: copy.files, lsns };
  } finally {
    copy.abandon();
    await client.end();
  }
}

const COMMAND =
  "BASE_BACKUP (LABEL 'duenotice', CHECKPOINT 'fast', WAL true, " +
  "MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')";

/**
 * The statement that receives the copy. The first byte of every message says what it is: `n` begins
 * an archive, `m` the manifest, `d` is content, `p` is progress.
 */
class Copy extends pg.Query {
  readonly files: Received[] = [];
  #target: fs.WriteStream | null = null;
  #closing: Promise<void>[] = [];
  #fail: (error: Error) => void = () => {};
  readonly #folder: string;
  readonly #made: string[];

  constructor(folder: string, made: string[]) {
    super(COMMAND);
    this.#folder = folder;
    this.#made = made;
  }

  /** The start and end positions, once everything has arrived. */
  run(client: pg.Client): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const lsns: string[] = [];
      this.#fail = reject;
      this.on("error", reject);
      this.on("row", (row: Record<string, unknown>) => {
        if (typeof row["recptr"] === "string") lsns.push(row["recptr"]);
        if (typeof row["spclocation"] === "string")
          reject(new Error("a server with tablespaces cannot be backed up"));
      });
      this.on("end", () => resolve(lsns));
      client.query(this);
    });
  }

  /** Called by pg, which does not declare it. The chunk's memory is its own: copy what is kept. */
  handleCopyData(message: { readonly chunk: Buffer }, connection: pg.Connection): void {
    const kind = String.fromCharCode(message.chunk[0] ?? 0);
    if (kind === "n") this.#open(TAR);
    if (kind === "m") this.#open(MANIFEST);
    if (kind !== "d") return;
    const file = this.files.at(-1);
    const target = this.#target;
    if (!file || !target) return this.#fail(new Error("content before the first archive"));
    const content = Buffer.from(message.chunk.subarray(1));
    file.hash.update(content);
    file.bytes += content.length;
    if (target.write(content) || connection.stream.isPaused()) return;
    connection.stream.pause(); // what it has read already still comes
    target.once("drain", () => connection.stream.resume());
  }

  #open(name: string): void {
    this.#target?.end();
    this.#made.push(name);
    const options = { flags: "wx", mode: 0o600, flush: true, highWaterMark: 1 << 20 };
    const target = fs.createWriteStream(path.join(this.#folder, name), options);
    target.on("error", (error) => this.#fail(error));
    const closing = finished(target);
    closing.catch(() => {}); // told by `close`, or by the error above
    this.#closing.push(closing);
    this.files.push({ name, hash: createHash("sha256"), bytes: 0 });
    this.#target = target;
  }

  /** Everything received is on the disk. */
  async close(): Promise<void> {
    this.#target?.end();
    await Promise.all(this.#closing);
    this.#target = null;
  }

  abandon(): void {
    this.#target?.destroy();
  }
}
