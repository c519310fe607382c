/**
 * What the worker is given. It reaches for nothing: not for a clock, and not for
 * the server, whose handling it shares.
 */

import type { Problem, Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Channel } from "../delivery/channels.ts";
import type { MailboxDoor } from "../intake/imap.ts";
import type { MailReader } from "../intake/mail-room.ts";
import type { Along, Envelope, Handled, World as HandleWorld } from "../handle.ts";
import type { Projection } from "../store/projection.ts";
import type { Store } from "../store/store.ts";

export type WorkerLog = {
  readonly info: (fields: object, says: string) => void;
  readonly warn: (fields: object, says: string) => void;
  readonly error: (fields: object, says: string) => void;
};

export type WorkerWorld = {
  readonly store: Store;
  readonly handling: {
    readonly world: HandleWorld<Projection>;
    readonly handle: (envelope: Envelope, along?: Along) => Promise<Result<Handled>>;
    readonly installation: () => Promise<{ readonly organisation: string }>;
  };
  readonly mail: Channel;
  /** What is looked into for reports; absent where the operator named none. */
  readonly mailbox?: MailboxDoor | undefined;
  /** Reads mails apart from everything else; absent, they are read here. */
  readonly mails?: MailReader;
  /** After how many days a mail that was put aside is forgotten; 0 and absent for never. */
  readonly mailDays?: number;
  /** What this program counts by; another one may count otherwise. Absent, that is not asked. */
  readonly counts?: string | undefined;
  /** DUE_URL, without a slash at the end. */
  readonly url: string;
  readonly now: () => Instant;
  readonly log: WorkerLog;
  /** Milliseconds that only ever grow, whatever happens to the clock. */
  readonly monotonicMs?: () => number;
};

/** One part of the worker: does what is due, and says whether there may be more at once. */
export type Step = (now: Instant) => Promise<boolean>;

/** For the log: what was thrown, in words. */
export const errorWords = (error: unknown): { readonly error: string; readonly stack?: string } =>
  error instanceof Error
    ? { error: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) }
    : { error: String(error) };

/** Codes only: what a problem says may hold private text. */
export const problemCodes = (problems: readonly Problem[]): string =>
  problems.map(({ code }) => code).join(", ");

/** Runs `act` for each item, at most `atOnceMax` at a time, and waits for all. */
export async function each<T>(
  items: readonly T[],
  atOnceMax: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, lane));
}
