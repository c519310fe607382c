import { expect, test } from "vitest";
import { exposed, given, OPENED, severity, time } from "../../../core/incident/given.ts";
import type { Incident } from "../../../core/incident/state.ts";
import { context } from "../../../core/policy/fennel.ts";
import { forecast } from "./forecast.ts";

/** As it comes over the wire: text and back. */
const onScreen = (incident: Incident): Incident => JSON.parse(JSON.stringify(incident)) as Incident;

const incident = onScreen(given("18:00", OPENED, severity("low")));

test("a raised severity starts the clocks that it would start on the server", () => {
  const command = {
    type: "ChangeSeverity",
    to: "critical",
    reason: "Data are read.",
    answers: { exposed: "yes" },
  } as const;
  const forecasted = forecast(incident, command, context(time("19:00")));
  // Opened at 18:00: the tighter and the looser target of the policy, 8 h and 48 h from then.
  const said = forecasted.ok && forecasted.value.map((one) => [one.obligation, one.dueAt]);
  expect(said).toEqual([
    ["mitigate-critical@team", "2026-11-21T02:00:00.000Z"],
    ["mitigate-high@team", "2026-11-22T18:00:00.000Z"],
  ]);
});

test("a confirmed fact starts the authority's clock at the instant of confirming", () => {
  const command = {
    type: "RecordFact",
    claim: "data-exposed",
    state: "confirmed",
    source: "Access log",
  } as const;
  const forecasted = forecast(incident, command, context(time("19:00")));
  expect(forecasted.ok && forecasted.value).toEqual([
    {
      change: "added",
      obligation: "file@authority",
      duty: "file",
      recipient: { kind: "authority", id: "authority" },
      dueAt: "2026-11-23T19:00:00.000Z",
      wasDueAt: null,
    },
  ]);
});

test("what was asked stays as it was", () => {
  const before = structuredClone(incident);
  const command = {
    type: "RecordFact",
    claim: "data-exposed",
    state: "confirmed",
    source: "x",
  } as const;
  forecast(incident, command, context(time("19:00")));
  expect(incident).toEqual(before);
});

test("a second confirmation starts nothing new", () => {
  const known = onScreen(given("18:00", OPENED, severity("critical"), exposed("confirmed")));
  const command = {
    type: "RecordFact",
    claim: "data-exposed",
    state: "confirmed",
    source: "x",
  } as const;
  const forecasted = forecast(known, command, context(time("19:00")));
  expect(forecasted).toEqual({ ok: true, value: [] });
});

test("what would be refused is refused, with the same words", () => {
  const command = {
    type: "RecordFact",
    claim: "nonsense",
    state: "confirmed",
    source: "x",
  } as const;
  const forecasted = forecast(incident, command, context(time("19:00")));
  expect(!forecasted.ok && forecasted.problems[0].code).toBe("claim-unknown");
});
