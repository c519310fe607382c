/**
 * view_public_review: what everybody reads of past incidents. Only what somebody wrote for
 * everybody stands in it, and which incident it is of is nobody's business outside.
 */

import type { Incident } from "../../core/incident/state.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { selectList, type Table } from "./table.ts";

export type PublicReviewRow = {
  /** `P-7QK4M2`. */
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly happenedOn: string | null;
  readonly publishedAt: Instant;
  readonly changedAt: Instant | null;
};

export const PUBLIC_REVIEW_VIEW: Table<PublicReviewRow> = {
  name: "view_public_review",
  columns: {
    id: "text",
    title: "text",
    text: "text",
    happenedOn: "text",
    publishedAt: "bigint",
    changedAt: "bigint",
  },
};

export function publicReviewRows({ publicReview }: Incident): readonly PublicReviewRow[] {
  const { published, publicRef } = publicReview ?? {};
  if (published === undefined || publicRef === undefined) return [];
  const { title, text, happenedOn = null, at, changedAt = null } = published;
  return [{ id: publicRef, title, text, happenedOn, publishedAt: at, changedAt }];
}

const COLUMNS = selectList(PUBLIC_REVIEW_VIEW, "r");

const ALL = statement(
  "view-public-review-all",
  `select ${COLUMNS} from view_public_review r
   order by coalesce(r.happened_on, '') desc, r.published_at desc, r.id limit 500`,
);
const ONE = statement(
  "view-public-review-one",
  `select ${COLUMNS} from view_public_review r where r.id = $1`,
);

export const publicReviewView = (pool: Pool) => ({
  /** The latest first. */
  all: (): Promise<readonly PublicReviewRow[]> => pool.rows<PublicReviewRow>(ALL),
  one: async (id: string): Promise<PublicReviewRow | undefined> =>
    (await pool.rows<PublicReviewRow>(ONE, [id]))[0],
});
