/** What a reporter sees of an incident is one of five words, and what was written to them. */

import { describe, expect, test } from "vitest";
import type { AnyEvent } from "../core/event.ts";
import { emptyIncident, type Incident } from "../core/incident/state.ts";
import type { Recorded } from "../core/recorded.ts";
import { emptySignal, type Signal } from "../core/signal/state.ts";
import type { Instant } from "../core/time/instant.ts";
import { caseState, messagesOf } from "./case-state.ts";

const REFERENCE = "R-7QK4-M2";
const AT = Date.parse("2026-11-20T17:30:00Z") as Instant;
const signal = (more: Partial<Signal> = {}): Signal => ({
  ...emptySignal(REFERENCE),
  state: "open",
  ...more,
});
const incident = (more: Partial<Incident> = {}): Incident => ({
  ...emptyIncident("INC-7"),
  state: "open",
  ...more,
});
const fix = { id: "f1", text: "x", happenedAt: AT };
const mitigation = { id: "m1", kind: "k", text: "x", happenedAt: AT, partial: false };
const confirmed = signal({ state: "confirmed", incident: "INC-7" });

describe("the five words", () => {
  test("a receipt is no answer: only a person's word makes it looked at", () => {
    expect(caseState(signal({ moments: { receivedAt: AT } }), undefined)).toBe("received");
    const moments = { [`acknowledgedAt/reporter:${REFERENCE}`]: AT };
    expect(caseState(signal({ moments }), undefined)).toBe("looking");
  });

  test.each([
    ["confirmed", incident()],
    ["fixing", incident({ mitigations: [mitigation] })],
    ["fixed", incident({ fixes: [fix] })],
    ["fixing", incident({ fixes: [fix], moments: { reopenedAt: AT } })],
    ["fixed", incident({ fixes: [fix], moments: { reopenedAt: AT }, state: "resolved" })],
    ["fixed", incident({ state: "closed" })],
  ])("%s", (word, state) => {
    expect(caseState(confirmed, state)).toBe(word);
  });
});

describe("messages", () => {
  const requested = (more: object): Recorded<AnyEvent> => ({
    version: 1,
    id: "e",
    at: AT,
    by: "account/ac_ada",
    event: {
      type: "NoticeRequested",
      notice: "N-1",
      kind: "acknowledgement",
      automatic: false,
      recipient: `reporter:${REFERENCE}`,
      meets: [],
      to: { mail: "ravi@researcher.example" },
      from: { name: "Ada", mail: "ada@fennel.example" },
      subject: "s",
      body: "We are looking.",
      ...more,
    } as AnyEvent,
  });
  const shown = (more: object, state: "requested" | "delivered") =>
    messagesOf(signal(), [
      {
        entries: [requested(more)],
        notices: { "N-1": { state } as Signal["notices"][string] },
      },
    ]);

  test("of a person, to this reporter, once they have left", () => {
    expect(shown({}, "delivered")).toEqual([{ at: AT, text: "We are looking.", from: "Ada" }]);
    expect(shown({}, "requested")).toEqual([]);
    expect(shown({ automatic: true }, "delivered")).toEqual([]);
    expect(shown({ recipient: "customer:cus_1" }, "delivered")).toEqual([]);
    expect(shown({ recipient: "reporter:R-2345-67" }, "delivered")).toEqual([]);
  });
});
