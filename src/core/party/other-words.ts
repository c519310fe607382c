/** The kinds of party that are no customers, and how each is called. */

export const OTHER_KINDS = ["provider", "authority", "help", "reporter"] as const;
export type OtherKind = (typeof OTHER_KINDS)[number];

/** What the id of each begins with; a customer's with `cus_`. */
export const OTHER_PREFIX: Readonly<Record<OtherKind, string>> = {
  provider: "prv_",
  authority: "aut_",
  help: "hlp_",
  reporter: "rep_",
};

/** Of one provider: their ids stand in one entry, which holds no more. */
export const FED_CUSTOMERS_MAX = 3_000;

export const isCustomerId = (id: string): boolean => id.startsWith("cus_");
