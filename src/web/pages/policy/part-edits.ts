/**
 * Part edits: what the forms of a policy's parts do to the draft, and what each field knows.
 *
 * A form says where something stood when it was drawn; the draft is asked where that is by now
 * (core/policy/same-place.ts), so that somebody else's words in between are never written over.
 * What is only being made up (a new item) is edited by the same fields, beside the draft.
 */

import { createContext, useContext } from "react";
import { type Field, orderAt } from "../../../core/policy/form-field.ts";
import type { Fix } from "../../../core/policy/lint/fix.ts";
import { withHolidays } from "../../../core/policy/holidays-taken.ts";
import { withAdded, withKey, withMoved, withoutItem } from "../../../core/policy/list-edit.ts";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import { movedIn } from "../../../core/policy/moved-in.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import { type Path, toPointer } from "../../../core/policy/places.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { renamed } from "../../../core/policy/rename.ts";
import { samePlace } from "../../../core/policy/same-place.ts";
import { ok, refuse, type Result } from "../../../core/problem.ts";
import { changeDraft, type Put } from "./putting.ts";

/** Each says what is wrong, or nothing where it is done. */
export type Edits = {
  readonly set: (path: Path, value: unknown) => Put;
  readonly add: (list: Path, value: unknown) => Put;
  readonly move: (list: Path, from: number, to: number) => Put;
  /** `gone` goes with the last one. */
  readonly remove: (list: Path, index: number, gone?: Path) => Put;
  readonly rename: (list: Path, index: number, id: string) => Put;
  readonly takeHolidays: (calendar: Path, lent: Parameters<typeof withHolidays>[2]) => Put;
};

export type Forms = {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  readonly edits: Edits;
  /** The pointer that somebody wants to look at. */
  readonly at: string | undefined;
  /** Beside the draft: what is typed waits for nothing. */
  readonly isBeside: boolean;
  /** Says what was done, to whoever does not see it. */
  readonly tell: (says: string) => void;
  /** Mends what was found, by one of its fixes; undefined while another text is being read. */
  readonly mend: ((fix: Fix) => void) | undefined;
  /** What is open under a new name, and where the keyboard goes on: the row is another one. */
  readonly renamed: { key?: string };
};

/** A row, wherever its item stands. */
export const rowKey = (list: Path, id: string): string => `${toPointer(list)}/${id}`;

const FormsHere = createContext<Forms | undefined>(undefined);
export const FormsOf = FormsHere.Provider;

export function useForms(): Forms {
  const forms = useContext(FormsHere);
  if (forms === undefined) throw new Error("A field stands in a form.");
  return forms;
}

export type FieldProps = {
  readonly field: Field;
  readonly path: Path;
  readonly value: unknown;
  /** In place of the label that the key has. */
  readonly label?: string;
  /** What goes with the last item of a list, where there need not be any. */
  readonly gone?: Path;
};

/** What is found at `path`, and below it where `isWhole`. */
export function useFindings(path: Path, isWhole = true): readonly Finding[] {
  const { findings } = useForms();
  const at = toPointer(path);
  return findings.filter((one) => one.at === at || (isWhole && one.at.startsWith(`${at}/`)));
}

/** The same in words; undefined where there is nothing. */
export function useFound(path: Path, isWhole = true): string | undefined {
  const found = useFindings(path, isWhole);
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(" ");
}

/** Edits of the draft, by somebody who looks at `shown`. */
export function draftEdits(shown: PolicyDocument): Edits {
  const change = (
    path: Path,
    edited: (now: PolicyDocument, path: Path) => Result<string>,
    place = "",
  ): Put =>
    changeDraft(place, (now) => {
      const there = samePlace(shown.policy, now.policy, path);
      return there === undefined ? refuse("draft-moved", GONE) : edited(now, there);
    });
  return {
    set: (path, value) =>
      change(
        path,
        (now, at) => ok(withKey(now, at, value, orderAt(at.slice(0, -1)))),
        toPointer(path),
      ),
    add: (list, value) =>
      change(list, (now, at) => ok(withAdded(now, at, value, orderAt(at.slice(0, -1))))),
    move: (list, from, to) =>
      change([...list, from], (now, at) =>
        ok(withMoved(now, at.slice(0, -1), Number(at.at(-1)), to)),
      ),
    remove: (list, index, gone) =>
      change([...list, index], (now, at) =>
        ok(withoutItem(now, at.slice(0, -1), Number(at.at(-1)), gone && at.slice(0, gone.length))),
      ),
    rename: (list, index, id) =>
      change([...list, index], (now, at) => renamed(now, at.slice(0, -1), Number(at.at(-1)), id)),
    takeHolidays: (calendar, lent) =>
      change(calendar, (now, at) => withHolidays(now, Number(at.at(-1)), lent)),
  };
}

const GONE = "Somebody took this away or changed it meanwhile: nothing was changed. Look again.";

/** Edits of one value that stands nowhere yet, as if it stood at `base`. */
export function besideEdits(base: Path, value: () => unknown, put: (next: unknown) => void): Edits {
  const change = (path: Path, edited: (was: unknown) => unknown): Put => {
    put(changedAt(value(), path.slice(base.length), edited));
    return undefined;
  };
  const listed = (was: unknown): readonly unknown[] => (Array.isArray(was) ? was : []);
  return {
    set: (path, next) => change(path, () => next),
    add: (list, next) => change(list, (was) => [...listed(was), next]),
    move: (list, from, to) => change(list, (was) => movedIn(listed(was), from, to)),
    remove: (list, index) => change(list, (was) => listed(was).filter((_, i) => i !== index)),
    rename: (list, index, id) => change([...list, index, "id"], () => id),
    takeHolidays: () => "A calendar is added first.",
  };
}

function changedAt(
  was: unknown,
  [step, ...rest]: Path,
  edited: (was: unknown) => unknown,
): unknown {
  if (step === undefined) return edited(was);
  const inner = (was as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  const next = changedAt(inner, rest, edited);
  if (Array.isArray(was)) return was.map((one, i) => (i === step ? next : one));
  const { [step]: _, ...others } = (was ?? {}) as Readonly<Record<string | number, unknown>>;
  return next === undefined ? others : { ...others, [step]: next };
}
