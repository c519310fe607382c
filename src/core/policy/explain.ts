/**
 * Explain: why an obligation is due when it is.
 *
 * The same obligation that runs is taken apart again: the clause and its source,
 * the moment that started it, the arithmetic step by step, the calendar, and
 * what a raised severity changed. Nothing is counted a second way.
 */

import type { Calendar } from "../time/calendar.ts";
import { countingSteps } from "../time/explain.ts";
import { formatBoth } from "../time/format.ts";
import { anchorMoment } from "./clause.ts";
import type { Obligation, Terms } from "./obligations.ts";

export type Explanation = {
  /** The moment that the clause counts from: `receivedAt`, `data-exposed.confirmedAt`. */
  readonly moment: string;
  /** The arithmetic in sentences, in the calendar's zone and in UTC. */
  readonly steps: readonly string[];
  /** The calendar that counted, and its source; undefined where none was needed. */
  readonly calendar?: string;
  /** Set where the severity was raised when the target was already past. */
  readonly raised?: string;
};

const UNCOUNTED_SAYS = {
  immediately:
    "The clause says at once, around the clock: it gives no number, and none is made up.",
  "best-effort": "The clause promises best effort: it gives no number, and none is made up.",
  aggregated: "The clause promises it in the next periodic report: it has no clock of its own.",
  undecided: "How long it may take is not decided yet: nothing is counted.",
} as const;

/** A law's own rule counted it; its clause, its instants and both readings are said. */
function lawSteps({ clause, startedAt, dueAt, latestAt }: Obligation, zone: string) {
  return [
    ...(clause.says === undefined ? [] : [clause.says]),
    `Counted from ${formatBoth(startedAt, zone)}.`,
    ...(dueAt === undefined ? [UNCOUNTED_SAYS.immediately] : [`Due ${formatBoth(dueAt, zone)}.`]),
    ...(latestAt === undefined || latestAt === dueAt
      ? []
      : [
          `A defensible reading allows until ${formatBoth(latestAt, zone)}; ` +
            "the earlier is taken, because it cannot be late under either.",
        ]),
    "Not legal advice: regimes are data of this release, with citation and date checked.",
  ];
}

const named = ({ id, source }: Calendar): string =>
  source === undefined ? id : `${id}; its dates are from ${source}`;

/** Nothing was counted: the instant is the one that was named. */
const promiseSteps = ({ clause, startedAt, dueAt }: Obligation, zone: string) => [
  ...(clause.says === undefined ? [] : [clause.says]),
  `Promised ${formatBoth(startedAt, zone)}${clause.cites === undefined ? "" : `, in ${clause.cites}`}.`,
  ...(dueAt === undefined ? [] : [`The instant that was named: ${formatBoth(dueAt, zone)}.`]),
];

/** Why `obligation` is due when it is, under the terms that made it. `zone` is for elapsed time. */
export function explain(obligation: Obligation, terms: Terms, zone: string): Explanation {
  const { clause, startedAt, dueAt, raisedAt } = obligation;
  const moment = anchorMoment(clause.from);
  if (clause.promised) return { moment, steps: promiseSteps(obligation, zone) };
  if (clause.law) return { moment, steps: lawSteps(obligation, zone) };
  if (typeof clause.within === "string") return { moment, steps: [UNCOUNTED_SAYS[clause.within]] };
  const calendar = terms.calendars.get(clause.calendar ?? terms.calendar);
  const steps = countingSteps(startedAt, clause.within, calendar, calendar?.zone ?? zone);
  if (!steps.ok) return { moment, steps: steps.problems.map(({ message }) => message) };
  const shown = calendar?.zone ?? zone;
  return {
    moment,
    steps: steps.value,
    ...(calendar === undefined ? {} : { calendar: named(calendar) }),
    ...(raisedAt === undefined || dueAt === undefined
      ? {}
      : {
          raised:
            `By that count it was already over when the severity was raised, ` +
            `so it is due at the instant of the change: ${formatBoth(dueAt, shown)}.`,
        }),
  };
}
