/**
 * Publication: every version of the one policy, each with the hash of its bytes.
 *
 * What is published is the document as it was written: the page and the engine
 * read the same bytes. Nothing that is published is ever changed; a version that
 * was wrong is followed by another.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Erased } from "../erasure.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { Instant } from "../time/instant.ts";
import { type Finding, isPublishable, lint } from "./lint.ts";
import { parsePolicy, policyHash } from "./parse.ts";

export type PolicyPublished = {
  readonly type: "PolicyPublished";
  /** 1, 2, …: ours; the document's own version is the label. */
  readonly version: number;
  readonly label: string;
  /** SHA-256 of the document's bytes in hex, under which the store keeps under it. */
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

/** Every published version after `entries`, oldest first. */
export function foldPublication(entries: readonly Recorded<PublicationEvent>[]): Publication {
  const publication: Publication = { version: 0, versions: [] };
  for (const recorded of entries) evolve(publication, recorded);
  return publication;
}

/**
 * Publishes a version of the policy.
 * Refuses with what parsePolicy refuses with, with every finding of lint that blocks,
 * and with `policy-unchanged`, `policy-label-taken`.
 */
export function decide(
  { versions }: Publication,
  { text }: PublicationCommand,
): Result<readonly PublicationEvent[]> {
  const parsed = parsePolicy(text);
  if (!parsed.ok) return parsed;
  const findings = lint(parsed.value);
  if (!isPublishable(findings)) return refuseAll(findings.filter(isBlocking).map(toProblem), []);
  const { policy } = parsed.value;
  const hash = policyHash(text);
  if (versions.at(-1)?.hash === hash) {
    return refuse("policy-unchanged", "This is what runs already, byte for byte.", "/text");
  }
  if (versions.some(({ label }) => label === policy.version)) {
    const message = `Version ${policy.version} was published before with another text: give this one another version.`;
    return refuse("policy-label-taken", message, "/version");
  }
  const { id, version: label, effective, changes } = policy;
  return ok([
    {
      type: "PolicyPublished",
      version: versions.length + 1,
      label,
      hash,
      bytes: utf8ToBytes(text).length,
      effective,
      id,
      ...(changes === undefined ? {} : { changes }),
    },
  ]);
}

function evolve(publication: Publication, { event, at, by, version }: Recorded<PublicationEvent>) {
  publication.version = version;
  if (event.type === "Erased") return;
  const { type: _, ...published } = event;
  publication.versions.push({ ...published, at, by });
}

const isBlocking = ({ level }: Finding): boolean => level !== "warn";

const toProblem = ({ code, message, at, line, column }: Finding): Problem => ({
  code,
  message,
  at,
  line,
  column,
});
