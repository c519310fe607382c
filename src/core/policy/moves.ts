/**
 * Moves: how the due instants of one and the same thing differ, counted two ways.
 *
 * For replaying a draft over what happened, and for re-basing an incident: the clauses may
 * have other ids, so what no id matches is matched by duty and recipient. What is owed alike,
 * and stands alike, is not listed.
 */

import type { Instant } from "../time/instant.ts";
import { type Obligation, standing, type Standing } from "./obligations.ts";

export const MOVE_KINDS = ["later", "earlier", "appears", "vanishes", "changes"] as const;

export type Counted = {
  readonly obligation: Obligation;
  /** How it stands, given what was really done. */
  readonly standing: Standing;
};

/** `changes`: due as before, but met, missed or counted otherwise. */
export type Move = {
  readonly kind: (typeof MOVE_KINDS)[number];
  readonly was?: Counted;
  readonly is?: Counted;
};

/** What is owed, by the one text or the other. */
export const owedIn = ({ is, was }: Move): Obligation => ((is ?? was) as Counted).obligation;

/** What differs at `now`, soonest due first. */
export function moves(
  before: readonly Obligation[],
  after: readonly Obligation[],
  now: Instant,
): readonly Move[] {
  const pairs = paired(before, after);
  const counted = (obligation: Obligation): Counted => ({
    obligation,
    standing: standing(obligation, now),
  });
  const found = pairs.flatMap(([was, is]): readonly Move[] => {
    const kind = kindOf(was, is, now);
    if (kind === undefined) return [];
    return [
      {
        kind,
        ...(was === undefined ? {} : { was: counted(was) }),
        ...(is === undefined ? {} : { is: counted(is) }),
      },
    ];
  });
  return found.sort((a, b) => dueOf(a) - dueOf(b));
}

type Pair = readonly [Obligation | undefined, Obligation | undefined];

const dueOf = ({ is, was }: Move): number =>
  (is ?? was)?.obligation.dueAt ?? Number.MAX_SAFE_INTEGER;

function kindOf(
  was: Obligation | undefined,
  is: Obligation | undefined,
  now: Instant,
): Move["kind"] | undefined {
  if (was === undefined) return "appears";
  if (is === undefined) return "vanishes";
  if (was.dueAt !== undefined && is.dueAt !== undefined && was.dueAt !== is.dueAt)
    return is.dueAt > was.dueAt ? "later" : "earlier";
  const isSame = was.dueAt === is.dueAt && standing(was, now) === standing(is, now);
  return isSame ? undefined : "changes";
}

/** By id; then by duty and recipient, those that started together first. */
function paired(before: readonly Obligation[], after: readonly Obligation[]): readonly Pair[] {
  const left = new Map(before.map((one) => [one.id, one]));
  const pairs: Pair[] = [];
  const unmatched: Obligation[] = [];
  for (const is of after) {
    const was = left.get(is.id);
    if (was === undefined) unmatched.push(is);
    else pairs.push([was, is]);
    left.delete(is.id);
  }
  const waiting = new Map<string, Obligation[]>();
  for (const was of left.values()) {
    const key = kindred(was);
    const known = waiting.get(key);
    if (known) known.push(was);
    else waiting.set(key, [was]);
  }
  for (const is of unmatched) {
    const same = waiting.get(kindred(is)) ?? [];
    const together = same.findIndex(({ startedAt }) => startedAt === is.startedAt);
    const [was] = same.splice(Math.max(0, together), 1);
    if (was !== undefined) left.delete(was.id);
    pairs.push([was, is]);
  }
  return [...pairs, ...[...left.values()].map((was): Pair => [was, undefined])];
}

/** A call is another promise than the letter it goes with; a law's stage is no other law's. */
const kindred = ({ clause: { duty, met, law }, recipient }: Obligation): string =>
  `${duty} ${met === "contact" ? "call" : ""} ${law?.regime ?? ""} ${recipient.id}`;
