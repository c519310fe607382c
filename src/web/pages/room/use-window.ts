/**
 * The window on a long list: what is rendered, and that nothing jumps.
 *
 * Lines measure themselves once on screen; whatever changes its height above what
 * is read, or is added there, the line at the top of the screen stays where it is.
 * At the very top the newest line is what is read, so there the list follows.
 */

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { IS_DRAWN_AHEAD, useTurn } from "../../ui/later.tsx";
import { type Heights, heightsOf, type Window, windowAt } from "./windowing.ts";

const GUESS_PX = 44;
/** What is rendered beyond the screen once it stands still, and while it moves. */
const BEYOND_PX = 400;
const MOVING_BEYOND_PX = 100;
const STILL_MS = 80;
/**
 * What is made at first. The server does not know how high the screen is; here the others come in a
 * turn of their own, as the parts of a page do.
 */
const FIRST_LINES = IS_DRAWN_AHEAD ? 16 : 6;
/** Nearer to the top than this, the newest line is being read. */
const TOP_PX = 8;

export type ListWindow = {
  readonly viewport: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLOListElement | null>;
  readonly range: Window;
  readonly before: number;
  readonly after: number;
  readonly onScroll: () => void;
  /** Brings a place to a third of the height. */
  readonly show: (place: number) => void;
};

/** Where a list grows, and how high a line is taken to be before it was on screen. */
type Shape = { readonly grows: "above" | "below"; readonly guessPx: number };
const TIMELINE: Shape = { grows: "above", guessPx: GUESS_PX };

export function useWindow(count: number, { grows, guessPx }: Shape = TIMELINE): ListWindow {
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const [first] = useState(() => heightsOf(count, guessPx));
  const held = useRef<Heights>(first);
  /** The line at the top of the screen, and how far it is scrolled past. */
  const anchor = useRef({ place: 0, past: 0 });
  /** Where we have scrolled to ourselves: hearing of that is no news. */
  const own = useRef(-1);
  const still = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [range, setRange] = useState<Window>({ from: 0, to: Math.min(count, FIRST_LINES) });
  const [, render] = useState(0);
  const isTurn = useTurn();

  if (held.current.count !== count) {
    const shift = grows === "above" ? count - held.current.count : 0;
    held.current = heightsOf(count, guessPx, { of: held.current, shift });
    const { place, past } = anchor.current;
    if (place > 0 || past > TOP_PX) anchor.current = { place: Math.max(0, place + shift), past };
  }
  const heights = held.current;

  const look = useCallback(() => {
    const box = viewport.current;
    if (!box) return;
    const { scrollTop, clientHeight } = box;
    if (Math.abs(scrollTop - own.current) > 1) {
      const place = held.current.at(scrollTop);
      anchor.current = { place, past: scrollTop - held.current.topOf(place) };
      own.current = -1;
    }
    const seen = windowAt(held.current, scrollTop, clientHeight, 0);
    // A fast hand passes many lines that nobody reads: only those in sight are made meanwhile.
    const next = windowAt(held.current, scrollTop, clientHeight, MOVING_BEYOND_PX);
    setRange((now) => (now.from <= seen.from && now.to >= seen.to ? now : next));
    clearTimeout(still.current);
    still.current = setTimeout(() => {
      const { scrollTop: top, clientHeight: height } = box;
      setRange(unlessSame(windowAt(held.current, top, height, BEYOND_PX)));
    }, STILL_MS);
  }, []);

  useLayoutEffect(() => {
    const box = viewport.current;
    if (!box || !list.current) return;
    let news = false;
    for (const line of list.current.children) {
      const { place } = (line as HTMLElement).dataset;
      if (place === undefined) continue;
      const { height } = line.getBoundingClientRect();
      if (height > 0) news = held.current.measured(Number(place), height) || news;
    }
    const { place, past } = anchor.current;
    const top = held.current.topOf(place) + past;
    if (Math.abs(box.scrollTop - top) > 1) {
      box.scrollTop = top;
      own.current = box.scrollTop;
    }
    const seen = windowAt(held.current, box.scrollTop, box.clientHeight, 0);
    const next = windowAt(held.current, box.scrollTop, box.clientHeight, MOVING_BEYOND_PX);
    setRange((now) => (now.from <= seen.from && now.to >= seen.to ? now : next));
    // The room that is left above and below hangs on what was just measured.
    if (news) render((times) => times + 1);
  });

  useLayoutEffect(() => {
    if (!viewport.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(viewport.current);
    return () => {
      observer.disconnect();
      clearTimeout(still.current);
    };
  }, [look]);

  const to = Math.min(range.to, count, isTurn ? count : range.from + FIRST_LINES);
  const from = Math.min(range.from, to);
  return {
    viewport,
    list,
    range: { from, to },
    before: heights.topOf(from),
    after: heights.total() - heights.topOf(to),
    onScroll: look,
    show(place) {
      const box = viewport.current;
      if (!box) return;
      const room = Math.min(box.clientHeight / 3, held.current.topOf(place));
      // The line itself is held where it is put, however high those around it turn out to be.
      anchor.current = { place, past: -room };
      const top = held.current.topOf(place) - room;
      setRange(windowAt(held.current, top, box.clientHeight, MOVING_BEYOND_PX));
      render((times) => times + 1);
    },
  };
}

const unlessSame = (next: Window) => (now: Window) =>
  now.from === next.from && now.to === next.to ? now : next;
