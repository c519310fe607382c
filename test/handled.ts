/** Handled: a world over a store in memory, and commands that tests send to it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ADA, BEN, FRIDAY, PINNED } from "../src/core/policy/fennel.ts";
import { type Command, type Folded, foldSubject, parseSubject } from "../src/core/subject.ts";
import { type Envelope, handle, type World } from "../src/handle.ts";
import { countingFresh, type MemoryStore, memoryStore } from "../src/store/memory.ts";

export type Projection = { readonly version: number };
export type Tested = World<Projection> & { readonly store: MemoryStore<Projection> };

export const POLICY = readFileSync(
  join(import.meta.dirname, "../src/core/policy/fennel.yaml"),
  "utf8",
).replaceAll(".example", ".dev");

/** A world over a store in memory, by the policy of core's tests unless told otherwise. */
export function world(more: Partial<Tested> = {}): Tested {
  const store = memoryStore<Projection>();
  return {
    store,
    ledger: store.ledger,
    answers: store.answers,
    policies: {
      current: async () => PINNED,
      byHash: async () => PINNED,
      of: async () => PINNED,
      byVersion: async () => PINNED,
    },
    keepDocument: store.keepDocument,
    team: async () => [ADA, BEN],
    installation: () => ({ zone: "Europe/Berlin", url: "https://due.fennel.example" }),
    nextIncident: async () => 1 + incidents(store).length,
    currentSignal: store.currentSignal,
    subjectOfEntry: store.subjectOfEntry,
    fresh: countingFresh(),
    project: ({ state }) => ({ version: state.version }),
    ...more,
  };
}

export const incidents = ({ entries }: MemoryStore<Projection>): readonly string[] => [
  ...new Set(entries.map(({ subject }) => subject).filter((name) => name.startsWith("incident/"))),
];

export const envelope = (
  subject: string,
  command: Command,
  more: Partial<Envelope> = {},
): Envelope => ({
  subject,
  command,
  at: FRIDAY,
  by: ADA.id,
  ...more,
});

/** Handles a command that is not refused. */
export async function done(sent: Envelope, within: Tested) {
  const handled = await handle(sent, within);
  if (!handled.ok) throw new Error(handled.problems[0].code);
  return handled.value;
}

/** The codes that a command is refused with. */
export async function refused(sent: Envelope, within: Tested): Promise<readonly string[]> {
  const handled = await handle(sent, within);
  return handled.ok ? [] : handled.problems.map(({ code }) => code);
}

export async function stateOf(subject: string, { ledger }: Tested): Promise<Folded["state"]> {
  const parsed = parseSubject(subject);
  if (!parsed) throw new Error(subject);
  return foldSubject(parsed, await ledger.read(subject)).state;
}

export const types = ({ store }: Tested): readonly string[] =>
  store.entries.map(({ subject, event }) => `${subject.split("/")[0]} ${event.type}`);

export const open: Command = { type: "OpenIncident", title: "Leak" };
export const record: Command = {
  type: "RecordSignal",
  channel: "research",
  source: "form",
  title: "A bucket is listable",
  sender: { mail: "ravi@kestrel.example" },
};
export const fired = (more: object = {}): Command => ({
  type: "RecordSignal",
  channel: "monitoring",
  source: "alertmanager",
  fingerprint: "disk-full",
  title: "Disk full",
  stopped: false,
  ...more,
});
