/**
 * Fixture: Fennel at work on a real store. Commands go through handle.ts, so the
 * states behind the rows are those that the product makes.
 */

import fs from "node:fs";
import path from "node:path";
import type { Person } from "../core/context.ts";
import type { Command } from "../core/subject.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Along, type Handled, handle, type World } from "../handle.ts";
import { policiesOf } from "../policies.ts";
import { AT, uuidv7 } from "./fixture.ts";
import { countingFresh } from "./memory.ts";
import type { Projection } from "./projection.ts";
import type { Store } from "./store.ts";
import { project } from "./views/project.ts";

export const FENNEL = fs.readFileSync(
  path.join(import.meta.dirname, "../core/policy/fennel.yaml"),
  "utf8",
);

export const ADA: Person = {
  id: "account/ac_ada",
  name: "Ada",
  mail: "ada@fennel.example",
  role: "owner",
};

export const worldOn = (store: Store): World<Projection> => ({
  ledger: store.ledger,
  answers: store.idempotency,
  policies: policiesOf(store.ledger.read, async (hash) =>
    (await store.blobs.read(hash))?.bytes.toString("utf8"),
  ),
  keepDocument: (text) => store.blobs.put(Buffer.from(text), "application/yaml"),
  team: async () => [ADA],
  installation: () => ({ zone: "Europe/Berlin", url: "https://due.fennel.example" }),
  nextIncident: () => store.views.incidents.nextNumber(),
  currentSignal: async (fingerprint) =>
    (await store.seen.current([fingerprint])).get(fingerprint)?.signal,
  subjectOfEntry: async (entry) => (await store.ledger.find(entry))?.subject,
  fresh: { ...countingFresh(), entryId: uuidv7 },
  project,
});

export type Act = (
  subject: string,
  command: Command,
  at?: Instant,
  along?: Along,
) => Promise<Handled>;

/** Sends commands as Ada; a refusal is a failed test. */
export function acting(store: Store): Act {
  const world = worldOn(store);
  return async (subject, command, at = AT, along = {}) => {
    const handled = await handle({ subject, at, by: ADA.id, command }, world, along);
    if (!handled.ok) throw new Error(`${command.type}: ${handled.problems[0].message}`);
    return handled.value;
  };
}

/**
 * Fennel with its policy, two customers, three signals and an incident: what a small company has
 * after a bad morning.
 */
export async function badMorning(store: Store): Promise<Act> {
  const act = acting(store);
  await act("policy", { type: "PublishPolicy", text: FENNEL });
  for (const [name, mail] of [
    ["Meridian Health", "cleo@meridian.example"],
    ["Kestrel Bank", "desk@kestrel.example"],
  ] as const)
    await act("party", { type: "AddCustomer", name, contact: { name: "Cleo", mail } });
  for (const [title, mail] of [
    ["I can see another patient's file", "cleo@meridian.example"],
    ["Exports are slow", "desk@kestrel.example"],
  ] as const)
    await act("signal", {
      type: "RecordSignal",
      channel: "support",
      source: "mail",
      title,
      text: `${title}. Please look.`,
      sender: { name: "Cleo", mail },
    });
  await act("signal", {
    type: "RecordSignal",
    channel: "monitoring",
    source: "alertmanager",
    fingerprint: "disk-db-3",
    title: "The disk of db-3 is full",
  });
  const signals = await store.views.signals.list("open", "another patient", AT, {});
  if (!signals.ok) throw new Error(signals.problems[0].message);
  const reference = signals.value.items[0]?.id ?? "";
  await act(`signal/${reference}`, {
    type: "ConfirmSignal",
    title: "Files of other patients visible",
    answers: { "q-exposed": "yes" },
  });
  const [customer] = await store.pool.rows<{ id: string }>(
    "select id from view_customer where name = 'Meridian Health'",
  );
  await act("incident/INC-1", { type: "TouchCustomer", customer: customer?.id ?? "" });
  await act("incident/INC-1", { type: "Log", text: "Cleo sees the file of another patient." });
  await act("incident/INC-1", {
    type: "RecordFact",
    claim: "data-exposed",
    state: "confirmed",
    source: "We saw it ourselves.",
  });
  return act;
}
