/**
 * The contract of a ledger: what every store must do, whatever it keeps its
 * entries in. Called by the tests of each store with a way to make an empty one.
 */

import { describe, expect, test } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Ledger, SubjectAppend } from "../handle.ts";

const AT = Date.UTC(2026, 10, 20, 17, 40) as Instant;
const BY = "account/ac_ada";

/** A UUIDv7 of AT that ends in `number`. */
const entryId = (number: number): string => {
  const ms = AT.toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-${String(number).padStart(12, "0")}`;
};

/**
 * Runs the contract. `empty` makes a ledger without entries; `projection` is one that
 * asks for no rows, no wake and nothing to send.
 */
export function ledgerContract<P>(
  name: string,
  empty: () => Promise<{ readonly ledger: Ledger<P>; readonly projection: P }>,
): void {
  describe(`the ledger in ${name}`, () => {
    let made = 0;
    const part = (
      projection: P,
      subject: string,
      version: number,
      ...events: readonly AnyEvent[]
    ): SubjectAppend<P> => ({
      subject,
      version,
      projection,
      events: events.map((event) => ({ event, id: entryId((made += 1)), at: AT, by: BY })),
    });
    const line = (text: string): AnyEvent => ({ type: "LineLogged", text });

    test("gives entries back in order, numbered from 1 without gaps, private text in place", async () => {
      const { ledger, projection } = await empty();
      const first = await ledger.append([part(projection, "incident/INC-1", 0, line("One"))]);
      const more = await ledger.append([
        part(projection, "incident/INC-1", 1, line("Two"), line('Zwei, "quoted" 🧭')),
      ]);
      expect([first, more].map(({ outcome }) => outcome)).toEqual(["appended", "appended"]);
      const read = await ledger.read("incident/INC-1");
      expect(read.map(({ version, at, by, event }) => ({ version, at, by, event }))).toEqual([
        { version: 1, at: AT, by: BY, event: line("One") },
        { version: 2, at: AT, by: BY, event: line("Two") },
        { version: 3, at: AT, by: BY, event: line('Zwei, "quoted" 🧭') },
      ]);
      expect(await ledger.read("incident/INC-2")).toEqual([]);
    });

    test("numbers places in the order of the events, over all subjects", async () => {
      const { ledger, projection } = await empty();
      const outcome = await ledger.append([
        part(projection, "signal/R-7QK4-M2", 0, line("a"), line("b")),
        part(projection, "incident/INC-1", 0, line("c")),
      ]);
      if (outcome.outcome !== "appended") throw new Error(outcome.outcome);
      const [first = -1] = outcome.seqs;
      expect(outcome.seqs).toEqual([first, first + 1, first + 2]);
      expect((await ledger.read("incident/INC-1")).map(({ seq }) => seq)).toEqual([first + 2]);
    });

    test("records several subjects whole or not at all", async () => {
      const { ledger, projection } = await empty();
      await ledger.append([part(projection, "incident/INC-1", 0, line("here already"))]);
      const outcome = await ledger.append([
        part(projection, "signal/R-7QK4-M2", 0, line("would be new")),
        part(projection, "incident/INC-1", 0, line("too late")),
      ]);
      expect(outcome).toEqual({ outcome: "conflict", subject: "incident/INC-1" });
      expect(await ledger.read("signal/R-7QK4-M2")).toEqual([]);
      expect(await ledger.read("incident/INC-1")).toHaveLength(1);
    });

    test("lets one of two win who decided on the same version", async () => {
      const { ledger, projection } = await empty();
      const outcomes = await Promise.all([
        ledger.append([part(projection, "incident/INC-1", 0, line("one"))]),
        ledger.append([part(projection, "incident/INC-1", 0, line("the other"))]),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["appended", "conflict"]);
      expect(await ledger.read("incident/INC-1")).toHaveLength(1);
    });

    test("shows erased text as [erased] and keeps everything else of the entry", async () => {
      const { ledger, projection } = await empty();
      const contact = { name: "Cleo", mail: "cleo@meridian.example", phone: "+49 30 1" };
      const added: AnyEvent = {
        type: "CustomerAdded",
        customer: "cus_1",
        name: "Meridian",
        contact,
      };
      const party = part(projection, "party/cus_1", 0, added);
      await ledger.append([party]);
      const entry = party.events[0]?.id ?? "";
      const paths = ["/contact/name", "/contact/mail"];
      await ledger.append([
        part(projection, "party/cus_1", 1, { type: "Erased", entry, paths, basis: "Asked to" }),
      ]);
      const [read, erasure] = await ledger.read("party/cus_1");
      expect(read?.event).toEqual({
        ...added,
        contact: { name: "[erased]", mail: "[erased]", phone: "+49 30 1" },
      });
      expect(erasure?.event).toEqual({ type: "Erased", entry, paths, basis: "Asked to" });
    });

    test("takes a request with one key once", async () => {
      const { ledger, projection } = await empty();
      const keyed = {
        idempotency: {
          key: "k1",
          by: BY,
          request: "{}",
          answer: "{}",
          at: AT,
          subject: "incident/INC-1",
        },
      };
      await ledger.append([part(projection, "incident/INC-1", 0, line("once"))], keyed);
      expect(
        await ledger.append([part(projection, "incident/INC-1", 1, line("twice"))], keyed),
      ).toEqual({ outcome: "conflict", subject: "idempotency/k1" });
      expect(await ledger.read("incident/INC-1")).toHaveLength(1);
    });

    test("lets nobody make a second signal of one fingerprint", async () => {
      const { ledger, projection } = await empty();
      const seen = (signal: string) => ({
        seen: [{ signal, fingerprint: "f", count: 1, at: AT, firing: true, was: null }],
      });
      const append = (signal: string) =>
        ledger.append([part(projection, `signal/${signal}`, 0, line("new"))], seen(signal));
      expect((await append("R-2222-22")).outcome).toBe("appended");
      expect(await append("R-3333-33")).toEqual({ outcome: "conflict", subject: "seen/f" });
      expect(await ledger.read("signal/R-3333-33")).toEqual([]);
    });
  });
}
