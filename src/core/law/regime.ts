/**
 * Regime: a law or scheme as data. Whom it binds, what triggers it, since when it is
 * in force, and its clauses, in the language that policies and contracts use: a duty
 * to a recipient, from a moment, within a time, until a moment, with these contents.
 *
 * Not legal advice: each carries its article, how far the text was verified, and the
 * date of that.
 */

import type { RecipientKind } from "../policy/situation.ts";
import type { Ends } from "../time/target.ts";
import type { Profile, Roll, Rule, RuleAnchor } from "../time/rule/rule.ts";
import type { LawCondition } from "./told.ts";

/** P: checked against the official text. S: a secondary source. U: not verified yet. */
export type Verified = "P" | "S" | "U";

export const LAW_DUTIES = ["file", "notify", "publish", "assess", "record"] as const;
export type LawDuty = (typeof LAW_DUTIES)[number];

/** Words that promise without a number; `record` and `before-deadline` start no clock at all. */
export const LAW_WORDS = [
  "asap",
  "immediately",
  "record",
  "on-request",
  "before-deadline",
] as const;
export type LawWord = (typeof LAW_WORDS)[number];

export type LawTarget = {
  readonly count: number;
  readonly unit: "hours" | "days" | "months" | "business-days";
  readonly ends?: Ends;
  readonly profile?: Profile;
  readonly first?: "exclude" | "include";
  readonly roll?: Roll;
};

/** A time limit looked up by two facts: `6h` elapsed, `1bd` business days to 17:00. */
export type LawTable = {
  readonly rows: string;
  readonly columns: string;
  /** The column taken where the fact is not told. */
  readonly missing: number;
  readonly cells: Readonly<Record<string, readonly string[]>>;
};

export type LawWithin =
  | LawTarget
  | LawWord
  | { readonly rule: Rule }
  | { readonly table: LawTable };

export type LawTest = { readonly when: LawCondition; readonly says: string };

/** Bound, but an exception holds: nothing is owed, for the reason it says. */
export type LawException = LawTest & { readonly as: "suppressed-by-exception" | "not-applicable" };

export type LawClause = {
  /** The stage, unique in its regime but for variants that exclude each other. */
  readonly id: string;
  readonly duty: LawDuty;
  readonly to: RecipientKind;
  /** Short and stable: part of every obligation's id. */
  readonly recipient: string;
  readonly recipientName?: string;
  /** Comes out only while this holds. */
  readonly when?: LawCondition;
  /** Comes out only once that stage is closed. */
  readonly after?: string;
  readonly threshold?: LawTest;
  readonly excepted?: readonly LawException[];
  readonly from?: RuleAnchor;
  readonly within: LawWithin;
  /** An exemption that was reversed at this moment: the old clock, or at once. */
  readonly reassessed?: string;
  /** The authority's zone, where the law names one; the earlier result of both is due. */
  readonly zone?: string;
  /** Facts that close this stage, where its regime is the one that was opened. */
  readonly until?: readonly string[];
  /** They close it even where it was not. */
  readonly untilAlways?: true;
  /** Owed again after each report; closed by nothing. */
  readonly repeats?: true;
  /** A law-enforcement hold postpones it. */
  readonly hold?: true;
  /** Contract clauses towards the same recipient are candidates beside it. */
  readonly contracts?: true;
  /** Owed as soon as the regime is triggered, its own moment or not. */
  readonly always?: true;
  /** The id under which this stage is reported, where that is not its regime's. */
  readonly reportAs?: string;
  readonly contents?: readonly string[];
  readonly ifLate?: string;
  /** `receipt`: what counts is when it arrives. */
  readonly effectiveOn?: "receipt";
  readonly note?: string;
};

export type Regime = {
  readonly id: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly cite: string;
  readonly url?: string;
  readonly status:
    | "in-force"
    | "in-force-phased"
    | "effective-date-not-verified"
    | "not-yet-in-force"
    | "until CR26 applies"
    | "not-in-force"
    | "proposed"
    | "superseded";
  readonly supersededBy?: string;
  readonly inForceFrom?: string;
  readonly inForceNote?: string;
  readonly verified: Verified;
  /** The date as of which the entry was checked. */
  readonly checked: string;
  /** Whom it binds, in words. */
  readonly who: readonly string[];
  /** The moment its trigger is dated by. */
  readonly anchor?: string;
  readonly wording?: string;
  readonly test?: string;
  readonly imputation?: string;
  readonly thresholds?: readonly string[];
  readonly exceptions?: readonly string[];
  readonly notes?: readonly string[];
  /** What may change it. */
  readonly watch?: string;
  /** Where the people or the entity must be: EU, US-CA; `US-*` any of its states. */
  readonly place?: string;
  /** Whether it binds us; without it, only a person can say so by opening it. */
  readonly bound?: LawCondition;
  readonly displaced?: readonly LawTest[];
  /** Whether it was triggered; without it, only a person can say so. */
  readonly triggered?: LawCondition;
  /** Triggered by a decision or an act that has an instant. */
  readonly triggeredAt?: string;
  /** Shown as not started before that instant is recorded. */
  readonly shownBefore?: true;
  readonly excepted?: readonly LawException[];
  /** Regimes that opening this one looks at too. */
  readonly opens?: readonly string[];
  /** Facts that opening it tells, where nobody has told them. */
  readonly gives?: readonly string[];
  /** Regimes that are not ours where this one binds us. */
  readonly insteadOf?: readonly string[];
  /** Days of each year, MM-DD, that `latest` treats as closed. */
  readonly closed?: readonly string[];
  readonly clauses: readonly LawClause[];
};
