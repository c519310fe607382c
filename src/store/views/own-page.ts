/**
 * view_own_page: whose page lies under the digest of a secret. Everything that the page
 * shows is read from the incident itself; one that was ended has no row.
 */

import type { Incident } from "../../core/incident/state.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import type { Table } from "./table.ts";

export type OwnPageViewRow = {
  /** SHA-256 of the secret, in hex. */
  readonly id: string;
  readonly recipient: string;
};

export const OWN_PAGE_VIEW: Table<OwnPageViewRow> = {
  name: "view_own_page",
  columns: { id: "text", recipient: "text" },
};

export const ownPageRows = ({ ownPages }: Incident): readonly OwnPageViewRow[] =>
  Object.entries(ownPages).flatMap(([recipient, { digest, endedAt }]) =>
    endedAt === undefined ? [{ id: digest, recipient }] : [],
  );

const OF = statement(
  "view-own-page-of",
  "select subject, recipient from view_own_page where id = $1",
);

export const ownPageView = (pool: Pool) => ({
  /** The incident's reference and the recipient; undefined where the digest is nobody's. */
  async of(digest: string): Promise<{ incident: string; recipient: string } | undefined> {
    const [row] = await pool.rows<{ subject: string; recipient: string }>(OF, [digest]);
    return row && { incident: row.subject.slice("incident/".length), recipient: row.recipient };
  },
});
