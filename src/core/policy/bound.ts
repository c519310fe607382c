/**
 * Bound: clauses of contracts, which bind one party each, among those of the policy.
 *
 * They count as the policy's do, from their own moments and by its calendars; only
 * to whom they are owed is settled beforehand. A provider's clause is owed to us:
 * the same clock, running for us.
 */

import type { BoundClause, Clause } from "./clause.ts";
import type { Policy } from "./policy.ts";
import type { Recipient } from "./situation.ts";

/** A clause as it is counted: the policy's, or one that binds a single party. */
export type TermsClause = Clause & {
  /** Set where it comes out of a contract. */
  readonly bound?: {
    /** The one recipient it is for. */
    readonly to: string;
    /** They owe it to us. */
    readonly inbound?: true;
  };
  /** Set where a person promised it in the incident itself: its instant was said, not counted. */
  readonly promised?: true;
  /** Set where a law asks it: it is counted by the law's rule, not by `within`. */
  readonly law?: {
    readonly regime: string;
    readonly stage: string;
    /** Who receives it, in words. */
    readonly recipient: string;
  };
};

/** What was signed with one party, as it bound at some time. */
export type Bond = {
  readonly clauses: readonly BoundClause[];
  /** By clause: where it comes from, and its words. */
  readonly words: Readonly<Record<string, { readonly source: string; readonly text: string }>>;
};

/** The clauses of `bond`, ready to be counted for the party it binds. */
export function boundTo(
  { kind, id }: Pick<Recipient, "kind" | "id">,
  bond: Bond,
  inbound = false,
): readonly TermsClause[] {
  const known = BOUND.get(bond.clauses);
  if (known?.id === id) return known.clauses;
  const clauses = bond.clauses.map((clause) => {
    const source = bond.words[clause.id]?.source;
    return {
      ...clause,
      to: kind,
      ...(source === undefined ? {} : { cites: source }),
      bound: { to: id, ...(inbound ? { inbound } : {}) },
    };
  });
  BOUND.set(bond.clauses, { id, clauses });
  return clauses;
}

type Known = { readonly id: string; readonly clauses: readonly TermsClause[] };

/** By the clauses as they were recorded, which never change: ten thousand customers ask at every entry. */
const BOUND = new WeakMap<Bond["clauses"], Known>();

/**
 * The bond with ids that no clause of `policy` has: an obligation is told by clause and
 * recipient, and the policy may owe this very party something under the same name.
 */
export function apartFrom(policy: Policy, { clauses, words }: Bond): Bond {
  const taken = new Set(policy.clauses.map(({ id }) => id));
  const nameOf = (id: string): string => (taken.has(id) ? nameOf(`contract-${id}`) : id);
  return {
    clauses: clauses.map((clause) => ({ ...clause, id: nameOf(clause.id) })),
    words: Object.fromEntries(Object.entries(words).map(([id, said]) => [nameOf(id), said])),
  };
}
