import { expect, test } from "vitest";
import { HOUR_MS, plus } from "../time/instant.ts";
import { FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE } from "./fennel-night.ts";
import { tapeText } from "./text.ts";

const lines = (items = FENNEL_NIGHT, width = 87): readonly string[] =>
  tapeText(items, NIGHT_NOW, { zone: NIGHT_ZONE, width }).map(({ text }) => text);

test("Fennel's night is drawn as the design drew it", () => {
  expect(lines().slice(0, 14)).toEqual([
    "                Fri 20 Nov       ┃ 22:15, next 24 h          ⫽ to 7 days    ⫽ to 90 d",
    "CET             18:40 20         ┃ Sat    06     12     18   ⫽  Mon  Wed Fri⫽Dec   Feb",
    "△ Ravi: ack     ├△✓::::::::::::::┃                           ⫽              ⫽",
    "○ triage        ├○✓::::::::::::::┃                           ⫽              ⫽",
    "△ Ravi: word     ├===============┃--------------┬△           ⫽              ⫽",
    "○ mitigate       ├===============┃--------------------┬---◐  ⫽              ⫽",
    "◇ Meridian                 ├=====┃-----------------------┬--⬖⫽              ⫽",
    "◇ Kestrel                  ├=====┃-----------------------┬--◇⫽  ◇           ⫽",
    "◇ Oakline                  ├=====┃-----------------------┬--◇⫽              ⫽",
    "□ authority                ├=====┃---------------------------⫽---┬□         ⫽",
    "○ fix            ├===============┃---------------------------⫽-------------○⫽",
    "⬡ Gatehouse                      ┃ · · · · · · · · · · · · · ⫽ ·⬡           ⫽",
    "our night                        ┃~~~~~~~~~~",
    "Next: △ Ravi: word by Sat 12:00, 13 h 45 m. Nothing is overdue.",
  ]);
});

test("below it stands every open obligation in words, and what else is promised", () => {
  expect(lines().slice(14)).toContain(
    "◇ Kestrel: Sat 21:05, 22 h 50 m; contract 48 h Sun 21:05, 46 h 50 m = slack",
  );
  expect(lines().slice(14)).toHaveLength(8);
});

test("what is overdue stands on top, hatched up to now, and is counted on the now-line", () => {
  const late = FENNEL_NIGHT.map((item) =>
    item.name === "mitigate" ? { ...item, dueAt: plus(NIGHT_NOW, -2 * HOUR_MS) } : item,
  );
  const drawn = lines(late);
  expect(drawn[0]).toContain("┃ 22:15 [1 overdue]  ");
  expect(drawn[2]).toMatch(/^○ mitigate {7}├=+○✕\/+┃/);
  expect(drawn).toContain("Next: △ Ravi: word by Sat 12:00, 13 h 45 m. 1 overdue.");
});

test("the remaining part of what is at risk is filled", () => {
  const risky = FENNEL_NIGHT.map((item) =>
    item.name === "Oakline" ? { ...item, prepareAt: NIGHT_NOW } : item,
  );
  expect(lines(risky)[2]).toMatch(/^◇ Oakline +├=+┃#+◇⫽/);
});

test("no line of the tape is wider than was asked for", () => {
  for (const width of [56, 87, 160])
    for (const line of lines(FENNEL_NIGHT, width).slice(0, 13))
      expect([...line].length).toBeLessThanOrEqual(width + 1);
});

test("now stands at 24 % of the columns after the names", () => {
  for (const width of [56, 87, 160])
    expect([...(lines(FENNEL_NIGHT, width)[2] ?? "")].indexOf("┃")).toBe(
      16 + Math.round(0.24 * (width - 16)),
    );
});
