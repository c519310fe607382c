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
import { authorProblem } from "../core/notice/author.ts";
import { policyNews, type Published, statusNews, type Writer } from "./news.ts";
import { raise } from "./raise.ts";
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
  /** What somebody was told of, so that it is not said each minute. */
  const said = new Set<number>();
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
    const told = await tell(world, topic, first, untold, now);
    if (told === "told") return true;
    pausedUntil = now + MINUTE_MS;
    if (told !== "later" && !said.has(first.number)) {
      said.add(first.number);
      await raise(world, untoldTrouble(topic, first, told.why), now);
    }
    return false;
  };
}

/** Or what a person must see to before anybody can be told. */
type Told = "told" | "later" | { readonly why: string };

async function tell(
  world: WorkerWorld,
  topic: Topic,
  published: Published,
  ids: readonly string[],
  now: Instant,
): Promise<Told> {
  const { handling, log } = world;
  const about = { topic, version: published.number };
  const author = await authorOf(world, published);
  if (author === undefined)
    return { why: "Who published it has left, and there is no owner in whose name it could go." };
  const problem = authorProblem(author);
  if (problem !== undefined) return { why: problem.message };
  const envelopes = await Promise.all(
    ids.map((id) => toEnvelope(world, { topic, published, author, id, now })),
  );
  const told = await handleTogether(envelopes, handling.world);
  if (told.ok) return "told";
  const codes = problemCodes(told.problems);
  log.error({ ...about, problems: codes }, "subscribers could not be told yet");
  return "later";
}

const PUBLISHED: Readonly<Record<Topic, (number: number) => string>> = {
  policy: (number) => `version ${number} of the policy`,
  status: (number) => `word ${number} of the status page`,
};

/** Said as a signal, which is owed a look: what everybody can read, those who asked do not know of. */
const untoldTrouble = (topic: Topic, { number }: Published, why: string) => ({
  source: "worker",
  about: `untold:${topic}:${number}`,
  title: `Subscribers are not told of ${PUBLISHED[topic](number)}`,
  text: `It is published, and nobody who asked to hear of it has been written to. ${why} Once that is mended it leaves by itself.`,
});

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
