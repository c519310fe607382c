import { expect, test } from "vitest";
import { PINNED } from "../../policy/fennel.ts";
import { HOUR_MS, plus } from "../../time/instant.ts";
import { ghosts } from "./ghosts.ts";
import { exposed, given, OPENED, severity, time } from "../given.ts";

const AT = time("21:00");
const said = [OPENED, severity("critical")] as const;

test("what would start if a suspicion were confirmed is a ghost, counted from now", () => {
  const incident = given(...said, exposed("suspected"));
  expect(ghosts(incident, PINNED, AT)).toMatchObject([
    { id: "file@authority", startedAt: AT, dueAt: plus(AT, 72 * HOUR_MS) },
  ]);
});

test("a ghost moves on with the time, and becomes what it was when it is confirmed", () => {
  const suspected = given(...said, exposed("suspected"));
  const [ghost] = ghosts(suspected, PINNED, plus(AT, HOUR_MS));
  expect(ghost?.dueAt).toBe(plus(AT, 73 * HOUR_MS));
  const confirmed = given(...said, exposed("suspected"), "21:00", exposed("confirmed"));
  expect(ghosts(confirmed, PINNED, AT)).toEqual([]);
});

test("nothing suspected, or ruled out, casts no ghost", () => {
  expect(ghosts(given(...said), PINNED, AT)).toEqual([]);
  const incident = given(...said, exposed("suspected"), exposed("ruled-out"));
  expect(ghosts(incident, PINNED, AT)).toEqual([]);
});

test("looking changes nothing of the incident", () => {
  const incident = given(...said, exposed("suspected"));
  const before = structuredClone(incident);
  ghosts(incident, PINNED, AT);
  expect(incident).toEqual(before);
});
