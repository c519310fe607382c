/**
 * view_notice: every notice and page ever asked for, and what became of it.
 *
 * What a notice says, and to whom, stands in the entry that asked for it: a list
 * reads those entries for the page it shows, so erasing needs no second place.
 */

import type { Kept, NoticeState } from "../../core/notice/notice.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Result } from "../../core/problem.ts";
import type { OutboxRow } from "../outbox.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type NoticeViewRow = {
  /** `N-4TTK`, or a page's id: unique within its subject. */
  readonly id: string;
  readonly kind: NoticeState["kind"];
  readonly automatic: boolean;
  readonly state: NoticeState["state"];
  readonly author: string | null;
  readonly recipient: string | null;
  readonly obligation: string | null;
  readonly requestedAt: Instant;
  readonly deliveredAt: Instant | null;
  readonly attempts: number;
  readonly nextAt: Instant | null;
  readonly kept: Kept | null;
  readonly openedAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly nextWordAt: Instant | null;
};

export const NOTICE_VIEW: Table<NoticeViewRow> = {
  name: "view_notice",
  columns: {
    id: "text",
    kind: "text",
    automatic: "boolean",
    state: "text",
    author: "text",
    recipient: "text",
    obligation: "text",
    requestedAt: "bigint",
    deliveredAt: "bigint",
    attempts: "integer",
    nextAt: "bigint",
    kept: "text",
    openedAt: "bigint",
    acknowledgedAt: "bigint",
    nextWordAt: "bigint",
  },
};

type Notices = Readonly<Record<string, NoticeState>>;

export const noticeRows = (notices: Notices): readonly NoticeViewRow[] =>
  Object.values(notices).map((notice) => {
    const known = ROW.get(notice);
    if (known && isStill(known, notice)) return known;
    const row = rowOf(notice);
    ROW.set(notice, row);
    return row;
  });

/** The very same row for a notice of which nothing has changed: it need not be compared. */
const ROW = new WeakMap<NoticeState, NoticeViewRow>();

const CHANGING = [
  "state",
  "attempts",
  "deliveredAt",
  "nextAt",
  "kept",
  "openedAt",
  "acknowledgedAt",
] as const satisfies readonly (keyof NoticeState & keyof NoticeViewRow)[];

const isStill = (row: NoticeViewRow, notice: NoticeState): boolean =>
  CHANGING.every((field) => row[field] === (notice[field] ?? null));

const rowOf = (notice: NoticeState): NoticeViewRow => ({
  id: notice.id,
  kind: notice.kind,
  automatic: notice.automatic,
  state: notice.state,
  author: notice.author ?? null,
  recipient: notice.recipient ?? null,
  obligation: notice.obligation ?? null,
  requestedAt: notice.requestedAt,
  deliveredAt: notice.deliveredAt ?? null,
  attempts: notice.attempts,
  nextAt: notice.nextAt ?? null,
  kept: notice.kept ?? null,
  openedAt: notice.openedAt ?? null,
  acknowledgedAt: notice.acknowledgedAt ?? null,
  nextWordAt: notice.nextWordAt ?? null,
});

/** What of these is still to be sent. */
export const outboxRows = (notices: Notices): readonly OutboxRow[] =>
  Object.values(notices)
    .filter(({ state }) => state === "requested" || state === "deferred")
    .map(({ id, kind, nextAt, requestedAt, attempts }) => ({
      id,
      kind: kind === "page" ? "page" : "notice",
      nextAt: nextAt ?? requestedAt,
      attempts,
    }));

export const NOTICE_STANDINGS = ["waiting", "sending", "delivered", "deferred", "failed"] as const;
export type NoticeStanding = (typeof NOTICE_STANDINGS)[number];
/** What a list may be narrowed to. */
export type NoticeFilter = NoticeStanding | "acknowledged" | "all";

export type ListedNotice = NoticeViewRow & {
  readonly subject: string;
  readonly standing: NoticeStanding;
};

// Whether it is being sent this instant is known to the outbox alone.
const STANDING = `case
  when x.state = 'sending' then 'sending'
  when v.state = 'requested' then 'waiting'
  else v.state end`;
const SELECT = `v.subject, ${selectList(NOTICE_VIEW, "v")}, v.standing`;
export const NOTICE_FROM = `(select v.*, ${STANDING} as standing
  from view_notice v left join outbox x on x.subject = v.subject and x.id = v.id) v`;

// What is announced is called alike in each of thousands of subscriptions: the mark says whose it is.
const MARKED = statement(
  "view-notice-marked",
  `select v.subject, v.attempts, entry.id as entry
   from view_notice v join entry on entry.subject = v.subject and entry.type = 'NoticeRequested'
   where v.id = $1
     and starts_with(encode(sha256(convert_to(entry.id::text, 'UTF8')), 'hex'), $2) limit 1`,
);

const OF_SUBJECT = statement(
  "view-notice-of-subject",
  `select ${SELECT} from ${NOTICE_FROM} where v.subject = $1 order by v.requested_at desc, v.id`,
);

// Ten thousand of one text, each with a link that is its reader's alone, are no list for the team.
export const NOT_SUBSCRIBERS = "v.subject not like 'subscription/%'";
// But whoever is told nothing more, because what they were told came back.
const OR_CAME_BACK = `(${NOT_SUBSCRIBERS} or (v.kind = 'announcement' and v.standing = 'failed'))`;

const standingWhere = (standing: NoticeFilter): readonly string[] => {
  if (standing === "all") return [];
  return [
    standing === "acknowledged" ? "v.acknowledged_at is not null" : `v.standing = '${standing}'`,
  ];
};

export type MarkedNotice = {
  readonly subject: string;
  readonly attempts: number;
  /** The id of the entry that asked for it. */
  readonly entry: string;
};

export const noticeView = (pool: Pool) => ({
  /** Newest first; pages to the team are no notices. Refuses with cursor-malformed. */
  list(
    {
      standing,
      subject,
      recipient,
    }: {
      readonly standing: NoticeFilter;
      readonly subject?: string | undefined;
      readonly recipient?: string | undefined;
    },
    page: PageRequest,
  ): Promise<Result<Page<ListedNotice>>> {
    return readPage<ListedNotice>(
      pool,
      {
        name: "view-notice",
        select: SELECT,
        base: NOTICE_FROM,
        alias: "v",
        where: [
          "v.kind <> 'page'",
          OR_CAME_BACK,
          ...standingWhere(standing),
          ...(subject === undefined ? [] : ["v.subject = $1"]),
          ...(recipient === undefined ? [] : [`v.recipient = $${subject === undefined ? 1 : 2}`]),
        ],
        values: [subject, recipient].filter((one) => one !== undefined),
        order: {
          columns: ["v.requested_at", "v.subject", "v.id"],
          types: ["bigint", "text", "text"],
          falls: true,
        },
        place: ({ requestedAt, subject, id }) => [requestedAt, subject, id],
      },
      page,
    );
  },

  /**
   * Whose notice of this name was asked for by an entry whose mark (`letterMark`) begins so:
   * references are unique within their subject only.
   */
  async marked(id: string, mark: string): Promise<MarkedNotice | undefined> {
    return (await pool.rows<MarkedNotice>(MARKED, [id, mark]))[0];
  },

  ofSubject: (subject: string): Promise<readonly ListedNotice[]> =>
    pool.rows<ListedNotice>(OF_SUBJECT, [subject]),
});
