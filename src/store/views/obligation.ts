/**
 * view_obligation: what every signal and incident owes, for the deadline board.
 *
 * A row holds instants only. Whether an obligation runs, was met or was missed
 * depends on the present, so `standing` is asked of a row when it is read.
 */

import type { Held } from "../../core/notice/ladder.ts";
import { kindOfDuty, promiseWord } from "../../core/policy/clause.ts";
import { governing } from "../../core/policy/governing.ts";
import { type Obligation, overdueAt, rungs, type Standing } from "../../core/policy/obligations.ts";
import type { Result } from "../../core/problem.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import {
  type Board,
  type BoardAsked,
  boardOf,
  conditionsOf,
  type ObligationFilter,
} from "./board.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { selectList, type Table } from "./table.ts";

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
  /** The first instant that is too late. */
  readonly overdueAt: Instant | null;
  /** Its place on the board: when it is due, or the end where it has no number. */
  readonly orderAt: number;
  readonly latestAt: Instant | null;
  readonly prepareAt: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly raisedAt: Instant | null;
  /** When its clause has it due, where an extension of ours moved that. */
  readonly originalDueAt: Instant | null;
  readonly waivedAt: Instant | null;
  readonly disputedAt: Instant | null;
  readonly word: "immediately" | "best-effort" | "aggregated" | null;
  readonly takenBy: string | null;
  /** Why it cannot be counted: a sentence. */
  readonly problem: string | null;
  /** The clause itself as JSON, where it is not the policy's. */
  readonly boundClause: string | null;
  /** A tighter promise of the same duty to the same recipient still runs. */
  readonly slack: boolean;
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
    overdueAt: "bigint",
    orderAt: "bigint",
    latestAt: "bigint",
    prepareAt: "bigint",
    stoppedAt: "bigint",
    raisedAt: "bigint",
    originalDueAt: "bigint",
    waivedAt: "bigint",
    disputedAt: "bigint",
    word: "text",
    takenBy: "text",
    problem: "text",
    boundClause: "text",
    slack: "boolean",
  },
};

/** The very same rows for the same obligations, until somebody takes one. */
export function obligationRows(
  owed: readonly Obligation[],
  held: Readonly<Record<string, Held>>,
  policyVersion: number,
): readonly ObligationViewRow[] {
  const known = ROWS.get(owed);
  const rows = known?.policyVersion === policyVersion ? known.rows : untaken(owed, policyVersion);
  ROWS.set(owed, { policyVersion, rows });
  const taken = Object.values(held).some(({ takenBy }) => takenBy !== undefined);
  if (!taken) return rows;
  return rows.map((row) => {
    const takenBy = held[row.id]?.takenBy;
    return takenBy === undefined ? row : { ...row, takenBy };
  });
}

type Rows = readonly ObligationViewRow[];
const ROWS = new WeakMap<
  readonly Obligation[],
  { readonly policyVersion: number; readonly rows: Rows }
>();

function untaken(owed: readonly Obligation[], policyVersion: number): Rows {
  const slack = slackIn(owed);
  return owed.map((obligation) => {
    const isSlack = slack.has(obligation);
    const known = ROW.get(obligation);
    if (known?.policyVersion === policyVersion && known.slack === isSlack) return known;
    const row = rowOf(obligation, policyVersion, isSlack);
    ROW.set(obligation, row);
    return row;
  });
}

/** The very same row for the same obligation: what did not change need not be compared. */
const ROW = new WeakMap<Obligation, ObligationViewRow>();

const rowOf = (
  obligation: Obligation,
  policyVersion: number,
  slack: boolean,
): ObligationViewRow => ({
  id: obligation.id,
  clause: obligation.clause.id,
  duty: obligation.clause.duty,
  recipientKind: obligation.recipient.kind,
  recipient: obligation.recipient.id,
  policyVersion,
  startedAt: obligation.startedAt,
  dueAt: obligation.dueAt ?? null,
  overdueAt: overdueAt(obligation) ?? null,
  orderAt: obligation.dueAt ?? Number.MAX_SAFE_INTEGER,
  latestAt: obligation.latestAt ?? null,
  prepareAt: rungs(obligation).find(({ rung }) => rung === "prepare")?.at ?? null,
  stoppedAt: obligation.stoppedAt ?? null,
  raisedAt: obligation.raisedAt ?? null,
  originalDueAt: obligation.originalDueAt ?? null,
  waivedAt: obligation.waivedAt ?? null,
  disputedAt: obligation.disputedAt ?? null,
  word: promiseWord(obligation.clause),
  takenBy: null,
  problem: obligation.problem?.message ?? null,
  boundClause: obligation.clause.bound === undefined ? null : stable(obligation.clause),
  slack,
});

/** Those that run behind a tighter promise of the same duty to the same recipient, which runs too. */
function slackIn(owed: readonly Obligation[]): ReadonlySet<Obligation> {
  const governed = governing(owed.filter(isOneOfSeveral(owed)), (one) => ({
    id: one.id,
    duty: kindOfDuty(one.clause),
    recipient: one.recipient.id,
    dueAt: one.dueAt,
    isWaived: one.waivedAt !== undefined,
  }));
  const behind = governed.flatMap(({ governs, slack }) =>
    governs.stoppedAt === undefined ? slack : [],
  );
  return new Set(behind.filter(({ stoppedAt }) => stoppedAt === undefined));
}

/** Whether the same recipient is owed the same duty twice: of nearly everybody no more is asked. */
function isOneOfSeveral(owed: readonly Obligation[]): (one: Obligation) => boolean {
  const duties = new Map<string, string | Set<string>>();
  const several = new Set<string>();
  for (const { recipient, clause } of owed) {
    const duty = kindOfDuty(clause);
    const known = duties.get(recipient.id);
    if (known === undefined) duties.set(recipient.id, duty);
    else if (known === duty || (known instanceof Set && known.has(duty))) several.add(recipient.id);
    else if (known instanceof Set) known.add(duty);
    else duties.set(recipient.id, new Set([known, duty]));
  }
  return ({ recipient }) => several.has(recipient.id);
}

/** The same text for the same clause, in whatever order its fields came. A clause never changes. */
function stable(clause: object): string {
  const known = TEXTS.get(clause);
  if (known !== undefined) return known;
  const text = JSON.stringify(inOrder(clause));
  TEXTS.set(clause, text);
  return text;
}

const TEXTS = new WeakMap<object, string>();

function inOrder(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const fields = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) ordered[key] = inOrder(fields[key]);
  return ordered;
}

/** An obligation in a list, with what is known of its subject and its recipient. */
export type ListedObligation = ObligationViewRow & {
  readonly subject: string;
  readonly standing: Standing;
  readonly subjectTitle: string;
  readonly recipientName: string | null;
  /** The severity of the incident that owes it; null without one, and of a signal. */
  readonly severity: string | null;
  readonly severityName: string | null;
  readonly severityRank: number | null;
  readonly severityOf: number | null;
  readonly drill: boolean;
};

/** As core's `standing`, over a row `o` and the present instant `$1`; a test keeps the two equal. */
const STANDING = `case
  when o.waived_at is not null then 'waived'
  when o.stopped_at is not null and (o.overdue_at is null or o.stopped_at < o.overdue_at) then 'met'
  when o.stopped_at is not null then 'met-late'
  when o.overdue_at is null then 'owed'
  when $1::bigint < o.overdue_at then 'running'
  else 'missed' end`;

const SELECT = `o.subject, ${selectList(OBLIGATION_VIEW, "o")}, ${STANDING} as standing,
  coalesce(i.title, s.title, p.name, q.name,
    case o.subject when 'policy/current' then 'The policy'
      when 'status/current' then 'The status page' else '' end) as "subjectTitle",
  coalesce(c.name, v.name, r.sender_name, r.sender_mail) as "recipientName",
  i.severity, i.severity_name as "severityName", i.severity_rank as "severityRank",
  i.severity_of as "severityOf", coalesce(i.drill, false) as drill`;

// A recipient is called customer:<id> or reporter:<signal reference>.
const NAMES = `left join view_incident i on i.subject = o.subject
  left join view_customer p on p.subject = o.subject
  left join view_party q on q.subject = o.subject
  left join view_party v on v.subject = 'party/' || substr(o.recipient, 10)
    and o.recipient_kind = 'provider'
  left join view_signal s on s.subject = o.subject
  left join view_customer c on c.subject = 'party/' || substr(o.recipient, 10)
    and o.recipient_kind = 'customer'
  left join view_signal r on r.subject = 'signal/' || substr(o.recipient, 10)
    and o.recipient_kind = 'reporter'`;
const FROM = `view_obligation o ${NAMES}`;

const OF_SUBJECT = statement(
  "view-obligation-of-subject",
  `select ${SELECT} from ${FROM} where o.subject = $2 order by o.order_at, o.id`,
);
const NEXT_OF = statement(
  "view-obligation-next-of",
  `select distinct on (o.subject) ${SELECT} from ${FROM}
   where o.subject = any($2::text[]) and o.stopped_at is null
   order by o.subject, o.order_at, o.id`,
);
const MISSED_OF = statement(
  "view-obligation-missed-of",
  `select o.subject, count(*) as count from view_obligation o
   where o.subject = any($2::text[]) and o.stopped_at is null and o.overdue_at <= $1
   group by o.subject`,
);
const COUNTS = statement(
  "view-obligation-counts",
  `select count(*) filter (where overdue_at <= $1) as missed, count(*) as open
   from view_obligation where stopped_at is null`,
);

export const obligationView = (pool: Pool) => ({
  /** Soonest due first, no number last; what is over latest first. Refuses with cursor-malformed. */
  list(
    filter: ObligationFilter,
    now: Instant,
    page: PageRequest,
  ): Promise<Result<Page<ListedObligation>>> {
    const isOver = ["met", "met-late", "waived"].includes(filter.standing);
    const byParty = filter.order === "party" && !isOver;
    const first = isOver ? "o.stopped_at" : "o.order_at";
    const { where, values } = conditionsOf(filter, now);
    return readPage<ListedObligation>(
      pool,
      {
        name: "view-obligation",
        select: SELECT,
        base: "view_obligation o",
        alias: "o",
        joins: NAMES,
        where,
        values,
        order: {
          columns: [
            ...(byParty ? ["o.recipient_kind", "o.recipient"] : []),
            first,
            "o.subject",
            "o.id",
          ],
          types: [...(byParty ? ["text", "text"] : []), "bigint", "text", "text"],
          falls: isOver,
        },
        place: (row) => [
          ...(byParty ? [row.recipientKind, row.recipient] : []),
          isOver ? (row.stoppedAt ?? 0) : row.orderAt,
          row.subject,
          row.id,
        ],
      },
      page,
    );
  },

  ofSubject: (subject: string, now: Instant): Promise<readonly ListedObligation[]> =>
    pool.rows<ListedObligation>(OF_SUBJECT, [now, subject]),

  /** The most pressing open one of each of these subjects that has any. */
  async nextOf(
    subjects: readonly string[],
    now: Instant,
  ): Promise<ReadonlyMap<string, ListedObligation>> {
    const rows = await pool.rows<ListedObligation>(NEXT_OF, [now, subjects]);
    return new Map(rows.map((row) => [row.subject, row]));
  },

  /** How many each of these subjects has missed and still owes. */
  async missedOf(subjects: readonly string[], now: Instant): Promise<ReadonlyMap<string, number>> {
    const rows = await pool.rows<{ subject: string; count: number }>(MISSED_OF, [now, subjects]);
    return new Map(rows.map(({ subject, count }) => [subject, count]));
  },

  /** How the open ones among these stand at `now`, and when they are due. */
  board: (filter: Omit<ObligationFilter, "standing">, asked: BoardAsked): Promise<Board> =>
    boardOf(pool, filter, asked),

  /** Open ones, and how many of those are missed. */
  async counts(now: Instant): Promise<{ readonly open: number; readonly missed: number }> {
    const [row] = await pool.rows<{ open: number; missed: number }>(COUNTS, [now]);
    return row ?? { open: 0, missed: 0 };
  },
});
