/**
 * Place: what the public pages are given, so that they reach for nothing, and the
 * little that each of them asks of it.
 */

import type { PinnedPolicy } from "../core/context.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Handling } from "../server/handling.ts";
import type { Limit } from "../server/http/rate.ts";
import type { Views } from "../server/views/views.ts";
import type { PdfRoom } from "../pdf/room.ts";
import type { Store } from "../store/store.ts";

export type Public = {
  readonly store: Store;
  readonly handling: Handling;
  readonly now: () => Instant;
  /** DUE_URL: may hold a path; without a slash at the end. */
  readonly url: string;
  /** By address. */
  readonly limit: Limit;
  /** Makes PDFs; absent where none are made. */
  readonly pdf?: Pick<PdfRoom, "print">;
  /** What a seat reads from; absent where no seat opens. */
  readonly views?: Pick<Views, "incident" | "incidents" | "timeline" | "filings" | "filing">;
  /** On a copy as files: when it was made, in words. What changes by the moment is left out there. */
  readonly copiedAt?: string;
};

/** The policy that runs; undefined before the first was published. */
export const currentPolicy = ({ handling }: Public): Promise<PinnedPolicy | undefined> =>
  handling.world.policies.current();

/**
 * When somebody last looked at the whole policy. What a material incident calls for is not
 * told here: it would tell of the incident.
 */
export async function lastReviewedAt({ handling }: Public): Promise<Instant | undefined> {
  return (await handling.subjects.open("policy", "current"))?.folded.state.reviewedAt;
}

/** Where the policy's schema lies, below the base. */
export const SCHEMA_PATH = "/policy/schema.json";
