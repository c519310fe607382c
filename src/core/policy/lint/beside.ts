/**
 * Beside: what stands beside a policy when it is judged, as far as it is known.
 *
 * A policy alone can contradict itself; whether it can be kept, and whether it is
 * enough, hangs on who is there, what was signed and what the law asks. Each part may
 * be missing, and what needs it is then not checked: silence, never a guess. What laws
 * and contracts are is not known here; whoever knows puts their promises in this shape.
 */

import type { Calendar } from "../../time/calendar.ts";
import type { Instant } from "../../time/instant.ts";
import type { BoundClause, Clause, Duty } from "../clause.ts";
import type { RecipientKind } from "../situation.ts";

/** One counted clause of a customer's contract. */
export type ContractPromise = {
  readonly customer: string;
  /** `DPA of 2026-03-01, 7.2`. */
  readonly source: string;
  readonly clause: BoundClause;
};

/** One stage of a law that can bind the organisation, as a policy's clause would say it. */
export type LawPromise = {
  readonly regime: string;
  /** Its name and article, as they are cited. */
  readonly cites: string;
  readonly duty: Duty;
  readonly to: RecipientKind;
  /** The moments from which it may count. */
  readonly from: readonly string[];
  readonly within: Clause["within"];
};

/** Somebody who can be called, for which roles, and when. */
export type RosterEntry = {
  readonly name: string;
  readonly roles: readonly string[];
  /** At any hour, if not said. */
  readonly hours?: Calendar;
};

export type LintBeside = {
  /** Without it nothing is past. */
  readonly now?: Instant;
  /** The organisation's own, where the policy has no calendar yet; UTC, if not said. */
  readonly zone?: string;
  readonly contracts?: readonly ContractPromise[];
  readonly laws?: readonly LawPromise[];
  /** Every stage of every law on record, as `<regime>/<stage>`. */
  readonly stages?: ReadonlySet<string>;
  readonly roster?: readonly RosterEntry[];
};
