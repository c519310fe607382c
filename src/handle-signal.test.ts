/** Signals: confirmed into an incident, and counted where they come again. */

import { describe, expect, test } from "vitest";
import type { Incident } from "./core/incident/state.ts";
import { FRIDAY } from "./core/policy/fennel.ts";
import type { Signal } from "./core/signal/state.ts";
import type { Command } from "./core/subject.ts";
import { HOUR_MS, plus } from "./core/time/instant.ts";
import { handleTogether } from "./handle.ts";
import {
  world,
  envelope,
  done,
  refused,
  stateOf,
  types,
  open,
  record,
  fired,
} from "../test/handled.ts";

describe("confirming a signal", () => {
  test("into a new incident records both or neither, with the clock from the signal's arrival", async () => {
    const here = world();
    const received = plus(FRIDAY, -HOUR_MS);
    const { subject } = await done(
      envelope("signal", { ...record, receivedAt: received } as Command),
      here,
    );
    const confirm: Command = {
      type: "ConfirmSignal",
      answers: { exposed: "yes", down: "no" },
    };
    const handled = await done(envelope(subject, confirm), here);
    expect(handled).toMatchObject({ subject, created: "incident/INC-1" });
    expect(types(here)).toEqual([
      "signal SignalRecorded",
      "signal SignalConfirmed",
      "incident IncidentOpened",
      "incident SignalLinked",
      "incident PhaseEntered",
      "incident SeverityChanged",
    ]);
    const incident = (await stateOf("incident/INC-1", here)) as Incident;
    expect(incident.moments["receivedAt"]).toBe(received);
    expect(incident.title).toBe("A bucket is listable");
    expect(incident.signals).toMatchObject([
      { channel: "research", reporter: `reporter:${subject.slice("signal/".length)}` },
    ]);
  });

  test("with answers that are none of the policy's records neither", async () => {
    const here = world();
    const { subject } = await done(envelope("signal", record), here);
    const confirm: Command = { type: "ConfirmSignal", answers: { weather: "yes" } };
    expect(await refused(envelope(subject, confirm), here)).toEqual(["question-unknown"]);
    expect(here.store.entries).toHaveLength(1);
  });

  test("into an open incident joins it, from either side", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const [one, two] = [
      await done(envelope("signal", record), here),
      await done(envelope("signal", record), here),
    ];
    await done(envelope(one.subject, { type: "ConfirmSignal", incident: "INC-1" }), here);
    const signal = two.subject.slice("signal/".length);
    await done(envelope("incident/INC-1", { type: "LinkSignal", signal }), here);
    expect(((await stateOf("incident/INC-1", here)) as Incident).signals).toHaveLength(2);
    expect((await stateOf(two.subject, here)) as Signal).toMatchObject({
      state: "confirmed",
      incident: "INC-1",
    });
    const again: Command = { type: "LinkSignal", signal };
    expect(await refused(envelope("incident/INC-1", again), here)).toEqual(["signal-linked"]);
  });

  test("into an incident that is not there, or one that is closed, records nothing", async () => {
    const here = world();
    const { subject } = await done(envelope("signal", record), here);
    const confirm: Command = { type: "ConfirmSignal", incident: "INC-9" };
    expect(await refused(envelope(subject, confirm), here)).toEqual(["incident-unknown"]);
    const missing: Command = { type: "LinkSignal", signal: "R-0000-00" };
    await done(envelope("incident", open), here);
    expect(await refused(envelope("incident/INC-1", missing), here)).toEqual(["signal-unknown"]);
  });
});

describe("a signal that comes again", () => {
  test("is counted and makes no entry; that it is over is one, once", async () => {
    const here = world();
    const first = await done(envelope("signal", fired()), here);
    const again = await done(envelope("signal", fired()), here);
    expect(again.subject).toBe(first.subject);
    await done(envelope("signal", fired({ stopped: true })), here);
    await done(envelope("signal", fired({ stopped: true })), here);
    expect(types(here)).toEqual(["signal SignalRecorded", "signal SignalStopped"]);
    expect(here.store.sightings.map(({ firing }) => firing)).toEqual([true, true, false, false]);
  });

  test("after it was closed is a new signal", async () => {
    const here = world();
    const first = await done(envelope("signal", fired()), here);
    const close: Command = { type: "CloseSignal", reason: "false-positive", note: "Test" };
    await done(envelope(first.subject, close), here);
    const second = await done(envelope("signal", fired()), here);
    expect(second.subject).not.toBe(first.subject);
    expect(here.store.sightings.at(-1)).toMatchObject({
      was: first.subject.slice("signal/".length),
    });
  });

  test("at once from two sides is one signal", async () => {
    const here = world();
    const both = await Promise.all([
      done(envelope("signal", fired()), here),
      done(envelope("signal", fired()), here),
    ]);
    expect(both[0]?.subject).toBe(both[1]?.subject);
    expect(types(here)).toEqual(["signal SignalRecorded"]);
  });

  test("in one body with others is understood with it, or not at all", async () => {
    const here = world();
    here.store.leases.set("raw-1", 3);
    const sent = [fired(), fired({ fingerprint: "cpu" }), fired()].map((command) =>
      envelope("signal", command, { by: "intake/alertmanager" }),
    );
    const handled = await handleTogether(sent, here, { raw: [{ id: "raw-1", attempts: 3 }] });
    expect(handled.ok && new Set(handled.value.map(({ subject }) => subject)).size).toBe(2);
    expect(here.store.leases.has("raw-1")).toBe(false);
    const late = await handleTogether(sent, here, { raw: [{ id: "raw-1", attempts: 3 }] });
    expect(!late.ok && late.problems[0].code).toBe("raw-overtaken");
  });

  test("that is over and was never heard of makes nothing", async () => {
    const here = world();
    await done(envelope("signal", fired({ stopped: true })), here);
    expect(here.store.entries).toEqual([]);
    expect(here.store.sightings).toEqual([]);
  });
});
