/**
 * view_own_page: whose page lies under the digest of a secret. Everything that the page
 * shows is read from the incident, or the customer, itself; one that was ended has no row. Seats
 * (core/seat.ts) are found here too: one that is over keeps its row, because its page says so.
 */

import type { OwnPageState } from "../../core/incident/notice/own-page.ts";
import type { Incident } from "../../core/incident/state.ts";
import type { Customer } from "../../core/party/customer.ts";
import { seatRecipient } from "../../core/seat.ts";
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

export const ownPageRows = ({ ownPages, seats }: Incident): readonly OwnPageViewRow[] => [
  ...Object.keys(ownPages)
    .filter((recipient) => ownPages[recipient]?.endedAt === undefined)
    .map((recipient) => rowOf(recipient, ownPages[recipient] as OwnPageState)),
  ...(seats?.given ?? []).map(({ id, digest }) => ({ id: digest, recipient: seatRecipient(id) })),
];

/** The very same row for the same page: what did not change need not be compared. */
function rowOf(recipient: string, page: OwnPageState): OwnPageViewRow {
  const known = ROW.get(page);
  if (known && known.id === page.digest && known.recipient === recipient) return known;
  const row = { id: page.digest, recipient };
  ROW.set(page, row);
  return row;
}

const ROW = new WeakMap<OwnPageState, OwnPageViewRow>();

/** Of a customer: the pages of the contacts who were asked whether they still are. */
export const contactPageRows = ({ asks, contacts }: Customer): readonly OwnPageViewRow[] =>
  Object.entries(asks).flatMap(([contact, { digest }]) =>
    contacts.some(({ id }) => id === contact)
      ? [{ id: digest, recipient: `contact:${contact}` }]
      : [],
  );

const OF = statement(
  "view-own-page-of",
  "select subject, recipient from view_own_page where id = $1 and subject like 'incident/%'",
);
const CONTACT_OF = statement(
  "view-own-page-contact-of",
  "select subject, recipient from view_own_page where id = $1 and subject like 'party/%'",
);

export const ownPageView = (pool: Pool) => ({
  /** The incident's reference and the recipient; undefined where the digest is nobody's. */
  async of(digest: string): Promise<{ incident: string; recipient: string } | undefined> {
    const [row] = await pool.rows<{ subject: string; recipient: string }>(OF, [digest]);
    return row && { incident: row.subject.slice("incident/".length), recipient: row.recipient };
  },

  /** Whose contact was asked under it; undefined where the digest is nobody's. */
  async contactOf(digest: string): Promise<{ party: string; contact: string } | undefined> {
    const [row] = await pool.rows<{ subject: string; recipient: string }>(CONTACT_OF, [digest]);
    return (
      row && {
        party: row.subject.slice("party/".length),
        contact: row.recipient.slice("contact:".length),
      }
    );
  },
});
