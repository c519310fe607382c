/**
 * Change: what two policies owe otherwise in one situation, for one duty to one recipient.
 *
 * Promises are matched by what starts them, and of those that one event starts only the
 * tightest counts, as it does when it runs. Nothing here has words or knows ids: two
 * clauses that count alike are the same promise.
 */

import { type Clause, toldAt } from "../clause.ts";
import type { Instant } from "../../time/instant.ts";

/** The tightest of the clauses that one event starts in one policy. */
export type Promised = {
  /** The events that start it, in order, as one text. */
  readonly trigger: string;
  readonly clause: Clause;
  /** When it is due, by trial; undefined where it has no number or cannot be counted. */
  readonly dues: readonly (Instant | undefined)[];
  /** Of all clauses started so. */
  readonly contents: readonly string[];
  readonly ids: readonly string[];
};

export type Change =
  | { readonly kind: "added"; readonly is: Promised; readonly also: boolean }
  | { readonly kind: "removed"; readonly was: Promised; readonly also: boolean }
  | { readonly kind: "trigger"; readonly was: Promised; readonly is: Promised }
  | {
      /** `moved`: earlier or later, depending on when it starts. */
      readonly kind: "earlier" | "later" | "moved";
      readonly was: Promised;
      readonly is: Promised;
      /** By trial; positive is later. */
      readonly byMs: readonly number[];
    }
  | { readonly kind: "number"; readonly was: Promised; readonly is: Promised }
  | {
      readonly kind: "contents";
      readonly was: Promised;
      readonly is: Promised;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: "until" | "met" | "by"; readonly was: Promised; readonly is: Promised };

/** What is owed otherwise; nothing where both owe alike. */
export function changesBetween(
  before: readonly Promised[],
  after: readonly Promised[],
): readonly Change[] {
  const find = (all: readonly Promised[], trigger: string) =>
    all.find((one) => one.trigger === trigger);
  const both = before.flatMap((was) => {
    const is = find(after, was.trigger);
    return is === undefined ? [] : ([[was, is]] as const);
  });
  const gone = before.filter(({ trigger }) => find(after, trigger) === undefined);
  const come = after.filter(({ trigger }) => find(before, trigger) === undefined);
  const pairs = Math.min(gone.length, come.length);
  const changed = gone.slice(0, pairs).map((was, i) => [was, come[i] as Promised] as const);
  return [
    ...both.flatMap(([was, is]) => [...timeChange(was, is), ...restChanges(was, is)]),
    ...changed.flatMap(([was, is]): readonly Change[] => [
      { kind: "trigger", was, is },
      ...restChanges(was, is),
    ]),
    ...gone.slice(pairs).map((was): Change => ({ kind: "removed", was, also: after.length > 0 })),
    ...come.slice(pairs).map((is): Change => ({ kind: "added", is, also: before.length > 0 })),
  ];
}

/** How firm: due at once, due by a number, as a best effort, in the periodic report. */
const firmness = ({ clause: { within } }: Promised): string =>
  typeof within === "string" ? within : "number";

function timeChange(was: Promised, is: Promised): readonly Change[] {
  if (firmness(was) !== firmness(is)) return [{ kind: "number", was, is }];
  const byMs = is.dues.map((due, i) => {
    const before = was.dues[i];
    return due === undefined || before === undefined ? 0 : due - before;
  });
  if (is.dues.some((due, i) => (due === undefined) !== (was.dues[i] === undefined)))
    return [{ kind: "number", was, is }];
  if (byMs.every((ms) => ms === 0)) return [];
  const kind = byMs.every((ms) => ms >= 0)
    ? "later"
    : byMs.every((ms) => ms <= 0)
      ? "earlier"
      : "moved";
  return [{ kind, was, is, byMs }];
}

function restChanges(was: Promised, is: Promised): readonly Change[] {
  const added = is.contents.filter((one) => !was.contents.includes(one));
  const removed = was.contents.filter((one) => !is.contents.includes(one));
  const differs = (of: (clause: Clause) => unknown): boolean =>
    JSON.stringify(of(was.clause)) !== JSON.stringify(of(is.clause));
  return [
    ...(added.length + removed.length === 0
      ? []
      : [{ kind: "contents", was, is, added, removed } as const]),
    ...(differs(toldAt) ? [{ kind: "until", was, is } as const] : []),
    ...(differs(({ met }) => met) ? [{ kind: "met", was, is } as const] : []),
    ...(differs(({ by }) => by) ? [{ kind: "by", was, is } as const] : []),
  ];
}
