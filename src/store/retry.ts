/**
 * Retry: the one place that decides whether a failed statement is tried again.
 *
 * Serialization failures and deadlocks (40001, 40P01) were certainly not kept. A
 * lost connection (class 08, 57P0x, socket errors) may hide a commit that WAS
 * kept: so whatever is retried here must come to the same result when it runs
 * twice, by its primary key or by a fencing token. The ledger, which cannot
 * promise that of itself, looks first (sequencer.ts).
 */

import { setTimeout as sleep } from "node:timers/promises";

/** The database did not answer for as long as we were willing to wait. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
  readonly code = "database-unavailable";
}

const CERTAINLY_NOT_KEPT = new Set(["40001", "40P01"]);
/** Shut down, crashed, starting, or out of connections. */
const NOT_SERVING = new Set(["57P01", "57P02", "57P03", "53300"]);
const SOCKET = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT", "ENOTFOUND"]);

/** `pg` gives these without a code. */
const LOST =
  /^Connection terminated|^Client (?:has encountered|was closed)|timeout (?:expired|exceeded)/;

const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : "";
};

/** Whether the connection is gone, so that nobody knows what became of a commit under way. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code.startsWith("08") || NOT_SERVING.has(code) || SOCKET.has(code)) return true;
  return error instanceof Error && LOST.test(error.message);
}

export const isRetryable = (error: unknown): boolean =>
  CERTAINLY_NOT_KEPT.has(codeOf(error)) || isConnectionLost(error);

/** The SQLSTATE of an error that the database reported, or the empty text. */
export const sqlStateOf = codeOf;

// Out of disk, memory or other resources; the operator stepped in; the files cannot be read.
const OF_THE_SERVER = /^(?:53|57|58)/;

/** What the caller is told of a failure that no statement of ours is to blame for. */
export const blamed = (error: unknown): unknown =>
  OF_THE_SERVER.test(codeOf(error))
    ? new DatabaseUnavailable("The database cannot write now: is its disk full?", { cause: error })
    : error;

const WAIT_MS_MAX = 500;
/** How long to try again before the caller is told that the database is gone. */
export const PATIENCE_MS = 10_000;

/** Tries `act` again while it fails in a way that may pass, for at most `patienceMs`. */
export async function retrying<T>(act: () => Promise<T>, patienceMs: number): Promise<T> {
  const startedAt = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await act();
    } catch (error) {
      if (!isRetryable(error)) throw blamed(error);
      if (performance.now() - startedAt > patienceMs)
        throw new DatabaseUnavailable("The database does not answer.", { cause: error });
    }
    await sleep(Math.min(WAIT_MS_MAX, 5 * 2 ** attempt));
  }
}
