/**
 * Sheet columns: what a row of parties may hold, in and out. The first row of a sheet
 * names those that it has.
 *
 *   name,stage,contact_name,contact_mail,clause,clause_text,clause_document
 */

/** Which kind of party a row is about; a customer where it is empty. */
export const KIND = "kind";
/** What a row says of a party itself. */
export const SELF = ["name", "stage", "role", "zone", "about", "feeds", "customers"] as const;
/** What is said of every party, of customers alone, and of the others alone. */
export const OF_CUSTOMERS: readonly string[] = [
  "stage",
  "role",
  "zone",
  "data_set",
  "data_role",
  "data_categories",
  "product",
  "release",
];
export const OF_OTHERS: readonly string[] = ["about", "feeds", "customers"];
const CONTACT = {
  contact_name: "name",
  contact_mail: "mail",
  contact_phone: "phone",
  contact_language: "language",
  contact_zone: "zone",
  contact_verified_on: "verifiedOn",
} as const;
const CLAUSE = {
  clause: "clause",
  clause_text: "text",
  clause_document: "document",
  clause_dated: "documentOn",
  clause_section: "section",
  clause_duty: "terms/duty",
  clause_from: "terms/from",
  clause_count: "terms/within/count",
  clause_unit: "terms/within/unit",
  clause_calendar: "terms/calendar",
  clause_yaml: "yaml",
} as const;
const DATA = { data_set: "name", data_role: "role", data_categories: "categories" } as const;
const RUNS = { product: "product", release: "release" } as const;

/** Which list of the command a group of columns fills, and the field behind each column. */
export const GROUPS = [
  { list: "contacts", columns: { ...CONTACT, contact_for: "for" } },
  { list: "clauses", columns: CLAUSE },
  { list: "dataSets", columns: DATA },
  { list: "deployments", columns: RUNS },
] as const;

export const COLUMNS: readonly string[] = [
  KIND,
  ...SELF,
  ...GROUPS.flatMap(({ columns }) => Object.keys(columns)),
];

/** What parts several things in one cell. */
export const BAR = "|";
