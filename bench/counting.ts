/**
 * How fast business-hours deadlines are counted, against walking the days.
 *
 *     npx tsx bench/counting.ts [DEADLINES]      (default 200,000)
 *
 * The slow side walks dates and windows with Temporal, as anybody would write it
 * first; the floor adds hours to an instant and knows no calendar. All sides get
 * the same targets in turn and in changing order, so a busy machine slows all;
 * only the ratios mean something, and of the ratio the median over the rounds.
 * Every deadline that was walked must be the one that was looked up. Ends with 1
 * if any differs, or if the median is below 500 times the walk.
 */

import { Temporal } from "temporal-polyfill";
import type { Calendar } from "../src/core/time/calendar.ts";
import { dueAt, plusHours, type Target } from "../src/core/time/count.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../src/core/time/instant.ts";
import { tell } from "./result.ts";

const RATIO_MIN = 500;
const ROUNDS = 20;
const RECOMPUTED = 100_000;
/** A walk takes hundreds of times as long, so each round walks only this many. */
const WALKED = 100;

const day = [
  ["09:00", "12:30"],
  ["13:30", "18:00"],
] as const;
const fennel: Calendar = {
  id: "fennel-support",
  zone: "Europe/Berlin",
  windows: { mon: day, tue: day, wed: day, thu: day, fri: [["09:00", "16:00"]] },
  holidays: [
    "2026-12-25",
    "2027-01-01",
    "2027-03-26",
    "2027-03-29",
    "2027-05-06",
    "2027-12-25",
  ].map((date) => ({ date })),
  optionalHolidays: [],
  closures: [{ from: "2026-12-28", to: "2026-12-31", name: "winter break" }],
};
const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type Deadline = { readonly startedAt: Instant; readonly target: Target };

/** The same deadlines in every run: starts over three years, 1 to 80 open hours. */
function deadlines(count: number): Deadline[] {
  let seed = 1182;
  const below = (max: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * max);
  };
  return Array.from({ length: count }, () => ({
    startedAt: (Date.UTC(2026, 0) + below(3 * 365 * 24 * 60) * 60_000) as Instant,
    target: { count: 1 + below(80), unit: "business-hours" as const },
  }));
}

function look({ startedAt, target }: Deadline): number {
  const counted = dueAt(startedAt, target, fennel, fennel.zone);
  return counted.ok ? counted.value.dueAt : Number.NaN;
}

const add = ({ startedAt, target }: Deadline): number => plusHours(startedAt, target.count);

const closed = new Set(fennel.holidays.map(({ date }) => date));
function walk({ startedAt, target }: Deadline): number {
  let left = target.count * HOUR_MS;
  let from: number = startedAt;
  let date = Temporal.Instant.fromEpochMilliseconds(startedAt)
    .toZonedDateTimeISO(fennel.zone)
    .toPlainDate();
  for (; ; date = date.add({ days: 1 })) {
    const text = date.toString();
    if (closed.has(text) || fennel.closures.some((run) => run.from <= text && text <= run.to))
      continue;
    for (const [open, close] of fennel.windows[WEEKDAYS[date.dayOfWeek - 1] as "mon"] ?? []) {
      const at = (plainTime: string): number =>
        date.toZonedDateTime({ timeZone: fennel.zone, plainTime }).epochMilliseconds;
      const openedAt = Math.max(at(open), from);
      const openMs = at(close) - openedAt;
      if (openMs <= 0) continue;
      if (openMs >= left) return openedAt + left;
      left -= openMs;
      from = openedAt + openMs;
    }
  }
}

/** What a side has done, and in how many milliseconds. */
type Side = { readonly run: (deadline: Deadline) => number; count: number; ms: number };

/** What the batch gave, and how many a second it was. */
function timed(side: Side, batch: readonly Deadline[]): { results: number[]; rate: number } {
  const began = performance.now();
  const results = batch.map(side.run);
  const ms = performance.now() - began;
  side.ms += ms;
  side.count += batch.length;
  return { results, rate: batch.length / ms };
}

const perSecond = ({ count, ms }: Side): number => (count / ms) * 1000;

const total = Number(process.argv[2] ?? 200_000);
const all = deadlines(total);
const sides = {
  looked: { run: look, count: 0, ms: 0 },
  walked: { run: walk, count: 0, ms: 0 },
  added: { run: add, count: 0, ms: 0 },
};

// Both sides look up zone and calendar once; what is measured is every time after that.
for (const side of Object.values(sides)) all.slice(0, 200).map(side.run);

let differing = 0;
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const batch = all.slice((total / ROUNDS) * round, (total / ROUNDS) * (round + 1));
  const few = batch.slice(0, WALKED);
  const rates = { looked: 0, walked: 0 };
  const parts = [
    () => timed(sides.added, batch),
    () => {
      rates.looked = timed(sides.looked, batch).rate;
    },
    () => {
      const walked = timed(sides.walked, few);
      rates.walked = walked.rate;
      differing += few.filter((deadline, i) => look(deadline) !== walked.results[i]).length;
    },
  ];
  for (const part of round % 2 === 0 ? parts : parts.toReversed()) part();
  ratios.push(rates.looked / rates.walked);
}
const ratio = ratios.toSorted((a, b) => a - b)[ROUNDS / 2] as number;

const again = all.slice(0, RECOMPUTED);
const recomputed: Side = { run: look, count: 0, ms: 0 };
timed(recomputed, again);

const walkedRate = perSecond(sides.walked);
const line = (name: string, side: Side): string =>
  [
    name.padEnd(38),
    Math.round(perSecond(side)).toLocaleString("en-US").padStart(12),
    (perSecond(side) / walkedRate).toFixed(0).padStart(10),
    (perSecond(side) / perSecond(sides.added)).toFixed(4).padStart(10),
  ].join("");
const days = all.reduce((sum, each) => sum + (look(each) - each.startedAt) / DAY_MS, 0) / total;

console.log(
  `${total} deadlines, ${days.toFixed(1)} days long on average, ${sides.walked.count} walked\n`,
);
console.log(
  ["".padEnd(38), "per second".padStart(12), "x walk".padStart(10), "x floor".padStart(10)].join(
    "",
  ),
);
console.log(line("adding hours to an instant (floor)", sides.added));
console.log(line("business hours, looked up (ours)", sides.looked));
console.log(line("business hours, walked with Temporal", sides.walked));
console.log(`\nlooked up against walked, median of ${ROUNDS} rounds: ${ratio.toFixed(0)} times`);
console.log(`${again.length} open deadlines counted again in ${recomputed.ms.toFixed(0)} ms`);
console.log(`${differing} of ${sides.walked.count} walked deadlines differ`);
tell({
  name: "business-hours deadlines, against walking the days",
  value: ratio,
  unit: "x",
  aim: { atLeast: RATIO_MIN },
  says: `${Math.round(perSecond(sides.looked)).toLocaleString("en-US")}/s; ${differing} of ${sides.walked.count} differ`,
});
if (differing > 0) process.exitCode = 1;
