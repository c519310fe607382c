/**
 * Announce: subscribers are told of a version, one letter each, from the person who
 * approved it.
 *
 * Who was told stands in each subscription's own record, so a fan-out that was killed
 * goes on where it ended and asks for nothing twice. What it asks for, deliver.ts sends.
 */

import { policyAnnouncement } from "../core/publication/announcement.ts";
import { foldPublication, type PublicationEvent } from "../core/publication/publication.ts";
import type { PublishedVersion } from "../core/publication/state.ts";
import type { Recorded } from "../core/recorded.ts";
import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import { type Envelope, handleTogether } from "../handle.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

const TOLD_TOGETHER_MAX = 100;

export function announcing(world: WorkerWorld): Step {
  /** Versions that nobody is left to be told of. Known again after a restart by asking once. */
  const done = new Set<number>();
  let pausedUntil = 0;
  return async (now) => {
    if (now < pausedUntil) return false;
    const { versions } = foldPublication(
      (await world.handling.world.ledger.read(
        "policy/current",
      )) as readonly Recorded<PublicationEvent>[],
    );
    const version = versions.find((one) => one.tell !== undefined && !done.has(one.version));
    if (version === undefined) return false;
    const untold = await world.store.views.subscriptions.untold(
      { version: version.version, publishedAt: version.at },
      TOLD_TOGETHER_MAX,
    );
    if (untold.length === 0) {
      done.add(version.version);
      return versions.some((one) => one.tell !== undefined && !done.has(one.version));
    }
    const more = await tell(world, version, versions, untold, now);
    if (!more) pausedUntil = now + MINUTE_MS;
    return more;
  };
}

/** True where there may be more at once. */
async function tell(
  world: WorkerWorld,
  version: PublishedVersion,
  versions: readonly PublishedVersion[],
  ids: readonly string[],
  now: Instant,
): Promise<boolean> {
  const { handling, log } = world;
  const author = await authorOf(world, version);
  if (author === undefined) {
    log.error({ version: version.version }, "nobody is left who could write to the subscribers");
    return false;
  }
  const envelopes = await Promise.all(
    ids.map((id) => toEnvelope(world, { version, versions, author, id, now })),
  );
  const told = await handleTogether(envelopes, handling.world);
  if (told.ok) return true;
  const codes = problemCodes(told.problems);
  log.error({ version: version.version, problems: codes }, "subscribers could not be told yet");
  return false;
}

/** Who approved it; where they have left since, an owner. */
async function authorOf({ handling }: WorkerWorld, { tell: by }: PublishedVersion) {
  const team = await handling.world.team();
  return team.find(({ id }) => id === by?.author) ?? team.find(({ role }) => role === "owner");
}

type Given = {
  readonly version: PublishedVersion;
  readonly versions: readonly PublishedVersion[];
  readonly author: { readonly id: string; readonly name: string };
  readonly id: string;
  readonly now: Instant;
};

async function toEnvelope(
  { handling, store, url }: WorkerWorld,
  { version, versions, author, id, now }: Given,
): Promise<Envelope> {
  const { policies } = handling.world;
  const before = versions.find((one) => one.version === version.version - 1);
  const [after, was, token] = await Promise.all([
    policies.of(version),
    before && policies.of(before),
    store.subscribers.token(id, "end"),
  ]);
  const unsubscribe = `${url}/unsubscribe/${token}`;
  const letter = policyAnnouncement({
    after,
    before: was,
    version,
    author: author.name,
    url,
    unsubscribe,
  });
  return {
    subject: `subscription/${id}`,
    at: now,
    by: "worker",
    command: {
      type: "TellSubscriber",
      version: version.version,
      publishedAt: version.at,
      author: author.id,
      letter,
      unsubscribe,
    },
  };
}
