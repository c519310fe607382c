/**
 * Banner: a short word inside our own product, for everybody, for an audience or for one
 * customer, until an end time that it has from the first moment.
 *
 * Everything that was shown is on the record: who published it, to whom, and until when.
 * Nothing ends a banner but its own end time and a person. A token says which audience a
 * page of the product belongs to; it is signed where secrets are, expires, and can be
 * taken back here.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { checkPublicWords, type Override } from "../notice/check/public-words.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import { formatUtc } from "../time/format.ts";
import { DAY_MS, type Instant, plus } from "../time/instant.ts";

export const BANNER_LEVELS = ["info", "warning", "critical"] as const;
export type BannerLevel = (typeof BANNER_LEVELS)[number];

/** Read in passing, over somebody's work. */
export const BANNER_CHARACTERS_MAX = 300;
const LINK_CHARACTERS_MAX = 500;
const LASTS_MS_MAX = 31 * DAY_MS;
const TOKEN_DAYS_MAX = 730;
export const TOKEN_DAYS = 90;

export const EVERYONE = "everyone";
/** A word of ours (`eu-region`), or one customer. */
const AUDIENCE = /^(?:everyone|[a-z0-9][a-z0-9-]{0,39}|customer:cus_\w{1,40})$/;

export type BannerPublished = {
  readonly type: "BannerPublished";
  readonly banner: string;
  readonly audience: string;
  readonly level: BannerLevel;
  readonly text: string;
  readonly link?: string;
  readonly linkText?: string;
  readonly endsAt: Instant;
  readonly author: string;
  readonly overrides?: readonly Override[];
};
export type BannerEnded = {
  readonly type: "BannerEnded";
  readonly banner: string;
  readonly reason: string;
};
export type BannerTokenMade = {
  readonly type: "BannerTokenMade";
  readonly token: string;
  readonly audience: string;
  readonly expiresAt: Instant;
};
export type BannerTokenRevoked = {
  readonly type: "BannerTokenRevoked";
  readonly token: string;
  readonly reason: string;
};
export type BannerEvent =
  | BannerPublished
  | BannerEnded
  | BannerTokenMade
  | BannerTokenRevoked
  | Erased;

export type PublishBanner = {
  readonly type: "PublishBanner";
  readonly audience?: string;
  readonly level?: BannerLevel;
  readonly text: string;
  readonly link?: string;
  readonly linkText?: string;
  readonly endsAt: Instant;
  readonly overrides?: readonly Override[];
};
export type EndBanner = {
  readonly type: "EndBanner";
  readonly banner: string;
  readonly reason: string;
};
export type MakeBannerToken = {
  readonly type: "MakeBannerToken";
  readonly audience: string;
  readonly days?: number;
};
export type RevokeBannerToken = {
  readonly type: "RevokeBannerToken";
  readonly token: string;
  readonly reason: string;
};
export type BannerCommand = PublishBanner | EndBanner | MakeBannerToken | RevokeBannerToken;

export type Banner = Omit<BannerPublished, "type" | "overrides" | "banner"> & {
  readonly id: string;
  readonly at: Instant;
  endedAt?: Instant;
};
export type BannerToken = {
  readonly id: string;
  readonly audience: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  revokedAt?: Instant;
};
export type Banners = {
  version: number;
  /** Oldest first. */
  banners: Banner[];
  tokens: BannerToken[];
};

export function foldBanners(entries: readonly Recorded<BannerEvent>[]): Banners {
  const state: Banners = { version: 0, banners: [], tokens: [] };
  for (const recorded of entries) evolve(state, recorded);
  return state;
}

/** Refuses as the functions below do. */
export function decide(
  state: Banners,
  command: BannerCommand,
  context: BareContext,
): Result<readonly BannerEvent[]> {
  switch (command.type) {
    case "PublishBanner":
      return publish(state, command, context);
    case "EndBanner":
      return end(state, command, context);
    case "MakeBannerToken":
      return makeToken(state, command, context);
    case "RevokeBannerToken":
      return revokeToken(state, command);
  }
}

/** Whether it is shown at `now`: empty by itself from its end on, whatever runs or does not. */
export const isShown = ({ at, endsAt, endedAt }: Banner, now: Instant): boolean =>
  at <= now && now < endsAt && (endedAt === undefined || now < endedAt);

/** What a page of this audience shows: the gravest, then what is for it alone, then the newest. */
export function bannerFor(
  { banners }: Pick<Banners, "banners">,
  audience: string,
  now: Instant,
): Banner | undefined {
  const shown = banners.filter(
    (one) => isShown(one, now) && (one.audience === EVERYONE || one.audience === audience),
  );
  const gravity = ({ level }: Banner): number => BANNER_LEVELS.indexOf(level);
  const own = (one: Banner): number => Number(one.audience !== EVERYONE);
  return shown.sort((a, b) => gravity(b) - gravity(a) || own(b) - own(a) || b.at - a.at)[0];
}

/** Whose page a token stands for at `now`; undefined where it says nothing (any more). */
export const audienceOf = (
  { tokens }: Pick<Banners, "tokens">,
  token: string,
  now: Instant,
): string | undefined =>
  tokens.find(({ id, expiresAt, revokedAt }) => id === token && now < expiresAt && !revokedAt)
    ?.audience;

/**
 * Refuses with `text-missing`, `text-too-long`, `audience-unknown`, `link-invalid`,
 * `banner-end-wrong`, `author-missing`, and every check of the words that blocks.
 */
function publish(
  { banners }: Banners,
  {
    audience = EVERYONE,
    level = "info",
    text,
    link,
    linkText,
    endsAt,
    overrides = [],
  }: PublishBanner,
  context: BareContext,
): Result<readonly BannerPublished[]> {
  const { at, beside, person, by, team } = context;
  const pieces = [
    { at: "/text", text },
    { at: "/linkText", text: linkText ?? "" },
  ];
  const found = beside?.outward ? checkPublicWords(pieces, ownNameOut(audience, context)) : [];
  const author = team.find(({ id }) => id === (person?.id ?? beside?.behind ?? by));
  const problems: (Problem | undefined)[] = [
    textProblem(text, BANNER_CHARACTERS_MAX, "/text", "Write what the banner says."),
    audienceProblem(audience, context),
    linkProblem(link, linkText),
    endProblem(endsAt, at),
    author ? undefined : { code: "author-missing", message: NOBODY },
    ...overrides.map(({ reason }, index) =>
      textProblem(reason, NOTE_CHARACTERS_MAX, `/overrides/${index}`, "Say why it may stand."),
    ),
    ...found.filter(
      (one) => one.level === "block" && !overrides.some(({ code }) => code === one.code),
    ),
  ];
  return refuseAll(present(problems), [
    {
      type: "BannerPublished",
      banner: freshId("B-", 6, new Set(banners.map(({ id }) => id)), context),
      audience,
      level,
      text,
      ...(link === undefined ? {} : { link }),
      ...(linkText === undefined ? {} : { linkText }),
      endsAt,
      author: author?.id ?? by,
      ...(overrides.length === 0 ? {} : { overrides }),
    },
  ]);
}

const NOBODY =
  "A person stands behind what is published: sign in, or use a token that you made yourself.";

/** A banner for one customer may say their name; nobody else's. */
function ownNameOut(audience: string, { beside }: BareContext) {
  const outward = beside?.outward ?? { customers: [], internal: [], reporters: [] };
  return { ...outward, customers: outward.customers.filter(({ id }) => id !== audience) };
}

function audienceProblem(audience: string, { beside }: BareContext): Problem | undefined {
  if (!AUDIENCE.test(audience)) {
    const message = `“${audience.slice(0, 60)}” is no audience: write everyone, a word like eu-region, or customer:cus_….`;
    return { code: "audience-unknown", message, at: "/audience" };
  }
  const isStranger =
    audience.startsWith("customer:") && beside !== undefined && beside.customer === undefined;
  const message = `There is no ${audience}: add the customer first.`;
  return isStranger ? { code: "audience-unknown", message, at: "/audience" } : undefined;
}

/** Only to a page, and never to one that is read over somebody's shoulder. */
function linkProblem(link: string | undefined, linkText: string | undefined): Problem | undefined {
  if (link === undefined) {
    const message = "Words for a link need the link: give both, or neither.";
    return linkText === undefined ? undefined : { code: "link-invalid", message, at: "/link" };
  }
  const isPage = /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#][!-~]*)?$/i.test(
    link,
  );
  const message =
    "The link must be the address of a page that begins with https://, without blanks.";
  return isPage && link.length <= LINK_CHARACTERS_MAX
    ? undefined
    : { code: "link-invalid", message, at: "/link" };
}

function endProblem(endsAt: Instant, at: Instant): Problem | undefined {
  if (endsAt > at && endsAt - at <= LASTS_MS_MAX) return undefined;
  const message =
    endsAt <= at
      ? `${formatUtc(endsAt)} has passed: a banner ends at an instant that is still to come.`
      : "A banner lasts 31 days at the most: name a nearer end, and publish it again if need be.";
  return { code: "banner-end-wrong", message, at: "/endsAt" };
}

/** Refuses with `banner-unknown`, `banner-over`, `text-missing`, `text-too-long`. */
function end(
  { banners }: Banners,
  { banner, reason }: EndBanner,
  { at }: BareContext,
): Result<readonly BannerEnded[]> {
  const held = banners.find(({ id }) => id === banner);
  if (!held) return refuse("banner-unknown", `There is no banner ${banner}.`, "/banner");
  if (!isShown(held, at)) return refuse("banner-over", `${banner} is shown nowhere any more.`);
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why it ends now.");
  return refuseAll(present([unsaid]), [{ type: "BannerEnded", banner, reason }]);
}

/** Refuses with `audience-unknown`, `token-days-wrong`. */
function makeToken(
  { tokens }: Banners,
  { audience, days = TOKEN_DAYS }: MakeBannerToken,
  context: BareContext,
): Result<readonly BannerTokenMade[]> {
  const isWrong = !Number.isInteger(days) || days < 1 || days > TOKEN_DAYS_MAX;
  const message = `A token is good for 1 to ${TOKEN_DAYS_MAX} days.`;
  const problems = [
    audienceProblem(audience, context),
    isWrong ? { code: "token-days-wrong", message, at: "/days" } : undefined,
  ];
  const token = freshId("bt_", 12, new Set(tokens.map(({ id }) => id)), context);
  const expiresAt = plus(context.at, (isWrong ? 1 : days) * DAY_MS);
  return refuseAll(present(problems), [{ type: "BannerTokenMade", token, audience, expiresAt }]);
}

/** Refuses with `banner-token-unknown`, `text-missing`, `text-too-long`. */
function revokeToken(
  { tokens }: Banners,
  { token, reason }: RevokeBannerToken,
): Result<readonly BannerTokenRevoked[]> {
  // Whoever holds the whole of it may paste it; what proves it is not kept.
  const id = token.split(".", 1)[0] ?? token;
  const held = tokens.find((one) => one.id === id && one.revokedAt === undefined);
  if (!held) {
    return refuse("banner-token-unknown", "There is no such token that is still good.", "/token");
  }
  const ask = "Say why it is taken back.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(present([unsaid]), [{ type: "BannerTokenRevoked", token: id, reason }]);
}

function freshId(
  prefix: string,
  length: number,
  taken: ReadonlySet<string>,
  { fresh = "0".repeat(48) }: BareContext,
): string {
  for (let from = 0; from + length <= fresh.length; from += length) {
    const id = `${prefix}${fresh.slice(from, from + length)}`;
    if (!taken.has(id)) return id;
  }
  return `${prefix}${fresh}`;
}

function evolve(state: Banners, { event, at, version }: Recorded<BannerEvent>): void {
  state.version = version;
  switch (event.type) {
    case "BannerPublished": {
      const { type: _, overrides: __, banner: id, ...banner } = event;
      state.banners.push({ id, ...banner, at });
      return;
    }
    case "BannerEnded": {
      const held = state.banners.find(({ id }) => id === event.banner);
      if (held) held.endedAt = at;
      return;
    }
    case "BannerTokenMade": {
      const { token: id, audience, expiresAt } = event;
      state.tokens.push({ id, audience, expiresAt, madeAt: at });
      return;
    }
    case "BannerTokenRevoked": {
      const held = state.tokens.find(({ id }) => id === event.token);
      if (held) held.revokedAt = at;
      return;
    }
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

const present = (problems: readonly (Problem | undefined)[]): readonly Problem[] =>
  problems.filter((one) => one !== undefined);

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about banners of an unknown type: ${JSON.stringify(event)}`);
}
