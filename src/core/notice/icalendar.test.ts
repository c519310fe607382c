import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../policy/fennel.ts";
import type { Instant } from "../time/instant.ts";
import { type DueEvent, icalendar } from "./icalendar.ts";

const EVENT: DueEvent = {
  uid: "9f2c0c1e5d7a4b6f8091a2b3c4d5e6f7",
  reference: "INC-7",
  severityRank: 1,
  what: "notice to a customer",
  startedAt: instant("2026-11-20T20:05:00Z"),
  dueAt: instant("2026-11-21T20:05:00Z"),
  isOverdue: false,
  isDrill: false,
};

type Parsed = { readonly name: string; readonly parameters: string; readonly value: string };

/**
 * A reader of its own: content lines as RFC 5545, 3.1 and 3.3.11 have them, written without a look
 * at what is tested.
 */
function parse(text: string): {
  readonly lines: readonly Parsed[];
  readonly events: Record<string, string>[];
} {
  expect(text.endsWith("\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  for (const raw of text.split("\r\n")) {
    expect(new TextEncoder().encode(raw).length).toBeLessThanOrEqual(75);
  }
  const lines = text
    .replace(/\r\n[ \t]/g, "")
    .split("\r\n")
    .slice(0, -1)
    .map((line) => {
      const [, name = "", parameters = "", value = ""] =
        /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/s.exec(line) ?? [];
      expect(name, line).not.toBe("");
      return { name, parameters, value };
    });
  const events: Record<string, string>[] = [];
  const open: string[] = [];
  for (const { name, value } of lines) {
    if (name === "BEGIN") {
      open.push(value);
      if (value === "VEVENT") events.push({});
    } else if (name === "END") expect(open.pop()).toBe(value);
    else if (open.at(-1) === "VEVENT") (events.at(-1) as Record<string, string>)[name] = value;
  }
  expect(open).toEqual([]);
  expect(lines[0]).toMatchObject({ name: "BEGIN", value: "VCALENDAR" });
  return { lines, events };
}

const unescaped = (text = ""): string =>
  text.replace(/\\([\\;,nN])/g, (_, character: string) =>
    character.toLowerCase() === "n" ? "\n" : character,
  );

const toMs = (stamp = ""): number => {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const [year = 0, month = 0, ...rest] = parts.map(Number);
  return Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
};

describe("the calendar", () => {
  test("is one that a reader of the standard reads", () => {
    const { lines, events } = parse(icalendar([EVENT]));
    const properties = lines.map(({ name, value }) => `${name}:${value}`);
    expect(properties).toContain("VERSION:2.0");
    expect(properties.filter((line) => line.startsWith("PRODID:"))).toHaveLength(1);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ SUMMARY: "SEV1 INC-7: notice to a customer" });
  });

  test("says when in UTC, absolutely", () => {
    const { events } = parse(icalendar([EVENT]));
    expect(events[0]?.["DTSTART"]).toBe("20261121T200500Z");
    expect(toMs(events[0]?.["DTSTART"])).toBe(EVENT.dueAt);
    expect(toMs(events[0]?.["DTSTAMP"])).toBe(EVENT.startedAt);
  });

  test("marks what is overdue, a drill, and what has no severity", () => {
    const one = (more: Partial<DueEvent>) =>
      parse(icalendar([{ ...EVENT, ...more }])).events[0]?.["SUMMARY"];
    expect(one({ isOverdue: true })).toBe("OVERDUE SEV1 INC-7: notice to a customer");
    expect(one({ isDrill: true })).toBe("DRILL SEV1 INC-7: notice to a customer");
    expect(one({ severityRank: undefined })).toBe("INC-7: notice to a customer");
  });

  test("keeps an event's name when its time moves, so that it is moved and not doubled", () => {
    const later = { ...EVENT, dueAt: instant("2026-11-23T08:00:00Z") };
    const [was, is] = [EVENT, later].map((event) => parse(icalendar([event])).events[0]);
    expect(is?.["UID"]).toBe(was?.["UID"]);
    expect(is?.["DTSTART"]).not.toBe(was?.["DTSTART"]);
  });

  test("without a deadline is a calendar all the same", () => {
    expect(parse(icalendar([])).events).toEqual([]);
  });

  test("whatever the words are, they come out as they went in", () => {
    const text = fc
      .string({ unit: "grapheme", maxLength: 200, size: "max" })
      .filter((one) => !/[\r\n]/.test(one));
    const at = fc.integer({ min: 0, max: 4_000_000_000_000 }) as fc.Arbitrary<Instant>;
    fc.assert(
      fc.property(text, at, (what, dueAt) => {
        const { events } = parse(icalendar([{ ...EVENT, what, dueAt }]));
        expect(unescaped(events[0]?.["SUMMARY"])).toBe(`SEV1 INC-7: ${what}`);
        expect(toMs(events[0]?.["DTSTART"])).toBe(Math.floor(dueAt / 1_000) * 1_000);
      }),
    );
  });
});
