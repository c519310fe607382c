/**
 * Time steps: the room as it stood, one entry earlier or later.
 *
 * The past instants worth seeing are those at which something was written, so a
 * step goes to the next of them; entries of one act share an instant and are one
 * step. Where the record is read from is in the address.
 */

import type { ViewOf } from "../../../api/view.ts";
import { type Instant, parseInstant } from "../../../core/time/instant.ts";
import { client } from "../../api.ts";
import { useTime } from "../../ui/time.tsx";

export type TimeSteps = {
  /** The instant that is on screen. */
  readonly at: Instant;
  readonly earlier: () => Promise<void>;
  readonly later: () => Promise<void>;
  readonly toNow: () => void;
  /** As it stood right after this entry's instant. */
  readonly to: (at: string) => void;
};

/** More entries than one act ever writes. */
const LOOK_BACK = 50;

export function useTimeSteps(
  { id, version }: ViewOf<"incident">,
  asOf: string | undefined,
  go: (asOf: string | undefined) => void,
): TimeSteps {
  const { now } = useTime();
  const linesFrom = async (from: number) => {
    const read = await client.read(
      "timeline",
      { id },
      { from, limit: LOOK_BACK, only: "everything" },
    );
    return read.ok ? read.value : undefined;
  };
  return {
    at: (asOf === undefined ? undefined : parseInstant(asOf)) ?? now,
    async earlier() {
      const lines = await linesFrom(Math.max(0, version - LOOK_BACK));
      const shown = asOf ?? lines?.items.at(-1)?.at ?? "";
      const target = lines?.items.findLast(({ at }) => at < shown);
      if (target) go(target.at);
    },
    async later() {
      if (asOf === undefined) return;
      // What is on screen may still be the step before this one.
      const lines = await linesFrom(Math.max(0, version - LOOK_BACK / 2));
      const next = lines?.items.find(({ at }) => at > asOf);
      const isLast = lines === undefined || next === undefined || next.version >= lines.total;
      go(isLast ? undefined : next.at);
    },
    toNow: () => go(undefined),
    to: (at) => go(at),
  };
}
