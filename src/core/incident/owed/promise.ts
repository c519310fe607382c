/**
 * Promise: what we have said, here, that we would do, and by when.
 *
 * Two kinds: a decision that left something open is looked at again, and a notice
 * that named its next word is followed by one. No clause of policy, contract or law
 * sets their instant: a person did, in this incident, and from then on it runs as
 * everything else that is owed.
 *
 * Derived from decisions and notices; nothing here is kept.
 */

import type { NoticeState } from "../../notice/notice.ts";
import type { TermsClause } from "../../policy/bound.ts";
import type { Obligation } from "../../policy/obligations.ts";
import { type Recipient, TEAM } from "../../policy/situation.ts";
import { HOUR_MS, type Instant } from "../../time/instant.ts";
import { recipientsOf } from "../situation.ts";
import type { Incident } from "../state.ts";

/** What was not known when it was decided is looked at again. */
export function looksOwed({ decisions }: Incident): readonly Obligation[] {
  return decisions.flatMap(({ lookAgainAt, at }, index) => {
    if (lookAgainAt === undefined) return [];
    const next = decisions[index + 1];
    const clause = promised(`look-again-${index + 1}`, TEAM.id, at, lookAgainAt, {
      duty: "decide",
      to: "team",
      from: "decidedAt",
      until: "lookedAgainAt",
      says: "What was not known when it was decided whether to notify is looked at again.",
    });
    return [owed(clause, TEAM, at, lookAgainAt, next?.at)];
  });
}

/**
 * One for each notice that has arrived and named an instant; any later word keeps it. To `among`
 * alone, where that is given.
 */
export function wordsOwed(incident: Incident, among?: ReadonlySet<string>): readonly Obligation[] {
  const sent = Object.values(incident.notices).filter(
    (notice) => isWord(notice) && (among?.has(notice.recipient ?? "") ?? true),
  );
  if (sent.length === 0) return [];
  const known = new Map(recipientsOf(incident).map((recipient) => [recipient.id, recipient]));
  const toEach = new Map<string | undefined, NoticeState[]>();
  for (const notice of sent) {
    const before = toEach.get(notice.recipient);
    if (before) before.push(notice);
    else toEach.set(notice.recipient, [notice]);
  }
  return sent.flatMap((notice) => {
    const { nextWordAt, deliveredAt } = notice;
    const recipient = known.get(notice.recipient ?? "");
    if (nextWordAt === undefined || deliveredAt === undefined || !recipient) return [];
    const clause = wordClause(notice, recipient, deliveredAt, nextWordAt);
    const told = incident.moments[`${clause.until}/${recipient.id}`];
    const laters = toEach.get(notice.recipient) ?? [];
    const keptAt = earliest([told, ...laters.map((later) => afterwards(notice, later))]);
    return [owed(clause, recipient, deliveredAt, nextWordAt, keptAt)];
  });
}

type WordClause = TermsClause & { readonly until: string };
type KnownWord = {
  readonly clause: WordClause;
  readonly of: readonly [
    recipient: string,
    kind: string,
    deliveredAt: Instant,
    nextWordAt: Instant,
  ];
};

/** The very same clause for the same notice: it is asked for at every letter of a fan-out. */
function wordClause(
  notice: NoticeState,
  { id: to, kind }: Recipient,
  deliveredAt: Instant,
  nextWordAt: Instant,
): WordClause {
  const of = [to, kind, deliveredAt, nextWordAt] as const;
  const known = WORD_CLAUSES.get(notice);
  if (known && of.every((one, index) => one === known.of[index])) return known.clause;
  const until = `wordKept.${notice.id}`;
  const clause = promised(`next-word-${notice.id.toLowerCase()}`, to, deliveredAt, nextWordAt, {
    duty: "update",
    to: kind,
    from: "notifiedAt",
    until,
    says: "A notice said when the next word comes; we write again by then, complete or not.",
    cites: notice.id,
  });
  const made = { ...clause, until };
  WORD_CLAUSES.set(notice, { clause: made, of });
  return made;
}

const WORD_CLAUSES = new WeakMap<NoticeState, KnownWord>();

const isWord = ({ kind, automatic, recipient }: NoticeState): boolean =>
  kind !== "page" && !automatic && recipient !== undefined;

const afterwards = (notice: NoticeState, later: NoticeState): Instant | undefined =>
  later.requestedAt > notice.requestedAt ? later.deliveredAt : undefined;

function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  const come = instants.filter((at) => at !== undefined);
  return come.length === 0 ? undefined : (Math.min(...come) as Instant);
}

/** The clause that a promise would be; its hours are for what draws it, the instant counts. */
const promised = (
  id: string,
  to: string,
  from: Instant,
  due: Instant,
  clause: Pick<TermsClause, "duty" | "to" | "from" | "until" | "says"> & { cites?: string },
): TermsClause => ({
  ...clause,
  id,
  within: { count: Math.max(1, Math.round((due - from) / HOUR_MS)), unit: "hours" },
  bound: { to },
  promised: true,
});

const owed = (
  clause: TermsClause,
  recipient: Recipient,
  startedAt: Instant,
  dueAt: Instant,
  stoppedAt: Instant | undefined,
): Obligation => ({
  id: `${clause.id}@${recipient.id}`,
  clause,
  recipient,
  startedAt,
  dueAt,
  ...(stoppedAt === undefined ? {} : { stoppedAt }),
});
