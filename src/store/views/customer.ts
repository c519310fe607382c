/**
 * view_customer: one row for each customer, by name.
 */

import type { Customer } from "../../core/party/customer.ts";
import type { Table } from "./table.ts";

export type CustomerViewRow = {
  /** `cus_…`. */
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** The name in lower case: for order and search. */
  readonly search: string;
  readonly contactName: string;
  readonly contactMail: string;
  readonly contactPhone: string | null;
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
    stage: "text",
    role: "text",
    zone: "text",
    removed: "boolean",
    sample: "boolean",
  },
};

export const customerRows = (customer: Customer): readonly CustomerViewRow[] =>
  customer.state === "none"
    ? []
    : [
        {
          id: customer.id,
          version: customer.version,
          name: customer.name,
          search: customer.name.toLowerCase(),
          contactName: customer.contact.name,
          contactMail: customer.contact.mail,
          contactPhone: customer.contact.phone ?? null,
          stage: customer.stage ?? null,
          role: customer.role ?? null,
          zone: customer.zone ?? null,
          removed: customer.state === "removed",
          sample: customer.sample,
        },
      ];
