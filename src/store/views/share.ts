/**
 * view_share: which customer a link to a section belongs to. Everything else about it
 * is the customer's own state, where its secret is compared.
 */

import type { Customer } from "../../core/party/customer.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import type { Table } from "./table.ts";

export type ShareViewRow = {
  /** `D-7QK4M2XY`. */
  readonly id: string;
  readonly until: Instant;
};

export const SHARE_VIEW: Table<ShareViewRow> = {
  name: "view_share",
  columns: { id: "text", until: "bigint" },
};

export const shareRows = ({ shares }: Customer): readonly ShareViewRow[] =>
  shares.map(({ id, until }) => ({ id, until }));

const OF = statement("view-share-of", "select subject from view_share where id = $1");

export const shareView = (pool: Pool) => ({
  /** `cus_…`; undefined where there is no such link. */
  async customerOf(id: string): Promise<string | undefined> {
    const [row] = await pool.rows<{ subject: string }>(OF, [id]);
    return row?.subject.slice("party/".length);
  },
});
