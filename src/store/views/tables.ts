/**
 * Tables: which read tables there are, and which of them a kind of subject writes.
 */

import type { Sql } from "../sql.ts";
import { CUSTOMER_VIEW, type CustomerViewRow } from "./customer.ts";
import { FILE_VIEW, type FileViewRow } from "./file.ts";
import { INCIDENT_VIEW, type IncidentViewRow } from "./incident.ts";
import { NOTICE_DRAFT_VIEW, type NoticeDraftViewRow } from "./notice-draft.ts";
import { NOTICE_VIEW, type NoticeViewRow } from "./notice.ts";
import { OBLIGATION_VIEW, type ObligationViewRow } from "./obligation.ts";
import { OWN_PAGE_VIEW, type OwnPageViewRow } from "./own-page.ts";
import { PARTY_VIEW, type PartyViewRow } from "./party.ts";
import { POLICY_VIEW, type PolicyViewRow } from "./policy.ts";
import { PUBLIC_REVIEW_VIEW, type PublicReviewRow } from "./public-review.ts";
import { SUBSCRIPTION_VIEW, type SubscriptionViewRow } from "./subscription.ts";
import { SHARE_VIEW, type ShareViewRow } from "./share.ts";
import { SIGNAL_VIEW, type SignalViewRow } from "./signal.ts";
import { changeRows, type Table, writeRows } from "./table.ts";
import { difference } from "../written.ts";

/** The rows of one subject. A list that is absent means that it has no such rows. */
export type ViewRows = {
  readonly signals?: readonly SignalViewRow[];
  readonly incidents?: readonly IncidentViewRow[];
  readonly obligations?: readonly ObligationViewRow[];
  readonly notices?: readonly NoticeViewRow[];
  readonly noticeDrafts?: readonly NoticeDraftViewRow[];
  readonly customers?: readonly CustomerViewRow[];
  readonly parties?: readonly PartyViewRow[];
  readonly policies?: readonly PolicyViewRow[];
  readonly subscriptions?: readonly SubscriptionViewRow[];
  readonly shares?: readonly ShareViewRow[];
  readonly ownPages?: readonly OwnPageViewRow[];
  readonly publicReviews?: readonly PublicReviewRow[];
  readonly files?: readonly FileViewRow[];
};

type AnyRow = { readonly id: string };
type AnyTable = Table<AnyRow>;

export const TABLES: { readonly [List in keyof ViewRows]-?: AnyTable } = {
  signals: SIGNAL_VIEW as AnyTable,
  incidents: INCIDENT_VIEW as AnyTable,
  obligations: OBLIGATION_VIEW as AnyTable,
  notices: NOTICE_VIEW as AnyTable,
  noticeDrafts: NOTICE_DRAFT_VIEW as AnyTable,
  customers: CUSTOMER_VIEW as AnyTable,
  parties: PARTY_VIEW as AnyTable,
  policies: POLICY_VIEW as AnyTable,
  subscriptions: SUBSCRIPTION_VIEW as AnyTable,
  shares: SHARE_VIEW as AnyTable,
  ownPages: OWN_PAGE_VIEW as AnyTable,
  publicReviews: PUBLIC_REVIEW_VIEW as AnyTable,
  files: FILE_VIEW as AnyTable,
};

/** The lists that subjects of a kind may have: no others are looked at when one is written. */
export const LISTS_OF: Readonly<Record<string, readonly (keyof ViewRows)[]>> = {
  signal: ["signals", "obligations", "notices", "files"],
  incident: [
    "incidents",
    "obligations",
    "notices",
    "noticeDrafts",
    "ownPages",
    "publicReviews",
    "files",
  ],
  party: ["customers", "parties", "obligations", "shares", "notices", "ownPages"],
  policy: ["policies", "obligations"],
  subscription: ["subscriptions", "notices"],
  status: ["obligations", "notices"],
};

/** `incident` of `incident/INC-7`. */
export const kindOf = (subject: string): string => subject.slice(0, subject.indexOf("/"));

type Projected = {
  readonly subject: string;
  /** Before this append; 0 for a new subject, which has no rows yet. */
  readonly version: number;
  readonly projection: { readonly rows: ViewRows };
  /** What its rows say now, where that is known: then only what differs is written. */
  readonly before?: { readonly rows: ViewRows } | undefined;
};

/** Makes the rows of these subjects what their projections say. */
export async function writeViews(sql: Sql, projected: readonly Projected[]): Promise<void> {
  for (const [list, table] of Object.entries(TABLES) as [keyof ViewRows, AnyTable][]) {
    const all = projected.filter(({ subject }) => LISTS_OF[kindOf(subject)]?.includes(list));
    for (const { subject, projection, before } of all)
      if (before) await changeRows(sql, table, subject, differing(before, projection, list));
    const subjects = all.filter(({ before }) => before === undefined);
    if (subjects.length === 0) continue;
    const rows = subjects.map(({ subject, projection }) => ({
      subject,
      rows: (projection.rows[list] ?? []) as readonly AnyRow[],
    }));
    await writeRows(
      sql,
      table,
      rows,
      subjects.every(({ version }) => version === 0),
    );
  }
}

const differing = (
  before: { readonly rows: ViewRows },
  after: { readonly rows: ViewRows },
  list: keyof ViewRows,
) => difference<AnyRow>(before.rows[list] ?? [], after.rows[list] ?? []);
