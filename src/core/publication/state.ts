/** State: what is known of the policy's publication after the events so far. */

import type { Held } from "../notice/ladder.ts";
import type { Instant } from "../time/instant.ts";

/** One version, for ever as it was published. */
export type PublishedVersion = {
  readonly version: number;
  readonly label: string;
  readonly hash: string;
  readonly bytes: number;
  readonly changes?: string;
  readonly effective: string;
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  /** Who proposed it, where somebody else approved it. */
  readonly proposedBy?: string;
  /** Why nobody else approved it. */
  readonly alone?: string;
  /** When it begins to run, where that was later than its publication. */
  readonly runsFrom?: Instant;
  /** Whether subscribers are told, and by whom. */
  readonly tell?: { readonly author: string };
};

/** What waits for approval: these bytes and no others. */
export type Proposal = {
  readonly label: string;
  readonly hash: string;
  readonly bytes: number;
  readonly changes?: string;
  readonly effective: string;
  readonly id: string;
  readonly zone: string;
  /** The draft that it was, where it was one. */
  readonly draft?: string;
  readonly at: Instant;
  readonly by: string;
  /** The person behind `by`. */
  readonly proposer: string;
};

export type Publication = {
  version: number;
  /** Oldest first. */
  versions: PublishedVersion[];
  /** The number of the version that runs; 0 before the first. */
  running: number;
  proposal?: Proposal;
  /** When somebody last looked at the whole policy; publishing it is a look. */
  reviewedAt?: Instant;
  /** Material incidents since then, for which the policy promises another look. */
  called: { readonly incident: string; readonly at: Instant }[];
  held: Record<string, Held>;
};

/** The version that decides today; undefined before the first. */
export const runningVersion = ({
  versions,
  running,
}: Pick<Publication, "versions" | "running">): PublishedVersion | undefined =>
  versions.find(({ version }) => version === running);

/** Versions that are published and do not run yet; the next first. */
export const comingVersions = ({ versions, running }: Publication): readonly PublishedVersion[] =>
  versions
    .filter(({ version, runsFrom }) => version > running && runsFrom !== undefined)
    .sort((a, b) => (a.runsFrom ?? 0) - (b.runsFrom ?? 0) || a.version - b.version);
