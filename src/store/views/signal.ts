/**
 * view_signal: one row for each signal, for the inbox.
 */

import { reporterId, type Signal } from "../../core/signal/state.ts";
import type { Result } from "../../core/problem.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage, searchOf } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type SignalViewRow = {
  /** The reference: R-7QK4-M2. */
  readonly id: string;
  readonly version: number;
  readonly state: "open" | "confirmed" | "closed";
  readonly channel: string;
  readonly source: string;
  readonly fingerprint: string;
  readonly title: string;
  /** Reference and title in lower case. */
  readonly search: string;
  readonly senderName: string | null;
  readonly senderMail: string | null;
  readonly receivedAt: Instant;
  readonly snoozedUntil: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly incident: string | null;
  readonly closedAs: string | null;
  readonly acknowledgedAt: Instant | null;
  readonly sample: boolean;
};

export const SIGNAL_VIEW: Table<SignalViewRow> = {
  name: "view_signal",
  columns: {
    id: "text",
    version: "integer",
    state: "text",
    channel: "text",
    source: "text",
    fingerprint: "text",
    title: "text",
    search: "text",
    senderName: "text",
    senderMail: "text",
    receivedAt: "bigint",
    snoozedUntil: "bigint",
    stoppedAt: "bigint",
    incident: "text",
    closedAs: "text",
    acknowledgedAt: "bigint",
    sample: "boolean",
  },
};

export function signalRows(signal: Signal): readonly SignalViewRow[] {
  if (signal.state === "none" || signal.receivedAt === undefined) return [];
  return [
    {
      id: signal.reference,
      version: signal.version,
      state: signal.state,
      channel: signal.channel,
      source: signal.source,
      fingerprint: signal.fingerprint,
      title: signal.title,
      search: `${signal.reference} ${signal.title}`.toLowerCase(),
      senderName: signal.sender.name ?? null,
      senderMail: signal.sender.mail ?? null,
      receivedAt: signal.receivedAt,
      snoozedUntil: signal.snoozedUntil ?? null,
      stoppedAt: signal.stoppedAt ?? null,
      incident: signal.incident ?? null,
      closedAs: signal.closedAs ?? null,
      acknowledgedAt: acknowledgedAt(signal),
      sample: signal.sample,
    },
  ];
}

/** The one place that knows how a signal's own acknowledgement is kept among its moments. */
const acknowledgedAt = ({ moments, reference }: Signal): Instant | null =>
  moments[`acknowledgedAt/${reporterId(reference)}`] ?? moments.acknowledgedAt ?? null;

/** A signal in a list, with what was counted of its deliveries. */
export type ListedSignal = SignalViewRow & {
  readonly subject: string;
  readonly count: number;
  readonly lastSeenAt: Instant;
  readonly firing: boolean | null;
};

export const SIGNAL_FILTERS = ["open", "snoozed", "confirmed", "closed", "all"] as const;
export type SignalFilter = (typeof SIGNAL_FILTERS)[number];

const SELECT = `v.subject, ${selectList(SIGNAL_VIEW, "v")},
  coalesce(s.count, 1) as count, coalesce(s.last_at, v.received_at) as "lastSeenAt", s.firing`;
const SEEN = "left join seen s on s.signal = v.id";
const FROM = `view_signal v ${SEEN}`;

/** `$1` is the present instant. */
const STATE_IS: Readonly<Record<SignalFilter, readonly string[]>> = {
  open: ["v.state = 'open'", "coalesce(v.snoozed_until, 0) <= $1"],
  snoozed: ["v.state = 'open'", "v.snoozed_until > $1"],
  confirmed: ["v.state = 'confirmed'", "$1::bigint is not null"],
  closed: ["v.state = 'closed'", "$1::bigint is not null"],
  all: ["$1::bigint is not null"],
};

const ONE = statement("view-signal-one", `select ${SELECT} from ${FROM} where v.subject = $1`);
const OF_INCIDENT = statement(
  "view-signal-of-incident",
  `select ${SELECT} from ${FROM} where v.incident = $1 order by v.received_at, v.id`,
);
const SENDERS_IN = statement(
  "view-signal-senders-in",
  `select distinct sender_name as name, sender_mail as mail from view_signal
   where (length(sender_name) >= 3 and strpos($1, lower(sender_name)) > 0)
      or (length(sender_mail) >= 3 and strpos($1, lower(sender_mail)) > 0) limit 20`,
);
const OPEN_COUNT = statement(
  "view-signal-open-count",
  `select count(*) as count from view_signal
   where state = 'open' and coalesce(snoozed_until, 0) <= $1`,
);
const OPEN_SUBJECTS = statement(
  "view-signal-open-subjects",
  "select subject from view_signal where state = 'open' order by subject",
);

export const signalView = (pool: Pool) => ({
  /** Newest first. Refuses with cursor-malformed. */
  list(
    filter: SignalFilter,
    q: string | undefined,
    now: Instant,
    page: PageRequest,
  ): Promise<Result<Page<ListedSignal>>> {
    const found = searchOf("v.search", q, 2);
    return readPage<ListedSignal>(
      pool,
      {
        name: "view-signal",
        select: SELECT,
        base: "view_signal v",
        alias: "v",
        joins: SEEN,
        where: [...STATE_IS[filter], ...found.where],
        values: [now, ...found.values],
        order: { columns: ["v.received_at", "v.id"], types: ["bigint", "text"], falls: true },
        place: ({ receivedAt, id }) => [receivedAt, id],
      },
      page,
    );
  },

  /** By reference. */
  async one(reference: string): Promise<ListedSignal | undefined> {
    return (await pool.rows<ListedSignal>(ONE, [`signal/${reference}`]))[0];
  },

  /** Those confirmed into an incident, oldest first. */
  ofIncident: (incident: string): Promise<readonly ListedSignal[]> =>
    pool.rows<ListedSignal>(OF_INCIDENT, [incident]),

  /** Whose name or address stands in a text; none of them has agreed to be named. */
  async sendersIn(text: string) {
    const rows = await pool.rows<{ name: string | null; mail: string | null }>(SENDERS_IN, [
      text.toLowerCase(),
    ]);
    return rows.map(({ name, mail }) => ({
      ...(name === null ? {} : { name }),
      ...(mail === null ? {} : { mail }),
      mayBeNamed: false,
    }));
  },

  /** How many wait for triage now. */
  async openCount(now: Instant): Promise<number> {
    return (await pool.rows<{ count: number }>(OPEN_COUNT, [now]))[0]?.count ?? 0;
  },

  /** The subjects of all open signals: a new policy changes what they owe. */
  async openSubjects(): Promise<readonly string[]> {
    return (await pool.rows<{ subject: string }>(OPEN_SUBJECTS)).map(({ subject }) => subject);
  },
});
