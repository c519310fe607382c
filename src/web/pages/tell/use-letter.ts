/**
 * The letter that is being written: what stands in the fields, and what is saved of it.
 *
 * Each save is an entry, so it is saved when a field is left, and not at every key. What
 * is on screen is kept; what somebody else saved meanwhile is said and never written over.
 */

import { useEffect, useRef, useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { type Instant, parseInstant, toIso } from "../../../core/time/instant.ts";
import { useCommand } from "../../api.ts";

export type DraftView = ViewOf<"notice-draft">;
export type Written = Pick<
  DraftView,
  "kind" | "to" | "corrects" | "subject" | "opening" | "slots" | "steps" | "signature"
> & {
  readonly nextWordAt: Instant | undefined;
  readonly replyTo: string;
};

export function useLetter(incident: string, draft: DraftView) {
  const saving = useCommand("DraftNotice", incident);
  const [written, setWritten] = useState<Written>(() => writtenIn(draft));
  const [saved, setSaved] = useState(written);
  // A save that is asked for while another is on its way follows it, with what stands then.
  const now = useRef({ written, saved, revision: draft.revision, last: Promise.resolve(true) });
  const isChanged = !isSame(written, saved);
  const take = (): void => {
    const theirs = writtenIn(draft);
    Object.assign(now.current, { written: theirs, saved: theirs, revision: draft.revision });
    setWritten(theirs);
    setSaved(theirs);
  };
  // What others save is taken up as long as nothing here differs from what was read.
  useEffect(() => {
    if (!isChanged && draft.revision > now.current.revision) take();
  }, [draft.revision]);
  const saveOne = async (): Promise<boolean> => {
    const { written: text, saved: before, revision } = now.current;
    if (isSame(text, before)) return true;
    try {
      await saving.send(inputOf(draft.id, revision, text));
    } catch {
      return false;
    }
    Object.assign(now.current, { saved: text, revision: revision + 1 });
    setSaved(text);
    return true;
  };
  return {
    written,
    isChanged,
    problems: saving.problems,
    pending: saving.pending,
    save: (): Promise<boolean> => (now.current.last = now.current.last.then(saveOne)),
    write: (change: Partial<Written>): void => {
      now.current.written = { ...now.current.written, ...change };
      setWritten(now.current.written);
    },
    /** Takes what somebody else saved, and drops what is here. */
    takeTheirs: () => {
      take();
      saving.reset();
    },
  };
}

export type Letter = ReturnType<typeof useLetter>;

/** Whether saving one would be saving the other: an empty field is none. */
const isSame = (a: Written, b: Written): boolean =>
  JSON.stringify(inputOf("", 0, a)) === JSON.stringify(inputOf("", 0, b));

/** What is saved. */
function writtenIn(draft: DraftView): Written {
  const { kind, to, corrects, subject, opening, signature, replyTo, nextWordAt } = draft;
  return {
    kind,
    to,
    corrects,
    subject,
    opening,
    signature,
    replyTo: replyTo?.mail ?? "",
    nextWordAt: nextWordAt === null ? undefined : parseInstant(nextWordAt),
    slots: draft.slots,
    steps: draft.steps,
  };
}

const inputOf = (
  draft: string,
  revision: number,
  { kind, to, corrects, subject, opening, slots, steps, signature, replyTo, nextWordAt }: Written,
) => ({
  draft,
  revision,
  kind,
  ...(to === "customers" ? {} : { to }),
  ...(kind === "correction" && corrects !== null ? { corrects } : {}),
  subject,
  slots: [...slots]
    .sort((a, b) => (a.element < b.element ? -1 : 1))
    .filter(({ text, unknown, under }) => text !== "" || unknown || under !== null)
    .map(({ element, text, unknown, name, under }) => ({
      element,
      text,
      ...(unknown ? { unknown: true as const } : {}),
      ...(name === null ? {} : { name }),
      ...(under === null ? {} : { under }),
    })),
  ...stepsOf(steps),
  ...(opening === null || opening === "" ? {} : { opening }),
  ...(signature === null || signature === "" ? {} : { signature }),
  ...(replyTo.trim() === "" ? {} : { replyTo: { mail: replyTo.trim() } }),
  ...(nextWordAt === undefined ? {} : { nextWordAt: toIso(nextWordAt) }),
});

/** A step that says nothing yet is not saved. */
function stepsOf(steps: Written["steps"]) {
  const said = steps.filter(({ text }) => text.trim() !== "");
  if (said.length === 0) return {};
  return {
    steps: said.map(({ kind, text, only }) => ({ kind, text, ...(only === null ? {} : { only }) })),
  };
}
