/**
 * Rule: every way of counting that a law, a contract or a policy may use, as data.
 *
 *     { kind: "hours", n: 72, anchor: "awareAt", profile: "eu1182" }
 *     { kind: "days", n: 30, anchor: "discoveredAt", roll: "next-business" }
 *     { kind: "tightest", candidates: [{ id: "contract:A", rule: ... }, ...] }
 *
 * A Target says how long; a rule also says from which moments, by whose way of
 * counting, and how several readings are put together. Each kind is specified in
 * docs/counting.md, with its sources.
 */

import type { Result } from "../../problem.ts";
import type { Day } from "../day.ts";
import type { Instant } from "../instant.ts";

/** The name of a moment, or of several of which those recorded are compared. */
export type RuleAnchor =
  | string
  | { readonly earliest: readonly string[] }
  | { readonly latest: readonly string[] }
  /** The first of them that is recorded. */
  | { readonly firstOf: readonly string[] };

/** `eu1182`: the hour of the event does not count (Regulation 1182/71, Art. 3(1)). */
export type Profile = "plain" | "eu1182";

/** How `latest` moves a last day on which authorities are closed; `due` never moves. */
export type Roll = "none" | "next-business" | "eu1182";

export type HoursRule = {
  readonly kind: "hours";
  /** May be a fraction. */
  readonly n: number;
  readonly anchor: RuleAnchor;
  readonly profile?: Profile;
};

export type DaysRule = {
  readonly kind: "days";
  readonly n: number;
  readonly anchor: RuleAnchor;
  /** Whether the day of the anchor is day 0 (exclude) or day 1 (include). */
  readonly first?: "exclude" | "include";
  readonly roll?: Roll;
};

export type MonthsRule = {
  readonly kind: "months";
  readonly n: number;
  readonly anchor: RuleAnchor;
  readonly roll?: Roll;
};

export type BusinessDaysRule = {
  readonly kind: "businessDays";
  readonly n: number;
  readonly anchor: RuleAnchor;
  /** Local time at which the last day ends; 24:00 if not said. */
  readonly endAt?: string;
  /** In `latest`, what arrives from this local time on arrives on the next business day. */
  readonly lateAfter?: string;
};

export type Rule =
  | HoursRule
  | DaysRule
  | MonthsRule
  | BusinessDaysRule
  | { readonly kind: "businessHours"; readonly hours: number; readonly anchor: RuleAnchor }
  | {
      /** The anchor is a wall time without offset. */
      readonly kind: "hoursLocal";
      readonly n: number;
      readonly anchor: string;
      readonly profile?: Profile;
    }
  | {
      /** An exemption was reversed at the moment `reassess`: the old clock, or at once. */
      readonly kind: "hoursReassess";
      readonly n: number;
      readonly anchor: RuleAnchor;
      readonly reassess: string;
      readonly profile?: Profile;
    }
  | {
      /** The severity was raised at the moment `upgradedAt` names: from the start, or at once. */
      readonly kind: "upgrade";
      readonly n: number;
      readonly anchor: RuleAnchor;
      readonly upgradedAt: string;
    }
  | { readonly kind: "afterYearEnd"; readonly days: number; readonly anchor: RuleAnchor }
  | {
      /** DORA Art. 5 of Del. Reg. 2025/301: 4 h from classification, 24 h from awareness. */
      readonly kind: "doraInitial";
      readonly aware: string;
      readonly classified: string;
      readonly relief: boolean;
    }
  | { readonly kind: "altAnchors"; readonly early: Rule; readonly late: Rule }
  | { readonly kind: "minZones"; readonly zones: readonly string[]; readonly rule: Rule }
  | {
      readonly kind: "hold";
      readonly base: Rule;
      readonly holdAnchor: string;
      readonly holdDays: number;
    }
  | { readonly kind: "tightest"; readonly candidates: readonly Candidate[] }
  | {
      /** DORA's weekend relief over another rule: noon of the next working day, in `latest`. */
      readonly kind: "noonRelief";
      readonly base: Rule;
      /** Which day must be a working day: that of the due instant, or the last one counted. */
      readonly on: "due" | "last-day";
    };

export type Candidate = { readonly id: string; readonly rule: Rule };

/** What a rule reads: recorded facts, a zone for its dates, and a calendar. */
export type RuleWorld = {
  /** The instant recorded under a name; refuses with `anchor-missing` or `anchor-bare-date`. */
  readonly at: (name: string) => Result<Instant>;
  /** What is recorded under a name, as it was written. */
  readonly text: (name: string) => unknown;
  /** Dates days and months; IANA name. */
  readonly zone: string | undefined;
  readonly calendar: RuleCalendar;
};

export type RuleCalendar = {
  /** Closed in `due` and `latest`. */
  readonly holidays: ReadonlySet<Day>;
  /** `holidays`, and those that only some observe: closed in `latest` alone. */
  readonly optional: ReadonlySet<Day>;
  /** When open time ends; refuses where the calendar has no windows or no zone. */
  readonly openTimeEnd: (startedAt: Instant, ms: number) => Result<Instant>;
};

/** When something is due under a rule. */
export type RuleCount = {
  readonly dueAt: Instant;
  /** The outermost instant of a defensible reading; null where none is asserted. */
  readonly latestAt: Instant | null;
  /** Set where `dueAt` is the midnight after the last day: being done at it is too late. */
  readonly isDayEnd?: true;
  readonly governing?: string;
  readonly others?: Readonly<Record<string, Instant>>;
  readonly holdUntilAt?: Instant;
  /** The exemption was reversed after the old clock had run out. */
  readonly reasonsForDelayRequired?: true;
  /** The tighter target had passed before it applied. */
  readonly overdueOnArrival?: true;
};
