import { expect, test } from "vitest";
import { exposed, given, OPENED, severity, time } from "../../../core/incident/given.ts";
import type { Incident } from "../../../core/incident/state.ts";
import { context } from "../../../core/policy/fennel.ts";
import { toIso } from "../../../core/time/instant.ts";
import { ghosts } from "./ghosts.ts";

const shown = (state: Incident, at: string) =>
  ghosts({ incident: { customers: [], obligations: [] }, state, context: context(time(at)) });

test("what a confirmation would start is shown with the due time it would have now", () => {
  const state = given("18:00", OPENED, severity("low"));
  const at = (clock: string) =>
    shown(state, clock).map(({ id, dueAt }) => [id, dueAt && toIso(dueAt)]);
  expect(at("19:00")).toContainEqual(["ghost file@authority", "2026-11-23T19:00:00.000Z"]);
  expect(at("20:00")).toContainEqual(["ghost file@authority", "2026-11-23T20:00:00.000Z"]);
});

test("it says which fact would have to be confirmed, and is no obligation", () => {
  const [ghost] = shown(given("18:00", OPENED, severity("low")), "19:00");
  expect(ghost).toMatchObject({ isGhost: true, startedAt: time("19:00") });
  expect(ghost?.says).toMatch(/^If confirmed now that .+: File: the authority$/);
});

test("what is confirmed already starts nothing any more", () => {
  const state = given("18:00", OPENED, severity("low"), exposed("confirmed"));
  expect(shown(state, "19:00").map(({ id }) => id)).not.toContain("ghost file@authority");
});
