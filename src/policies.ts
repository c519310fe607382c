/**
 * Policies: the published versions, ready to decide by.
 *
 * Which version runs is asked of the record at every command, since another
 * process may have published; a document is read and parsed once, however many ask
 * for it at the same moment, since what is published under a hash never changes.
 */

import type { PinnedPolicy } from "./core/context.ts";
import type { AnyEvent } from "./core/event.ts";
import { lawObligations } from "./core/incident/owed/law-owed.ts";
import { parsePolicy } from "./core/policy/parse/parse.ts";
import { foldPublication } from "./core/publication/publication.ts";
import { type PublishedVersion, runningVersion } from "./core/publication/state.ts";
import { pinned } from "./core/policy/terms.ts";
import type { Recorded } from "./core/recorded.ts";
import type { World } from "./handle.ts";

/** Policies over a ledger, and a store of documents by their hash. */
export function policiesOf(
  read: (subject: string) => Promise<readonly Recorded<AnyEvent>[]>,
  readDocument: (hash: string) => Promise<string | undefined>,
): World<never>["policies"] {
  const parsed = new Map<string, Promise<PinnedPolicy>>();

  const publication = async () =>
    foldPublication((await read("policy/current")) as Parameters<typeof foldPublication>[0]);

  type Published = Pick<PublishedVersion, "version" | "hash">;
  const parse = async ({ version, hash }: Published): Promise<PinnedPolicy> => {
    const text = await readDocument(hash);
    const document = text === undefined ? undefined : parsePolicy(text);
    if (!document?.ok)
      throw new Error(`The published policy ${hash} is missing or cannot be read.`);
    return { ...pinned(version, hash, document.value.policy), law: lawObligations };
  };
  const pin = async (published: Published): Promise<PinnedPolicy> => {
    const known = parsed.get(published.hash);
    if (known) return known;
    const reading = parse(published);
    parsed.set(published.hash, reading);
    try {
      return await reading;
    } catch (error) {
      // Whoever asks next reads it again: the database may only have been away.
      parsed.delete(published.hash);
      throw error;
    }
  };

  return {
    async current() {
      const running = runningVersion(await publication());
      return running && pin(running);
    },
    async byHash(hash) {
      const known = parsed.get(hash);
      if (known) return known;
      const found = (await publication()).versions.find((published) => published.hash === hash);
      return found && pin(found);
    },
    async byVersion(version) {
      const found = (await publication()).versions.find((one) => one.version === version);
      return found && pin(found);
    },
    of: pin,
  };
}
