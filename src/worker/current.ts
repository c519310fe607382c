/**
 * Which signals go on under which fingerprints, for many at once: what decides
 * whether a message is a repeat.
 */

import { statement } from "../store/sql.ts";
import type { Store } from "../store/store.ts";

export type Current = {
  readonly signal: string;
  /** What its source said last; null where it never says. */
  readonly firing: boolean | null;
};

const OPEN = statement(
  "worker-open-signals",
  `select id from view_signal
   where subject = any($1::text[]) and state in ('open', 'confirmed')`,
);

/** By fingerprint; closed signals are not among them, since what comes again is then new. */
export async function currentSignals(
  { seen, pool }: Pick<Store, "seen" | "pool">,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, Current>> {
  const last = await seen.current(fingerprints);
  if (last.size === 0) return new Map();
  const subjects = [...last.values()].map(({ signal }) => `signal/${signal}`);
  const rows = await pool.rows<{ id: string }>(OPEN, [subjects]);
  const open = new Set(rows.map(({ id }) => id));
  return new Map([...last].filter(([, { signal }]) => open.has(signal)));
}
