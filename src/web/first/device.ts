/**
 * Device: what stands in a browser's place while the server draws a page: an address, and what
 * the device keeps. The build puts these names in where the app says them (tools/build.mjs).
 *
 * Drawing is one turn, so what `standAt` sets holds for the whole of it, and for nobody else.
 */

import type { FirstAsked } from "../../api/first.ts";

/** Where this installation is served stands in the address that this file is loaded by. */
const BASE = new URL(import.meta.url).searchParams.get("base") ?? "";

export const location = { pathname: `${BASE}/app`, search: "", origin: "" };

let kept: FirstAsked["kept"] = {};

export const localStorage = {
  getItem: (name: string): string | null => kept[name] ?? null,
  setItem: (): void => undefined,
  removeItem: (): void => undefined,
};

export function standAt(asked: Pick<FirstAsked, "path" | "query" | "kept">): void {
  location.pathname = `${BASE}/app${asked.path}`;
  location.search = asked.query;
  kept = asked.kept;
}
