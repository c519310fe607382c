/**
 * Case tape: what we owe the reporter, on one axis of time, and the same in words.
 *
 * The past is drawn to scale from the report on; the future is folded, a day, a
 * week, a quarter, so that tonight and next month fit beside each other. Now
 * stands at 24 % of the width. The list below it says everything that the picture
 * does.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { PinnedPolicy } from "../core/context.ts";
import { type Obligation, standing } from "../core/policy/obligations.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import type { Duty } from "../core/policy/clause.ts";
import { formatBoth } from "../core/time/format.ts";
import { HOUR_MS, type Instant } from "../core/time/instant.ts";
import { zoneOf } from "./policy-facts.ts";
import { dueWords } from "./report-time.ts";

/** An obligation, and the policy that it was counted by. */
export type Owed = { readonly obligation: Obligation; readonly policy: PinnedPolicy };

type Given = { readonly owed: readonly Owed[]; readonly since: Instant; readonly now: Instant };

const WIDTH = 760;
const GUTTER = 150;
const TOP = 26;
const LANE = 34;

export function CaseTape({ owed, since, now }: Given) {
  if (owed.length === 0) return null;
  const drawn = owed.filter(({ obligation }) => obligation.dueAt !== undefined);
  return (
    <section>
      <h2>What we owe you</h2>
      {drawn.length === 0 ? null : <Picture {...{ owed: drawn, since, now }} />}
      <ul class="plain">
        {owed.map((one) => (
          <li>
            <strong>{standingWords(one, now)}</strong>
            <p>{clauseSentence(one.obligation.clause, one.policy.policy)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Picture({ owed, since, now }: Given) {
  const height = TOP + owed.length * LANE + 8;
  const x = (at: Instant): number => placeOf(at, since, now);
  const nowX = x(now);
  const summary = owed.map((one) => `${nameOf(one)}: ${standingWords(one, now)}`).join(" ");
  return (
    <svg class="tape" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={summary}>
      {FOLDS.map(([hours, label]) => {
        const at = x((now + hours * HOUR_MS) as Instant);
        return (
          <>
            <path class="grid" d={`M${at} ${TOP - 8}V${height}`} />
            <text x={at} y="12" text-anchor="middle">
              {label}
            </text>
          </>
        );
      })}
      <text x={nowX} y="12" text-anchor="middle" class="name">
        now
      </text>
      {owed.map((one, lane) => (
        <Lane one={one} now={now} x={x} y={TOP + lane * LANE + LANE / 2} />
      ))}
      <path class="now" d={`M${nowX} ${TOP - 8}V${height}`} />
    </svg>
  );
}

type LaneGiven = {
  readonly one: Owed;
  readonly now: Instant;
  readonly x: (at: Instant) => number;
  readonly y: number;
};

function Lane({ one, now, x, y }: LaneGiven) {
  const { startedAt, stoppedAt, dueAt = startedAt } = one.obligation;
  const [start, due] = [x(startedAt), x(dueAt)];
  const done = x(stoppedAt ?? now);
  const state = standing(one.obligation, now);
  const mark = stoppedAt === undefined ? due : done;
  const fill = state.startsWith("met") ? "met" : state === "missed" ? "missed" : "open";
  return (
    <>
      <text class="name" x="0" y={y + 4}>
        {nameOf(one)}
      </text>
      <path class="past" d={`M${start} ${y - 5}V${y + 5}M${start} ${y}H${Math.max(start, done)}`} />
      {due > done ? <path class="left" d={`M${done} ${y}H${due}`} /> : null}
      <path class={fill} d={`M${mark} ${y - 7}l7 12h-14z`} />
    </>
  );
}

/** Where the future is folded: hours from now, what is printed there, and its share of the width. */
const FOLDS = [
  [24, "1 day", 0.64],
  [168, "1 week", 0.84],
  [2160, "90 days", 0.97],
] as const;
const NOW_SHARE = 0.24;

function placeOf(at: Instant, since: Instant, now: Instant): number {
  return Math.round((GUTTER + (WIDTH - GUTTER - 10) * shareOf(at, since, now)) * 10) / 10;
}

function shareOf(at: Instant, since: Instant, now: Instant): number {
  const hours = (at - now) / HOUR_MS;
  if (hours <= 0) {
    const span = Math.min(168, Math.max(1, (now - since) / HOUR_MS));
    return Math.max(0, NOW_SHARE * (1 + hours / span));
  }
  let [fromHours, fromShare] = [0, NOW_SHARE];
  for (const [toHours, , toShare] of FOLDS) {
    if (hours <= toHours)
      return fromShare + ((toShare - fromShare) * (hours - fromHours)) / (toHours - fromHours);
    [fromHours, fromShare] = [toHours, toShare];
  }
  return 0.985;
}

const NAMES: Readonly<Partial<Record<Duty, string>>> = {
  acknowledge: "A person answers",
  notify: "Notice to you",
  update: "Next word to you",
  summarise: "Summary to you",
  "confirm-closure": "Closing with you",
};

const nameOf = ({ obligation }: Owed): string => NAMES[obligation.clause.duty] ?? "Owed to you";

function standingWords(one: Owed, now: Instant): string {
  const { obligation, policy } = one;
  const due = dueWords(obligation, policy);
  const { stoppedAt } = obligation;
  const done = stoppedAt === undefined ? "" : formatBoth(stoppedAt, zoneOf(policy.policy));
  switch (standing(obligation, now)) {
    case "running":
      return `Due by ${due}.`;
    case "owed":
      return "Owed, without a number.";
    case "met":
      return due === "" ? `Done ${done}.` : `Done ${done}; it was due by ${due}.`;
    case "met-late":
      return `Done late, ${done}; it was due by ${due}.`;
    case "waived":
      return "We hold that this does not apply here.";
    case "missed":
      return `Missed: it was due by ${due}. It is still owed.`;
  }
}
