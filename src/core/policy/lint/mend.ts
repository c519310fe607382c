/**
 * Mend: the fixes that need nobody's judgement, made one after the other.
 *
 * A fix that chooses a number, declares something absent or takes a promise away says
 * something in the author's name, so it is made only where its code was accepted. The rest
 * are slips: a name misspelt, a word said twice, a number that stands in its clause already.
 */

import { checkPolicy } from "../check.ts";
import { applyFix } from "./fix.ts";
import type { LintBeside } from "./beside.ts";
import type { Finding } from "./finding.ts";

/** Codes whose fix changes nothing of what is promised, where there is only one. */
const SLIPS: readonly string[] = [
  "clause-said-twice",
  "moment-unknown",
  "prose-number",
  "reference-doubled",
  "reference-unknown",
  "role-mail",
];

/** More than this one after the other, and a person should look. */
const MENDS_MAX = 200;

export type Mended = {
  readonly text: string;
  readonly made: readonly { readonly code: string; readonly line: number; readonly says: string }[];
  /** What is left. */
  readonly findings: readonly Finding[];
};

/** `text` with every fix made that needs no choice; `accepted` are codes whose fix is wanted too. */
export function mend(
  text: string,
  beside: LintBeside = {},
  accepted: readonly string[] = [],
): Mended {
  const made: { code: string; line: number; says: string }[] = [];
  const tried = new Set<string>();
  let mended = text;
  let findings = checkPolicy(mended, beside);
  while (made.length < MENDS_MAX) {
    const found = findings.find(
      (one) =>
        one.fixes?.length === 1 &&
        (SLIPS.includes(one.code) || accepted.includes(one.code)) &&
        !tried.has(keyOf(one)),
    );
    const fix = found?.fixes?.[0];
    if (found === undefined || fix === undefined) break;
    tried.add(keyOf(found));
    const next = applyFix(mended, fix);
    const after = checkPolicy(next, beside);
    // A fix that leaves more in the way of publishing than it takes is none.
    if (blocks(after) > blocks(findings)) continue;
    made.push({ code: found.code, line: found.line, says: fix.says });
    [mended, findings] = [next, after];
  }
  return { text: mended, made, findings };
}

const keyOf = ({ code, at, message }: Finding): string => [code, at, message].join(" ");
const blocks = (findings: readonly Finding[]): number =>
  findings.filter(({ level }) => level === "block").length;
