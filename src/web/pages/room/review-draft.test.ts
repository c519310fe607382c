import { describe, expect, test } from "vitest";
import type { ObligationView, TimelineLine } from "../../../api/view.ts";
import { promisedAndActual, type Reviewed, reviewDraft } from "./review-draft.ts";

const ZONE = "Europe/Berlin";

const owed = (more: Partial<ObligationView>): ObligationView => ({
  id: "mitigate@team",
  subject: "incident/INC-7",
  clause: "mitigate",
  duty: "mitigate",
  recipient: { kind: "team", id: "team", name: null },
  says: "",
  startedAt: "2026-11-20T17:40:00Z",
  dueAt: "2026-11-21T17:40:00Z",
  overdueAt: "2026-11-21T17:40:00.001Z",
  latestAt: null,
  prepareAt: null,
  stoppedAt: null,
  raisedAt: null,
  originalDueAt: null,
  disputedAt: null,
  standing: "running",
  word: null,
  takenBy: null,
  problem: null,
  ...more,
});

const line = (more: Partial<TimelineLine>): TimelineLine => ({
  version: 1,
  seq: 1,
  entry: "e",
  type: "LineLogged",
  at: "2026-11-20T19:10:00Z",
  happenedAt: null,
  by: "account/ac_ada",
  byName: "Ada",
  says: "Bucket closed.",
  text: null,
  key: true,
  struck: null,
  clocks: [],
  ...more,
});

describe("promised and actual", () => {
  const rows = (list: readonly ObligationView[]) =>
    promisedAndActual(list, ZONE).split("\n").slice(2);

  test("says how much was to spare", () => {
    const kept = owed({ stoppedAt: "2026-11-20T19:10:00Z", standing: "met" });
    expect(rows([kept])).toEqual([
      "| Mitigate | Fri 20 Nov 2026, 18:40 CET | Sat 21 Nov 2026, 18:40 CET | Fri 20 Nov 2026, 20:10 CET | kept, 22 h 30 min to spare | `mitigate` |",
    ]);
  });

  test("shows what was promised first where an extension moved it, and what was waived", () => {
    const extended = owed({
      dueAt: "2026-11-23T09:00:00Z",
      originalDueAt: "2026-11-21T17:40:00Z",
      stoppedAt: "2026-11-22T09:00:00Z",
      standing: "met",
    });
    expect(rows([extended])[0]).toContain(
      "| Sat 21 Nov 2026, 18:40 CET, extended to Mon 23 Nov 2026, 10:00 CET |",
    );
    const waived = owed({ stoppedAt: "2026-11-20T19:10:00Z", standing: "waived" });
    expect(rows([waived])[0]).toContain("| waived: said not to apply |");
  });

  test("says by how much it was late, and what was never done", () => {
    const late = owed({ stoppedAt: "2026-11-21T18:00:00Z", standing: "met-late" });
    const missed = owed({ id: "z", standing: "missed" });
    expect(rows([missed, late])[0]).toContain("late by 20 min");
    expect(rows([missed, late])[1]).toContain("| not done | missed |");
  });

  test("puts a promise without a number last, in its own word", () => {
    const word = owed({ id: "a", dueAt: null, word: "best-effort", standing: "owed" });
    expect(rows([word, owed({})])[1]).toContain("| best-effort | not done | open |");
  });

  test("a customer's name cannot break the table", () => {
    const odd = owed({
      duty: "notify",
      recipient: { kind: "customer", id: "c", name: "A | B\nC" },
    });
    expect(rows([odd])).toHaveLength(1);
    expect(rows([odd])[0]).toContain("Notify A \\| B C");
  });

  test("is a sentence where nothing was promised", () => {
    expect(promisedAndActual([], ZONE)).toBe("Nothing was promised for such an incident.");
  });
});

describe("the draft", () => {
  const reviewed: Reviewed = {
    reference: "INC-7",
    severity: "Critical",
    policyVersion: 3,
    openedAt: "2026-11-20T17:52:00Z",
    resolvedAt: null,
    customers: ["Meridian Health"],
    obligations: [owed({})],
    lines: [
      line({ happenedAt: "2026-11-20T18:40:00Z", says: "Keys\nrevoked." }),
      line({
        version: 2,
        struck: { at: "", byName: "Ben", reason: "wrong" },
        says: "Nothing read.",
      }),
    ],
  };

  test("tells what happened when it happened, without struck lines and without names of people", () => {
    const draft = reviewDraft(reviewed, ZONE);
    expect(draft).toContain("- Fri 20 Nov 2026, 19:40 CET: Keys revoked.");
    expect(draft).not.toContain("Nothing read.");
    expect(draft).not.toContain("Ada");
  });

  test("is the same for the same record", () => {
    expect(reviewDraft(reviewed, ZONE)).toBe(reviewDraft(structuredClone(reviewed), ZONE));
  });

  test("says what is not so yet", () => {
    expect(reviewDraft(reviewed, ZONE)).toContain("not resolved. Touched: Meridian Health.");
    expect(reviewDraft({ ...reviewed, lines: [] }, ZONE)).toContain("No moment is marked as key.");
  });
});
