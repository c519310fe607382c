/**
 * Announce: subscribers are told of a version of the policy, or of an update of the status
 * page, one letter each, from the person who published it.
 *
 * Who was told stands in each subscription's own record, so a fan-out that was killed
 * goes on where it ended and asks for nothing twice. What it asks for, deliver.ts sends.
 */

import type { Topic } from "../core/subscription/subscription.ts";
import { type Instant, MINUTE_MS } from "../core/time/instant.ts";
import { type Envelope, handleTogether } from "../handle.ts";
import { policyNews, type Published, statusNews, type Writer } from "./news.ts";
import { problemCodes, type Step, type WorkerWorld } from "./world.ts";

const TOLD_TOGETHER_MAX = 100;

const NEWS: Readonly<Record<Topic, (world: WorkerWorld) => Promise<readonly Published[]>>> = {
  // What is read while something does not work goes first.
  status: statusNews,
  policy: policyNews,
};

export function announcing(world: WorkerWorld): Step {
  const steps = (Object.keys(NEWS) as Topic[]).map((topic) => announcingOf(world, topic));
  return async (now) => {
    for (const step of steps) if (await step(now)) return true;
    return false;
  };
}

function announcingOf(world: WorkerWorld, topic: Topic): Step {
  /** What nobody is left to be told of. Known again after a restart by asking once. */
  const done = new Set<number>();
  let pausedUntil = 0;
  return async (now) => {
    if (now < pausedUntil) return false;
    const isOpen = ({ number }: Published): boolean => !done.has(number);
    const news = (await NEWS[topic](world)).filter(isOpen);
    const [first] = news;
    if (first === undefined) return false;
    const untold = await world.store.views.subscriptions.untold(
      topic,
      { version: first.number, publishedAt: first.at },
      TOLD_TOGETHER_MAX,
    );
    if (untold.length === 0) {
      done.add(first.number);
      return news.some(isOpen);
    }
    const more = await tell(world, topic, first, untold, now);
    if (!more) pausedUntil = now + MINUTE_MS;
    return more;
  };
}

/** True where there may be more at once. */
async function tell(
  world: WorkerWorld,
  topic: Topic,
  published: Published,
  ids: readonly string[],
  now: Instant,
): Promise<boolean> {
  const { handling, log } = world;
  const about = { topic, version: published.number };
  const author = await authorOf(world, published);
  if (author === undefined) {
    log.error(about, "nobody is left who could write to the subscribers");
    return false;
  }
  const envelopes = await Promise.all(
    ids.map((id) => toEnvelope(world, { topic, published, author, id, now })),
  );
  const told = await handleTogether(envelopes, handling.world);
  if (told.ok) return true;
  const codes = problemCodes(told.problems);
  log.error({ ...about, problems: codes }, "subscribers could not be told yet");
  return false;
}

/** Who published it; where they have left since, an owner. */
async function authorOf({ handling }: WorkerWorld, { author }: Published) {
  const team = await handling.world.team();
  return team.find(({ id }) => id === author) ?? team.find(({ role }) => role === "owner");
}

type Given = {
  readonly topic: Topic;
  readonly published: Published;
  readonly author: Writer;
  readonly id: string;
  readonly now: Instant;
};

async function toEnvelope(
  { store, url }: WorkerWorld,
  { topic, published, author, id, now }: Given,
): Promise<Envelope> {
  const unsubscribe = `${url}/unsubscribe/${await store.subscribers.token(id, "end")}`;
  return {
    subject: `subscription/${id}`,
    at: now,
    by: "worker",
    command: {
      type: "TellSubscriber",
      topic,
      version: published.number,
      publishedAt: published.at,
      author: author.id,
      letter: await published.letter({ author: author.name, unsubscribe }),
      unsubscribe,
    },
  };
}
