/**
 * The tree of an export, held against every checkpoint that speaks of it.
 *
 * Leaves come in order; whenever the tree reaches the size of a checkpoint, its
 * root must be the one that was signed then. So a checkpoint that fits vouches for
 * every entry below its size, and one that does not narrows the damage to the
 * entries since the last that did. If a leaf cannot be read there is no tree any
 * more, and no checkpoint above it is called good or bad.
 */

import type { Checkpoint } from "./checkpoint.ts";
import type { Findings } from "./findings.ts";
import type { Sha256 } from "./sha256.ts";
import { type Frontier, frontier, hashesEqual } from "./tree.ts";

/** A checkpoint whose signature is good; `line` of the file, or none when it is held outside. */
export type Expected = Checkpoint & { readonly line?: number };

type Fits = { verified: number; size: number };

export class TreeCheck {
  private readonly findings: Findings;
  readonly tree: Frontier;
  /** Ascending by size; those before `next` have been compared. */
  private readonly expected: Expected[] = [];
  private next = 0;
  private isLost = false;
  private lastGood = 0;
  readonly ofFile: Fits = { verified: 0, size: 0 };
  readonly held: Fits = { verified: 0, size: 0 };

  constructor(findings: Findings, sha256: Sha256) {
    this.findings = findings;
    this.tree = frontier(sha256);
  }

  /** Before the first leaf only. */
  expect(checkpoint: Expected): void {
    let at = this.expected.length;
    while (at > 0 && (this.expected[at - 1] as Expected).size > checkpoint.size) at--;
    this.expected.splice(at, 0, checkpoint);
  }

  append(leaf: Uint8Array): void {
    if (this.tree.size === 0) this.compare();
    this.tree.append(leaf);
    if (this.expected[this.next]?.size === this.tree.size) this.compare();
  }

  /** A line held no readable leaf. */
  lose(): void {
    this.isLost = true;
  }

  /** `count`: the entries of the file, readable or not. */
  end(count: number): void {
    if (this.tree.size === 0) this.compare();
    for (const { size, line } of this.expected.slice(this.next)) {
      if (size <= count) continue;
      this.findings.problem({
        code: "entries-missing",
        message:
          `${nameOf(line)} covers ${size} entries and this file has ${count}: ` +
          `${size - count} are missing, or an old backup was put back.`,
        ...(line === undefined ? {} : { line }),
      });
    }
  }

  /** Every checkpoint of the size the tree has now. */
  private compare(): void {
    const root = this.tree.root();
    const { size } = this.tree;
    let good = false;
    for (; this.expected[this.next]?.size === size; this.next++) {
      const checkpoint = this.expected[this.next] as Expected;
      if (this.isLost) continue;
      if (hashesEqual(checkpoint.root, root)) {
        good = true;
        this.fits(checkpoint);
      } else {
        this.doesNotFit(checkpoint);
      }
    }
    if (good) this.lastGood = size;
  }

  private fits({ line, size }: Expected): void {
    const fits = line === undefined ? this.held : this.ofFile;
    fits.verified += 1;
    fits.size = size;
  }

  private doesNotFit({ line, size }: Expected): void {
    const { lastGood } = this;
    const reason =
      size === 0
        ? "has another root than an empty ledger"
        : `does not fit: one of the entries ${lastGood} to ${size - 1} is not what was signed`;
    const finding = {
      code: line === undefined ? "held-checkpoint-differs" : "checkpoint-differs",
      message: `${nameOf(line)} over ${size} entries ${reason}.`,
      ...(line === undefined ? {} : { line }),
    };
    this.findings.problem(finding, size === 0 ? undefined : { from: lastGood, to: size - 1 });
  }
}

const nameOf = (line: number | undefined): string =>
  line === undefined ? "A checkpoint that you hold" : "A checkpoint of the file";
