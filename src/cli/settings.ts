/**
 * Settings: the configuration as the host's verbs read it, through the server's
 * own reader. Every setting can be an option; `--data` is shown, since it decides
 * which installation is meant.
 */

import type { Command } from "commander";
import type { Result } from "../core/problem.ts";
import type { Host } from "../server/host.ts";
import { answered, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, complete } from "./verb.ts";

type HostModule = typeof import("../server/host.ts");
type Configured = Extract<ReturnType<HostModule["readConfig"]>, { ok: true }>["value"];

export type OnData = Asked & { readonly data?: string };

/** A verb on a data directory. */
export const onData = (command: Command, example: string): Command =>
  complete(command, example).option("--data <dir>", "the data directory (or DUE_DATA)");

/** The configuration of this host; says what is wrong with it and answers undefined. */
export async function configured(shell: Shell, asked: OnData): Promise<Configured | undefined> {
  const { readConfig } = await import("../server/host.ts");
  const read = readConfig({ data: asked.data }, shell.env);
  if (read.ok) return read.value;
  refused(shell, read.problems, asked);
  return undefined;
}

/** Opens the installation, lets `act` work on it, closes it, and prints what came of it. */
export async function actOnHost<T>(
  shell: Shell,
  asked: OnData,
  act: (host: Host, module: HostModule) => Promise<Result<T>>,
  words: (value: T) => readonly string[],
): Promise<void> {
  const read = await configured(shell, asked);
  if (read === undefined) return;
  const module = await import("../server/host.ts");
  const result = await module.onHost(read.config, (host) => act(host, module));
  shell.progress("");
  answered(shell, result, asked, words);
}
