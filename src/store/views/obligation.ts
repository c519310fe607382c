/**
 * view_obligation: what every signal and incident owes, for the deadline board.
 *
 * A row holds instants only. Whether an obligation runs, was met or was missed
 * depends on the present, so `standing` is asked of a row when it is read.
 */

import type { Held } from "../../core/notice/ladder.ts";
import { type Obligation, rungs, type Standing } from "../../core/policy/obligations.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Table } from "./table.ts";

export type ObligationViewRow = {
  /** `<clause>@<recipient>`. */
  readonly id: string;
  readonly clause: string;
  readonly duty: string;
  readonly recipientKind: string;
  readonly recipient: string;
  /** The policy version whose clause it is. */
  readonly policyVersion: number;
  readonly startedAt: Instant;
  readonly dueAt: Instant | null;
  readonly latestAt: Instant | null;
  readonly prepareAt: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly raisedAt: Instant | null;
  readonly word: "immediately" | "best-effort" | "aggregated" | null;
  readonly takenBy: string | null;
  /** Why it cannot be counted: a sentence. */
  readonly problem: string | null;
};

export const OBLIGATION_VIEW: Table<ObligationViewRow> = {
  name: "view_obligation",
  columns: {
    id: "text",
    clause: "text",
    duty: "text",
    recipientKind: "text",
    recipient: "text",
    policyVersion: "integer",
    startedAt: "bigint",
    dueAt: "bigint",
    latestAt: "bigint",
    prepareAt: "bigint",
    stoppedAt: "bigint",
    raisedAt: "bigint",
    word: "text",
    takenBy: "text",
    problem: "text",
  },
};

export const obligationRows = (
  owed: readonly Obligation[],
  held: Readonly<Record<string, Held>>,
  policyVersion: number,
): readonly ObligationViewRow[] =>
  owed.map((obligation) => ({
    id: obligation.id,
    clause: obligation.clause.id,
    duty: obligation.clause.duty,
    recipientKind: obligation.recipient.kind,
    recipient: obligation.recipient.id,
    policyVersion,
    startedAt: obligation.startedAt,
    dueAt: obligation.dueAt ?? null,
    latestAt: obligation.latestAt ?? null,
    prepareAt: rungs(obligation).find(({ rung }) => rung === "prepare")?.at ?? null,
    stoppedAt: obligation.stoppedAt ?? null,
    raisedAt: obligation.raisedAt ?? null,
    word: typeof obligation.clause.within === "string" ? obligation.clause.within : null,
    takenBy: held[obligation.id]?.takenBy ?? null,
    problem: obligation.problem?.message ?? null,
  }));

/** As core's `standing`, in SQL, over a row `o` and the instant `$1`. Kept equal by a test. */
export const STANDING_SQL = `case
  when o.stopped_at is not null and (o.due_at is null or o.stopped_at <= o.due_at) then 'met'
  when o.stopped_at is not null then 'met-late'
  when o.due_at is null then 'owed'
  when $1 <= o.due_at then 'running'
  else 'missed' end`;

export type StoodRow = ObligationViewRow & {
  readonly subject: string;
  readonly standing: Standing;
};
