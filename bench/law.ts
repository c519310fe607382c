/**
 * What an obligation under law costs to count, from 100 of them to 100,000.
 *
 *     npx tsx bench/law.ts [LARGEST]      (default 100,000)
 *
 * Each is a fact with its zone and a rule, in the mixture that incidents have: hours of the
 * Union with the hour that does not count, days that roll, months, business days with optional
 * holidays, business hours. The floor adds hours to an instant and knows neither zone nor
 * calendar; the walk counts date by date with Temporal, as anybody would write it first, and
 * is the oracle too: every obligation that was walked must come out the same. All sides run in
 * turn and in changing order, so a busy machine slows all; only the ratios mean something.
 * Ends with 1 if any differs, if the cost grows with their number, or if an aim is missed.
 */

import { Temporal } from "temporal-polyfill";
import { plusHours } from "../src/core/time/count.ts";
import { DAY_MS, HOUR_MS, type Instant, toIso } from "../src/core/time/instant.ts";
import { countRule } from "../src/core/time/rule/count-rule.ts";
import type { Rule } from "../src/core/time/rule/rule.ts";
import { ruleWorld } from "../src/core/time/rule/world.ts";
import { tell } from "./result.ts";

const SIZES = [100, 1_000, 10_000, 100_000];
const ROUNDS = 20;
/** Times as fast as the walk; business hours alone are held to more in counting.ts. */
const RATIO_MIN = 10;
const GROWTH_MAX = 2;
const RECOUNT_MS_MAX = 500;
/** A walk takes so much longer that each round walks only this many. */
const WALKED = 200;

const office = [
  ["09:00", "12:30"],
  ["13:30", "18:00"],
] as const;
const calendar = {
  zone: "Europe/Berlin",
  windows: { mon: office, tue: office, wed: office, thu: office, fri: [["09:00", "16:00"]] },
  holidays: ["2026-12-25", "2026-12-26", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-06"],
  optionalHolidays: ["2026-12-24", "2026-12-31"],
};
const ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Sao_Paulo"];
const RULES: readonly Rule[] = [
  { kind: "hours", n: 24, anchor: "awareAt", profile: "eu1182" },
  { kind: "hours", n: 72, anchor: "awareAt", profile: "eu1182" },
  { kind: "days", n: 14, anchor: "awareAt", roll: "eu1182" },
  { kind: "days", n: 30, anchor: "awareAt", roll: "next-business" },
  { kind: "months", n: 1, anchor: "awareAt", roll: "eu1182" },
  { kind: "businessDays", n: 4, anchor: "awareAt", endAt: "17:30" },
  { kind: "businessHours", hours: 16, anchor: "awareAt" },
];

type Owed = { readonly zone: string; readonly awareAt: Instant; readonly rule: Rule };

/** The same obligations in every run, their moments over three years. */
function obligations(count: number): Owed[] {
  let seed = 1182;
  const below = (max: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * max);
  };
  return Array.from({ length: count }, (_, i) => ({
    zone: ZONES[below(ZONES.length)] as string,
    awareAt: (Date.UTC(2026, 0) + below(3 * 365 * 24 * 60) * 60_000) as Instant,
    rule: RULES[i % RULES.length] as Rule,
  }));
}

/** When it is due and the latest that can be defended, from facts as an incident holds them. */
type Dates = readonly [due: number, latest: number | null];

function count({ zone, awareAt, rule }: Owed): Dates {
  const world = ruleWorld({ zone, awareAt: toIso(awareAt) }, calendar);
  const counted = world.ok ? countRule(rule, world.value) : world;
  return counted.ok ? [counted.value.dueAt, counted.value.latestAt] : [Number.NaN, null];
}

const add = ({ awareAt }: Owed): Dates => {
  const due = plusHours(awareAt, 72);
  return [due, due];
};

const isClosed = (date: Temporal.PlainDate, dates: readonly string[]): boolean =>
  date.dayOfWeek > 5 || dates.includes(date.toString());

function walk({ zone, awareAt, rule }: Owed): Dates {
  const { holidays, optionalHolidays } = calendar;
  const at = Temporal.Instant.fromEpochMilliseconds(awareAt).toZonedDateTimeISO(zone);
  const first = at.toPlainDate();
  const endOf = (date: Temporal.PlainDate): number =>
    date.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
  const rolled = (date: Temporal.PlainDate): Temporal.PlainDate => {
    let open = date;
    while (isClosed(open, holidays)) open = open.add({ days: 1 });
    return open;
  };
  const nth = (n: number, closed: readonly string[]): number => {
    let date = first;
    for (let left = n; left > 0; ) {
      date = date.add({ days: 1 });
      if (!isClosed(date, closed)) left -= 1;
    }
    return date.toZonedDateTime({ timeZone: zone, plainTime: "17:30" }).epochMilliseconds;
  };
  switch (rule.kind) {
    case "hours": {
      const hour = at.round({ smallestUnit: "hour", roundingMode: "floor" }).add({ hours: 1 });
      return [awareAt + rule.n * HOUR_MS, hour.epochMilliseconds + rule.n * HOUR_MS];
    }
    case "days": {
      // Two working days lie in every 14 or 30 days here, so Art. 3(5) never moves the end.
      const last = first.add({ days: rule.n });
      return [endOf(last), endOf(rolled(last))];
    }
    case "months": {
      const last = first.add({ months: rule.n });
      return [endOf(last), endOf(rolled(last))];
    }
    case "businessDays":
      return [nth(rule.n, holidays), nth(rule.n, [...holidays, ...optionalHolidays])];
    default:
      return [walkHours(awareAt, 16 * HOUR_MS), null];
  }
}

/** Open time window by window, date by date. */
function walkHours(from: number, ms: number): number {
  const { zone: timeZone, windows, holidays } = calendar;
  const weekdays = ["mon", "tue", "wed", "thu", "fri"] as const;
  let left = ms;
  let date = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  for (; ; date = date.add({ days: 1 })) {
    if (isClosed(date, holidays)) continue;
    for (const [open, close] of windows[weekdays[date.dayOfWeek - 1] as "mon"]) {
      const at = (plainTime: string): number =>
        date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
      const openedAt = Math.max(at(open), from);
      const openMs = at(close) - openedAt;
      if (openMs <= 0) continue;
      if (openMs >= left) return openedAt + left;
      left -= openMs;
    }
  }
}

/** Microseconds for each of a batch, and what came out. */
function timed(run: (owed: Owed) => Dates, batch: readonly Owed[]): { us: number; dates: Dates[] } {
  const began = performance.now();
  const dates = batch.map(run);
  return { us: ((performance.now() - began) * 1_000) / batch.length, dates };
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

const largest = Number(process.argv[2] ?? SIZES.at(-1));
const all = obligations(largest);
const sizes = SIZES.filter((size) => size <= largest);

// Zones and calendar are looked up once; what is measured is every time after that.
for (const run of [count, add, walk]) all.slice(0, 500).map(run);

let differing = 0;
let walked = 0;
const costs = sizes.map((size) => {
  const rates = { counted: [] as number[], added: [] as number[], walked: [] as number[] };
  // Small batches are repeated, so that each round measures more than the clock's own grain.
  const times = Math.max(1, Math.floor(10_000 / size));
  for (let round = 0; round < ROUNDS; round += 1) {
    const part = Math.max(1, Math.floor(size / ROUNDS));
    const batch = size < 10_000 ? all.slice(0, size) : all.slice(part * round, part * (round + 1));
    const some = batch.slice(0, WALKED / sizes.length);
    const parts = [
      () => void rates.added.push(repeated(add, batch, times)),
      () => void rates.counted.push(repeated(count, batch, times)),
      () => {
        const slow = timed(walk, some);
        rates.walked.push(slow.us);
        walked += some.length;
        differing += some.filter((owed, i) => !isSame(count(owed), slow.dates[i])).length;
      },
    ];
    for (const one of round % 2 === 0 ? parts : parts.toReversed()) one();
  }
  const [counted, added, slow] = [rates.counted, rates.added, rates.walked].map(median);
  return { size, counted: counted as number, added: added as number, walked: slow as number };
});

function repeated(run: (owed: Owed) => Dates, batch: readonly Owed[], times: number): number {
  let us = 0;
  for (let i = 0; i < times; i += 1) us += timed(run, batch).us;
  return us / times;
}

function isSame(ours: Dates, theirs: Dates | undefined): boolean {
  return theirs !== undefined && ours[0] === theirs[0] && ours[1] === theirs[1];
}

const again = timed(count, all);
const recountMs = (again.us * all.length) / 1_000;
const days = again.dates.reduce((sum, [due], i) => sum + (due - (all[i] as Owed).awareAt), 0);

console.log(`${walked} walked, ${(days / DAY_MS / largest).toFixed(1)} days long on average\n`);
const head = ["obligations", "floor us", "ours us", "walk us", "x floor", "x walk"];
console.log(head.map((name) => name.padStart(12)).join(""));
for (const { size, counted, added, walked: slow } of costs) {
  const cells = [
    size.toLocaleString("en-US"),
    added.toFixed(3),
    counted.toFixed(2),
    slow.toFixed(1),
    (counted / added).toFixed(0),
    (slow / counted).toFixed(0),
  ];
  console.log(cells.map((cell) => cell.padStart(12)).join(""));
}
console.log(`\n${differing} of ${walked} walked obligations differ`);

const ratio = median(costs.map(({ counted, walked: slow }) => slow / counted));
const small = costs[0]?.counted ?? Number.NaN;
const growth = (costs.at(-1)?.counted ?? Number.NaN) / small;
tell({
  name: "an obligation under law, against walking its days",
  value: ratio,
  unit: "x",
  aim: { atLeast: RATIO_MIN },
  says: `${small.toFixed(1)} us each, ${(small / (costs[0]?.added ?? 1)).toFixed(0)} x adding hours; ${differing} of ${walked} differ`,
});
tell({
  name: `cost of one of ${largest.toLocaleString("en-US")} against one of 100`,
  value: growth,
  unit: "x",
  aim: { atMost: GROWTH_MAX },
  says: "the same where it does not grow with their number",
});
tell({
  name: `${largest.toLocaleString("en-US")} obligations counted again`,
  value: recountMs,
  unit: "ms",
  aim: { atMost: RECOUNT_MS_MAX },
  says: "facts read, zones and calendar known",
});
if (differing > 0) process.exitCode = 1;
