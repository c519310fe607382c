/**
 * Draft: the text that is being written, and every step back and forward.
 *
 * One text for all of the studio: the prose, the forms of clauses, the source and the
 * fixes of the linter all change this, so that going back goes back through all of them
 * in order. It outlives the page: it is kept on this device as it is typed, and goes to
 * the server a moment later (saving.ts), together with what others write in it.
 */

import { useSyncExternalStore } from "react";

/** The version that runs, which the draft is compared with. */
export type Base = { readonly version: number; readonly hash: string; readonly text: string };

export type Draft = {
  readonly text: string;
  readonly base: Base;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
};

const KEPT_AT = "due-draft:policy";
/** Typing in one place within this is one step. */
const STEP_MS = 1_000;
const STEPS_MAX = 200;

type State = Draft & { readonly past: readonly string[]; readonly future: readonly string[] };

let state: State | undefined;
let last = { place: "", at: 0 };
const listeners = new Set<() => void>();

function put(next: Omit<State, "canUndo" | "canRedo">): void {
  state = { ...next, canUndo: next.past.length > 0, canRedo: next.future.length > 0 };
  for (const listener of listeners) listener();
}

/** Opens the draft: the text that is saved, or what runs; again, it follows another version. */
export function openDraft(base: Base, text: string): void {
  if (state?.base.hash === base.hash) return;
  put({ text: state?.text ?? text, base, past: state?.past ?? [], future: state?.future ?? [] });
}

/** The next text. `place` says where it was typed: letters in one place are one step back. */
export function writeDraft(text: string, place = ""): void {
  if (state === undefined || text === state.text) return;
  const at = performance.now();
  const isSameStep = place !== "" && place === last.place && at - last.at < STEP_MS;
  last = { place, at };
  const past = isSameStep ? state.past : [...state.past, state.text].slice(-STEPS_MAX);
  put({ ...state, text, past, future: [] });
}

/** The text as it is now, whatever is on screen. */
export const draftText = (): string => state?.text ?? "";

export function undo(): void {
  const before = state?.past.at(-1);
  if (state === undefined || before === undefined) return;
  last = { place: "", at: 0 };
  const future = [state.text, ...state.future];
  put({ ...state, text: before, past: state.past.slice(0, -1), future });
}

export function redo(): void {
  const [next, ...future] = state?.future ?? [];
  if (state === undefined || next === undefined) return;
  last = { place: "", at: 0 };
  put({ ...state, text: next, past: [...state.past, state.text], future });
}

/** Back to what runs; one step, so that it can be taken back. */
export const throwAway = (): void => writeDraft(state?.base.text ?? "");

/** What this device keeps until the server has it: the text, and what it was made from. */
export type Kept = { readonly text: string; readonly revision: number; readonly from: string };

export const keep = (kept: Kept | undefined): void =>
  kept === undefined
    ? localStorage.removeItem(KEPT_AT)
    : localStorage.setItem(KEPT_AT, JSON.stringify(kept));

export function kept(): Kept | undefined {
  try {
    const read = JSON.parse(localStorage.getItem(KEPT_AT) ?? "null") as Partial<Kept> | null;
    return typeof read?.text === "string" && typeof read.revision === "number"
      ? { text: read.text, revision: read.revision, from: read.from ?? "" }
      : undefined;
  } catch {
    return undefined;
  }
}

export const followDraft = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The draft; undefined until it was opened. */
export const useDraft = (): Draft | undefined => useSyncExternalStore(followDraft, () => state);
