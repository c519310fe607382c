/**
 * Take: the app takes over from what the server drew.
 *
 * The answers with which the page was drawn came with it, so the app asks for none of them again;
 * the drawing stays on screen, with the app behind it and unsaid to who listens, until the page
 * stands whole, and goes at once. Where the app has something else to say than was drawn, it is shown before long.
 */

import type { QueryClient } from "@tanstack/react-query";
import { type Answer, FIRST, SHOWN_COOKIE } from "../../api/first.ts";
import { parseInstant } from "../../core/time/instant.ts";
import { ROUTER_BASE } from "../paths.ts";

type Sent = { readonly seq: number; readonly answers: readonly Answer[] };

/** The place in the ledger up to which the page's own answers know; undefined without any. */
let knownSeq: number | undefined;
export const firstSeq = (): number | undefined => knownSeq;

/** A page that does not come to stand in this time is shown as it is. */
const WAIT_MS_MAX = 4_000;

/** Begins with the answers that came with the page. */
export function takeAnswers(queries: QueryClient): void {
  const place = document.getElementById(FIRST.answers);
  if (!place) return;
  const { seq, answers } = JSON.parse(place.textContent ?? "") as Sent;
  place.remove();
  knownSeq = seq;
  for (const [question, value] of answers) queries.setQueryData(question, current(value));
  // Whoever comes to a part of the app by the keyboard has gone past what was drawn.
  app()?.addEventListener("focusin", takeOver, { once: true });
  setTimeout(takeOver, WAIT_MS_MAX);
}

const app = (): HTMLElement | null => document.getElementById("app");

/** What the server's time was when it answered is not what it is now. */
function current(value: unknown): unknown {
  const { serverAt } = value as { readonly serverAt?: string };
  const answeredAt = serverAt === undefined ? undefined : parseInstant(serverAt);
  if (answeredAt === undefined) return value;
  const [opened] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const sinceMs = Math.round(performance.now() - (opened?.responseStart ?? performance.now()));
  return { ...(value as object), serverAt: new Date(answeredAt + sinceMs).toISOString() };
}

/** Shows the app: what was drawn of it before goes, and where somebody read is where they read on. */
export function takeOver(): void {
  const drawn = document.getElementById(FIRST.drawn);
  if (!drawn) return;
  const read = drawn.querySelector(".timeline-box")?.scrollTop ?? 0;
  drawn.remove();
  app()?.removeAttribute("aria-hidden");
  const box = document.querySelector(".timeline-box");
  if (box && read > 0) box.scrollTop = read;
}

/** What this device keeps of how it shows things, where it decides what is drawn first. */
const SHOWN = ["due-theme", "due-density", "due-lines", "due-utc"];
const YEAR_SECONDS = 31_536_000;

/** Tells the server, with the next page that is opened. */
export function tellShown(): void {
  const kept = new URLSearchParams();
  for (const name of SHOWN) {
    const value = localStorage.getItem(name);
    if (value !== null) kept.set(name, value);
  }
  // biome-ignore lint/suspicious/noDocumentCookie: every browser has it, and it is one small value.
  document.cookie = `${SHOWN_COOKIE}=${encodeURIComponent(kept.toString())}; path=${ROUTER_BASE}; max-age=${YEAR_SECONDS}; samesite=lax`;
}
