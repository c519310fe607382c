/**
 * Findings: problems and notes as they are collected, and the entry first to blame.
 *
 * A damaged file can be wrong in a million lines; the first hundred are kept and
 * the rest are counted. Blame is a range of entries, since a checkpoint that does
 * not fit says only that one of those it covers is bad. The narrowest beginning
 * wins: what must have happened by entry 5 is said before what may have by 90.
 */

import { type Finding, FINDINGS_MAX } from "./report.ts";

export type Blame = { readonly from: number; readonly to: number };

export class Findings {
  readonly problems: Finding[] = [];
  readonly notes: Finding[] = [];
  problemCount = 0;
  noteCount = 0;
  firstBad: Blame | undefined;

  /** `blame` where the bad entry is known only to be one of several; else `seq` is to blame. */
  problem(finding: Finding, blame?: Blame): void {
    this.problemCount += 1;
    if (this.problems.length < FINDINGS_MAX) this.problems.push(finding);
    if (blame !== undefined) this.blame(blame);
    else if (finding.seq !== undefined) this.blame({ from: finding.seq, to: finding.seq });
  }

  note(finding: Finding): void {
    this.noteCount += 1;
    if (this.notes.length < FINDINGS_MAX) this.notes.push(finding);
  }

  private blame(blame: Blame): void {
    const best = this.firstBad;
    const isEarlier = best === undefined || blame.to < best.to;
    if (isEarlier || (blame.to === best.to && blame.from > best.from)) this.firstBad = blame;
  }
}
