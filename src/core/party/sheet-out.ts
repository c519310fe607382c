/**
 * Sheet, written: parties as rows that are read again as they were, and that open in a
 * spreadsheet as text.
 */

import { primaryContact, securityContact } from "./contact.ts";
import { type Separator, toCsvLine } from "./csv.ts";
import type { Customer } from "./customer.ts";
import type { Other } from "./other.ts";
import { BAR, COLUMNS, KIND } from "./sheet-columns.ts";

type Cells = Readonly<Record<string, string | number | undefined>>;

/** The first line of a sheet. */
export const sheetHead = (separator?: Separator): string => toCsvLine(COLUMNS, separator);

/** The lines of one customer, each ending with CR and LF. */
export function customerLines(customer: Customer, separator?: Separator): readonly string[] {
  const { name, stage, role, zone, dataSets, deployments } = customer;
  return linesOf({ name }, { stage, role, zone }, separator, [
    contactCells(customer),
    clauseCells(customer),
    dataSets.map((set) => ({
      data_set: set.name,
      data_role: set.role,
      data_categories: set.categories.join(PARTED),
    })),
    deployments.map(({ product, release }) => ({ product, release })),
  ]);
}

/** The lines of another party; `customers` are the names of those whose data sit there. */
export function partyLines(
  other: Other,
  customers: readonly string[],
  separator?: Separator,
): readonly string[] {
  const { kind, name, about, feeds } = other;
  const own = { about, feeds: feeds.join(PARTED), customers: customers.join(PARTED) };
  return linesOf({ [KIND]: kind, name }, own, separator, [contactCells(other), clauseCells(other)]);
}

const PARTED = ` ${BAR} `;

/** A line for each of the longest list; what is said once stands in the first. */
function linesOf(
  always: Cells,
  once: Cells,
  separator: Separator | undefined,
  lists: readonly (readonly Cells[])[],
): readonly string[] {
  const count = Math.max(1, ...lists.map((list) => list.length));
  return Array.from({ length: count }, (_, i) => {
    const cells = Object.assign({}, always, i === 0 ? once : {}, ...lists.map((list) => list[i]));
    return toCsvLine(
      COLUMNS.map((column) => `${(cells as Cells)[column] ?? ""}`),
      separator,
    );
  });
}

function contactCells(party: Customer | Other): readonly Cells[] {
  const [primary, security] = [primaryContact(party), securityContact(party)];
  const alone = party.contacts.length < 2;
  return party.contacts.map((contact) => ({
    contact_name: contact.name,
    contact_mail: contact.mail,
    contact_phone: contact.phone,
    contact_language: contact.language,
    contact_zone: contact.zone,
    contact_verified_on: contact.verifiedOn,
    contact_for: alone ? "" : forWords(contact === primary, contact === security),
  }));
}

const clauseCells = ({ clauses }: Customer | Other): readonly Cells[] =>
  clauses.map(({ id, terms, yaml, ...clause }) => ({
    clause: id,
    clause_text: clause.text,
    clause_document: clause.document,
    clause_dated: clause.documentOn,
    clause_section: clause.section,
    // Fields say less than YAML can: where they would lose something, the text is written.
    ...(yaml === undefined && terms ? termCells(terms) : { clause_yaml: yaml }),
  }));

const forWords = (isPrimary: boolean, isSecurity: boolean): string =>
  isPrimary && isSecurity ? "both" : isPrimary ? "primary" : isSecurity ? "security" : "";

function termCells({
  duty,
  from,
  within,
  calendar,
}: NonNullable<Customer["clauses"][number]["terms"]>): Cells {
  return {
    clause_duty: duty,
    clause_from: typeof from === "string" ? from : `${from.claim}:${from.is}`,
    ...(typeof within === "string" ? {} : { clause_count: within.count, clause_unit: within.unit }),
    clause_calendar: calendar,
  };
}
