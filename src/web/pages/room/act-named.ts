/** Act named: what an address of the room begins with, `?do=severity`, `?do=reporter:R-7QK4-M2`. */

import type { Act } from "./room-state.tsx";

/** Those that need nothing but their name. */
const NAMED = [
  "role",
  "severity",
  "decide",
  "mitigate",
  "fix",
  "verify",
  "review",
  "public-review",
  "add-remediation",
] as const;
export type Named = (typeof NAMED)[number];

export function actNamed(name = ""): Act | undefined {
  const signal = /^reporter:(R-[\w-]+)$/.exec(name)?.[1];
  if (signal !== undefined) return { kind: "reporter", signal };
  const kind = NAMED.find((one) => one === name);
  return kind && { kind };
}
