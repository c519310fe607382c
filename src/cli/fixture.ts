/**
 * Fixture: a shell that keeps what is printed, for tests. Nothing else imports this.
 */

import type { Instant } from "../core/time/instant.ts";
import { EXIT, type Shell } from "./shell.ts";

/** A Friday evening in Berlin. */
export const FRIDAY = Date.parse("2026-11-20T17:30:00Z") as Instant;

export type TestShell = {
  readonly shell: Shell;
  readonly out: () => string;
  readonly err: () => string;
};

export function testShell(over: Partial<Shell> = {}): TestShell {
  const out: string[] = [];
  const err: string[] = [];
  const plain = (text: string): string => text;
  const ink = { strong: plain, faint: plain, alarm: plain };
  const shell: Shell = {
    env: {},
    now: () => FRIDAY,
    width: 100,
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    ink,
    noteInk: ink,
    progress: () => {},
    exit: EXIT.ok,
    ...over,
  };
  return { shell, out: () => out.join("\n"), err: () => err.join("\n") };
}
