import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Incident } from "./core/incident/state.ts";
import { ADA, BEN, FRIDAY, PINNED } from "./core/policy/fennel.ts";
import type { Signal } from "./core/signal/state.ts";
import { type Command, type Folded, foldSubject, parseSubject } from "./core/subject.ts";
import { HOUR_MS, plus } from "./core/time/instant.ts";
import { type Envelope, handle, handleTogether, type World } from "./handle.ts";
import { policiesOf } from "./policies.ts";
import { countingFresh, type MemoryStore, memoryStore } from "./store/memory.ts";

type Projection = { readonly version: number };
type Tested = World<Projection> & { readonly store: MemoryStore<Projection> };

const POLICY = readFileSync(
  join(import.meta.dirname, "core/policy/fennel.yaml"),
  "utf8",
).replaceAll(".example", ".dev");

/** A world over a store in memory, by the policy of core's tests unless told otherwise. */
function world(more: Partial<Tested> = {}): Tested {
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

const incidents = ({ entries }: MemoryStore<Projection>): readonly string[] => [
  ...new Set(entries.map(({ subject }) => subject).filter((name) => name.startsWith("incident/"))),
];

const envelope = (subject: string, command: Command, more: Partial<Envelope> = {}): Envelope => ({
  subject,
  command,
  at: FRIDAY,
  by: ADA.id,
  ...more,
});

/** Handles a command that is not refused. */
async function done(sent: Envelope, within: Tested) {
  const handled = await handle(sent, within);
  if (!handled.ok) throw new Error(handled.problems[0].code);
  return handled.value;
}

/** The codes that a command is refused with. */
async function refused(sent: Envelope, within: Tested): Promise<readonly string[]> {
  const handled = await handle(sent, within);
  return handled.ok ? [] : handled.problems.map(({ code }) => code);
}

async function stateOf(subject: string, { ledger }: Tested): Promise<Folded["state"]> {
  const parsed = parseSubject(subject);
  if (!parsed) throw new Error(subject);
  return foldSubject(parsed, await ledger.read(subject)).state;
}

const types = ({ store }: Tested): readonly string[] =>
  store.entries.map(({ subject, event }) => `${subject.split("/")[0]} ${event.type}`);

const open: Command = { type: "OpenIncident", title: "Leak" };
const record: Command = {
  type: "RecordSignal",
  channel: "research",
  source: "form",
  title: "A bucket is listable",
  sender: { mail: "ravi@kestrel.example" },
};
const fired = (more: object = {}): Command => ({
  type: "RecordSignal",
  channel: "monitoring",
  source: "alertmanager",
  fingerprint: "disk-full",
  title: "Disk full",
  stopped: false,
  ...more,
});

describe("handling a command", () => {
  test("makes subjects with references and numbers of their own", async () => {
    const here = world();
    const first = await done(envelope("incident", open), here);
    const second = await done(envelope("incident", open), here);
    const signal = await done(envelope("signal", record), here);
    expect([first.subject, second.subject]).toEqual(["incident/INC-1", "incident/INC-2"]);
    expect(signal.subject).toMatch(/^signal\/R-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{2}$/);
    expect(first).toMatchObject({ version: 2, seq: 1 });
  });

  test("that is refused leaves no trace", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const change: Command = { type: "ChangeSeverity", to: "sev1", reason: "x" };
    expect(await refused(envelope("incident/INC-1", change), here)).toEqual(["severity-unknown"]);
    expect(here.store.entries).toHaveLength(2);
  });

  test("about what is not there is refused", async () => {
    const here = world();
    const log: Command = { type: "Log", text: "x" };
    expect(await refused(envelope("incident/INC-9", log), here)).toEqual(["incident-unknown"]);
    expect(await refused(envelope("moon/1", log), here)).toEqual(["subject-unknown"]);
  });

  test("on what somebody else has changed since is refused as stale", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const log: Command = { type: "Log", text: "x" };
    const sent = envelope("incident/INC-1", log, { expectedVersion: 2 });
    expect(await done(sent, here)).toMatchObject({ version: 3 });
    expect(await refused(sent, here)).toEqual(["stale"]);
  });

  test("knows the person behind it, and a token is nobody", async () => {
    const here = world();
    const { subject } = await done(envelope("signal", record), here);
    const answer: Command = { type: "AnswerReporter", subject: "Hello", body: "Thank you." };
    const byToken = envelope(subject, answer, { by: "token/tk_1" });
    expect(await refused(byToken, here)).toEqual(["author-missing"]);
    await done(envelope(subject, answer), here);
    expect(here.store.entries.at(-1)?.event).toMatchObject({ author: ADA.id });
  });

  test("that finds a clock run out says so as the worker would, before what it does itself", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const late = { at: plus(FRIDAY, 5 * HOUR_MS) };
    await done(envelope("incident/INC-1", { type: "Log", text: "Back" }, late), here);
    expect(here.store.entries.slice(2).map(({ by, event }) => [by, event.type])).toEqual([
      ["worker", "ObligationMissed"],
      [ADA.id, "LineLogged"],
    ]);
  });

  test("before there is a policy is refused, but for publishing one", async () => {
    const here = world();
    const first: Tested = {
      ...here,
      policies: policiesOf(here.ledger.read, here.store.readDocument),
    };
    expect(await refused(envelope("signal", record), first)).toEqual(["policy-missing"]);
    const published = await done(
      envelope("policy", { type: "PublishPolicy", text: POLICY }),
      first,
    );
    expect(published.subject).toBe("policy/current");
    const { policy } = (await first.policies.current()) ?? {};
    expect(policy?.title).toBe("Incident response at Fennel");
  });

  test("gives the store what follows from the new state", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    expect(here.store.projections.get("incident/INC-1")).toEqual({ version: 2 });
  });
});

describe("races", () => {
  test("of two who open an incident at once give two incidents", async () => {
    const here = world();
    const both = await Promise.all([
      done(envelope("incident", open), here),
      done(envelope("incident", open), here),
    ]);
    expect(both.map(({ subject }) => subject).sort()).toEqual(["incident/INC-1", "incident/INC-2"]);
  });

  test("of two workers waking one incident record the miss once", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const wake = envelope(
      "incident/INC-1",
      { type: "Wake" },
      { at: plus(FRIDAY, 5 * HOUR_MS), by: "worker" },
    );
    await Promise.all([handle(wake, here), handle(wake, here)]);
    const missed = here.store.entries.filter(({ event }) => event.type === "ObligationMissed");
    expect(missed).toHaveLength(1);
  });

  test("of four writers keep every line", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const writers = ["1", "2", "3", "4"].map((text) =>
      handle(envelope("incident/INC-1", { type: "Log", text }), here),
    );
    const results = await Promise.all(writers);
    const kept = here.store.entries.filter(({ event }) => event.type === "LineLogged");
    expect(kept).toHaveLength(results.filter(({ ok }) => ok).length);
    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  test("that never end are reported busy, not looped on", async () => {
    const here = world();
    const busy: Tested = {
      ...here,
      ledger: {
        read: here.ledger.read,
        append: async () => ({ outcome: "conflict", subject: "incident/INC-1" }),
      },
    };
    expect(await refused(envelope("incident", open), busy)).toEqual(["busy"]);
  });
});

describe("a request with a key", () => {
  test("that comes twice is answered as it was the first time", async () => {
    const here = world();
    const sent = envelope("incident", open, { idempotencyKey: "k1" });
    const first = await done(sent, here);
    expect(await done({ ...sent, at: plus(FRIDAY, 1_000) }, here)).toEqual(first);
    expect(incidents(here.store)).toHaveLength(1);
    const other = envelope("incident", { ...open, title: "Other" } as Command, {
      idempotencyKey: "k1",
    });
    expect(await refused(other, here)).toEqual(["idempotency-key-reused"]);
  });

  test("that comes twice at once is done once", async () => {
    const here = world();
    const sent = envelope("incident", open, { idempotencyKey: "k1" });
    const [one, two] = await Promise.all([done(sent, here), done(sent, here)]);
    expect(one).toEqual(two);
    expect(incidents(here.store)).toHaveLength(1);
  });
});

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

describe("what a rule must know of other subjects", () => {
  test("a duplicate names a signal that exists", async () => {
    const here = world();
    const [one, two] = [
      await done(envelope("signal", record), here),
      await done(envelope("signal", record), here),
    ];
    const close = (duplicateOf: string): Command => ({
      type: "CloseSignal",
      reason: "duplicate",
      note: "The same",
      duplicateOf,
    });
    expect(await refused(envelope(two.subject, close("R-0000-00")), here)).toEqual([
      "signal-unknown",
    ]);
    await done(envelope(two.subject, close(one.subject.slice("signal/".length))), here);
  });

  test("a touched customer brings their stage and our role", async () => {
    const here = world();
    await done(envelope("incident", open), here);
    const { subject } = await done(
      envelope("party", {
        type: "AddCustomer",
        name: "Meridian Health",
        contact: { name: "Cleo", mail: "cleo@meridian.example" },
        stage: "production",
        role: "processor",
      }),
      here,
    );
    const customer = subject.slice("party/".length);
    expect(customer).toMatch(/^cus_.{10}$/);
    await done(envelope("incident/INC-1", { type: "TouchCustomer", customer }), here);
    expect(((await stateOf("incident/INC-1", here)) as Incident).customers).toEqual([
      { id: customer, stage: "production", role: "processor" },
    ]);
    const unknown: Command = { type: "TouchCustomer", customer: "cus_none" };
    expect(await refused(envelope("incident/INC-1", unknown), here)).toEqual(["customer-unknown"]);
  });

  test("closing asks each linked signal whether its reporter has had an answer", async () => {
    const here = world();
    const { subject } = await done(envelope("signal", record), here);
    await done(envelope(subject, { type: "ConfirmSignal" }), here);
    const close: Command = { type: "CloseIncident", note: "Done" };
    expect(await refused(envelope("incident/INC-1", close), here)).toContain(
      "reporter-unacknowledged",
    );
    await done(envelope(subject, { type: "AnswerReporter", subject: "Hello", body: "Hi" }), here);
    const [notice = ""] = Object.keys(((await stateOf(subject, here)) as Signal).notices);
    await done(
      envelope(subject, {
        type: "RecordDelivery",
        notice,
        attempt: 1,
        outcome: { is: "delivered", at: FRIDAY, response: "250 OK" },
      }),
      here,
    );
    expect(await refused(envelope("incident/INC-1", close), here)).not.toContain(
      "reporter-unacknowledged",
    );
  });
});

describe("an open incident", () => {
  test("keeps the policy it was opened under when another is published", async () => {
    const base = world();
    const here: Tested = {
      ...base,
      policies: policiesOf(base.ledger.read, base.store.readDocument),
    };
    const publish = (text: string) =>
      envelope("policy", { type: "PublishPolicy", text, alone: "Nobody else may" });
    await done(publish(POLICY), here);
    await done(envelope("incident", open), here);
    const later = POLICY.replace('version: "1.0"', 'version: "1.1"').replaceAll("minor", "modest");
    await done(publish(later), here);
    const change = (to: string): Command => ({ type: "ChangeSeverity", to, reason: "Test" });
    expect(await refused(envelope("incident/INC-1", change("modest")), here)).toEqual([
      "severity-unknown",
    ]);
    await done(envelope("incident/INC-1", change("minor")), here);
    await done(envelope("incident", open), here);
    await done(envelope("incident/INC-2", change("modest")), here);
  });
});

describe("erasing", () => {
  test("by the entry's id takes the text away, and its proof stays", async () => {
    const here = world();
    const { subject } = await done(envelope("signal", record), here);
    const entry = here.store.entries[0]?.id ?? "";
    const erase: Command = { type: "EraseEntry", entry, paths: ["/sender"], basis: "Asked to" };
    const handled = await done(envelope(`entry/${entry}`, erase), here);
    expect(handled).toMatchObject({ subject, version: 2 });
    expect(((await stateOf(subject, here)) as Signal).sender).toEqual({ mail: "[erased]" });
    expect(await refused(envelope("entry/none", erase), here)).toEqual(["subject-unknown"]);
  });

  test("shows nothing of it in what the same append projects", async () => {
    const seen: unknown[] = [];
    const here = world({
      project: (folded) => {
        seen.push(JSON.stringify(folded.state));
        return { version: 0 };
      },
    });
    await done(envelope("signal", record), here);
    const entry = here.store.entries[0]?.id ?? "";
    const erase: Command = { type: "EraseEntry", entry, paths: ["/sender/mail"], basis: "Asked" };
    await done(envelope(`entry/${entry}`, erase), here);
    expect(seen.at(-1)).not.toContain("ravi@");
  });
});

describe("several commands together", () => {
  test("are decided one on the other, and recorded whole or not at all", async () => {
    const here = world();
    const setUp: readonly Envelope[] = [
      envelope("access", {
        type: "AddAccount",
        account: ADA.id,
        role: "owner",
        name: "Ada",
        mail: ADA.mail,
      }),
      envelope("installation", {
        type: "FinishSetup",
        organisation: "Fennel",
        zone: "Europe/Berlin",
      }),
    ];
    const once = await handleTogether(setUp, here);
    expect(once.ok && once.value.map(({ subject }) => subject)).toEqual([
      "access/current",
      "installation/current",
    ]);
    const twice = await handleTogether(
      [
        envelope("incident", open),
        envelope("installation", { type: "FinishSetup", organisation: "X", zone: "UTC" }),
      ],
      here,
    );
    expect(!twice.ok && twice.problems[0].code).toBe("already-set-up");
    expect(incidents(here.store)).toEqual([]);
  });

  test("that open two incidents number them one after the other", async () => {
    const here = world();
    const both = await handleTogether(
      [envelope("incident", open), envelope("incident", open)],
      here,
    );
    expect(both.ok && both.value.map(({ subject }) => subject)).toEqual([
      "incident/INC-1",
      "incident/INC-2",
    ]);
  });
});
