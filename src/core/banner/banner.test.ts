/** A banner ends by itself, is for whom it is for, and its words are held to the same checks. */

import { describe, expect, test } from "vitest";
import type { BareContext, Beside, Person } from "../context.ts";
import type { Recorded } from "../recorded.ts";
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import {
  audienceOf,
  type BannerCommand,
  type BannerEvent,
  bannerFor,
  decide,
  foldBanners,
  type PublishBanner,
} from "./banner.ts";

const AT = parseInstant("2026-11-20T13:00:00Z") as Instant;
const ADA: Person = {
  id: "account/ac_ada",
  name: "Ada",
  mail: "ada@fennel.example",
  role: "owner",
};
const KESTREL = { id: "cus_k", name: "Kestrel Bank", removed: false };

function banners() {
  const entries: Recorded<BannerEvent>[] = [];
  const state = () => foldBanners(entries);
  const send = (command: BannerCommand, at: Instant = AT, beside: Beside = {}) => {
    const context: BareContext = {
      at,
      by: ADA.id,
      person: ADA,
      team: [ADA],
      zone: "UTC",
      url: "",
      fresh: String.fromCharCode(65 + entries.length).repeat(48),
      beside,
    };
    const decided = decide(state(), command, context);
    if (!decided.ok) return decided.problems.map(({ code }) => code);
    for (const event of decided.value)
      entries.push({ version: entries.length + 1, id: "e", at, by: ADA.id, event });
    return decided.value.map(({ type }) => type);
  };
  return { state, send };
}

const SLOW: PublishBanner = {
  type: "PublishBanner",
  text: "Exports are slow; nothing is lost.",
  endsAt: plus(AT, HOUR_MS),
};

describe("a banner", () => {
  test.each([
    ["shown until the last millisecond", -1, true],
    ["gone at its end", 0, false],
    ["gone after it", 1, false],
  ])("is %s, whatever runs", (_, ms, isShown) => {
    const it = banners();
    it.send(SLOW);
    expect(bannerFor(it.state(), "everyone", plus(SLOW.endsAt, ms)) !== undefined).toBe(isShown);
  });

  test("ends before its time by a person, with the reason, and only once", () => {
    const it = banners();
    it.send(SLOW);
    const [one] = it.state().banners;
    const end = {
      type: "EndBanner",
      banner: one?.id ?? "",
      reason: "They are fast again.",
    } as const;
    expect(it.send({ ...end, reason: " " })).toEqual(["text-missing"]);
    expect(it.send(end, plus(AT, 5))).toEqual(["BannerEnded"]);
    expect(bannerFor(it.state(), "everyone", plus(AT, 5))).toBeUndefined();
    expect(it.send(end, plus(AT, 6))).toEqual(["banner-over"]);
  });

  test("for one customer is seen by nobody else, and the gravest one is seen first", () => {
    const it = banners();
    const own = { ...SLOW, audience: "customer:cus_k", text: "Your export waits." };
    expect(it.send(own)).toEqual(["audience-unknown"]);
    it.send(own, AT, { customer: KESTREL });
    expect(bannerFor(it.state(), "everyone", AT)).toBeUndefined();
    expect(bannerFor(it.state(), "eu-region", AT)).toBeUndefined();
    expect(bannerFor(it.state(), "customer:cus_k", AT)?.text).toBe("Your export waits.");
    it.send({ ...SLOW, level: "critical" }, plus(AT, -1));
    expect(bannerFor(it.state(), "customer:cus_k", AT)?.level).toBe("critical");
  });

  test("says no other customer's name, and its own customer's it may", () => {
    const customers = [{ id: "customer:cus_k", name: "Kestrel Bank" }];
    const beside = { outward: { customers, internal: [], reporters: [] }, customer: KESTREL };
    const it = banners();
    const named = { ...SLOW, text: "Kestrel Bank: exports are slow." };
    expect(it.send(named, AT, beside)).toEqual(["other-customer"]);
    expect(it.send({ ...named, audience: "customer:cus_k" }, AT, beside)).toEqual([
      "BannerPublished",
    ]);
  });

  test.each([
    ["an end that has passed", { endsAt: AT }, "banner-end-wrong"],
    ["an end that is far", { endsAt: plus(AT, 32 * DAY_MS) }, "banner-end-wrong"],
    ["a link that runs", { link: "javascript:alert(1)" }, "link-invalid"],
    ["a link that is not encrypted", { link: "http://fennel.example" }, "link-invalid"],
    ["a link with a blank", { link: "https://fennel.example/a b" }, "link-invalid"],
    ["words for no link", { linkText: "More" }, "link-invalid"],
    ["no words", { text: " " }, "text-missing"],
    ["too many words", { text: "x".repeat(301) }, "text-too-long"],
    ["an audience that is none", { audience: "Everybody!" }, "audience-unknown"],
  ])("is refused with %s", (_, wrong, code) => {
    expect(banners().send({ ...SLOW, ...wrong })).toEqual([code]);
  });
});

test("a banner that there is not cannot be ended", () => {
  const it = banners();
  it.send(SLOW);
  expect(it.send({ type: "EndBanner", banner: "B-9", reason: "It works." })).toEqual([
    "banner-unknown",
  ]);
  expect(bannerFor(it.state(), "everyone", AT)).toBeDefined();
});

describe("a token", () => {
  test.each([
    ["good until the last millisecond", -1, "eu-region"],
    ["worth nothing from its end on", 0, undefined],
  ])("is %s", (_, ms, audience) => {
    const it = banners();
    it.send({ type: "MakeBannerToken", audience: "eu-region", days: 2 });
    const [one] = it.state().tokens;
    const at = plus(AT, 2 * DAY_MS + ms);
    expect(audienceOf(it.state(), one?.id ?? "", at)).toBe(audience);
  });

  test("is taken back for good, by its id or by the whole of it", () => {
    const it = banners();
    it.send({ type: "MakeBannerToken", audience: "eu-region" });
    const token = `${it.state().tokens[0]?.id}.proof`;
    const revoke = { type: "RevokeBannerToken", token, reason: "The page is gone." } as const;
    expect(it.send(revoke)).toEqual(["BannerTokenRevoked"]);
    expect(audienceOf(it.state(), it.state().tokens[0]?.id ?? "", AT)).toBeUndefined();
    expect(it.send(revoke)).toEqual(["banner-token-unknown"]);
    expect(it.send({ type: "MakeBannerToken", audience: "eu-region", days: 0 })).toEqual([
      "token-days-wrong",
    ]);
  });
});
