/** What everybody may read of an incident, and not before those who were owed word. */

import { expect, test } from "vitest";
import { exposed, given, OPENED, severity, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";

const reviewed: IncidentEvent = { type: "ReviewPublished", audience: "internal" };
const saved = (text: string, title = "Files could be listed"): IncidentEvent => ({
  type: "PublicReviewWritten",
  title,
  text,
});
const out: IncidentEvent = { type: "PublicReviewPublished", publicRef: "P-7QK4M2" };
const touched: IncidentEvent = { type: "CustomerTouched", customer: "cus_meridian" };
const publish = { type: "PublishPublicReview" } as const;
const fresh = "7QK4M2XY";
const TEXT = "For two days files could be listed by others. We closed it.";

test("is published as it was saved, under a reference that counts nothing", () => {
  const incident = given(OPENED, severity("high"), reviewed, saved(TEXT));
  expect(when(incident, "20:00", publish, { fresh })).toEqual([
    { type: "PublicReviewPublished", publicRef: "P-7QK4M2" },
  ]);
  expect(given(OPENED, reviewed, saved(TEXT), "20:00", out)).toMatchObject({
    publicReview: { publicRef: "P-7QK4M2", published: { text: TEXT, at: time("20:00") } },
    moments: { reviewPublishedAt: time("20:00") },
  });
});

test("waits for the team's own review", () => {
  expect(when(given(OPENED), "20:00", publish)).toEqual(["public-review-unwritten"]);
  expect(when(given(OPENED, saved(TEXT)), "20:00", publish)).toEqual(["review-unpublished"]);
});

test("waits until each customer who is owed word has had it", () => {
  const owing = [
    OPENED,
    severity("critical"),
    touched,
    exposed("confirmed"),
    reviewed,
    saved(TEXT),
  ];
  expect(when(given(...owing), "22:00", publish)).toEqual(["told-first"]);
  const told: IncidentEvent = {
    type: "ObligationMet",
    obligation: "notify-exposure@customer:cus_meridian",
    moment: "notifiedAt",
    recipient: "customer:cus_meridian",
    happenedAt: time("21:50"),
    evidence: "Spoke with them",
  } as unknown as IncidentEvent;
  expect(when(given(...owing, told), "22:00", publish, { fresh })).toEqual([out]);
});

test("names no customer, nobody who reported it, and nothing from inside", () => {
  const telling = {
    recipients: [],
    customers: [{ id: "customer:cus_meridian", name: "Meridian Health" }],
    reporters: [{ id: "reporter:R-7QK4-M2", name: "Ravi N." }],
  };
  const refused = (text: string, title?: string) =>
    when(given(OPENED, reviewed, saved(text, title)), "20:00", publish, { beside: { telling } });
  expect(refused("Files of Meridian Health could be listed.")).toEqual(["public-review-private"]);
  expect(refused("Ravi N. told us.")).toEqual(["public-review-private"]);
  expect(refused("As in INC-7.")).toEqual(["public-review-private"]);
  expect(refused(TEXT, "Bucket exports-prod is listable")).toEqual(["public-review-private"]);
});

test("an exercise is never told outside", () => {
  const drill = given({ ...OPENED, drill: true }, reviewed, saved(TEXT));
  expect(when(drill, "20:00", publish)).toEqual(["public-review-unreal"]);
});

test("is put right by publishing again, and taken back with a reason; its address stays its own", () => {
  const base = [OPENED, reviewed, saved(TEXT), "20:00", out] as const;
  expect(when(given(...base), "21:00", publish)).toEqual(["public-review-same"]);
  const again = given(...base, saved("Three days."), "21:00", out);
  expect(again.publicReview?.published).toMatchObject({
    text: "Three days.",
    at: time("20:00"),
    changedAt: time("21:00"),
  });
  const withdraw = { type: "WithdrawPublicReview", reason: "Wrong incident" } as const;
  expect(when(given(OPENED), "21:00", withdraw)).toEqual(["public-review-unpublished"]);
  expect(when(again, "22:00", { ...withdraw, reason: " " })).toEqual(["text-missing"]);
  const gone = given(...base, { type: "PublicReviewWithdrawn", reason: "Wrong incident" });
  expect(gone.publicReview?.published).toBeUndefined();
  expect(when(gone, "22:00", publish, { fresh: "ZZZZZZZZ" })).toContainEqual(out);
});

test("has a title and a text, and a day that exists", () => {
  const write = { type: "WritePublicReview", title: "A", text: "B" } as const;
  expect(when(given(OPENED), "20:00", write)).toEqual([{ ...write, type: "PublicReviewWritten" }]);
  expect(when(given(OPENED), "20:00", { ...write, title: "", text: "" })).toEqual([
    "text-missing",
    "text-missing",
  ]);
  expect(when(given(OPENED), "20:00", { ...write, happenedOn: "2026-02-30" })).toEqual([
    "bad-value",
  ]);
});
