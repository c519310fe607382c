/** Place words: where in a policy something stands, as a person would say it. */

import type { Path } from "./places.ts";
import { nounOf } from "./parts.ts";
import type { Policy } from "./policy.ts";

/** `the clause "notify-customers"`, `the gate "verified" of the phase "mitigate"`, `otherwise`. */
export function placeWords(policy: Policy, path: Path): string {
  const items: string[] = [];
  let here: unknown = policy;
  let list = "";
  for (const step of path) {
    here = (here as Record<string | number, unknown> | undefined)?.[step];
    if (typeof step === "string") list = step;
    const name = typeof step === "number" ? nameOf(here) : undefined;
    if (name !== undefined) items.unshift(`the ${nounOf(list)} "${name}"`);
  }
  return items.length > 0 ? items.join(" of ") : `"${path.join(".").replace(/\.\d+$/, "")}"`;
}

/** By its id, and a section by its heading. */
export function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { id, claim, title, ask } = item as Readonly<Record<string, unknown>>;
  const name = title ?? id ?? (ask === undefined && typeof claim === "string" ? claim : undefined);
  return typeof name === "string" ? name : undefined;
}
