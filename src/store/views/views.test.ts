import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Obligation, overdueAt, standing } from "../../core/policy/obligations.ts";
import { HOUR_MS, type Instant, plus } from "../../core/time/instant.ts";
import { type Act, badMorning, FENNEL } from "../example.fixture.ts";
import { AT, line, type TestServer, testServer } from "../fixture.ts";
import type { Store } from "../store.ts";
import type { Page } from "./page.ts";

let server: TestServer;
let store: Store;
let act: Act;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  store = await server.store();
  act = await badMorning(store);
});
afterAll(() => server.stop());

const page = async <Row>(asked: Promise<{ ok: true; value: Page<Row> } | { ok: false }>) => {
  const found = await asked;
  if (!found.ok) throw new Error("refused");
  return found.value;
};

describe("lists", () => {
  test("the inbox shows what is open, and a search all words of it in any case", async () => {
    const { signals } = store.views;
    const open = await page(signals.list("open", undefined, AT, {}));
    expect(open.items.map(({ title }) => title).toSorted()).toEqual([
      "Exports are slow",
      "The disk of db-3 is full",
    ]);
    const found = await page(signals.list("all", "PATIENT file", AT, {}));
    expect(found.items).toMatchObject([{ state: "confirmed", incident: "INC-1", count: 1 }]);
    expect((await page(signals.list("all", "patient slow", AT, {}))).total).toBe(0);
    expect(await signals.openCount(AT)).toBe(2);
    expect(await signals.ofIncident("INC-1")).toHaveLength(1);
  });

  test("pages of one row each show every row once, and the total is that of all pages", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const asked = { limit: 1, ...(cursor === null ? {} : { cursor }) };
      const part: Page<{ id: string }> = await page(
        store.views.signals.list("all", undefined, AT, asked),
      );
      expect(part.total).toBe(3);
      seen.push(...part.items.map(({ id }) => id));
      cursor = part.next;
    } while (cursor !== null);
    const whole = await page(store.views.signals.list("all", undefined, AT, {}));
    expect(seen).toEqual(whole.items.map(({ id }) => id));
  });

  test("a cursor of another list, or of nobody, is refused", async () => {
    for (const cursor of ["", "x", "WyJhIl0", Buffer.from('["a","b"]').toString("base64url")])
      expect(await store.views.signals.list("all", undefined, AT, { cursor })).toMatchObject({
        ok: false,
        problems: [{ code: "cursor-malformed" }],
      });
  });

  test("an incident is listed with its severity's rank, by state and by severity", async () => {
    const { incidents } = store.views;
    const [incident] = (await page(incidents.list({ state: "open" }, {}))).items;
    expect(incident).toMatchObject({
      id: "INC-1",
      number: 1,
      severity: "critical",
      severityName: "Critical",
      severityRank: 1,
      severityOf: 2,
      openedAt: AT,
      policyVersion: 1,
    });
    expect((await page(incidents.list({ state: "closed" }, {}))).items).toEqual([]);
    expect((await page(incidents.list({ state: "all", severity: "minor" }, {}))).total).toBe(0);
    expect((await page(incidents.list({ state: "all", q: "inc-1 patients" }, {}))).total).toBe(1);
    expect(await incidents.nextNumber()).toBe(2);
  });

  test("the deadline board is soonest first and names whom it is owed to", async () => {
    const { obligations } = store.views;
    const board = await page(obligations.list({ standing: "open" }, AT, {}));
    expect(
      board.items.map(({ clause, subject, recipientName }) => [clause, subject, recipientName]),
    ).toEqual([
      ["notify-exposed", "incident/INC-1", "Meridian Health"],
      ["ack", expect.stringMatching(/^signal\//), "Cleo"],
      ["ack", expect.stringMatching(/^signal\//), "Cleo"],
      ["contact-check", expect.stringMatching(/^party\//), null],
      ["contact-check", expect.stringMatching(/^party\//), null],
    ]);
    expect(board.items.at(-1)).toMatchObject({
      subjectTitle: expect.stringMatching(/^(?:Kestrel Bank|Meridian Health)$/),
    });
    expect(board.items[0]?.dueAt).toBe(plus(AT, 24 * HOUR_MS));
    expect(board.items[0]?.subjectTitle).toBe("Files of other patients visible");
    const met = await page(obligations.list({ standing: "met" }, AT, {}));
    expect(met.items.map(({ clause }) => clause)).toEqual(["triage-critical"]);
    const next = await obligations.nextOf(["incident/INC-1", "incident/INC-9"], AT);
    expect([...next].map(([subject, { clause }]) => [subject, clause])).toEqual([
      ["incident/INC-1", "notify-exposed"],
    ]);
  });

  test("looking at our own policy again is on the board for its last sixty days, and by itself always", async () => {
    const { obligations } = store.views;
    const [review] = await obligations.ofSubject("policy/current", AT);
    const dueAt = review?.dueAt as Instant;
    const onBoard = async (now: Instant) =>
      (await page(obligations.list({ standing: "open" }, now, {}))).items.filter(
        ({ subject }) => subject === "policy/current",
      ).length;
    const from = plus(dueAt, -60 * 24 * HOUR_MS);
    expect([await onBoard(AT), await onBoard(from), await onBoard(plus(from, 1))]).toEqual([
      0, 0, 1,
    ]);
    const own = obligations.list({ standing: "open", subject: "policy/current" }, AT, {});
    expect((await page(own)).items).toMatchObject([{ subjectTitle: "The policy" }]);
  });

  test("what is due at noon is running at noon and missed a millisecond after", async () => {
    const dueAt = plus(AT, 24 * HOUR_MS);
    const { obligations } = store.views;
    const at = async (now: Instant) => [
      (await obligations.missedOf(["incident/INC-1"], now)).get("incident/INC-1") ?? 0,
      (await page(obligations.list({ standing: "missed", subject: "incident/INC-1" }, now, {})))
        .total,
      (await obligations.ofSubject("incident/INC-1", now)).find(
        ({ clause }) => clause === "notify-exposed",
      )?.standing,
    ];
    expect(await at(dueAt)).toEqual([0, 0, "running"]);
    expect(await at(plus(dueAt, 1))).toEqual([1, 1, "missed"]);
    expect(await obligations.counts(AT)).toEqual({ open: 6, missed: 0 });
  });

  test("customers are listed by name, without the removed", async () => {
    const { customers } = store.views;
    const all = await page(customers.list(undefined, {}));
    expect(all.items.map(({ name }) => name)).toEqual(["Kestrel Bank", "Meridian Health"]);
    const [kestrel] = all.items;
    await act(kestrel?.subject ?? "", { type: "RemoveCustomer", reason: "They left." });
    expect((await page(customers.list("e", {}))).items.map(({ name }) => name)).toEqual([
      "Meridian Health",
    ]);
    expect(await customers.of([kestrel?.id ?? ""])).toMatchObject([{ removed: true }]);
  });
});

test("the standing that SQL tells is the one that core tells", async () => {
  const instant = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      instant,
      instant,
      fc.integer({ min: 0, max: 4 }),
      fc.boolean(),
      fc.boolean(),
      async (due, stopped, now, isDayEnd, isWaived) => {
        const [model] = await store.views.obligations.ofSubject("incident/INC-1", AT);
        const obligation = {
          ...(due === undefined ? {} : { dueAt: due }),
          ...(isDayEnd ? { isDayEnd } : {}),
          ...(stopped === undefined ? {} : { stoppedAt: stopped }),
          ...(stopped !== undefined && isWaived ? { waivedAt: stopped } : {}),
        } as unknown as Obligation;
        await store.pool.rows(
          `update view_obligation set due_at = $1, order_at = coalesce($1, 9007199254740991),
           overdue_at = $2, stopped_at = $3, waived_at = $5
           where subject = 'incident/INC-1' and id = $4`,
          [
            due ?? null,
            overdueAt(obligation) ?? null,
            stopped ?? null,
            model?.id,
            obligation.waivedAt ?? null,
          ],
        );
        const rows = await store.views.obligations.ofSubject("incident/INC-1", now as Instant);
        const told = rows.find(({ id }) => id === model?.id)?.standing;
        expect(told).toBe(standing(obligation, now as Instant));
        const listed = await page(
          store.views.obligations.list(
            { standing: told ?? "all", subject: "incident/INC-1" },
            now as Instant,
            {},
          ),
        );
        expect(listed.items.map(({ id }) => id)).toContain(model?.id);
      },
    ),
    { numRuns: 60 },
  );
});

const STRICTER = FENNEL.replace("count: 1, unit: business-days", "count: 2, unit: hours").replace(
  '"1.0"',
  '"1.1"',
);

describe("rebuilding", () => {
  test("tables made again are equal to tables kept", async () => {
    const rebuilt = await store.rebuild({ check: true });
    expect(rebuilt).toMatchObject({ differences: [], differenceCount: 0 });
    expect(rebuilt.subjects).toBe(7);
    expect(rebuilt.rows).toBeGreaterThan(8);
  });

  test("a row that was changed, lost or made up is named, and mended", async () => {
    const { pool } = store;
    await pool.rows("update view_incident set title = 'Nothing happened'");
    await pool.rows("delete from view_obligation where clause = 'notify-exposed'");
    await pool.rows(
      "insert into view_customer select 'party/cus_x', 'cus_x', 1, 'x', 'x', 'x', 'x'," +
        " null, null, null, null, false, false",
    );
    await pool.rows("delete from due");
    const { differences } = await store.rebuild({ check: true });
    expect(
      differences.map(({ table, subject, is }) => `${is} ${table} ${subject}`).toSorted(),
    ).toEqual([
      "different view_incident incident/INC-1",
      expect.stringMatching(/^missing due incident\/INC-1/),
      expect.stringMatching(/^missing due party/),
      expect.stringMatching(/^missing due party/),
      "missing due policy/current",
      expect.stringMatching(/^missing due signal/),
      expect.stringMatching(/^missing due signal/),
      "missing view_obligation incident/INC-1",
      "surplus view_customer party/cus_x",
    ]);
    expect(differences.find(({ is }) => is === "different")?.fields).toEqual({
      title: { stored: "Nothing happened", made: "Files of other patients visible" },
    });
    await store.rebuild({ check: false });
    expect((await store.rebuild({ check: true })).differences).toEqual([]);
  });

  test("a new policy changes what every signal owes", async () => {
    const database = await server.database();
    const first = await server.store(database);
    const fennel = await badMorning(first);
    await fennel("policy", { type: "PublishPolicy", text: STRICTER, alone: "Nobody else" });
    await first.close();
    const second = await server.store(database);
    const open = await page(second.views.obligations.list({ standing: "open" }, AT, {}));
    expect(open.items.map(({ clause, dueAt }) => [clause, dueAt])).toEqual([
      ["ack", plus(AT, 2 * HOUR_MS)],
      ["ack", plus(AT, 2 * HOUR_MS)],
      ["notify-exposed", plus(AT, 24 * HOUR_MS)],
      ["contact-check", expect.any(Number)],
      ["contact-check", expect.any(Number)],
    ]);
    expect((await second.rebuild({ check: true })).differences).toEqual([]);
  });

  test("a refresh that was cut off goes on at the next start", async () => {
    const database = await server.database();
    const first = await server.store(database);
    await badMorning(first);
    await first.pool.rows("delete from view_signal where title <> 'Exports are slow'");
    await first.pool.rows("update view_signal set title = 'stale'");
    await first.pool.rows("insert into setting values ('refresh.signals', '\"\"', 0)");
    await first.close();
    await (await server.store(database)).close();
    const rows = await (await server.store(database)).pool.rows("select title from view_signal");
    expect(rows).toEqual([{ title: "Exports are slow" }]);
  });
});

describe("erasing", () => {
  test("leaves the text in no table, and the proof whole", async () => {
    const [signal] = (await page(store.views.signals.list("all", "another patient", AT, {}))).items;
    const [recorded] = await store.ledger.read(signal?.subject ?? "");
    await act(`entry/${recorded?.id}`, {
      type: "EraseEntry",
      entry: "",
      paths: ["/title", "/text", "/sender"],
      basis: "Asked to by Cleo",
    });
    const tables = await store.pool.rows<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    for (const { name } of tables) {
      const rows = await store.pool.rows<{ text: string }>(`select t::text as text from ${name} t`);
      const kept = rows.filter(({ text }) => text.includes("I can see another patient"));
      expect(kept, name).toEqual([]);
    }
    expect((await store.views.signals.one(signal?.id ?? ""))?.title).toBe("[erased]");
    expect((await store.rebuild({ check: true })).differences).toEqual([]);
    const check = await store.check(AT);
    expect([check.ok, check.report.fields.erased, check.problems]).toEqual([true, 4, []]);
  });

  test("takes the raw body that a signal came in, and kept answers, with it", async () => {
    const raw = "019ab1c2-0000-7000-8000-000000000001";
    const kept = {
      id: raw,
      source: "mail",
      receivedAt: AT,
      headers: { from: "cleo@meridian.example" },
      body: Buffer.from("Cleo's secret"),
    };
    await store.raw.keep(kept);
    const leases = await store.raw.take(AT, 1);
    const { subject } = await act(
      "signal",
      { type: "RecordSignal", channel: "support", source: "mail", title: "Secret", raw },
      AT,
      { raw: leases },
    );
    await store.idempotency.keep({
      key: "k",
      by: "x",
      request: "r",
      answer: "Secret",
      at: AT,
      subject,
    });
    const [recorded] = await store.ledger.read(subject);
    await act(`entry/${recorded?.id}`, {
      type: "EraseEntry",
      entry: "",
      paths: ["/title"],
      basis: "Asked to",
    });
    expect(await store.raw.read(raw)).toMatchObject({ headers: {}, body: Buffer.alloc(0) });
    expect(await store.pool.rows("select 1 from idempotency")).toEqual([]);
  });
});

test("ten thousand entries of one incident are read in well under a second", async () => {
  const subject = "incident/INC-77";
  const many = Array.from({ length: 10_000 }, (_, n) => line(subject, n, `Line ${n}`));
  await store.ledger.append([
    { ...line(subject, 0), events: many.flatMap(({ events }) => events) },
  ]);
  const startedAt = performance.now();
  const read = await store.ledger.read(subject);
  const elapsed = performance.now() - startedAt;
  expect([read.length, read.at(-1)?.version]).toEqual([10_000, 10_000]);
  expect(elapsed).toBeLessThan(3_000);
});
