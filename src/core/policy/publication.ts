/**
 * Publication: the subject that holds every version of the one policy.
 */

import type { Erased } from "../erasure.ts";
import type { Instant } from "../time/instant.ts";

export type PolicyPublished = {
  readonly type: "PolicyPublished";
  /** 1, 2, …: ours; the document's own version is the label. */
  readonly version: number;
  readonly label: string;
  /** `sha256:…` of the document's bytes, which the store keeps under it. */
  readonly hash: string;
  readonly bytes: number;
  readonly changes?: string;
  /** `YYYY-MM-DD`. */
  readonly effective: string;
  /** The policy's own id. */
  readonly id: string;
};

export type PublicationEvent = PolicyPublished | Erased;

export type PublishPolicy = { readonly type: "PublishPolicy"; readonly text: string };
export type PublicationCommand = PublishPolicy;

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
};

export type Publication = {
  version: number;
  /** Oldest first; the last one runs. */
  versions: PublishedVersion[];
};
