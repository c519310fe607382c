/** Pointed: the obligation under the pointer, so that what started it can be lit elsewhere. */

import { useSyncExternalStore } from "react";

let pointed: string | undefined;
const listeners = new Set<() => void>();

export function point(id: string | undefined): void {
  if (id === pointed) return;
  pointed = id;
  for (const listener of listeners) listener();
}

export const usePointed = (): string | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pointed,
  );
