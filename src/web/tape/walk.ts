/**
 * Walk: arrows on what is owed. Up and down go through the lanes as they stand,
 * left and right through the due marks in order of time.
 */

import type { KeyboardEvent } from "react";

const STEPS: Readonly<Record<string, readonly [by: "place" | "time", step: 1 | -1]>> = {
  ArrowUp: ["place", -1],
  ArrowDown: ["place", 1],
  ArrowLeft: ["time", -1],
  ArrowRight: ["time", 1],
};

/** Moves the focus between the buttons of obligations on this page. */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  const { target, key, altKey, ctrlKey, metaKey } = event;
  const step = STEPS[key];
  if (!step || altKey || ctrlKey || metaKey) return;
  const [by, forward] = step;
  const all = [...document.querySelectorAll<HTMLElement>("#page [data-obligation]")];
  const walked = by === "place" ? all : all.filter(hasDue).sort((a, b) => dueOf(a) - dueOf(b));
  const at = walked.indexOf(target as HTMLElement);
  const next = at === -1 ? undefined : walked[at + forward];
  if (at === -1) return;
  event.preventDefault();
  next?.focus();
}

const hasDue = ({ dataset }: HTMLElement): boolean => dataset["due"] !== undefined;
const dueOf = ({ dataset }: HTMLElement): number => Number(dataset["due"]);
