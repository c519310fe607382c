/**
 * StartRefused: the server cannot be started, backed up or restored, and the operator can cure it.
 *
 * Thrown, not returned, because start-up has no caller that could go on: the program's entry prints
 * the message alone, without a stack, and exits 1. Its sentence says what is wrong and, after a
 * colon, what would be right; there is none without the second half. Anything else that is thrown
 * from this folder is a bug.
 */

export type StartCode =
  | "backup-damaged"
  | "backup-not-permitted"
  | "backup-not-readable"
  | "data-directory-is-a-mount"
  | "data-directory-not-empty"
  | "data-not-reachable"
  | "data-of-other-version"
  | "data-owner-wrong"
  | "data-secret-missing"
  | "database-setting-wrong"
  | "disk-full"
  | "folder-not-empty"
  | "folder-not-writable"
  | "postgres-in-single-user-mode"
  | "postgres-not-available"
  | "postgres-not-ready"
  | "postgres-not-started"
  | "postgres-not-usable"
  | "postgres-of-other-version"
  | "postgres-pid-file-strange"
  | "user-missing";

export class StartRefused extends Error {
  override readonly name = "StartRefused";
  readonly code: StartCode;

  constructor(code: StartCode, wrong: string, cure: string, cause?: unknown) {
    super(`${wrong}: ${cure}.`, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;

export const isErrno = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes(errnoOf(error) ?? "");

/** What the operator can cure about a failed write at `where`, or the error itself. */
export function toRefusal(error: unknown, where: string): unknown {
  if (isErrno(error, "ENOSPC", "EDQUOT")) return diskFull(where, error);
  if (isErrno(error, "EROFS"))
    return new StartRefused(
      "folder-not-writable",
      `${where} is on a file system that can only be read`,
      "make it writable, or choose another folder",
      error,
    );
  if (isErrno(error, "EACCES", "EPERM"))
    return new StartRefused(
      "folder-not-writable",
      `${where} cannot be written by user id ${process.getuid?.() ?? "unknown"}`,
      "give that folder to the user, or choose another",
      error,
    );
  return error;
}

export const diskFull = (where: string, cause?: unknown): StartRefused =>
  new StartRefused(
    "disk-full",
    `The disk that holds ${where} is full`,
    "free some space, and try again",
    cause,
  );

/** Whether a program's output says so; PostgreSQL has three ways to. */
export const saysDiskFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded|Check free disk space/.test(output);

/** Does `act`, and turns the failures of disks and permissions into sentences about `where`. */
export function onDisk<T>(where: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toRefusal(error, where);
  }
}
