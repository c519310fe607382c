import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR_MS, type Instant, plus } from "../time/instant.ts";
import { SCALES } from "./axis.ts";
import { FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE } from "./fennel-night.ts";
import { type TapeItem, toItems } from "./item.ts";
import { layRoom } from "./room.ts";
import { axisOf } from "./line.ts";
import { renderTape, type TapeOptions } from "./tape.ts";
import { type Box, overlaps } from "./ticks.ts";
import { itemSentence } from "./words.ts";

const now = NIGHT_NOW;
const hours = (min: number, max: number) =>
  fc
    .double({ min, max, noNaN: true })
    .map((count): Instant => plus(now, Math.round(count * HOUR_MS)));

const anyItem = fc.record(
  {
    name: fc.oneof(fc.constantFrom("mitigate", "Meridian Health"), fc.string({ maxLength: 40 })),
    says: fc.string({ maxLength: 40 }),
    to: fc.constantFrom("team", "customer", "authority", "reporter", "provider", "public"),
    startedAt: hours(-400, 0),
    dueAt: hours(-300, 4_000),
    latestAt: hours(-300, 4_000),
    stoppedAt: hours(-300, 0),
    prepareAt: hours(-300, 4_000),
    isBegun: fc.boolean(),
    isGhost: fc.boolean(),
    isWaived: fc.boolean(),
    slack: fc.array(fc.record({ at: hours(-10, 4_000), label: fc.string({ maxLength: 20 }) }), {
      maxLength: 2,
    }),
    paused: fc.constant([{ fromAt: plus(now, -HOUR_MS), toAt: plus(now, 9 * HOUR_MS) }]),
    word: fc.constant("at once"),
    zone: fc.constantFrom("Asia/Tokyo", "America/New_York"),
  },
  { requiredKeys: ["name", "says", "to", "startedAt"] },
);

const anyItems = fc
  .array(anyItem, { maxLength: 24, size: "max" })
  .map((items): readonly TapeItem[] => items.map((item, i) => ({ ...item, id: `o${i}` })));

const anyOptions: fc.Arbitrary<TapeOptions> = fc.record({
  width: fc.integer({ min: 360, max: 1_800 }),
  zone: fc.constantFrom("UTC", NIGHT_ZONE, "America/St_Johns", "Pacific/Auckland"),
  scale: fc.constantFrom(...SCALES),
  height: fc.constantFrom("strip", "row", "room", "down"),
});

const xOf = (svg: string): number => Number(/class="tape-now" d="M([\d.]+) /.exec(svg)?.[1]);

describe("a tape", () => {
  test("has now at 24 % of its width, within half a pixel, at every height and scale", () => {
    fc.assert(
      fc.property(anyItems, anyOptions, (items, options) => {
        fc.pre(options.height !== "down");
        const gutter = options.height === "room" ? 168 : 0;
        const wanted = gutter + 0.24 * (options.width - gutter);
        expect(Math.abs(xOf(renderTape(items, now, options)) - wanted)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  test("is the same bytes for the same input", () => {
    fc.assert(
      fc.property(
        anyItems,
        anyOptions,
        (items, options) =>
          renderTape(items, now, options) ===
          renderTape(structuredClone(items), now, { ...options }),
      ),
    );
  });

  test("holds markup only of its own, whatever names hold", () => {
    const named = { ...(FENNEL_NIGHT[2] as TapeItem), name: `"><script>&'` };
    for (const height of ["strip", "row", "room", "down"] as const) {
      const svg = renderTape([named], now, { width: 900, zone: "UTC", height });
      expect(svg).not.toContain("<script");
      expect(svg).not.toMatch(/ style=| on\w+=|<style/);
    }
  });

  test("is no higher than its place: 28, 44, 120 to 240 pixels", () => {
    const heightOf = (svg: string): number => Number(/ height="([\d.]+)"/.exec(svg)?.[1]);
    fc.assert(
      fc.property(anyItems, anyOptions, (items, options) => {
        const high = heightOf(renderTape(items, now, { ...options, focus: "o1" }));
        if (options.height === "strip") expect(high).toBe(28);
        else if (options.height === "row") expect(high).toBe(44);
        else if (options.height === "room") {
          expect(high).toBeGreaterThanOrEqual(120);
          expect(high).toBeLessThanOrEqual(240);
        }
      }),
    );
  });

  test("says in one sentence what it shows", () => {
    const svg = renderTape(FENNEL_NIGHT, now, { width: 900, zone: NIGHT_ZONE, of: "INC-7" });
    expect(svg).toContain('role="img"');
    expect(svg).toContain('aria-label="INC-7: 7 open, nothing is overdue; next is Update Ravi,');
  });

  test("shows every obligation as a mark or counts it, and the list has each", () => {
    fc.assert(
      fc.property(anyItems, anyOptions, (items, options) => {
        const svg = renderTape(items, now, { ...options, height: "room" });
        const rest = Number(/>(\d+) more in the list</.exec(svg)?.[1] ?? 0);
        const drawn = items.filter(({ id }) => svg.includes(`data-id="${id}"`)).length;
        expect(drawn + rest).toBe(items.length);
        for (const item of items)
          expect(itemSentence(item, now, options.zone).length).toBeGreaterThan(3);
      }),
    );
  });

  test("leaves out no obligation that needs somebody before one that is done", () => {
    const many = Array.from(
      { length: 20 },
      (_, i): TapeItem => ({
        ...(FENNEL_NIGHT[0] as TapeItem),
        id: `done${i}`,
      }),
    );
    const svg = renderTape(many.concat(FENNEL_NIGHT.slice(2)), now, { width: 900, zone: "UTC" });
    for (const { id } of FENNEL_NIGHT.slice(2)) expect(svg).toContain(`data-id="${id}"`);
  });

  test("carries the count of what is overdue on its now-line", () => {
    const late = FENNEL_NIGHT.map((item) =>
      item.name === "fix" ? { ...item, dueAt: plus(now, -HOUR_MS) } : item,
    );
    for (const height of ["room", "down"] as const)
      expect(renderTape(late, now, { width: 900, zone: "UTC", height })).toContain(">1 overdue<");
    expect(renderTape(FENNEL_NIGHT, now, { width: 900, zone: "UTC" })).not.toContain(" overdue<");
  });
});

describe("labels in the room", () => {
  const laid = (items: readonly TapeItem[], { width, zone, scale }: TapeOptions) =>
    layRoom(items, {
      axis: axisOf(items, now, scale ? { scale } : {}),
      zone,
      width,
      gutter: 168,
    });

  test("never lie on each other, on a mark, on the now-line, or outside", () => {
    fc.assert(
      fc.property(anyItems, anyOptions, (items, options) => {
        const { rows, place } = laid(items, options);
        for (const { labels, lane } of rows) {
          const marks = [lane.mark, ...lane.slack.map(({ mark }) => mark)].flatMap(
            (mark): readonly Box[] =>
              mark === undefined ? [] : [[place(mark) - 5, place(mark) + 5]],
          );
          const taken = [...marks, [place(0.24) - 1, place(0.24) + 1] as const];
          for (const [i, { box }] of labels.entries()) {
            expect(taken.filter((other) => overlaps(other, box))).toEqual([]);
            expect(labels.slice(i + 1).filter((other) => overlaps(other.box, box))).toEqual([]);
            expect(box[0]).toBeGreaterThanOrEqual(0);
            expect(box[1]).toBeLessThanOrEqual(options.width);
          }
        }
      }),
    );
  });

  test("stand right of the mark, else left of it, else nowhere", () => {
    const only = (more: Partial<TapeItem>, width = 1_200) => {
      const item = { ...(FENNEL_NIGHT[3] as TapeItem), ...more };
      const { rows, place } = laid([item], { width, zone: NIGHT_ZONE });
      return { box: rows[0]?.labels[0]?.box, mark: place(rows[0]?.lane.mark ?? 0) };
    };
    const right = only({});
    expect(right.box?.[0]).toBeGreaterThan(right.mark);
    const left = only({ dueAt: plus(now, 4_000 * HOUR_MS) });
    expect(left.box?.[1]).toBeLessThan(left.mark);
    expect(only({ dueAt: plus(now, 4_000 * HOUR_MS) }, 250).box).toBeUndefined();
  });
});

describe("obligations as items", () => {
  const iso = (count: number): string => new Date(plus(now, count * HOUR_MS)).toISOString();
  const owed = (more: object) => ({
    id: "notify@kestrel",
    clause: "notify",
    duty: "notify",
    recipient: { kind: "customer", id: "kestrel", name: "Kestrel Bank" },
    startedAt: iso(-1),
    dueAt: iso(23),
    stoppedAt: null,
    ...more,
  });

  test("of two promises of the same to the same, the earlier has the lane, the other is slack", () => {
    const items = toItems([owed({ id: "b", clause: "dpa-7", dueAt: iso(47) }), owed({})]);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      id: "notify@kestrel",
      name: "Kestrel Bank",
      says: "Notify Kestrel Bank",
      slack: [{ at: plus(now, 47 * HOUR_MS), label: "48 h" }],
    });
  });

  test("a promise of the same without a number is not lost: the list says it", () => {
    const items = toItems([owed({}), owed({ id: "c", clause: "undue-delay", dueAt: null })]);
    expect(items).toHaveLength(1);
    expect(itemSentence(items[0] as TapeItem, now, "UTC")).toContain(
      "undue-delay promises it, too, without a number",
    );
  });

  test("one that cannot be counted says why, one without a number says its word", () => {
    expect(toItems([owed({ dueAt: null, word: "immediately" })])[0]?.word).toBe("immediately");
    expect(toItems([owed({ dueAt: null, problem: "No calendar." })])[0]?.word).toBe(
      "cannot be counted: No calendar.",
    );
  });
});
