/**
 * Saving: the draft goes to the server by itself, and what others wrote comes back.
 *
 * Each save names the revision that the text was made from. What two people changed apart
 * is merged, there or here; where they changed the same nothing is saved until somebody
 * has chosen (conflict.tsx). Until the server has it, this device keeps the text.
 */

import { useSyncExternalStore } from "react";
import { conflictOf, type DraftConflict, type DraftSaved, draftPath } from "../../../api/draft.ts";
import type { ViewOf } from "../../../api/view.ts";
import { DRAFT } from "../../../core/policy/draft.ts";
import { merge } from "../../../core/policy/merge.ts";
import { client } from "../../api.ts";
import { type Base, draftText, followDraft, keep, kept, openDraft, writeDraft } from "./draft.ts";

export type Saving = {
  readonly state: "saved" | "unsaved" | "saving" | "offline" | "refused" | "conflict";
  /** What the next save names; 0 before there is a draft. */
  readonly revision: number;
  readonly savedAt?: string;
  readonly by?: string;
  /** Why it was refused. */
  readonly message?: string;
  readonly conflict?: DraftConflict;
  /** Somebody else's changes came into the text. */
  readonly merged?: boolean;
};

const REST_MS = 700;
const AGAIN_MS = 5_000;
/** How soon another's words are seen while nothing is written here. */
const LOOK_MS = 4_000;

let saving: Saving = { state: "saved", revision: 0 };
/** The text of `saving.revision`, as the server has it. */
let saved: string | undefined;
let timer: number | undefined;
const listeners = new Set<() => void>();

function tell(next: Saving): void {
  saving = next;
  for (const listener of listeners) listener();
}

const path = draftPath(DRAFT);

/** Opens the draft over what runs: what the server has, and what this device kept beside it. */
export async function openSaved(base: Base): Promise<void> {
  const here = kept();
  const there = (await savedRevision()) === undefined ? undefined : await readSaved();
  saved = there?.text ?? base.text;
  tell({
    state: "saved",
    revision: there?.revision ?? 0,
    ...(there ? { savedAt: there.savedAt, by: there.by } : {}),
  });
  openDraft(base, saved);
  if (here !== undefined && here.text !== saved) takeUp(here);
}

/** The revision that the server has; asked of the list, because most of the time there is none. */
async function savedRevision(): Promise<number | undefined> {
  const answer = await client.read("drafts");
  return answer.ok ? answer.value.items.find(({ name }) => name === DRAFT)?.revision : undefined;
}

async function readSaved(): Promise<ViewOf<"draft"> | undefined> {
  const answer = await client.read("draft", { name: DRAFT });
  return answer.ok ? answer.value : undefined;
}

/** What was typed and not saved before the page was left: on top of what there is now, if it can be. */
function takeUp({ text, from }: { readonly text: string; readonly from: string }): void {
  const merged = merge(from, text, saved ?? "");
  writeDraft(merged.is === "clean" ? merged.text : text);
  // It has waited long enough: whoever opens the page is not told that it is not saved.
  void saveNow();
}

function follow(): void {
  if (saved === undefined) return;
  const isSame = draftText() === saved;
  keep(isSame ? undefined : { text: draftText(), revision: saving.revision, from: saved });
  if (isSame) {
    clearTimeout(timer);
    if (saving.state === "unsaved") tell({ ...saving, state: "saved" });
    return;
  }
  if (saving.state === "conflict") return;
  if (saving.state !== "saving") tell({ ...saving, state: "unsaved" });
  later(REST_MS);
}

function later(ms: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void saveNow(), ms);
}

/** Saves what is not saved; nothing while a save is on its way or somebody has to choose. */
export async function saveNow(): Promise<void> {
  clearTimeout(timer);
  if (saved === undefined || draftText() === saved) return;
  if (saving.state === "saving" || saving.state === "conflict") return;
  await send(draftText(), saving.revision);
}

async function send(text: string, revision: number): Promise<void> {
  tell({ ...saving, state: "saving" });
  const headers = revision === 0 ? {} : { "if-match": `"${revision}"` };
  const answer = await client.call<DraftSaved>("PUT", path, { text }, headers);
  if (answer.ok) return taken(text, answer.value);
  const conflict = conflictOf(answer.problems);
  if (conflict) return clashed(text, conflict);
  const [{ code, message }] = answer.problems;
  if (code !== "unreachable") return tell({ ...saving, state: "refused", message });
  tell({ ...saving, state: "offline" });
  later(AGAIN_MS);
}

/**
 * What begins a draft names no revision, so where somebody else began it too the server does
 * not know what both began from. Here it is known: the text that runs.
 */
function clashed(text: string, conflict: DraftConflict): void {
  const { theirs } = conflict;
  const base = conflict.base ?? { revision: 0, text: saved ?? "" };
  const merged = merge(base.text, text, theirs.text);
  if (merged.is === "clean") return void settle(merged.text, conflict);
  tell({ ...saving, state: "conflict", conflict: { ...conflict, base, places: merged.conflicts } });
}

/** The server has it, perhaps with more: what was typed meanwhile goes on top. */
function taken(sent: string, answer: DraftSaved): void {
  const typed = draftText();
  const { revision, savedAt, by, text, merged } = answer;
  const put = typed === sent ? text : together(sent, typed, text);
  saved = text;
  if (put === undefined) {
    // Saved on top of what it was made from, so that the server finds what clashes.
    tell({ ...saving, state: "unsaved" });
    return void send(typed, saving.revision);
  }
  tell({ state: "saved", revision, savedAt, by, merged: merged || saving.merged === true });
  if (put !== typed) writeDraft(put);
  else follow();
}

function together(base: string, mine: string, theirs: string): string | undefined {
  const merged = merge(base, mine, theirs);
  return merged.is === "clean" ? merged.text : undefined;
}

/** Saves the text that somebody made of both, on top of the one that was in the way. */
export async function settle(text: string, { theirs }: DraftConflict): Promise<void> {
  saved = theirs.text;
  tell({ state: "unsaved", revision: theirs.revision });
  writeDraft(text);
  if (draftText() === saved) tell({ state: "saved", revision: theirs.revision });
  else await send(draftText(), theirs.revision);
}

/** Takes in what others saved while nothing is being written here. */
async function look(): Promise<void> {
  if (document.hidden || saving.state !== "saved" || saved === undefined) return;
  const listed = await savedRevision();
  if (listed === undefined || listed === saving.revision) return;
  const there = await readSaved();
  if (there === undefined || saving.state !== "saved" || there.revision === saving.revision) return;
  if (draftText() !== saved) return;
  const { text, revision, savedAt, by } = there;
  saved = text;
  tell({ state: "saved", revision, savedAt, by, merged: true });
  writeDraft(text);
}

/** Keeps the draft saved while it is on screen. */
export function startSaving(): () => void {
  const stop = followDraft(follow);
  const looking = window.setInterval(() => void look(), LOOK_MS);
  return () => {
    stop();
    clearInterval(looking);
    void saveNow();
  };
}

const onChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSaving = (): Saving => useSyncExternalStore(onChange, () => saving);
