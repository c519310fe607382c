/**
 * Log: what happened, one JSON line each, to standard output.
 *
 * The log is read by programs and in terminals, so no value can end a line or
 * steer a terminal: JSON escapes CR, LF and ESC, and the few it lets through
 * (DEL, C1 controls, U+2028, U+2029) are escaped here. Secrets do not get in:
 * fields of these names are replaced whatever they hold, and requests are
 * logged by route, never by address, because some addresses are secrets.
 *
 * The log is not the record. What must be kept is an entry of the ledger.
 */

import { type Logger, pino } from "pino";
import type { LOG_LEVELS } from "./settings.ts";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "set-cookie",
  "totp",
] as const;

const STEERING = /[\u007f-\u009f\u2028\u2029]/g;

/** `write` gets each whole line with its line break. */
export function createLog(
  level: (typeof LOG_LEVELS)[number],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Log {
  const redact = { paths: paths(), censor: "[secret]" };
  const base = { program: "duenotice" };
  return pino(
    {
      level,
      base,
      redact,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: "says",
      formatters,
    },
    { write: (line: string) => write(line.replace(STEERING, escaped)) },
  );
}

const formatters = { level: (label: string) => ({ level: label }) };

/** At the top, and one and two levels down. */
const paths = (): string[] =>
  SECRET_FIELDS.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]);

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What the log keeps of something thrown: never the fields a library hung onto it. */
export const thrown = (error: unknown): { readonly error: string; readonly stack?: string } =>
  error instanceof Error
    ? { error: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) }
    : { error: String(error) };
