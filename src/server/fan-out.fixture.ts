/**
 * Fixture: an incident with a notice about to leave to as many customers as a test or a
 * benchmark wants. What takes a command for each customer is written in one append, as
 * an import would. Nothing but tests and benchmarks imports this.
 */

import type { FoundFile } from "../core/notice/attachment.ts";
import type { AnyEvent } from "../core/event.ts";
import { foldSubject, type Kind } from "../core/subject.ts";
import { HOUR_MS, type Instant } from "../core/time/instant.ts";
import { draftHash, findingsOf } from "../core/incident/notice/telling.ts";
import type { Incident } from "../core/incident/state.ts";
import { uuidv7 } from "../store/fixture.ts";
import { must } from "./fixture.ts";
import type { Handling } from "./handling.ts";

const ADA = "account/ac_ada";
const BEN = "account/ac_ben";
const APPEND_MAX = 1_000;

export type FanOut = {
  readonly handling: Handling;
  readonly now: () => Instant;
};

/** Where customer `i` is written to, unless a test says otherwise. */
export const mailOf = (i: number): string => `security@northwind-${i}.example`;

/** Customers with one contact each; answers with their ids. */
export async function addCustomers(
  here: FanOut,
  count: number,
  mail: (i: number) => string = mailOf,
): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, i) => `cus_${String(i).padStart(10, "0")}`);
  for (let from = 0; from < count; from += APPEND_MAX) {
    const parts = ids.slice(from, from + APPEND_MAX).map((id, i) => {
      const name = `Northwind ${from + i}`;
      const contact = { name: `Dr. ${from + i}`, mail: mail(from + i), verifiedOn: "2026-11-01" };
      return partOf(here, `party/${id}`, [
        { type: "CustomerAdded", name },
        { type: "ContactAdded", contact: "ct-1", ...contact },
      ]);
    });
    await append(here, await Promise.all(parts));
  }
  return ids;
}

/** An incident that touches them all, with a notice to each that is held; answers with its subject. */
export async function holdNotice(
  here: FanOut,
  customers: readonly string[],
  file?: { readonly name: string; readonly content: FoundFile },
): Promise<string> {
  const { handling, now } = here;
  const say = (subject: string, command: object, by = ADA) =>
    must(handling.handle({ subject, at: now(), by, command } as never));
  const { subject } = await say("incident", { type: "OpenIncident", title: "Listable bucket" });
  for (let from = 0; from < customers.length; from += APPEND_MAX) {
    const touched = customers.slice(from, from + APPEND_MAX);
    const events = touched.map((customer) => ({ type: "CustomerTouched", customer }));
    await append(here, [await partOf(here, subject, events)]);
  }
  const text = "Files of {{customer}} could be read: {{exports}}.";
  await say(subject, {
    type: "DraftNotice",
    kind: "preliminary",
    subject: "Export files could be read",
    slots: [{ element: "what-happened", text }],
    nextWordAt: now() + 20 * HOUR_MS,
  });
  for (let from = 0; from < customers.length; from += 100) {
    const recipients = customers
      .slice(from, from + 100)
      .map((customer, i) => ({ customer, words: { exports: `export-${from + i}.csv` } }));
    await say(subject, { type: "NameRecipients", draft: "D-1", recipients });
  }
  if (file) await say(subject, { type: "AttachFile", draft: "D-1", ...file });
  const { hash, overrides } = await readOf(here, subject);
  await say(subject, { type: "ApproveNotice", draft: "D-1", hash, overrides }, BEN);
  await say(subject, { type: "SendDraft", draft: "D-1", hash });
  return subject;
}

/** What an approval signs, and what stands in its way: nothing that these tests are about. */
async function readOf({ handling, now }: FanOut, subject: string) {
  const opened = await handling.subjects.open("incident", subject.slice("incident/".length));
  const incident = opened?.folded.state as Incident;
  const policy = await handling.world.policies.byHash(incident.policy.hash);
  const draft = incident.drafts["D-1"];
  if (!policy || !draft) throw new Error("there is no draft");
  const team = await handling.team();
  const context = { at: now(), by: BEN, policy, team, ...handling.world.installation() };
  const overrides = findingsOf(incident, draft, context)
    .filter(({ level }) => level === "block")
    .map(({ code }) => ({ code, reason: "A rehearsal." }));
  return { hash: draftHash(incident, draft, context), overrides };
}

async function partOf({ handling, now }: FanOut, subject: string, events: readonly object[]) {
  const [kind, id] = subject.split("/") as [Kind, string];
  const held = await handling.world.ledger.read(subject);
  const version = held.at(-1)?.version ?? 0;
  const added = events.map((event, i) => ({
    version: version + 1 + i,
    id: uuidv7(now()),
    at: now(),
    by: ADA,
    event: event as AnyEvent,
  }));
  const folded = foldSubject({ kind, id }, [...held, ...added]);
  const policy = await handling.world.policies.current();
  return { subject, version, events: added, projection: handling.world.project(folded, policy) };
}

async function append(
  { handling }: FanOut,
  parts: readonly Awaited<ReturnType<typeof partOf>>[],
): Promise<void> {
  const done = await handling.world.ledger.append(parts);
  if (done.outcome !== "appended") throw new Error(`the append was refused: ${done.outcome}`);
}
