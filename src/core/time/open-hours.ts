/**
 * Open hours: the open time of a calendar as sorted intervals with running sums,
 * so that "8 open hours from here" is two look-ups instead of a walk over days.
 *
 * Intervals are built in blocks of 400 local days when first asked for, so the
 * far future costs nothing until somebody counts there. An interval is the real
 * time between two wall times: on a day of clock change it is longer or shorter.
 * It is half-open: at the closing instant the calendar is closed. Optional
 * holidays are open here.
 */

import { windowsOn } from "./almanac.ts";
import type { Calendar } from "./calendar.ts";
import type { Day } from "./day.ts";
import { DAY_MS, type Instant } from "./instant.ts";
import { atTime, dayStart, localDay } from "./zone.ts";

/** From `fromAt` up to and without `toAt`. */
export type Span = { readonly fromAt: Instant; readonly toAt: Instant };

/** Open time is searched on the day of the start and this many days after it. */
export const SEARCH_DAYS_MAX = 400;

const BLOCK_DAYS = 400;
/** A bound on memory, not on use: 64 blocks are 70 years of one calendar. */
const BLOCKS_MAX = 64;

type Block = {
  /** Counts blocks from 1970; this one holds the local days from index * BLOCK_DAYS on. */
  readonly index: number;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** `firsts[d]`: the first interval that belongs to local day d of the block, or a later one. */
  readonly firsts: Int32Array;
  /** `before[i]`: open milliseconds of this block before interval i; one longer than `opens`. */
  readonly before: Float64Array;
};

const blocksOf = new WeakMap<Calendar, Map<number, Block>>();

/** Whether the calendar is open; at the closing instant it is not. */
export function openAt(calendar: Calendar, at: Instant): boolean {
  const block = blockAt(calendar, at);
  const i = nextInterval(block, at);
  return i < block.opens.length && (block.opens[i] as number) <= at;
}

/** The open time between two instants, in order; intervals that touch are joined. */
export function openSpans(calendar: Calendar, fromAt: Instant, toAt: Instant): Span[] {
  const spans: { fromAt: Instant; toAt: Instant }[] = [];
  for (let block = blockAt(calendar, fromAt); ; block = blockNumber(calendar, block.index + 1)) {
    for (let i = nextInterval(block, fromAt); i < block.opens.length; i += 1) {
      const openedAt = Math.max(block.opens[i] as number, fromAt) as Instant;
      const closedAt = Math.min(block.closes[i] as number, toAt) as Instant;
      if (openedAt >= closedAt) break;
      const last = spans.at(-1);
      if (last?.toAt === openedAt) last.toAt = closedAt;
      else spans.push({ fromAt: openedAt, toAt: closedAt });
    }
    if (block.endAt >= toAt) return spans;
  }
}

/** The closed time between two instants: where a business-hours clock stands still. */
export function pauses(calendar: Calendar, fromAt: Instant, toAt: Instant): Span[] {
  const closed: Span[] = [];
  let closedAt = fromAt;
  for (const open of openSpans(calendar, fromAt, toAt)) {
    if (open.fromAt > closedAt) closed.push({ fromAt: closedAt, toAt: open.fromAt });
    closedAt = open.toAt;
  }
  if (closedAt < toAt) closed.push({ fromAt: closedAt, toAt });
  return closed;
}

/**
 * The instant at which `ms` of open time since `startedAt` are used up; a count
 * used up exactly at closing ends there, not at the next opening. Undefined when
 * that takes more than 400 days.
 */
export function openTimeEnd(
  calendar: Calendar,
  startedAt: Instant,
  ms: number,
): Instant | undefined {
  let block = blockAt(calendar, startedAt);
  // Counted from the block's beginning, so that the running sums can be searched.
  let first = nextInterval(block, startedAt);
  let wanted = openBefore(block, first, startedAt) + ms;
  while (wanted > openIn(block)) {
    if (block.endAt > lastEndAt(calendar, startedAt)) return undefined;
    wanted -= openIn(block);
    block = blockNumber(calendar, block.index + 1);
    first = 0;
  }
  const i = countBelow(block.before, wanted, first) - 1;
  const endAt = ((block.opens[i] as number) + wanted - (block.before[i] as number)) as Instant;
  // Asking for the exact limit costs more than the search; most counts end well before it.
  if (endAt - startedAt < (SEARCH_DAYS_MAX - 1) * DAY_MS) return endAt;
  return endAt <= lastEndAt(calendar, startedAt) ? endAt : undefined;
}

const lastEndAt = (calendar: Calendar, startedAt: Instant): Instant =>
  dayStart(localDay(startedAt, calendar.zone) + SEARCH_DAYS_MAX + 1, calendar.zone);

const openIn = (block: Block): number => block.before[block.opens.length] as number;

/** The block's open time before an instant, of which `next` is the next interval. */
function openBefore(block: Block, next: number, at: Instant): number {
  if (next === block.opens.length) return openIn(block);
  return (block.before[next] as number) + Math.max(0, at - (block.opens[next] as number));
}

/**
 * The first interval that is open at `at` or opens after it. A local midnight is
 * never more than a day away from where days of 24 hours would have it, so the
 * day before the one that those give is early enough to begin.
 */
function nextInterval({ startAt, closes, firsts }: Block, at: Instant): number {
  const day = Math.floor((at - startAt) / DAY_MS) - 1;
  let i = firsts[Math.min(Math.max(day, 0), BLOCK_DAYS - 1)] as number;
  while (i < closes.length && (closes[i] as number) <= at) i += 1;
  return i;
}

/**
 * How many of the sorted numbers are below `limit`; the first `known` are known to
 * be. Looks near those first, because most counts end within days of their start.
 */
function countBelow(sorted: Float64Array, limit: number, known: number): number {
  let low = known;
  let step = 1;
  while (low + step < sorted.length && (sorted[low + step] as number) < limit) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, sorted.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The block that holds an instant. Its UTC date names the block, or a neighbour at the edges. */
function blockAt(calendar: Calendar, at: Instant): Block {
  const block = blockNumber(calendar, Math.floor(at / DAY_MS / BLOCK_DAYS));
  if (at < block.startAt) return blockNumber(calendar, block.index - 1);
  return at < block.endAt ? block : blockNumber(calendar, block.index + 1);
}

function blockNumber(calendar: Calendar, index: number): Block {
  const blocks = blocksOf.get(calendar) ?? new Map<number, Block>();
  const known = blocks.get(index);
  if (known !== undefined) return known;
  if (blocks.size >= BLOCKS_MAX) blocks.clear();
  const block = buildBlock(calendar, index);
  blocksOf.set(calendar, blocks.set(index, block));
  return block;
}

function buildBlock(calendar: Calendar, index: number): Block {
  const first: Day = index * BLOCK_DAYS;
  const opens: number[] = [];
  const closes: number[] = [];
  const before = [0];
  const firsts = new Int32Array(BLOCK_DAYS);
  for (let day = first; day < first + BLOCK_DAYS; day += 1) {
    firsts[day - first] = opens.length;
    for (const [open, close] of windowsOn(calendar, day)) {
      // A clock change can push a window's edge past the next window's: no instant counts twice.
      const openedAt = Math.max(atTime(day, open, calendar.zone), closes.at(-1) ?? -Infinity);
      const closedAt = atTime(day, close, calendar.zone);
      if (openedAt >= closedAt) continue;
      opens.push(openedAt);
      closes.push(closedAt);
      before.push((before.at(-1) as number) + closedAt - openedAt);
    }
  }
  return {
    index,
    startAt: dayStart(first, calendar.zone),
    endAt: dayStart(first + BLOCK_DAYS, calendar.zone),
    opens: Float64Array.from(opens),
    closes: Float64Array.from(closes),
    firsts,
    before: Float64Array.from(before),
  };
}
