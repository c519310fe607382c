/**
 * Shell: what a verb has of the outside: where it prints, how wide that is, the
 * environment, the time, and the exit code it leaves.
 *
 * Answers go to standard output and nothing else does, so that they can be piped;
 * problems, notes and progress go to standard error. Colour and progress only
 * where a person looks on, and no colour where NO_COLOR is set.
 */

import type { Instant } from "../core/time/instant.ts";

/** What the exit code says; docs/cli.md has the same table. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notAllowed: 3,
  overdue: 4,
  tryAgain: 75,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** The widest that help is, and what is assumed of a terminal that does not say. */
export const HELP_WIDTH = 100;
const WIDTH_MIN = 40;

export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
  /** Columns that a line of output may have; endless where nobody looks on. */
  readonly width: number;
  /** One line, or several, to standard output. */
  readonly print: (text: string) => void;
  /** The same to standard error. */
  readonly note: (text: string) => void;
  readonly ink: Ink;
  /** The same for standard error. */
  readonly noteInk: Ink;
  /** What is going on, where a person looks on; an empty text takes it away. */
  readonly progress: (text: string) => void;
  exit: Exit;
};

type Colour = (text: string) => string;
/** Never the only sign of anything: every coloured word says the same without. */
export type Ink = { readonly strong: Colour; readonly faint: Colour; readonly alarm: Colour };

const inkOf = (isColoured: boolean): Ink => {
  const colour =
    (on: number, off: number): Colour =>
    (text) =>
      isColoured && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { strong: colour(1, 22), faint: colour(2, 22), alarm: colour(31, 39) };
};

/** The shell that this process runs in. */
export function processShell(): Shell {
  const { stdout, stderr, env } = process;
  const isColoured = (stream: { isTTY?: boolean }): boolean =>
    stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write("\r\x1b[K");
    shown = false;
  };
  return {
    env,
    now: () => Date.now() as Instant,
    // What is piped is read by a program: nothing is cut.
    width: stdout.isTTY
      ? Math.max(WIDTH_MIN, stdout.columns || HELP_WIDTH)
      : Number.POSITIVE_INFINITY,
    ink: inkOf(isColoured(stdout)),
    noteInk: inkOf(isColoured(stderr)),
    print: (text) => {
      clear();
      stdout.write(`${text}\n`);
    },
    note: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (!stderr.isTTY) return;
      clear();
      if (text === "") return;
      stderr.write(text.slice(0, (stderr.columns || HELP_WIDTH) - 1));
      shown = true;
    },
    exit: EXIT.ok,
  };
}
