/**
 * The window on a long list: what is rendered, and that nothing jumps.
 *
 * Lines measure themselves once on screen; whatever changes its height above what
 * is read, or is added there, the line at the top of the screen stays where it is.
 * At the very top the newest line is what is read, so there the list follows.
 */

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { type Heights, heightsOf, type Window, windowAt } from "./windowing.ts";

const GUESS_PX = 44;
const BEYOND_PX = 400;
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

export function useWindow(count: number): ListWindow {
  const viewport = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const held = useRef<Heights>(heightsOf(count, GUESS_PX));
  /** The line at the top of the screen, and how far it is scrolled past. */
  const anchor = useRef({ place: 0, past: 0 });
  const [range, setRange] = useState<Window>({ from: 0, to: Math.min(count, 30) });
  const [, render] = useState(0);

  if (held.current.count !== count) {
    const shift = count - held.current.count;
    held.current = heightsOf(count, GUESS_PX, { of: held.current, shift });
    const { place, past } = anchor.current;
    if (place > 0 || past > TOP_PX) anchor.current = { place: Math.max(0, place + shift), past };
  }
  const heights = held.current;

  const look = useCallback(() => {
    const box = viewport.current;
    if (!box) return;
    const { scrollTop, clientHeight } = box;
    const place = held.current.at(scrollTop);
    anchor.current = { place, past: scrollTop - held.current.topOf(place) };
    const next = windowAt(held.current, scrollTop, clientHeight, BEYOND_PX);
    setRange((now) => (now.from === next.from && now.to === next.to ? now : next));
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
    if (Math.abs(box.scrollTop - top) > 1) box.scrollTop = top;
    const next = windowAt(held.current, box.scrollTop, box.clientHeight, BEYOND_PX);
    setRange((now) => (now.from === next.from && now.to === next.to ? now : next));
    // The room that is left above and below hangs on what was just measured.
    if (news) render((times) => times + 1);
  });

  useLayoutEffect(() => {
    if (!viewport.current) return;
    const observer = new ResizeObserver(look);
    observer.observe(viewport.current);
    return () => observer.disconnect();
  }, [look]);

  const to = Math.min(range.to, count);
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
      const top = held.current.topOf(place) - room;
      const first = held.current.at(top);
      anchor.current = { place: first, past: top - held.current.topOf(first) };
      setRange(windowAt(held.current, top, box.clientHeight, BEYOND_PX));
    },
  };
}
