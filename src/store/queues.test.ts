import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Instant, plus } from "../core/time/instant.ts";
import type { SubjectAppend } from "./batch.ts";
import { LEASE_MS } from "./due.ts";
import { AT, line, NOTHING, type TestServer, testServer } from "./fixture.ts";
import type { OutboxRow } from "./outbox.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let store: Store;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  store = await server.store();
});
afterAll(() => server.stop());

const wakes = (subject: string, wakeAt: Instant | undefined, version = 0): SubjectAppend => ({
  ...line(subject, version),
  projection: { ...NOTHING, wakeAt },
});
const later = (ms: number): Instant => plus(AT, ms);

describe("due", () => {
  test("a subject is leased at its instant and not a millisecond before", async () => {
    await store.ledger.append([wakes("incident/INC-1", later(1_000))]);
    expect(await store.due.next(AT)).toBe(later(1_000));
    expect(await store.due.claim(later(999), 10)).toEqual([]);
    expect(await store.due.claim(later(1_000), 10)).toEqual([
      {
        subject: "incident/INC-1",
        wakeAt: later(1_000),
        attempts: 1,
        leaseUntil: later(1_000 + LEASE_MS),
      },
    ]);
    expect(await store.due.next(later(1_000))).toBeUndefined();
  });

  test("while somebody holds a lease nobody else gets one", async () => {
    const subjects = Array.from({ length: 40 }, (_, n) => `incident/INC-${n}`);
    await store.ledger.append(subjects.map((subject) => wakes(subject, AT)));
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.due.claim(AT, 10)));
    const leased = claims.flat().map(({ subject }) => subject);
    expect(leased.toSorted()).toEqual([...new Set(leased)].toSorted());
    const rest = await store.due.claim(AT, 100);
    expect(new Set([...leased, ...rest.map(({ subject }) => subject)])).toEqual(new Set(subjects));
  });

  test("whoever lets a lease run out completes nothing, even if nobody has taken it", async () => {
    await store.ledger.append([wakes("incident/INC-1", AT)]);
    const [lease] = await store.due.claim(AT, 1);
    if (!lease) throw new Error("no lease");
    expect(await store.due.complete(lease, lease.leaseUntil, undefined)).toBe(false);
    const [again] = await store.due.claim(lease.leaseUntil, 1);
    expect(again?.attempts).toBe(2);
    expect(await store.due.complete(lease, AT, undefined)).toBe(false);
    if (again) expect(await store.due.complete(again, lease.leaseUntil, later(60_000))).toBe(true);
    expect(await store.due.next(AT)).toBe(later(60_000));
  });

  test("an append that sets another instant takes the lease away", async () => {
    await store.ledger.append([wakes("incident/INC-1", AT)]);
    const [lease] = await store.due.claim(AT, 1);
    await store.ledger.append([wakes("incident/INC-1", later(5_000), 1)]);
    if (lease) expect(await store.due.complete(lease, AT, undefined)).toBe(false);
    expect(await store.due.next(AT)).toBe(later(5_000));
  });

  test("a subject that nothing more will happen to is not looked at again", async () => {
    await store.ledger.append([wakes("incident/INC-1", AT)]);
    await store.ledger.append([wakes("incident/INC-1", undefined, 1)]);
    expect(await store.due.claim(later(1e9), 10)).toEqual([]);
  });
});

const notice = (attempts: number, nextAt: Instant = AT, id = "N-2222"): OutboxRow => ({
  id,
  kind: "notice",
  nextAt,
  attempts,
});
const sends = (rows: readonly OutboxRow[], version: number): SubjectAppend => ({
  ...line("incident/INC-1", version),
  projection: { ...NOTHING, outbox: rows },
});

describe("the outbox", () => {
  test("a notice is leased, marked before it leaves, and gone when its outcome is recorded", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    const leases = await store.outbox.claim(AT, 10);
    expect(leases).toMatchObject([{ subject: "incident/INC-1", id: "N-2222", attempt: 1 }]);
    expect(await store.outbox.sending(leases, AT)).toHaveLength(1);
    expect(await store.outbox.sending(leases, AT), "only once").toHaveLength(0);
    await store.ledger.append([sends([], 1)]);
    expect(await store.outbox.claim(later(1e9), 10)).toEqual([]);
    expect(await store.outbox.unfinished(later(1e9), 10)).toEqual([]);
  });

  test("a deferred notice comes back at its next instant, with the next attempt", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    await store.outbox.sending(await store.outbox.claim(AT, 10), AT);
    await store.ledger.append([sends([notice(1, later(60_000))], 1)]);
    expect(await store.outbox.next(AT)).toBe(later(60_000));
    expect(await store.outbox.claim(later(59_999), 10)).toEqual([]);
    expect(await store.outbox.claim(later(60_000), 10)).toMatchObject([{ attempt: 2 }]);
  });

  test("an append about something else leaves an attempt under way alone", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    const leases = await store.outbox.claim(AT, 10);
    await store.ledger.append([sends([notice(0), notice(0, AT, "N-3333")], 1)]);
    expect(await store.outbox.sending(leases, AT)).toHaveLength(1);
    await store.ledger.append([sends([notice(0)], 2)]);
    expect(await store.outbox.claim(AT, 10)).toEqual([]);
  });

  test("what was being sent when its sender died is uncertain, never sent again unasked", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    await store.outbox.sending(await store.outbox.claim(AT, 10), AT);
    expect(await store.outbox.unfinished(later(LEASE_MS - 1), 10)).toEqual([]);
    expect(await store.outbox.claim(later(LEASE_MS), 10)).toEqual([]);
    expect(await store.outbox.unfinished(later(LEASE_MS), 10)).toMatchObject([
      { lease: { id: "N-2222", attempt: 1 }, outcome: undefined },
    ]);
    await store.ledger.append([sends([notice(1, later(2 * LEASE_MS))], 1)]);
    expect(await store.outbox.claim(later(2 * LEASE_MS), 10)).toMatchObject([{ attempt: 2 }]);
  });

  test("an answer that was kept before its sender died is what the record will say", async () => {
    await store.ledger.append([sends([notice(0), notice(0, AT, "N-3333")], 0)]);
    const leases = await store.outbox.sending(await store.outbox.claim(AT, 10), AT);
    const outcome = { is: "delivered", at: AT, response: "250 2.0.0 taken" } as const;
    const [first, second] = leases.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (!first || !second) throw new Error("no leases");
    await store.outbox.answered([{ lease: first, outcome }], later(1_000));
    expect(await store.outbox.unfinished(later(LEASE_MS), 10)).toEqual([
      { lease: expect.objectContaining({ id: "N-3333" }), outcome: undefined },
    ]);
    expect(await store.outbox.unfinished(later(LEASE_MS + 1_000), 10)).toEqual([
      { lease: expect.objectContaining({ id: "N-2222" }), outcome },
    ]);
  });

  test("an answer to one attempt is none to the next", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    const [first] = await store.outbox.sending(await store.outbox.claim(AT, 10), AT);
    if (!first) throw new Error("no lease");
    const reason = "451 later";
    const outcome = { is: "deferred", reason, nextAt: later(60_000) } as const;
    await store.outbox.answered([{ lease: first, outcome }], AT);
    await store.ledger.append([sends([notice(1, later(60_000))], 1)]);
    const again = await store.outbox.claim(later(60_000), 10);
    await store.outbox.sending(again, later(60_000));
    // Whoever comes late with the answer to the first is not heard.
    await store.outbox.answered([{ lease: first, outcome }], later(60_000));
    expect(await store.outbox.unfinished(later(60_000 + LEASE_MS), 10)).toMatchObject([
      { lease: { attempt: 2 }, outcome: undefined },
    ]);
  });

  test("whoever lets a lease run out before sending may not send any more", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    const leases = await store.outbox.claim(AT, 10);
    expect(await store.outbox.sending(leases, later(LEASE_MS))).toEqual([]);
    const [again] = await store.outbox.claim(later(LEASE_MS), 10);
    expect(again?.attempt).toBe(2);
    expect(await store.outbox.sending(leases, AT)).toEqual([]);
  });

  test("a lease given back is taken again from the instant on that was named", async () => {
    await store.ledger.append([sends([notice(0)], 0)]);
    const [lease] = await store.outbox.claim(AT, 10);
    if (!lease) throw new Error("no lease");
    expect(await store.outbox.release(lease, AT, later(10_000))).toBe(true);
    expect(await store.outbox.release(lease, AT, AT)).toBe(false);
    expect(await store.outbox.next(AT)).toBe(later(10_000));
  });
});
