/**
 * view_party: one row for each party that is no customer, by name.
 */

import { securityContact } from "../../core/party/contact.ts";
import type { Other } from "../../core/party/other.ts";
import type { Result } from "../../core/problem.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage, searchOf } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type PartyViewRow = {
  /** `prv_…`. */
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly name: string;
  /** The name in lower case: for order and search. */
  readonly search: string;
  readonly about: string;
  readonly contactName: string | null;
  readonly contactMail: string | null;
  readonly contactPhone: string | null;
  readonly contactVerifiedOn: string | null;
  readonly contacts: number;
  readonly clauses: number;
  readonly removed: boolean;
  readonly sample: boolean;
};

export const PARTY_VIEW: Table<PartyViewRow> = {
  name: "view_party",
  columns: {
    id: "text",
    kind: "text",
    version: "integer",
    name: "text",
    search: "text",
    about: "text",
    contactName: "text",
    contactMail: "text",
    contactPhone: "text",
    contactVerifiedOn: "text",
    contacts: "integer",
    clauses: "integer",
    removed: "boolean",
    sample: "boolean",
  },
};

export function partyRows(other: Other): readonly PartyViewRow[] {
  if (other.state === "none") return [];
  const contact = securityContact(other);
  return [
    {
      id: other.id,
      kind: other.kind,
      version: other.version,
      name: other.name,
      search: other.name.toLowerCase(),
      about: other.about,
      contactName: contact?.name ?? null,
      contactMail: contact?.mail ?? null,
      contactPhone: contact?.phone ?? null,
      contactVerifiedOn: contact?.verifiedOn ?? null,
      contacts: other.contacts.length,
      clauses: other.clauses.length,
      removed: other.state === "removed",
      sample: other.sample,
    },
  ];
}

export type ListedParty = PartyViewRow & { readonly subject: string };

const SELECT = `v.subject, ${selectList(PARTY_VIEW, "v")}`;
const OF_IDS = statement(
  "view-party-of-ids",
  `select ${SELECT} from view_party v where v.id = any($1::text[]) order by v.search, v.id`,
);

const NAMED = statement(
  "view-party-named",
  "select kind, search from view_party where search = any($1::text[]) and not removed",
);
const ALL = statement(
  "view-party-all",
  `select subject, search from view_party where not removed and (search, subject) > ($1, $2)
   order by search, subject limit $3`,
);

export const partyView = (pool: Pool) => ({
  /** By name, without the removed; of one kind where it is given. Refuses with cursor-malformed. */
  list(
    { kind, q }: { readonly kind?: string | undefined; readonly q?: string | undefined },
    page: PageRequest,
  ): Promise<Result<Page<ListedParty>>> {
    const found = searchOf("v.search", q, 2);
    return readPage<ListedParty>(
      pool,
      {
        name: "view-party",
        select: SELECT,
        base: "view_party v",
        alias: "v",
        where: ["not v.removed", "($1::text is null or v.kind = $1)", ...found.where],
        values: [kind ?? null, ...found.values],
        order: { columns: ["v.search", "v.id"], types: ["text", "text"], falls: false },
        place: ({ search, id }) => [search, id],
      },
      page,
    );
  },

  /** Kind and name, in lower case, of those that some party of these names has. */
  async named(names: readonly string[]): Promise<readonly string[]> {
    const rows = await pool.rows<{ kind: string; search: string }>(NAMED, [names]);
    return rows.map(({ kind, search }) => `${kind} ${search}`);
  },

  /** Subjects by name, without the removed, after a place that a row of before gave. */
  after: (
    { search, subject }: { readonly search: string; readonly subject: string },
    countMax: number,
  ): Promise<readonly { readonly subject: string; readonly search: string }[]> =>
    pool.rows(ALL, [search, subject, countMax]),

  /** Those of these ids that there are, the removed among them, by name. */
  of: (ids: readonly string[]): Promise<readonly ListedParty[]> =>
    pool.rows<ListedParty>(OF_IDS, [ids]),
});
