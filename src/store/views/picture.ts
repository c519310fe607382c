/**
 * The running picture: what was sent, and what came back of it, counted by what it is about or
 * by whom it went to. No table of its own: it is counted from view_notice when it is asked for.
 */

import type { Instant } from "../../core/time/instant.ts";
import type { Result } from "../../core/problem.ts";
import type { Pool } from "../pool.ts";
import { NOTICE_FROM, NOT_SUBSCRIBERS } from "./notice.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage } from "./page.ts";

export const PICTURE_BY = ["incident", "party"] as const;
export type PictureBy = (typeof PICTURE_BY)[number];

/** One subject, or one recipient, and the letters about it, or to them. */
export type PictureRow = {
  readonly id: string;
  readonly notices: number;
  readonly waiting: number;
  readonly accepted: number;
  readonly kept: number;
  readonly deferred: number;
  readonly failed: number;
  readonly opened: number;
  readonly acknowledged: number;
  readonly lastAt: Instant;
  /** Whether the last of them is one that somebody there has said they have. */
  readonly lastAcknowledged: boolean;
  /** What the last of them promises. */
  readonly nextWordAt: Instant | null;
};

const counting = (name: string, where: string): string =>
  `count(*) filter (where ${where}) as "${name}"`;
const LAST = "order by v.requested_at desc, v.id desc";

const COUNTS = [
  `count(*) as "notices"`,
  counting("waiting", "v.standing in ('waiting', 'sending')"),
  counting("accepted", "v.standing = 'delivered' and v.kept is null"),
  counting("kept", "v.standing = 'delivered' and v.kept is not null"),
  counting("deferred", "v.standing = 'deferred'"),
  counting("failed", "v.standing = 'failed'"),
  counting("opened", "v.opened_at is not null"),
  counting("acknowledged", "v.acknowledged_at is not null"),
  `max(v.requested_at) as "lastAt"`,
  `(array_agg(v.acknowledged_at is not null ${LAST}))[1] as "lastAcknowledged"`,
  `(array_agg(v.next_word_at ${LAST}))[1] as "nextWordAt"`,
].join(",\n    ");

const COLUMN: Readonly<Record<PictureBy, string>> = { incident: "subject", party: "recipient" };

const TOLD: Readonly<Record<PictureBy, ReturnType<typeof statement>>> = {
  incident: toldAmong("incident"),
  party: toldAmong("party"),
};

function toldAmong(by: PictureBy): ReturnType<typeof statement> {
  const column = COLUMN[by];
  return statement(
    `view-picture-among-${by}`,
    `select distinct v.${column} as id from view_notice v
     where v.${column} = any($1::text[]) and v.kind <> 'page' and ${NOT_SUBSCRIBERS}
       and ($2::text is null or v.subject = $2)`,
  );
}

export const pictureView = (pool: Pool) => ({
  /** Which of these stand in the list. */
  async among(
    { by, subject }: { readonly by: PictureBy; readonly subject?: string | undefined },
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const found = await pool.rows<{ id: string }>(TOLD[by], [ids, subject ?? null]);
    return new Set(found.map(({ id }) => id));
  },

  /** Last written to first. Refuses with cursor-malformed. */
  list(
    { by, subject }: { readonly by: PictureBy; readonly subject?: string | undefined },
    page: PageRequest,
  ): Promise<Result<Page<PictureRow>>> {
    const column = `v.${COLUMN[by]}`;
    const of = subject === undefined ? "" : "and v.subject = $1";
    return readPage<PictureRow>(
      pool,
      {
        name: "view-picture",
        select: "p.*",
        base: `(select ${column} as "id", ${COUNTS}
          from ${NOTICE_FROM}
          where v.kind <> 'page' and ${NOT_SUBSCRIBERS} and ${column} is not null ${of}
          group by ${column}) p`,
        alias: "p",
        where: [],
        values: subject === undefined ? [] : [subject],
        order: { columns: [`p."lastAt"`, "p.id"], types: ["bigint", "text"], falls: true },
        place: ({ lastAt, id }) => [lastAt, id],
      },
      page,
    );
  },
});
