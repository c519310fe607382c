/** Views of what everybody reads: the status page, and banners with their tokens. */

import { audienceOf, bannerFor, foldBanners, isShown } from "../../core/banner/banner.ts";
import { ok } from "../../core/problem.ts";
import {
  componentState,
  emptyStatusPage,
  isAhead,
  isOver,
  lastUpdate,
  type StatusIncident,
  type StatusPage,
} from "../../core/status/state.ts";
import { overall } from "../../core/status/words.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { iso } from "./owed.ts";
import { nameOf, type Reading } from "./reading.ts";
import type { Views } from "./views.ts";

export const statusViews = (reading: Reading): Pick<Views, "status" | "banners"> => ({
  status: ({ at }) => status(reading, at),
  banners: ({ at }) => banners(reading, at),
});

async function status(reading: Reading, at: Instant): ReturnType<Views["status"]> {
  const { handling } = reading;
  const [opened, access, subscribers] = await Promise.all([
    handling.subjects.open("status", "current"),
    handling.access(),
    handling.world.subscribers?.("status"),
  ]);
  const page = opened?.folded.state ?? emptyStatusPage();
  const byName = (by: string): string => nameOf(by, access);
  return ok({
    version: page.version,
    says: overall(page, at),
    asOf: toIso(at),
    path: "/status",
    subscribers: subscribers ?? 0,
    components: page.components
      .filter(({ removed }) => !removed)
      .map(({ id, name, about }) => ({
        id,
        name,
        about: about ?? null,
        state: componentState(page, id, at),
      })),
    items: page.incidents.toReversed().map((one) => toItem(page, one, at, byName)),
  });
}

function toItem(
  page: StatusPage,
  incident: StatusIncident,
  at: Instant,
  byName: (by: string) => string,
) {
  const { id, kind, title, openedAt, startsAt, endsAt, updates } = incident;
  const over = isOver(incident);
  const ahead = isAhead(incident, at);
  const promised = over ? undefined : (lastUpdate(incident).nextAt ?? endsAt);
  const told = new Set(
    page.said.filter((one) => one.status === id && one.tell).map(({ update }) => update),
  );
  return {
    id,
    kind,
    title,
    openedAt: toIso(openedAt),
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
    over,
    ahead,
    nextAt: iso(promised),
    late: promised !== undefined && at > promised,
    updates: updates.map(({ number: _, by, at: saidAt, nextAt, struck, ...said }) => ({
      ...said,
      at: toIso(saidAt),
      byName: byName(by),
      nextAt: iso(nextAt),
      struck: struck.map((was) => ({
        text: was.text,
        until: toIso(was.until),
        byName: byName(was.by),
      })),
      told: told.has(said.update),
    })),
  };
}

async function banners(reading: Reading, at: Instant): ReturnType<Views["banners"]> {
  const { handling, store } = reading;
  const [opened, access] = await Promise.all([
    handling.subjects.open("banner", "current"),
    handling.access(),
  ]);
  const state = opened?.folded.state ?? foldBanners([]);
  const audiences = [...state.banners, ...state.tokens].map(({ audience }) => audience);
  const names = await audienceNames(reading, audiences);
  const nameFor = (audience: string): string => names.get(audience) ?? audience;
  return ok({
    version: state.version,
    items: state.banners.toReversed().map((banner) => ({
      id: banner.id,
      audience: banner.audience,
      audienceName: nameFor(banner.audience),
      level: banner.level,
      text: banner.text,
      link: banner.link ?? null,
      linkText: banner.linkText ?? null,
      publishedAt: toIso(banner.at),
      byName: nameOf(banner.author, access),
      endsAt: toIso(banner.endsAt),
      endedAt: iso(banner.endedAt),
      shown: isShown(banner, at),
    })),
    tokens: await Promise.all(
      state.tokens.toReversed().map(async ({ id, audience, madeAt, expiresAt }) => ({
        id,
        audience,
        audienceName: nameFor(audience),
        token: await store.bannerTokens.sign(id),
        madeAt: toIso(madeAt),
        expiresAt: toIso(expiresAt),
        good: audienceOf(state, id, at) !== undefined,
        shows: bannerFor(state, audience, at)?.id ?? null,
      })),
    ),
  });
}

/** By audience: the customer behind it. */
async function audienceNames(
  { store }: Reading,
  audiences: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const prefix = "customer:";
  const ids = audiences
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length));
  const found = await store.views.customers.of([...new Set(ids)]);
  return new Map(found.map(({ id, name }) => [`${prefix}${id}`, name]));
}
