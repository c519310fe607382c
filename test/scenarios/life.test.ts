/**
 * One incident's whole life, from the first word to the closed record, under two
 * of the example policies, through the API and with `now` in hand. The instants
 * are those of test/golden, counted there by hand.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandType, InputOf } from "../../src/api/command.ts";
import type { ObligationView } from "../../src/api/view.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/core/time/instant.ts";
import { valueOf } from "../owner.ts";
import { runDue } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

/** A word that nobody could have by accident; what is looked for after erasing. */
const SECRET = "zebrafinch-4711";

function livesIn(world: () => TestWorld) {
  const client = () => world().ada.client;
  const incident = (asOf?: string) =>
    client()
      .read("incident", { id: "INC-1" }, asOf === undefined ? {} : { asOf })
      .then(valueOf);
  const owed = async (asOf?: string): Promise<Readonly<Record<string, ObligationView>>> =>
    Object.fromEntries((await incident(asOf)).obligations.map((one) => [one.id, one]));
  const send = async <T extends CommandType>(type: T, input: InputOf<T>): Promise<void> => {
    valueOf(await client().send(type, "INC-1", input));
    await world().settle();
  };
  const refusedWith = async <T extends CommandType>(
    type: T,
    input: InputOf<T>,
  ): Promise<readonly string[]> => {
    const answer = await client().send(type, "INC-1", input);
    return answer.ok ? [] : answer.problems.map(({ code }) => code);
  };
  return {
    client,
    incident,
    owed,
    send,
    refusedWith,
    /** Whatever is owed outside; what is met may owe the next word: an update follows a notice. */
    async meetAll(): Promise<void> {
      for (let words = 0; words < 30; words += 1) {
        const open = Object.values(await owed()).find(
          ({ recipient, stoppedAt }) => recipient.kind !== "team" && stoppedAt === null,
        );
        if (open === undefined) return;
        await send("MeetObligation", { obligation: open.id, evidence: "Mailed, and answered." });
      }
      throw new Error("there is always something owed");
    },
    /** Writes the review with an answer to each of the policy's questions, and publishes it. */
    async review(): Promise<void> {
      const { policy } = valueOf(await client().read("policy", { version: "current" }));
      const { questions } = policy["review"] as { readonly questions: readonly string[] };
      const answers = Object.fromEntries(questions.map((_, i) => [String(i), "It is written."]));
      await send("WriteReview", { text: "What happened, and what we change.", answers });
      await send("PublishReview", {});
    },
    /** Until exactly `iso`, and the worker has done what was due by then. */
    async until(iso: string): Promise<void> {
      await world().advance(Date.parse(iso) - world().now());
    },
    timeline: async () =>
      valueOf(await client().read("timeline", { id: "INC-1" }, { limit: 500 })).items,
    /** Passes a gate after the other, with evidence or an exception, until it is let through. */
    async pass<T extends CommandType>(type: T, input: InputOf<T>): Promise<readonly string[]> {
      const passed: string[] = [];
      for (let tries = 0; tries < 8; tries += 1) {
        const answer = await client().send(type, "INC-1", input);
        if (answer.ok) {
          await world().settle();
          return passed;
        }
        for (const { code, at = "", message } of answer.problems) {
          const [, of = "", gate = ""] = /^\/gates\/([\w-]+)\/([\w-]+)$/.exec(at) ?? [];
          if (gate === "") throw new Error(message);
          passed.push(gate);
          if (code === "gate-second-person")
            await send("ExceptGate", { of, gate, reason: "Nobody else is here tonight." });
          else await send("ShowGate", { of, gate, evidence: ["https://git.fennel.example/1"] });
        }
      }
      throw new Error(`${type} is not let through`);
    },
    async report(receivedAt: string, channel: string): Promise<string> {
      const recorded = valueOf(
        await client().send("RecordSignal", "", {
          channel,
          title: `Exports can be listed: ${SECRET}`,
          text: `The first file is called ${SECRET}.csv`,
          sender: { name: "Ravi N.", mail: "ravi@reporter.example" },
          receivedAt,
        }),
      );
      return recorded.subject.replace("signal/", "");
    },
    async customer(name: string, stage?: string): Promise<string> {
      const added = valueOf(
        await client().send("AddCustomer", "", {
          name,
          contact: { name: "Somebody", mail: `security@${name.toLowerCase()}.example` },
          ...(stage === undefined ? {} : { stage }),
        }),
      );
      const id = added.subject.replace("party/", "");
      await send("TouchCustomer", { customer: id });
      return `customer:${id}`;
    },
  };
}

/** What must hold of every record, whatever was lived. */
function proven(world: () => TestWorld): void {
  test("the read tables are what a rebuild makes of the ledger", () => expectWhole(world()));

  test("an export verifies with nothing but itself", async () => {
    const file = join(world().data, "ledger.jsonl");
    const chunks: Uint8Array[] = [];
    const { store } = world().running.opened;
    valueOf(await store.exportTo("whole", world().now(), (chunk) => void chunks.push(chunk)));
    writeFileSync(file, Buffer.concat(chunks));
    const verified = await runDue(["ledger", "verify", file]);
    expect([verified.code, verified.stderr]).toEqual([0, ""]);
    expect(verified.stdout).toContain(String((await store.ledger.head()).size));
  });
}

/** Every table and row that holds `word`, and every kind of export. */
async function placesOf(word: string, { running, now }: TestWorld): Promise<readonly string[]> {
  const { store } = running.opened;
  const tables = await store.pool.rows<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await store.pool.rows<{ hits: number }>(
      `select count(*)::int as hits from "${name}" t
       where t::text like $1 or position($2::text in t::text) > 0`,
      [`%${word}%`, Buffer.from(word).toString("hex")],
    );
    if ((row?.hits ?? 0) > 0) found.push(name);
  }
  for (const scope of ["whole", "redacted"] as const) {
    let text = "";
    valueOf(
      await store.exportTo(scope, now(), (chunk) => void (text += Buffer.from(chunk).toString())),
    );
    if (text.includes(word)) found.push(`export ${scope}`);
  }
  return found;
}

describe("under the policy of a product", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld({
      name: "life-product",
      at: "2026-11-16T09:00:00Z",
      setup: {
        example: "product",
        zone: "Europe/Dublin",
        windows: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:30" },
      },
    });
  });
  afterAll(() => world?.stop());
  const {
    client,
    incident,
    owed,
    send,
    refusedWith,
    until,
    timeline,
    pass,
    report,
    review,
    meetAll,
    customer,
  } = livesIn(() => world);
  let signal: string;
  let meridian: string;
  let kestrel: string;

  test("a report is confirmed at Medium; its targets count from when it reached us", async () => {
    signal = await report("2026-11-16T09:00:00Z", "researcher");
    await until("2026-11-16T10:00:00Z");
    valueOf(
      await client().send("ConfirmSignal", signal, {
        title: `Exports are listable: ${SECRET}`,
        answers: {
          exposure: "no",
          exploitation: "no",
          credentials: "no",
          money: "no",
          balances: "no",
          limited: "no",
          reach: "no",
          privilege: "no",
        },
        severity: "medium",
        reason: "Names only, as far as we see.",
      }),
    );
    const { "triage-any@team": triage, "mitigate-medium@team": mitigate } = await owed();
    expect(triage).toMatchObject({ dueAt: "2026-11-17T17:30:00.000Z", standing: "met" });
    expect(triage?.stoppedAt).toBe("2026-11-16T10:00:00.000Z");
    expect(mitigate?.dueAt).toBe("2026-12-16T09:00:00.000Z");
  });

  test("raised to Critical two days later, what is past is due at once and missed a moment after", async () => {
    await until("2026-11-18T14:00:00Z");
    await send("ChangeSeverity", {
      to: "critical",
      reason: "Files with balances are among them.",
    });
    const raised = await owed();
    expect(raised["mitigate-critical@team"]).toMatchObject({
      dueAt: "2026-11-18T14:00:00.000Z",
      standing: "running",
    });
    expect(raised["fix-critical@team"]?.dueAt).toBe("2026-11-23T09:00:00.000Z");
    expect(raised["mitigate-medium@team"]).toBeUndefined();
    await world.advance(1);
    expect((await owed())["mitigate-critical@team"]?.standing).toBe("missed");
    expect((await incident()).missed).toBe(1);
    const missed = (await timeline()).filter(({ type }) => type === "ObligationMissed");
    expect(missed.map(({ at }) => at)).toEqual(["2026-11-18T14:00:00.001Z"]);
  });

  test("a fact about one customer starts the clock of that customer alone", async () => {
    meridian = await customer("Meridian");
    kestrel = await customer("Kestrel");
    await until("2026-11-18T15:00:00Z");
    await send("RecordFact", {
      claim: "customer-data-exposed",
      state: "suspected",
      source: "The listing was open",
    });
    await until("2026-11-18T16:00:00Z");
    await send("RecordFact", {
      claim: "customer-data-exposed",
      state: "confirmed",
      concerning: kestrel,
      source: "Access log, rows 12 to 40",
    });
    const clocks = await owed();
    expect(clocks[`notify-exposure-critical@${kestrel}`]?.dueAt).toBe("2026-11-19T16:00:00.000Z");
    expect(clocks[`notify-exposure-critical@${meridian}`]).toBeUndefined();
    for (const one of [kestrel, meridian])
      expect(clocks[`notify-plausible-critical@${one}`]?.dueAt).toBe("2026-11-21T15:00:00.000Z");
  });

  test("ruled out for one, its clocks end; struck, they are given back as they were", async () => {
    const before = await owed();
    await send("RecordFact", {
      claim: "customer-data-exposed",
      state: "ruled-out",
      concerning: meridian,
      source: "No prefix of theirs",
    });
    expect((await owed())[`notify-plausible-critical@${meridian}`]).toBeUndefined();
    const ruledOut = (await timeline()).findLast(({ type }) => type === "FactRecorded");
    expect(ruledOut?.clocks.map(({ change, obligation }) => `${change} ${obligation}`)).toContain(
      `removed notify-plausible-critical@${meridian}`,
    );
    await send("StrikeEntry", {
      version: ruledOut?.version ?? 0,
      reason: "Looked at the wrong bucket",
    });
    expect(await owed()).toEqual(before);
    const lines = await timeline();
    expect(lines.find(({ version }) => version === ruledOut?.version)?.struck?.reason).toBe(
      "Looked at the wrong bucket",
    );
    expect(lines.at(-1)?.clocks.map(({ change, obligation }) => `${change} ${obligation}`)).toEqual(
      [`added notify-plausible-critical@${meridian}`],
    );
  });

  test("the record is read as it stood at any instant, before and after", async () => {
    const monday = await incident("2026-11-16T12:00:00Z");
    expect(monday.severity?.id).toBe("medium");
    expect(monday.customers).toEqual([]);
    expect(monday.obligations.map(({ id }) => id)).toContain("mitigate-medium@team");
    expect(monday.obligations.map(({ id }) => id)).not.toContain("mitigate-critical@team");
    const atChange = await incident("2026-11-18T14:00:00Z");
    expect([atChange.severity?.id, atChange.missed]).toEqual(["critical", 0]);
    const after = await incident("2026-11-18T15:30:00Z");
    expect([after.missed, after.customers.length]).toEqual([1, 2]);
    const before = await client().read(
      "incident",
      { id: "INC-1" },
      { asOf: "2026-11-16T09:59:59.999Z" },
    );
    expect(before.ok ? [] : before.problems.map(({ code }) => code)).toEqual(["not-found"]);
  });

  test("phases go on through their gates, beside each other, and back with a reason", async () => {
    expect(await refusedWith("EnterPhase", { phase: "triage" })).toEqual([]);
    expect(await refusedWith("EnterPhase", { phase: "assess" })).toEqual([
      "gate-open",
      "gate-open",
      "gate-open",
    ]);
    const passed = await pass("EnterPhase", { phase: "assess" });
    expect(passed).toEqual(["engineer-assigned", "ticket-open", "notice-asked-at-triage"]);
    await send("EnterPhase", { phase: "mitigate", beside: true });
    expect((await incident()).phases.map(({ id }) => id).sort()).toEqual(["assess", "mitigate"]);
    expect(await refusedWith("LeavePhase", { phase: "mitigate" })).toContain("gate-open");
    expect(await refusedWith("EnterPhase", { phase: "triage" })).toEqual(["reason-missing"]);
    await send("EnterPhase", { phase: "triage", reason: "It is bigger than we thought" });
    await send("EnterPhase", { phase: "assess" });
    await send("ApplyMitigation", { kind: "switch-off", text: "Listing is off." });
    await pass("LeavePhase", { phase: "mitigate" });
    expect((await incident()).phases.map(({ id }) => id)).toEqual(["assess"]);
  });

  test("a missed promise that is kept later is met late, and stays missed on the record", async () => {
    expect((await owed())["mitigate-critical@team"]).toMatchObject({ standing: "met-late" });
  });

  test("lowered, what hangs on the label relaxes; raised again, it counts from the start", async () => {
    await send("ChangeSeverity", { to: "high", reason: "The files were samples." });
    const high = await owed();
    expect(high["fix-critical@team"]).toBeUndefined();
    expect(high["fix-high@team"]?.dueAt).toBe("2026-12-16T09:00:00.000Z");
    expect(high[`notify-exposure-high@${kestrel}`]?.dueAt).toBe("2026-11-25T17:30:00.000Z");
    await send("ChangeSeverity", { to: "critical", reason: "No: one was real." });
    expect((await owed())["fix-critical@team"]?.dueAt).toBe("2026-11-23T09:00:00.000Z");
    expect((await timeline()).filter(({ type }) => type === "ObligationMissed")).toHaveLength(1);
  });

  test("it is not closed while anything is open, and says everything that is", async () => {
    await pass("EnterPhase", { phase: "fix" });
    await pass("ShipFix", { text: "Listing needs a role now.", release: "4.2.1" });
    await pass("EnterPhase", { phase: "close" });
    await send("VerifyFix", { note: "The pinning test and the log agree." });
    expect(await refusedWith("CloseIncident", { note: "Done." })).toContain("not-resolved");
    await pass("ResolveIncident", { note: "Nothing can be listed." });
    const codes = await refusedWith("CloseIncident", { note: "Done." });
    for (const code of [
      "gate-open",
      "review-missing",
      "obligation-open",
      "reporter-unacknowledged",
    ])
      expect(codes).toContain(code);
  });

  test("closed, when everybody has been told, the review is out and every remediation done", async () => {
    valueOf(
      await client().send("SendAcknowledgement", signal, {
        subject: "Your report",
        body: "Thank you: it was real, and it is over.",
      }),
    );
    await world.settle();
    await meetAll();
    await review();
    await send("AddRemediation", {
      title: "Deny listing by default",
      owner: "Ada",
      targetOn: "2026-12-01",
    });
    expect(await refusedWith("CloseIncident", { note: "Done." })).toContain("remediation-open");
    await send("ChangeRemediation", { remediation: "A1", status: "done" });
    await pass("CloseIncident", { note: "Closed with everything done." });
    const closed = await incident();
    expect([closed.state, closed.closedAt]).toEqual([
      "closed",
      new Date(world.now()).toISOString(),
    ]);
    await world.advance(10 * 24 * HOUR_MS);
    expect((await timeline()).filter(({ type }) => type === "ObligationMissed")).toHaveLength(1);
  });

  proven(() => world);

  test("an erased text is gone from every view, table, search and export; its proof stays", async () => {
    expect((await placesOf(SECRET, world)).length).toBeGreaterThan(0);
    const incidents = async () =>
      valueOf(await client().read("incidents", {}, { q: SECRET, state: "all" })).total;
    const signals = async () =>
      valueOf(await client().read("signals", {}, { q: SECRET, state: "all" })).total;
    expect([await incidents(), await signals()]).toEqual([1, 1]);
    const [opened] = await timeline();
    const [recorded] = valueOf(await client().read("signal", { id: signal })).timeline;
    const { size } = valueOf(await client().read("ledger"));
    const basis = "Art. 17(1)(a) GDPR: no longer needed";
    for (const [entry, paths] of [
      [opened?.entry, ["/title"]],
      [recorded?.entry, ["/title", "/text"]],
    ] as const)
      valueOf(await client().send("EraseEntry", entry ?? "", { paths: [...paths], basis }));
    expect(valueOf(await client().read("ledger")).size).toBe(size + 2);
    expect(await placesOf(SECRET, world)).toEqual([]);
    expect([await incidents(), await signals()]).toEqual([0, 0]);
    expect((await incident()).title).toBe("[erased]");
    const everything = JSON.stringify([
      await incident(),
      await incident("2026-11-18T15:30:00Z"),
      await timeline(),
      valueOf(await client().read("signal", { id: signal })),
      valueOf(await client().read("incidents", {}, { state: "all" })),
      valueOf(await client().read("obligations", {}, { standing: "all" })),
      valueOf(await client().read("notices")),
    ]);
    expect(everything).not.toContain(SECRET);
  });

  proven(() => world);
});

describe("under the policy of a vendor", () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld({
      name: "life-vendor",
      at: "2026-11-25T23:30:00Z",
      setup: {
        example: "vendor",
        zone: "America/New_York",
        windows: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
      },
    });
  });
  afterAll(() => world?.stop());
  const {
    client,
    incident,
    owed,
    send,
    refusedWith,
    until,
    pass,
    report,
    review,
    meetAll,
    customer,
  } = livesIn(() => world);
  let signal: string;
  const stages: Record<string, string> = {};
  const HARMLESS = {
    tampered: "no",
    "exploited-at-customer": "no",
    "data-with-us": "no",
    "supplier-breach": "no",
    reachable: "no",
    credential: "no",
    "breaks-installations": "no",
    "needs-access": "yes",
  } as const;

  test("a disclosure on the eve of Thanksgiving becomes a SEV1; triage counts across the holiday", async () => {
    signal = await report("2026-11-25T23:30:00Z", "disclosure");
    await until("2026-11-26T01:00:00Z");
    valueOf(
      await client().send("ConfirmSignal", signal, {
        answers: { ...HARMLESS, "exploited-at-customer": "yes" },
      }),
    );
    const clocks = await owed();
    expect(clocks["triage-any@team"]?.dueAt).toBe("2026-11-27T22:00:00.000Z");
    expect(clocks["triage-sev1@team"]?.dueAt).toBe("2026-11-26T03:30:00.000Z");
    expect(clocks["stabilise-sev1@team"]?.dueAt).toBe("2026-11-27T01:00:00.000Z");
    expect(clocks["patch-sev1@team"]?.dueAt).toBe("2026-12-03T01:00:00.000Z");
  });

  test("each customer is owed by its own stage: a later one has the tighter promise beside the first", async () => {
    for (const [name, stage] of [
      ["Oakline", "design-partner"],
      ["Kestrel", "pilot"],
      ["Meridian", "production"],
    ] as const)
      stages[name] = await customer(name, stage);
    await until("2026-11-26T01:30:00Z");
    const fact = { claim: "customer-affected", source: "Their support line" };
    await send("RecordFact", { ...fact, state: "suspected" });
    await until("2026-11-26T03:00:00Z");
    await send("RecordFact", { ...fact, state: "confirmed" });
    const clocks = await owed();
    const dueTo = (name: string) =>
      Object.values(clocks)
        .filter(({ recipient, duty }) => recipient.id === stages[name] && duty === "notify")
        .map(({ clause, dueAt }) => `${clause} ${dueAt}`)
        .sort();
    const floors = [
      "notify-sev1 2026-11-29T03:00:00.000Z",
      "notify-suspected 2026-11-29T01:30:00.000Z",
    ];
    expect(dueTo("Oakline")).toEqual(floors);
    const pilot = "notify-sev1-pilot 2026-11-28T03:00:00.000Z";
    expect(dueTo("Kestrel")).toEqual([...floors, pilot].sort());
    const production = "notify-sev1-production 2026-11-27T03:00:00.000Z";
    expect(dueTo("Meridian")).toEqual([...floors, pilot, production].sort());
  });

  test("lowered to SEV3 the fact is still owed, by a looser promise; as it stood before is still shown", async () => {
    await until("2026-11-26T04:00:00Z");
    await send("ChangeSeverity", {
      to: "sev3",
      reason: "Not exploitable from outside",
      answers: HARMLESS,
    });
    const clocks = await owed();
    const notices = Object.values(clocks).filter(({ duty }) => duty === "notify");
    expect(new Set(notices.map(({ clause }) => clause))).toEqual(new Set(["notify-low"]));
    expect(clocks["stabilise-sev3@team"]?.dueAt).toBe("2026-12-26T01:00:00.000Z");
    const before = await owed("2026-11-26T03:59:59.999Z");
    expect(before[`notify-sev1-production@${stages["Meridian"]}`]?.standing).toBe("running");
  });

  test("raised again after its first deadlines, they are due at that instant and not before", async () => {
    await until("2026-11-27T12:00:00Z");
    await send("ChangeSeverity", {
      to: "sev1",
      reason: "Seen in use",
      answers: { "exploited-at-customer": "yes" },
    });
    const clocks = await owed();
    const at = "2026-11-27T12:00:00.000Z";
    expect(clocks["stabilise-sev1@team"]).toMatchObject({ dueAt: at, standing: "running" });
    expect(clocks[`notify-sev1-production@${stages["Meridian"]}`]?.dueAt).toBe(at);
    expect(clocks[`notify-sev1-pilot@${stages["Kestrel"]}`]?.dueAt).toBe(
      "2026-11-28T03:00:00.000Z",
    );
    expect((await incident()).missed).toBe(0);
    await world.advance(MINUTE_MS);
    expect((await incident()).missed).toBe(2);
  });

  test("a customer who is cleared is owed nothing more", async () => {
    const oakline = stages["Oakline"] ?? "";
    const customer = oakline.replace("customer:", "");
    await send("ClearCustomer", { customer, reason: "They run no affected release" });
    const open = Object.values(await owed()).filter(({ recipient }) => recipient.id === oakline);
    expect(open).toEqual([]);
    expect((await incident()).customers.map(({ name }) => name).sort()).toEqual([
      "Kestrel",
      "Meridian",
    ]);
  });

  test("it goes through its phases to the end, and closes when nothing is owed to anybody", async () => {
    await send("ApplyMitigation", { kind: "pull-release", text: "2.4.0 is pulled." });
    for (const phase of ["triage", "stabilise", "mitigate"]) await pass("EnterPhase", { phase });
    await pass("ShipFix", { text: "Bounds are checked.", release: "2.4.1" });
    await pass("EnterPhase", { phase: "validate" });
    await send("VerifyFix", { note: "Telemetry is quiet." });
    await pass("ResolveIncident", { note: "Over." });
    expect(await refusedWith("CloseIncident", { note: "Done." })).toContain("obligation-open");
    await review();
    await send("AddRemediation", { title: "Fuzz it", owner: "Ada", targetOn: "2026-12-24" });
    await send("ChangeRemediation", { remediation: "A1", status: "done" });
    valueOf(
      await client().send("SendAcknowledgement", signal, { subject: "Yours", body: "Thank you." }),
    );
    await world.settle();
    await meetAll();
    await pass("CloseIncident", { note: "Closed." });
    expect((await incident()).state).toBe("closed");
  });

  proven(() => world);
});
