/**
 * News: what was published and subscribers are to be told of, oldest first, each with
 * the letter that it makes.
 */

import { policyAnnouncement } from "../core/publication/announcement.ts";
import { foldPublication, type PublicationEvent } from "../core/publication/publication.ts";
import type { PublishedVersion } from "../core/publication/state.ts";
import type { Recorded } from "../core/recorded.ts";
import { statusAnnouncement } from "../core/status/announcement.ts";
import type { Said, StatusPage } from "../core/status/state.ts";
import { foldStatus, type StatusEvent } from "../core/status/status.ts";
import type { LetterWords } from "../core/subscription/subscription.ts";
import type { Instant } from "../core/time/instant.ts";
import type { WorkerWorld } from "./world.ts";

export type Writer = { readonly id: string; readonly name: string };

/** One thing that somebody published, to be told. */
export type Published = {
  /** Grows with each of its topic. */
  readonly number: number;
  readonly at: Instant;
  /** The account of the person who writes. */
  readonly author: string;
  readonly letter: (to: {
    readonly author: string;
    readonly unsubscribe: string;
  }) => Promise<LetterWords>;
};

/** Versions of the policy. */
export async function policyNews(world: WorkerWorld): Promise<readonly Published[]> {
  const entries = await world.handling.world.ledger.read("policy/current");
  const { versions } = foldPublication(entries as readonly Recorded<PublicationEvent>[]);
  return versions.flatMap((version) =>
    version.tell === undefined
      ? []
      : [
          {
            number: version.version,
            at: version.at,
            author: version.tell.author,
            letter: (to) => policyLetter(world, versions, version, to),
          },
        ],
  );
}

async function policyLetter(
  { handling, url }: WorkerWorld,
  versions: readonly PublishedVersion[],
  version: PublishedVersion,
  to: { readonly author: string; readonly unsubscribe: string },
): Promise<LetterWords> {
  const { policies } = handling.world;
  const before = versions.find((one) => one.version === version.version - 1);
  const [after, was] = await Promise.all([policies.of(version), before && policies.of(before)]);
  return policyAnnouncement({ after, before: was, version, url, ...to });
}

/** Updates of the status page. */
export async function statusNews(world: WorkerWorld): Promise<readonly Published[]> {
  const entries = await world.handling.world.ledger.read("status/current");
  const page = foldStatus(entries as readonly Recorded<StatusEvent>[]);
  return page.said.flatMap((said) =>
    said.tell === undefined
      ? []
      : [
          {
            number: said.number,
            at: said.at,
            author: said.tell.author,
            letter: (to) => statusLetter(world, page, said, to),
          },
        ],
  );
}

async function statusLetter(
  { handling, url }: WorkerWorld,
  page: StatusPage,
  { status, update: number, isCorrection }: Said,
  to: { readonly author: string; readonly unsubscribe: string },
): Promise<LetterWords> {
  const { organisation } = await handling.installation();
  const { zone } = handling.world.installation();
  const incident = page.incidents.find(({ id }) => id === status);
  const update = incident?.updates.find((one) => one.update === number);
  if (!incident || !update) throw new Error(`${status} has no update ${number}`);
  const given = { page, incident, update, isCorrection, organisation, zone, url };
  return statusAnnouncement({ ...given, ...to });
}
