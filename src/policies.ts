/**
 * Policies: the published versions, ready to decide by.
 *
 * Which version runs is asked of the record at every command, since another
 * process may have published; a document is read and parsed once, since what is
 * published under a hash never changes.
 */

import type { PinnedPolicy } from "./core/context.ts";
import type { AnyEvent } from "./core/event.ts";
import { lawObligations } from "./core/incident/law-owed.ts";
import { parsePolicy } from "./core/policy/parse.ts";
import { foldPublication, type PublishedVersion } from "./core/policy/publication.ts";
import { pinned } from "./core/policy/terms.ts";
import type { Recorded } from "./core/recorded.ts";
import type { World } from "./handle.ts";

/** Policies over a ledger, and a store of documents by their hash. */
export function policiesOf(
  read: (subject: string) => Promise<readonly Recorded<AnyEvent>[]>,
  readDocument: (hash: string) => Promise<string | undefined>,
): World<never>["policies"] {
  const parsed = new Map<string, PinnedPolicy>();

  const versions = async (): Promise<readonly PublishedVersion[]> =>
    foldPublication((await read("policy/current")) as Parameters<typeof foldPublication>[0])
      .versions;

  const pin = async (published: PublishedVersion | undefined) => {
    if (!published) return undefined;
    const known = parsed.get(published.hash);
    if (known) return known;
    const text = await readDocument(published.hash);
    const document = text === undefined ? undefined : parsePolicy(text);
    if (!document?.ok) {
      throw new Error(`The published policy ${published.hash} is missing or cannot be read.`);
    }
    const { policy: promised } = document.value;
    const policy = { ...pinned(published.version, published.hash, promised), law: lawObligations };
    parsed.set(published.hash, policy);
    return policy;
  };

  return {
    current: async () => pin((await versions()).at(-1)),
    byHash: async (hash) =>
      parsed.get(hash) ?? pin((await versions()).find((published) => published.hash === hash)),
  };
}
