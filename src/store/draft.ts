/**
 * Drafts: texts that may become the next policy, each with the revisions that somebody
 * may still be working from.
 *
 * Private to the team, mutable, and no part of the record: what is published is. A
 * revision is written only on top of the one that the writer names, so two who save at
 * once are one who saved and one who is told. Numbers are never given twice, not even
 * after a draft was thrown away: otherwise a page left open since would take another
 * text for its own. See docs/decisions/0005-drafts.md.
 */

import { DRAFTS_MAX, revisionsKept } from "../core/policy/draft.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

export type DraftRow = {
  readonly name: string;
  readonly revision: number;
  readonly bytes: number;
  readonly by: string;
  readonly savedAt: Instant;
};
export type DraftText = DraftRow & { readonly text: string };

type Saving = {
  readonly name: string;
  /** Null throws it away. */
  readonly text: string | null;
  readonly by: string;
  readonly at: Instant;
};

const COLUMNS = `name, revision, bytes, by, saved_at as "savedAt"`;
const LIST = statement(
  "draft-list",
  `select ${COLUMNS} from draft d
   where text is not null and revision = (select max(revision) from draft where name = d.name)
   order by name`,
);
const NEWEST = statement(
  "draft-newest",
  `select ${COLUMNS}, text from draft where name = $1 order by revision desc limit 1`,
);
const AT = statement(
  "draft-at",
  `select ${COLUMNS}, text from draft where name = $1 and revision = $2 and text is not null`,
);
const SAVE = statement(
  "draft-save",
  `insert into draft (name, revision, text, bytes, by, saved_at)
   select $1, $2::integer + 1, $3, octet_length(coalesce($3, '')), $4, $5
   where coalesce((select max(revision) from draft where name = $1), 0) = $2
   on conflict do nothing
   returning ${COLUMNS}, text`,
);
const PRUNE = statement("draft-prune", "delete from draft where name = $1 and revision <= $2");

type AnyText = DraftRow & { readonly text: string | null };

export const drafts = (pool: Pool) => ({
  /** By name, without their texts. */
  list: (): Promise<readonly DraftRow[]> => pool.rows<DraftRow>(LIST),

  /** As it stands; undefined where there is none. */
  async read(name: string): Promise<DraftText | undefined> {
    const [row] = await pool.rows<AnyText>(NEWEST, [name]);
    return hasText(row) ? row : undefined;
  },

  /** An earlier revision, where it is kept still. */
  async at(name: string, revision: number): Promise<DraftText | undefined> {
    return (await pool.rows<DraftText>(AT, [name, revision]))[0];
  },

  /** The last number that was given; 0 before the first. */
  async revision(name: string): Promise<number> {
    return (await pool.rows<AnyText>(NEWEST, [name]))[0]?.revision ?? 0;
  },

  /**
   * Writes the revision after `on`: "moved" where another one is there already, "full"
   * where it would be one draft too many.
   */
  save: (saving: Saving, on: number): Promise<DraftRow | "moved" | "full"> =>
    pool.transaction((sql) => save(sql, saving, on)),
});

const hasText = (row: AnyText | undefined): row is DraftText =>
  row !== undefined && row.text !== null;

async function save(
  sql: Sql,
  { name, text, by, at }: Saving,
  on: number,
): Promise<DraftRow | "moved" | "full"> {
  if (text !== null) {
    const others = (await sql.rows<DraftRow>(LIST)).filter((draft) => draft.name !== name);
    if (others.length >= DRAFTS_MAX) return "full";
  }
  const [row] = await sql.rows<AnyText>(SAVE, [name, on, text, by, at]);
  if (row === undefined) return "moved";
  const { text: _, ...saved } = row;
  await sql.rows(PRUNE, [name, saved.revision - (text === null ? 1 : revisionsKept(saved.bytes))]);
  return saved;
}
