/**
 * What changed between two releases of the law's data, stage by stage, in sentences that a
 * person can check against the source. What may move a due instant comes first.
 */

import type { Release, ReleasedClause, ReleasedRegime } from "./release.ts";

/** In the order they are told. */
export const CHANGE_KINDS = [
  "new",
  "withdrawn",
  "due",
  "scope",
  "contents",
  "verified",
  "words",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type LawChange = {
  readonly regime: string;
  readonly stage?: string;
  readonly kind: ChangeKind;
  readonly says: string;
  /** Whether something of an incident may be due at another time than before. */
  readonly movesDue: boolean;
};

const VERIFIED = {
  P: "checked against the official text",
  S: "checked against a secondary source",
  U: "not verified yet",
} as const;

/** Every change from the first release to the second; none where they are the same. */
export function changesBetween(from: Release, to: Release): readonly LawChange[] {
  const before = new Map(from.regimes.map((one) => [one.id, one]));
  const after = new Map(to.regimes.map((one) => [one.id, one]));
  const found = [
    ...to.regimes.flatMap((one) => {
      const was = before.get(one.id);
      return was === undefined ? [arrived(one)] : regimeChanges(was, one);
    }),
    ...from.regimes.filter(({ id }) => !after.has(id)).map(gone),
  ];
  const rank = ({ kind }: LawChange): number => CHANGE_KINDS.indexOf(kind);
  return found.sort(
    (a, b) => Number(b.movesDue) - Number(a.movesDue) || rank(a) - rank(b) || order(a, b),
  );
}

const order = (a: LawChange, b: LawChange): number =>
  a.regime < b.regime ? -1 : a.regime > b.regime ? 1 : 0;

const arrived = ({ id, name, cite, clauses, ...rest }: ReleasedRegime): LawChange => ({
  regime: id,
  kind: "new",
  says: `New: ${name} (${cite}), ${stateOf(rest)}, ${counted(clauses.length, "stage")}.`,
  movesDue: clauses.length > 0,
});

const gone = ({ id, name, cite }: ReleasedRegime): LawChange => ({
  regime: id,
  kind: "withdrawn",
  says: `Withdrawn: ${name} (${cite}) is no longer in the data.`,
  movesDue: true,
});

const counted = (count: number, word: string): string =>
  `${count} ${count === 1 ? word : `${word}s`}`;

const stateOf = ({
  status,
  inForceFrom,
}: Pick<ReleasedRegime, "status" | "inForceFrom">): string =>
  inForceFrom === undefined ? status : `${status} from ${inForceFrom}`;

function regimeChanges(was: ReleasedRegime, is: ReleasedRegime): readonly LawChange[] {
  const say = (kind: ChangeKind, says: string, movesDue = false): LawChange => ({
    regime: is.id,
    kind,
    says: `${is.cite}: ${says}`,
    movesDue,
  });
  const changes: LawChange[] = [];
  const isOtherState = stateOf(was) !== stateOf(is);
  if (isOtherState) changes.push(say("scope", `${stateOf(is)}; before, ${stateOf(was)}.`, true));
  const who = [was, is].map((one) => one.who.join("; "));
  if (who[0] !== who[1])
    changes.push(say("scope", `whom it binds moved from "${who[0]}" to "${who[1]}".`, true));
  else if (was.digest !== is.digest && !isOtherState)
    changes.push(say("scope", "whom it binds, or what triggers it, is tested otherwise.", true));
  if (was.verified !== is.verified)
    changes.push(say("verified", `${VERIFIED[is.verified]}; before, ${VERIFIED[was.verified]}.`));
  if (was.checked !== is.checked)
    changes.push(say("verified", `checked as of ${is.checked}; before, as of ${was.checked}.`));
  if (was.cite !== is.cite) changes.push(say("words", `cited before as "${was.cite}".`));
  if (was.name !== is.name) changes.push(say("words", `named before "${was.name}".`));
  return [...changes, ...stageChanges(was, is)];
}

/** Variants of one stage exclude each other and share its id: they are compared in their order. */
function stageChanges(was: ReleasedRegime, is: ReleasedRegime): readonly LawChange[] {
  const [before, after] = [keyed(was.clauses), keyed(is.clauses)];
  const about =
    (clause: ReleasedClause) => (kind: ChangeKind, says: string, movesDue: boolean) => ({
      regime: is.id,
      stage: clause.id,
      kind,
      says: `${is.cite}, ${clause.id}: ${says}`,
      movesDue,
    });
  const changes = [...after].flatMap(([key, clause]) => {
    const old = before.get(key);
    const say = about(clause);
    return old === undefined
      ? [say("new", `new, ${clause.duty} to ${clause.recipient}, ${clause.within}.`, true)]
      : clauseChanges(old, clause, say);
  });
  const withdrawn = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, clause]) =>
      about(clause)(
        "withdrawn",
        `withdrawn; it was ${clause.within}, to ${clause.recipient}.`,
        true,
      ),
    );
  return [...changes, ...withdrawn];
}

function keyed(clauses: readonly ReleasedClause[]): ReadonlyMap<string, ReleasedClause> {
  const counts = new Map<string, number>();
  return new Map(
    clauses.map((clause) => {
      const count = (counts.get(clause.id) ?? 0) + 1;
      counts.set(clause.id, count);
      return [`${clause.id}#${count}`, clause];
    }),
  );
}

function clauseChanges(
  was: ReleasedClause,
  is: ReleasedClause,
  say: (kind: ChangeKind, says: string, movesDue: boolean) => LawChange,
): readonly LawChange[] {
  const changes: LawChange[] = [];
  if (was.within !== is.within)
    changes.push(say("due", `due moved from "${was.within}" to "${is.within}".`, true));
  const [to, before] = [`${is.duty} to ${is.recipient}`, `${was.duty} to ${was.recipient}`];
  if (to !== before) changes.push(say("due", `it is now to ${to}; before, to ${before}.`, true));
  if (was.threshold !== is.threshold) {
    const [old, now] = [was.threshold, is.threshold].map((one) => one ?? "no threshold");
    changes.push(say("scope", `its threshold moved from "${old}" to "${now}".`, true));
  }
  if (was.digest !== is.digest && changes.length === 0)
    changes.push(say("due", "it is counted or tested otherwise, in the same words.", true));
  const [had, has] = [was.contents ?? [], is.contents ?? []];
  const added = has.filter((one) => !had.includes(one));
  const dropped = had.filter((one) => !has.includes(one));
  if (added.length > 0)
    changes.push(say("contents", `it asks also for ${added.join("; ")}.`, false));
  if (dropped.length > 0)
    changes.push(say("contents", `it no longer asks for ${dropped.join("; ")}.`, false));
  return changes;
}
