/**
 * Given: signals for tests, said in events, as for incidents (incident/given.ts).
 * Nothing but tests imports this.
 */

import type { Person } from "../context.ts";
import { ADA, type Changed, context, FRIDAY, instant } from "../policy/fennel.ts";
import type { Recorded } from "../recorded.ts";
import { type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import type { SignalRecorded } from "./record.ts";
import { decide, foldSignal, type SignalCommand, type SignalEvent } from "./signal.ts";
import type { Signal } from "./state.ts";

/** Ravi's report of Friday evening. */
export const REPORTED: SignalRecorded = {
  type: "SignalRecorded",
  channel: "research",
  source: "form",
  fingerprint: "form:1",
  receivedAt: FRIDAY,
  title: "exports-prod is listable",
  text: "Anyone can list the bucket.",
  fields: {},
  sender: { name: "Ravi", mail: "ravi@kestrel.example" },
};

/** A monitor's alert: nobody to answer. */
export const FIRED: SignalRecorded = {
  ...REPORTED,
  channel: "monitoring",
  source: "alertmanager",
  fingerprint: "alertmanager:disk-full",
  title: "Disk full",
  text: "",
  sender: {},
};

/** `18:05` of that Friday, or any instant. */
export const time = (text: string): Instant =>
  instant(text.length === 5 ? `2026-11-20T${text}:00Z` : text);

/** The signal R-7QK4-M2 after what is said: times, people, events a minute apart. */
export function given(...said: readonly (string | Person | SignalEvent)[]): Signal {
  const recorded: Recorded<SignalEvent>[] = [];
  let [at, by] = [FRIDAY, ADA.id];
  for (const item of said) {
    if (typeof item === "string") at = time(item);
    else if ("mail" in item) by = item.id;
    else {
      const version = recorded.length + 1;
      recorded.push({ version, id: `entry-${version}`, at, by, event: item });
      at = plus(at, MINUTE_MS);
    }
  }
  return foldSignal("R-7QK4-M2", recorded);
}

/** The events that the command adds at that time, or the codes it is refused with. */
export function when(
  signal: Signal,
  at: string,
  command: SignalCommand,
  more: Changed = {},
): readonly SignalEvent[] | readonly string[] {
  const decided = decide(signal, command, context(time(at), more));
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
}
