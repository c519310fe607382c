/** view_notice_draft: every notice that was begun, and how far it has come. */

import type { DraftState } from "../../core/notice/draft.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Result } from "../../core/problem.ts";
import type { Pool } from "../pool.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type NoticeDraftViewRow = {
  /** `D-1` within its incident. */
  readonly id: string;
  readonly state: DraftState["state"];
  readonly kind: string;
  readonly audience: string;
  readonly title: string;
  readonly author: string;
  readonly recipients: number;
  readonly changedAt: Instant;
  readonly holdUntil: Instant | null;
  readonly sentAt: Instant | null;
};

export const NOTICE_DRAFT_VIEW: Table<NoticeDraftViewRow> = {
  name: "view_notice_draft",
  columns: {
    id: "text",
    state: "text",
    kind: "text",
    audience: "text",
    title: "text",
    author: "text",
    recipients: "integer",
    changedAt: "bigint",
    holdUntil: "bigint",
    sentAt: "bigint",
  },
};

export const noticeDraftRows = (
  drafts: Readonly<Record<string, DraftState>>,
): readonly NoticeDraftViewRow[] =>
  Object.values(drafts).map(({ content, recipients, ...draft }) => ({
    id: draft.id,
    state: draft.state,
    kind: content.kind,
    audience: content.to ?? "customers",
    title: content.subject,
    author: draft.author,
    recipients: recipients.length,
    changedAt: draft.changedAt,
    holdUntil: draft.holdUntil ?? null,
    sentAt: draft.sentAt ?? null,
  }));

export type ListedDraft = NoticeDraftViewRow & { readonly subject: string };
const SELECT = `v.subject, ${selectList(NOTICE_DRAFT_VIEW, "v")}`;

export const noticeDraftView = (pool: Pool) => ({
  /** Last changed first. Refuses with cursor-malformed. */
  list(
    { state, subject }: { readonly state: string; readonly subject?: string | undefined },
    page: PageRequest,
  ): Promise<Result<Page<ListedDraft>>> {
    const where = state === "open" ? "v.state in ('draft', 'approved', 'holding')" : "";
    const values = subject === undefined ? [] : [subject];
    return readPage<ListedDraft>(
      pool,
      {
        name: "view-notice-draft",
        select: SELECT,
        base: "view_notice_draft v",
        alias: "v",
        where: [
          where,
          state === "open" || state === "all" ? "" : `v.state = '${state}'`,
          subject === undefined ? "" : "v.subject = $1",
        ].filter((one) => one !== ""),
        values,
        order: {
          columns: ["v.changed_at", "v.subject", "v.id"],
          types: ["bigint", "text", "text"],
          falls: true,
        },
        place: ({ changedAt, subject: of, id }) => [changedAt, of, id],
      },
      page,
    );
  },
});
