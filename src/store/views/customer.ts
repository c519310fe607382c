/**
 * view_customer: one row for each customer, by name.
 */

import { securityContact } from "../../core/party/contact.ts";
import { isEncryptionAgreed } from "../../core/party/contact-key.ts";
import type { Customer } from "../../core/party/customer.ts";
import type { Result } from "../../core/problem.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";
import { type Page, type PageRequest, readPage, searchOf } from "./page.ts";
import { selectList, type Table } from "./table.ts";

export type CustomerViewRow = {
  /** `cus_…`. */
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** The name in lower case: for order and search. */
  readonly search: string;
  /** Whom to write to when it is about security; null while nobody can be written to. */
  readonly contactName: string | null;
  readonly contactMail: string | null;
  readonly contactPhone: string | null;
  /** `YYYY-MM-DD`. */
  readonly contactVerifiedOn: string | null;
  readonly contacts: number;
  /** Somebody there was promised that what we write leaves encrypted. */
  readonly encrypts: boolean;
  readonly clauses: number;
  readonly stage: string | null;
  readonly role: string | null;
  readonly zone: string | null;
  readonly removed: boolean;
  readonly sample: boolean;
};

export const CUSTOMER_VIEW: Table<CustomerViewRow> = {
  name: "view_customer",
  columns: {
    id: "text",
    version: "integer",
    name: "text",
    search: "text",
    contactName: "text",
    contactMail: "text",
    contactPhone: "text",
    contactVerifiedOn: "text",
    contacts: "integer",
    encrypts: "boolean",
    clauses: "integer",
    stage: "text",
    role: "text",
    zone: "text",
    removed: "boolean",
    sample: "boolean",
  },
};

export function customerRows(customer: Customer): readonly CustomerViewRow[] {
  if (customer.state === "none") return [];
  const contact = securityContact(customer);
  return [
    {
      id: customer.id,
      version: customer.version,
      name: customer.name,
      search: customer.name.toLowerCase(),
      contactName: contact?.name ?? null,
      contactMail: contact?.mail ?? null,
      contactPhone: contact?.phone ?? null,
      contactVerifiedOn: contact?.verifiedOn ?? null,
      contacts: customer.contacts.length,
      encrypts: isEncryptionAgreed(customer.contacts),
      clauses: customer.clauses.length,
      stage: customer.stage ?? null,
      role: customer.role ?? null,
      zone: customer.zone ?? null,
      removed: customer.state === "removed",
      sample: customer.sample,
    },
  ];
}

export type ListedCustomer = CustomerViewRow & { readonly subject: string };

const SELECT = `v.subject, ${selectList(CUSTOMER_VIEW, "v")}`;

const OF_IDS = statement(
  "view-customer-of-ids",
  `select ${SELECT} from view_customer v where v.id = any($1::text[]) order by v.search, v.id`,
);

const NAMED = statement(
  "view-customer-named",
  `select search, id from view_customer where search = any($1::text[]) and not removed`,
);
const ENCRYPTING = statement(
  "view-customer-encrypting",
  "select id from view_customer where encrypts and id = any($1::text[])",
);
// The first word suffices to be looked at: whether it names them is for the check to say.
const NAMED_IN = statement(
  "view-customer-named-in",
  `select id, name from view_customer
   where not removed and strpos($1, split_part(search, ' ', 1)) > 0 order by search, id limit $2`,
);
const ALL = statement(
  "view-customer-all",
  `select subject, search from view_customer where not removed and (search, subject) > ($1, $2)
   order by search, subject limit $3`,
);

const NAMED_IN_MAX = 1_000;

export const customerView = (pool: Pool) => ({
  /** By name, without the removed. Refuses with cursor-malformed. */
  list(q: string | undefined, page: PageRequest): Promise<Result<Page<ListedCustomer>>> {
    const found = searchOf("v.search", q, 1);
    return readPage<ListedCustomer>(
      pool,
      {
        name: "view-customer",
        select: SELECT,
        base: "view_customer v",
        alias: "v",
        where: ["not v.removed", ...found.where],
        values: found.values,
        order: { columns: ["v.search", "v.id"], types: ["text", "text"], falls: false },
        place: ({ search, id }) => [search, id],
      },
      page,
    );
  },

  /** Of these names, in lower case, those that some customer has, with the id of one who has it. */
  async named(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await pool.rows<{ search: string; id: string }>(NAMED, [names]);
    return new Map(rows.map(({ search, id }) => [search, id]));
  },

  /** Of these ids those to whom encryption was promised. */
  async encrypting(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await pool.rows<{ id: string }>(ENCRYPTING, [ids]);
    return new Set(rows.map(({ id }) => id));
  },

  /** Those whose name, or the first word of it, stands somewhere in `text`; the first thousand. */
  namedIn: (text: string): Promise<readonly { readonly id: string; readonly name: string }[]> =>
    pool.rows(NAMED_IN, [text.toLowerCase(), NAMED_IN_MAX]),

  /** Subjects by name, without the removed, after a place that a row of before gave. */
  after: (
    { search, subject }: { readonly search: string; readonly subject: string },
    countMax: number,
  ): Promise<readonly { readonly subject: string; readonly search: string }[]> =>
    pool.rows(ALL, [search, subject, countMax]),

  /** Those of these ids that there are, the removed among them, by name. */
  of: (ids: readonly string[]): Promise<readonly ListedCustomer[]> =>
    pool.rows<ListedCustomer>(OF_IDS, [ids]),
});
