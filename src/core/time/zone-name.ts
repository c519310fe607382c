/**
 * Zone names: which of them a policy, a contract or a form may use.
 *
 * A name is `Area/City` of the IANA database, or UTC. Abbreviations are refused
 * although the machine knows some: "EST" has no summer time, "BST" is Bangladesh
 * to one library and Britain to its reader, and a deadline must not hang on that.
 * What exists is asked of Intl; the list here only feeds the suggestion.
 */

import { ok, type Problem, type Result } from "../problem.ts";
import { isKnownZone } from "./zone.ts";

/** Today's names of cities that Intl's own list still spells the old way. */
const RENAMED = [
  "America/Argentina/Buenos_Aires",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Yangon",
  "Atlantic/Faroe",
  "Europe/Kyiv",
  "UTC",
];

/** More letters wrong than this, and a guess helps nobody. */
const TYPOS_MAX = 3;

/**
 * A zone name fit to be written into a policy. Refuses with `zone-unknown`, and
 * names the zone that was probably meant.
 */
export function parseZone(text: unknown, at?: string): Result<string> {
  if (typeof text === "string" && isZoneName(text)) return ok(text);
  return { ok: false, problems: [zoneProblem(text, at)] };
}

/** Whether a policy may use this zone. */
export const isZoneName = (text: string): boolean =>
  isKnownZone(text) && (text.includes("/") || text === "UTC" || text === "GMT");

/** The problem `zone-unknown`, for a name that isZoneName does not accept. */
export function zoneProblem(text: unknown, at?: string): Problem {
  const near = typeof text === "string" ? nearestZone(text) : undefined;
  const right =
    near === undefined
      ? 'write a name of the IANA database, such as "Europe/Berlin" or "UTC".'
      : `did you mean "${near}"?`;
  const shown = typeof text === "string" ? `"${text.slice(0, 60)}"` : "This";
  const message = `${shown} is not a time zone: ${right}`;
  return at === undefined
    ? { code: "zone-unknown", message }
    : { code: "zone-unknown", message, at };
}

function nearestZone(text: string): string | undefined {
  if (text.length < 3 || text.length > 60) return undefined;
  const wanted = plain(text);
  let best: { name: string; typos: number } | undefined;
  for (const name of [...RENAMED, ...Intl.supportedValuesOf("timeZone")]) {
    const whole = plain(name);
    const city = whole.slice(whole.lastIndexOf("/") + 1);
    // "Berlin" alone is as good as the whole name, but only if it is spelled right.
    const typos = wanted === city ? 0 : typosBetween(wanted, whole);
    if (typos < (best?.typos ?? TYPOS_MAX + 1)) best = { name, typos };
  }
  return best !== undefined && best.typos < wanted.length / 2 ? best.name : undefined;
}

const plain = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, "_");

/** Letters to insert, remove or replace to turn one into the other (Levenshtein). */
function typosBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > TYPOS_MAX) return TYPOS_MAX + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
