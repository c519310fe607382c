/**
 * Keys: single letters act where no text is being typed; `G I` is two keys in a
 * row, `Shift H` a capital where that is another act than the letter. Every binding is listed in
 * one place per page, so that `?` can show it.
 */

import { useLayoutEffect, useRef } from "react";
import { takeOver } from "../first/take.ts";

export type Key = {
  readonly keys: string;
  readonly says: string;
  readonly act: () => void;
  /** Why it does nothing here now, as a button would say it. */
  readonly whyNot?: string | undefined;
};

/** How long the second key of a pair may take. */
const PAIR_MS = 900;

/** Where it was really pressed: an editor in a shadow tree shows only its host to the outside. */
const isTyping = ([target]: readonly EventTarget[]): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest("dialog") !== null);

/** All bindings on screen now, the innermost page's last. */
export const bindings: (readonly Key[])[] = [];

/** Binds `keys` while the component stands. Later bindings go before earlier ones. */
export function useKeys(keys: readonly Key[]): void {
  const held = useRef(keys);
  held.current = keys;
  // Before it is painted: what says "Esc holds it back" must hold it back from that moment on.
  useLayoutEffect(() => {
    const group: readonly Key[] = new Proxy([], {
      get: (_, property) => Reflect.get(held.current, property),
    });
    bindings.push(group);
    return () => {
      bindings.splice(bindings.indexOf(group), 1);
    };
  }, []);
}

/** Listens once for the whole app. */
export function useKeyboard(): void {
  const first = useRef<{ key: string; at: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (
        event.defaultPrevented ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        isTyping(event.composedPath())
      )
        return;
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      const before =
        first.current && event.timeStamp - first.current.at < PAIR_MS
          ? first.current.key
          : undefined;
      first.current = { key, at: event.timeStamp };
      const match =
        (event.shiftKey && find(`Shift ${key}`)) ||
        (before && find(`${before} ${key}`)) ||
        find(key);
      // What does nothing leaves the key to whatever has the focus.
      if (!match || match.whyNot !== undefined) return;
      event.preventDefault();
      first.current = undefined;
      takeOver();
      match.act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function find(keys: string): Key | undefined {
  for (let index = bindings.length - 1; index >= 0; index -= 1) {
    const found = bindings[index]?.find((binding) => binding.keys === keys);
    if (found) return found;
  }
  return undefined;
}
