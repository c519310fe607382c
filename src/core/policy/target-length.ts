/**
 * How long a target can last at the least and at the most, in hours of elapsed time.
 *
 * Bounds, not counts: five business days are longer than four hours whatever the
 * calendar, and whether they are longer than seven days depends on it. Nothing is
 * due by these; core/time counts what is due.
 */

import type { Clause } from "./clause.ts";

export type Elapsed = { readonly least: number; readonly most: number };

/** `best-effort` and `aggregated` last without end, `immediately` no time at all. */
export function elapsed(within: Clause["within"]): Elapsed {
  if (within === "immediately") return { least: 0, most: 0 };
  if (typeof within === "string") return { least: Infinity, most: Infinity };
  const { count, unit } = within;
  switch (unit) {
    case "hours":
      return { least: count, most: count };
    case "business-hours":
      return { least: count, most: Infinity };
    // A day ends with itself or at a time of its own, and a clock change may take an hour.
    case "days":
      return { least: 24 * (count - 1), most: 24 * (count + 1) + 1 };
    case "business-days":
      return { least: 24 * (count - 1), most: Infinity };
    case "months":
      return { least: 24 * (28 * count - 1), most: 24 * (31 * count + 1) + 1 };
  }
}
