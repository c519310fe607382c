/**
 * Subscription: one address that wants to hear of changes, by its own doing.
 *
 *   asked -> confirmed -> ended, and from there asked again
 *
 * Nobody is told anything before they said twice that they want it: once on the page,
 * once from the mailbox itself. Whether an address is known is never told: asking leads to
 * the same entry and the same page, whoever asks and however often. The address is private
 * text and can be erased; the id says nothing of it.
 */

import type { BareContext } from "../context.ts";
import { ERASED, type Erased } from "../erasure.ts";
import { authorProblem } from "../notice/author.ts";
import {
  type Delivered,
  type DeliveryDeferred,
  type DeliveryFailed,
  type DeliveryReported,
  keepNotice,
  noticeId,
  type NoticeRequested,
  type NoticeState,
  type PageRequested,
  type RecordDelivery,
  recordDelivery,
} from "../notice/notice.ts";
import { ok, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";

/** What can be subscribed to. */
export const TOPICS = ["policy", "status"] as const;
export type Topic = (typeof TOPICS)[number];

/** How long the link that confirms works. */
export const CONFIRM_MS_MAX = 3 * DAY_MS;
/** Between two mails to somebody who has confirmed nothing: a stranger may type any address. */
export const AGAIN_MS_MIN = HOUR_MS;
/** Of such mails, before somebody has confirmed; a new count begins a week later. */
const LETTERS_MAX = 4;
const LETTERS_IN_MS = 7 * DAY_MS;

export type SubscriptionAsked = {
  readonly type: "SubscriptionAsked";
  readonly topics: readonly Topic[];
  readonly mail: string;
};
export type SubscriptionConfirmed = {
  readonly type: "SubscriptionConfirmed";
  /** What they are told of from now on; absent where there was but the policy to hear of. */
  readonly topics?: readonly Topic[];
};

export const ENDINGS = ["link", "one-click", "bounced"] as const;
export type SubscriptionEnded = {
  readonly type: "SubscriptionEnded";
  readonly how: (typeof ENDINGS)[number];
};

export type SubscriptionEvent =
  | SubscriptionAsked
  | SubscriptionConfirmed
  | SubscriptionEnded
  | NoticeRequested
  | Delivered
  | DeliveryDeferred
  | DeliveryFailed
  | DeliveryReported
  | PageRequested
  | Erased;

/** The words of a letter, made where the addresses of links are known. */
export type LetterWords = { readonly subject: string; readonly body: string };

export type AskSubscription = {
  readonly type: "AskSubscription";
  readonly mail: string;
  readonly topics: readonly Topic[];
  /** To who has not confirmed yet, and to who has. */
  readonly confirm: LetterWords;
  readonly already: LetterWords;
};
export type ConfirmSubscription = { readonly type: "ConfirmSubscription" };
export type EndSubscription = {
  readonly type: "EndSubscription";
  readonly how: "link" | "one-click";
};
/** Something was published, and subscribers are to be told. */
export type TellSubscriber = {
  readonly type: "TellSubscriber";
  readonly topic: Topic;
  /** Of the policy its version; of the status page the number of what was said. */
  readonly version: number;
  readonly publishedAt: Instant;
  /** The account of the person who writes. */
  readonly author: string;
  readonly letter: LetterWords;
  /** Where one click ends it. */
  readonly unsubscribe: string;
};

export type SubscriptionCommand =
  | AskSubscription
  | ConfirmSubscription
  | EndSubscription
  | TellSubscriber
  | RecordDelivery;

export type Subscription = {
  readonly id: string;
  version: number;
  state: "none" | "asked" | "confirmed" | "ended";
  mail: string;
  /** What they are told of. */
  topics: readonly Topic[];
  /** What was asked for last: nothing of it holds before the mailbox has said yes. */
  asked: readonly Topic[];
  askedAt?: Instant;
  confirmedAt?: Instant;
  /** Since when they want to hear of each. */
  since: Partial<Record<Topic, Instant>>;
  /** The highest number of each that they were told of. */
  told: Record<Topic, number>;
  /** When letters went that nobody had confirmed to want. */
  lettersAt: Instant[];
  notices: Record<string, NoticeState>;
  moments: Record<string, Instant>;
  held: Record<string, never>;
};

export function foldSubscription(
  id: string,
  entries: readonly Recorded<SubscriptionEvent>[],
): Subscription {
  const subscription: Subscription = {
    id,
    version: 0,
    state: "none",
    mail: "",
    topics: [],
    asked: [],
    since: {},
    told: { policy: 0, status: 0 },
    lettersAt: [],
    notices: {},
    moments: {},
    held: {},
  };
  for (const recorded of entries) evolve(subscription, recorded);
  return subscription;
}

/**
 * Refuses with `subscription-over` where a link is too old or says nothing any more,
 * `notice-unknown`, and what is wrong with an author.
 */
export function decide(
  subscription: Subscription,
  command: SubscriptionCommand,
  context: BareContext,
): Result<readonly SubscriptionEvent[]> {
  switch (command.type) {
    case "AskSubscription":
      return ok(ask(subscription, command, context));
    case "ConfirmSubscription":
      return confirm(subscription, context);
    case "EndSubscription":
      return ok(end(subscription, command));
    case "TellSubscriber":
      return tell(subscription, command, context);
    case "RecordDelivery":
      return recorded(subscription, command);
  }
}

/** Whoever is to be told of what was published then. */
export const isToBeTold = (
  { state, since, told }: Subscription,
  { topic, version, publishedAt }: Pick<TellSubscriber, "topic" | "version" | "publishedAt">,
): boolean =>
  state === "confirmed" && told[topic] < version && (since[topic] ?? Infinity) <= publishedAt;

/** That it was asked is always entered, so that how long it takes tells nothing either. */
function ask(
  subscription: Subscription,
  { mail, topics, confirm: unconfirmed, already }: AskSubscription,
  { at, fresh }: BareContext,
): readonly SubscriptionEvent[] {
  const asked: SubscriptionAsked = { type: "SubscriptionAsked", topics, mail };
  if (!mayWrite(subscription, at)) return [asked];
  const isKnown =
    subscription.state === "confirmed" &&
    topics.every((topic) => subscription.topics.includes(topic));
  const { subject, body } = isKnown ? already : unconfirmed;
  const request: NoticeRequested = {
    type: "NoticeRequested",
    notice: noticeId(subscription.notices, fresh),
    kind: "receipt",
    automatic: true,
    recipient: `subscriber:${subscription.id}`,
    meets: [],
    to: { mail },
    subject,
    body,
  };
  return [asked, request];
}

/** Somebody else may have typed the address: its owner is written to now and then, not each time. */
function mayWrite({ lettersAt }: Subscription, at: Instant): boolean {
  const recent = lettersAt.filter((one) => at - one < LETTERS_IN_MS);
  const last = recent.at(-1);
  return recent.length < LETTERS_MAX && (last === undefined || at - last >= AGAIN_MS_MIN);
}

/**
 * Somebody else may have asked in their name: what they hear of already stays, whatever was asked
 * for since, and what is new comes to it.
 */
function confirm(
  { state, asked: wanted, topics: has, askedAt }: Subscription,
  { at }: BareContext,
): Result<readonly SubscriptionConfirmed[]> {
  const held = state === "confirmed" ? has : [];
  const topics = TOPICS.filter((topic) => held.includes(topic) || wanted.includes(topic));
  if (state === "confirmed" && topics.length === has.length) return ok([]);
  if (
    (state !== "asked" && state !== "confirmed") ||
    askedAt === undefined ||
    at - askedAt > CONFIRM_MS_MAX
  ) {
    const message =
      "This link is too old, or was ended since: ask again on the page, and use the new one.";
    return refuse("subscription-over", message);
  }
  return ok([{ type: "SubscriptionConfirmed", topics }]);
}

/** Ending what is over already is no mistake: mail programs click twice. */
const end = ({ state }: Subscription, { how }: EndSubscription): readonly SubscriptionEnded[] =>
  state === "asked" || state === "confirmed" ? [{ type: "SubscriptionEnded", how }] : [];

/** Once for each version: asked again, nothing is recorded, so that a fan-out can go on anywhere. */
function tell(
  subscription: Subscription,
  command: TellSubscriber,
  { team }: BareContext,
): Result<readonly NoticeRequested[]> {
  if (!isToBeTold(subscription, command)) return ok([]);
  const author = team.find(({ id }) => id === command.author);
  const problem = authorProblem(author);
  if (problem || !author) return refuse(problem?.code ?? "author-missing", problem?.message ?? "");
  const { name, mail } = author;
  const { subject, body } = command.letter;
  return ok([
    {
      type: "NoticeRequested",
      notice: `${TOLD[command.topic]}${command.version}`,
      kind: "announcement",
      automatic: false,
      author: author.id,
      recipient: `subscriber:${subscription.id}`,
      meets: [],
      to: { mail: subscription.mail },
      from: { name, mail },
      replyTo: { name, mail },
      subject,
      body,
      unsubscribe: command.unsubscribe,
    },
  ]);
}

/** How letters are called: `P-4` is the fourth version of the policy. */
const TOLD: Readonly<Record<Topic, string>> = { policy: "P-", status: "S-" };

const toldOf = (notice: string): Topic | undefined =>
  TOPICS.find((topic) => notice.startsWith(TOLD[topic]));

/** An address that does not exist is told nothing more; nobody is woken for it. */
function recorded(
  subscription: Subscription,
  command: RecordDelivery,
): Result<readonly SubscriptionEvent[]> {
  const found = recordDelivery(subscription, command, { to: [], link: "", mark: "" });
  if (!found.ok) return found;
  const events = found.value.filter(({ type }) => type !== "PageRequested");
  const isOver = events.some(({ type }) => type === "DeliveryFailed");
  const isOurs = toldOf(command.notice) !== undefined && subscription.state === "confirmed";
  return ok(isOver && isOurs ? [...events, { type: "SubscriptionEnded", how: "bounced" }] : events);
}

function evolve(subscription: Subscription, recorded: Recorded<SubscriptionEvent>): void {
  const { event, at, version } = recorded;
  subscription.version = version;
  switch (event.type) {
    case "SubscriptionAsked":
      return asked(subscription, event, at);
    case "SubscriptionConfirmed":
      return confirmed(subscription, event, at);
    case "SubscriptionEnded":
      subscription.state = "ended";
      subscription.topics = [];
      subscription.since = {};
      return;
    case "NoticeRequested": {
      const topic = event.kind === "announcement" ? toldOf(event.notice) : undefined;
      if (topic === undefined) subscription.lettersAt.push(at);
      else {
        const told = Number(event.notice.slice(TOLD[topic].length));
        subscription.told[topic] = Math.max(subscription.told[topic], told);
      }
      return keepNotice(subscription, { ...recorded, event });
    }
    case "PageRequested":
    case "Delivered":
    case "DeliveryDeferred":
    case "DeliveryFailed":
    case "DeliveryReported":
      return keepNotice(subscription, { ...recorded, event });
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function confirmed(
  subscription: Subscription,
  { topics = ["policy"] }: SubscriptionConfirmed,
  at: Instant,
): void {
  if (subscription.mail === ERASED) return;
  if (subscription.state !== "confirmed") subscription.since = {};
  subscription.state = "confirmed";
  subscription.confirmedAt = at;
  subscription.topics = topics;
  for (const topic of topics) subscription.since[topic] ??= at;
}

/** Where the address was erased there is nobody left to write to. */
function asked(subscription: Subscription, { mail, topics }: SubscriptionAsked, at: Instant): void {
  subscription.mail = mail;
  if (mail === ERASED) {
    subscription.state = "ended";
    return;
  }
  subscription.asked = topics;
  subscription.askedAt = at;
  if (subscription.state !== "confirmed") subscription.state = "asked";
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about a subscription of an unknown type: ${JSON.stringify(event)}`);
}
