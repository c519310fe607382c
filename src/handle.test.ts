import { describe, expect, test } from "vitest";
import type { Incident } from "./core/incident/state.ts";
import { ADA, FRIDAY } from "./core/policy/fennel.ts";
import type { Signal } from "./core/signal/state.ts";
import type { Command } from "./core/subject.ts";
import { HOUR_MS, plus } from "./core/time/instant.ts";
import { type Envelope, handle, handleTogether } from "./handle.ts";
import { policiesOf } from "./policies.ts";
import {
  type Tested,
  POLICY,
  world,
  incidents,
  envelope,
  done,
  refused,
  stateOf,
  open,
  record,
} from "../test/handled.ts";

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
