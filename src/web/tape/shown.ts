/**
 * Shown: how tapes are shown on this device, the same on every page: the scale
 * that `Z` turns, whether ghosts are drawn. And the width that a tape has.
 */

import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Scale, SCALES, scaleAfter } from "../../core/tape/axis.ts";
import { useKeys } from "../ui/keys.ts";

type Shown = { readonly scale: Scale; readonly ghosts: boolean };

const SCALE_KEPT = "due-scale";

let shown: Shown = {
  scale: SCALES.find((one) => one === localStorage.getItem(SCALE_KEPT)) ?? "folded",
  ghosts: false,
};
const listeners = new Set<() => void>();

function show(more: Partial<Shown>): void {
  shown = { ...shown, ...more };
  localStorage.setItem(SCALE_KEPT, shown.scale);
  for (const listener of listeners) listener();
}

export function useShown(): Shown {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}

/** The keys of a page on which a tape is looked at. */
export function useTapeKeys(): void {
  useKeys([
    {
      keys: "Z",
      says: "Tape: folded, 72 hours, 14 days, 90 days",
      act: () => show({ scale: scaleAfter(shown.scale) }),
    },
    {
      keys: "G G",
      says: "Tape: show what would start, or hide it",
      act: () => show({ ghosts: !shown.ghosts }),
    },
  ]);
}

/** The width of the place where a tape stands, kept current. */
export function useWidth<T extends HTMLElement>(): readonly [RefObject<T | null>, number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
