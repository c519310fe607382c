import { describe, expect, test } from "vitest";
import type { ListedObligation } from "../../../api/view.ts";
import { DAY_MS, HOUR_MS, type Instant, plus, toIso } from "../../../core/time/instant.ts";
import { filterOf, queryOf, searchOf } from "./filter.ts";
import { linesOf } from "./lines.ts";
import { monthOf } from "./month.ts";

// Friday 20 November 2026, 19:00 in Berlin.
const NOW = Date.parse("2026-11-20T18:00:00Z") as Instant;
const BERLIN = "Europe/Berlin";
const owed = (id: string, at: Instant | undefined, who = "Kestrel Bank") =>
  ({
    id,
    subject: "incident/INC-7",
    dueAt: at === undefined ? null : toIso(at),
    overdueAt: at === undefined ? null : toIso(plus(at, 1)),
    recipient: { kind: "customer", id: who, name: who },
  }) as unknown as ListedObligation;

const told = (rows: readonly ListedObligation[], mode: "time" | "party" | "calendar") =>
  linesOf(rows, mode, {
    now: NOW,
    zone: BERLIN,
    counts: { overdue: 0, today: 1, soon: 1, later: 1, uncounted: 1 },
  }).map((line) =>
    line.kind === "heading" ? `# ${line.title} ${line.count ?? ""}`.trim() : line.owed.id,
  );

describe("the lines of the board", () => {
  test("by time stand under when they are due, and overdue is said even when it is nothing", () => {
    const rows = [
      owed("tonight", plus(NOW, 4 * HOUR_MS)),
      owed("tomorrow", plus(NOW, 6 * HOUR_MS)),
      owed("next week", plus(NOW, 7 * DAY_MS)),
      owed("whenever", undefined),
    ];
    expect(told(rows, "time")).toEqual([
      "# Overdue 0",
      "# Today 1",
      "tonight",
      "# In 72 hours 1",
      "tomorrow",
      "# Later 1",
      "next week",
      "# Without a number 1",
      "whenever",
    ]);
  });

  test("at the due instant it is not overdue yet; a millisecond later it is", () => {
    const rows = [owed("late", plus(NOW, -1)), owed("now", NOW)];
    expect(told(rows, "time").slice(1)).toEqual(["# Overdue 0", "late", "# Today 1", "now"]);
  });

  test("by party stand under their recipient, in the calendar under their day", () => {
    const rows = [owed("a", NOW), owed("b", plus(NOW, DAY_MS)), owed("c", NOW, "Oakline")];
    expect(told(rows, "party")).toEqual(["# Kestrel Bank", "a", "b", "# Oakline", "c"]);
    expect(told(rows.slice(0, 2), "calendar")).toEqual([
      "# Fri 20 Nov 2026",
      "a",
      "# Sat 21 Nov 2026",
      "b",
    ]);
  });
});

describe("a month", () => {
  test("has whole weeks from Monday on, and its edges are midnights of the zone", () => {
    const month = monthOf({ month: "2026-10", day: "" }, NOW, BERLIN);
    expect(month.days[0]?.date).toBe("2026-09-28");
    expect(month.days.at(-1)?.date).toBe("2026-11-01");
    expect(month.days.length % 7).toBe(0);
    const edges = month.edges.split(",");
    expect(edges).toHaveLength(month.days.length + 1);
    // The clocks go back on 25 October: that day has 25 hours.
    const [from, to] = [edges[27], edges[28]].map((edge) => Date.parse(edge ?? ""));
    expect((to ?? 0) - (from ?? 0)).toBe(25 * HOUR_MS);
    expect(month.within).toEqual({
      from: "2026-09-30T22:00:00.000Z",
      until: "2026-10-31T23:00:00.000Z",
    });
  });

  test("is the present one where none is asked for, or one that is none", () => {
    expect(monthOf({ month: "", day: "" }, NOW, BERLIN).id).toBe("2026-11");
    expect(monthOf({ month: "2026-13", day: "" }, NOW, BERLIN).id).toBe("2026-11");
  });

  test("narrowed to a day lists that day", () => {
    const { within } = monthOf({ month: "2026-11", day: "2026-11-21" }, NOW, BERLIN);
    expect(within).toEqual({ from: "2026-11-20T23:00:00.000Z", until: "2026-11-21T23:00:00.000Z" });
  });
});

describe("a filter", () => {
  test("survives its address, and leaves out what is nothing", () => {
    const search = {
      view: "calendar",
      show: "overdue",
      to: "customer",
      month: "2026-11",
      slack: "yes",
    };
    expect(searchOf(filterOf(search))).toMatchObject(search);
    expect(Object.values(searchOf(filterOf({}))).filter(Boolean)).toEqual([]);
    expect(filterOf({ view: "sideways", show: "all", to: "moon" })).toEqual(filterOf({}));
  });

  test("asks for what it shows", () => {
    expect(queryOf(filterOf({ show: "mine" }), "account/ac_ada")).toMatchObject({
      standing: "open",
      takenBy: "account/ac_ada",
      slack: "hidden",
    });
    expect(queryOf(filterOf({ show: "waived", view: "party" }), "")).toMatchObject({
      standing: "waived",
      order: "party",
    });
  });
});
