/**
 * view_notice: every notice and page ever asked for, and what became of it.
 *
 * What a notice says, and to whom, stands in the entry that asked for it: a list
 * reads those entries for the page it shows, so erasing needs no second place.
 */

import type { NoticeState } from "../../core/notice/notice.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { OutboxRow } from "../outbox.ts";
import type { Table } from "./table.ts";

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
  },
};

type Notices = Readonly<Record<string, NoticeState>>;

export const noticeRows = (notices: Notices): readonly NoticeViewRow[] =>
  Object.values(notices).map((notice) => ({
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
  }));

/** What of these is still to be sent. */
export const outboxRows = (notices: Notices): readonly OutboxRow[] =>
  Object.values(notices).flatMap((notice) =>
    notice.state === "requested" || notice.state === "deferred"
      ? [
          {
            id: notice.id,
            kind: notice.kind === "page" ? ("page" as const) : ("notice" as const),
            nextAt: notice.nextAt ?? notice.requestedAt,
            attempts: notice.attempts,
          },
        ]
      : [],
  );
