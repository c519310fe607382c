/** What a provider owes us is asked for by name and instant, and set beside what we owe. */

import { expect, test } from "vitest";
import { HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import { lateWord, providerRequest } from "./provider-request.ts";

const DUE = parseInstant("2026-11-24T10:00:00Z") as Instant;

test("the request names the clause and the instant, and nothing of the incident", () => {
  const { subject, body } = providerRequest({
    provider: "Gatehouse",
    organisation: "Fennel",
    source: "DPA §8",
    says: "Gatehouse tells us within 24 hours.",
    dueAt: DUE,
    zone: "Europe/Berlin",
    author: "Ada Lind",
  });
  expect(subject).toBe("Information under DPA §8 needed by Tue 24 Nov 2026, 10:00 UTC");
  expect(body).toContain("by Tue 24 Nov 2026, 11:00 CET (10:00 UTC)");
  expect(body).toContain("Gatehouse tells us within 24 hours.");
  expect(body).not.toMatch(/INC-|incident/i);
});

test.each([
  [plus(DUE, 2 * HOUR_MS), "Their word is due 2 h before ours."],
  [DUE, "Their word is due as ours is: we write without it, or late."],
  [plus(DUE, -HOUR_MS), "Their word is due 1 h after ours: we write without it."],
  [undefined, undefined],
])("their late word is said against our deadline", (ours, says) => {
  expect(lateWord(DUE, ours)).toBe(says);
});
