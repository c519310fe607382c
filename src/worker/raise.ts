/**
 * Raise: something is wrong with this installation itself, said as a signal, so
 * that a person sees it where they look for trouble, and once.
 */

import type { PinnedPolicy } from "../core/context.ts";
import type { Instant } from "../core/time/instant.ts";
import { errorWords, problemCodes, type WorkerWorld } from "./world.ts";

export type Trouble = {
  /** `ledger` or `worker`. */
  readonly source: string;
  /** The same for the same trouble; holds no private text. */
  readonly about: string;
  readonly title: string;
  readonly text: string;
};

/** Never rejects: what is raised may be the very thing that keeps it from being recorded. */
export async function raise(
  { handling, log }: Pick<WorkerWorld, "handling" | "log">,
  { source, about, title, text }: Trouble,
  at: Instant,
): Promise<void> {
  log.error({ source, about }, title);
  try {
    const channel = channelFor(await handling.world.policies.current());
    const fingerprint = `${source}:${about}`;
    const raised = await handling.handle({
      subject: "signal",
      at,
      by: "worker",
      command: {
        type: "RecordSignal",
        source,
        fingerprint,
        title,
        text,
        ...(channel === undefined ? {} : { channel }),
      },
    });
    if (!raised.ok) log.error({ about, problems: problemCodes(raised.problems) }, "not recorded");
  } catch (error) {
    log.error({ about, ...errorWords(error) }, "trouble could not be recorded as a signal");
  }
}

/** Where a machine's words come in: the policy's channel for monitors, else the first one in. */
export function channelFor(policy: PinnedPolicy | undefined): string | undefined {
  const into = policy?.policy.channels.filter(({ direction }) => direction === "in") ?? [];
  return (into.find(({ kind }) => kind === "monitoring") ?? into[0])?.id;
}
