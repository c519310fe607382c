/**
 * Party file: parties as one JSON document, as an export writes it and an import
 * reads it. The same fields as the commands that add each of them.
 *
 *   {"format": "duenotice/parties/1", "customers": [{"name": "Kestrel Bank", …}]}
 */

import { z } from "zod";
import { FED_CUSTOMERS_MAX } from "../core/party/other-words.ts";
import { SPECS } from "./party-commands.ts";

export const PARTY_FORMAT = "duenotice/parties/1";
export const IMPORT_BYTES_MAX = 48 * 1024 * 1024;

/** Keys are recorded one by one: each is read before it is kept. */
const contact = SPECS.AddContact.omit({ key: true, encrypt: true });

const customer = SPECS.AddCustomer.extend({
  contacts: z.array(contact).max(200).optional(),
  clauses: z.array(SPECS.RecordClause).max(200).optional(),
  dataSets: z
    .array(SPECS.RecordDataSet.omit({ dataSet: true }))
    .max(500)
    .optional(),
  deployments: z
    .array(SPECS.RecordDeployment.omit({ deployment: true }))
    .max(500)
    .optional(),
});

const party = SPECS.AddParty.omit({ contact: true, customers: true }).extend({
  contacts: z.array(contact).max(200).optional(),
  clauses: z.array(SPECS.RecordClause).max(200).optional(),
  customers: z
    .array(z.string().min(1).max(200))
    .max(FED_CUSTOMERS_MAX)
    .optional()
    .describe("The customers whose data sit at a provider, by name: of this file or known."),
});

export const partyFileShape = z.strictObject({
  format: z.literal(PARTY_FORMAT),
  customers: z.array(customer).max(100_000),
  parties: z
    .array(party)
    .max(10_000)
    .optional()
    .describe("Providers, authorities, outside help, reporters."),
});
export type PartyFile = z.output<typeof partyFileShape>;

/** What an import answers. */
export type ImportAnswer = {
  /** How many parties the file holds. */
  readonly read: number;
  /** How many were added: all of them, or none in a dry run. */
  readonly added: number;
  readonly dryRun: boolean;
};

/** What is said while it goes on, a line each: `application/x-ndjson`. */
export type ImportProgress = {
  readonly stage: "read" | "checked" | "decided" | "recorded";
  readonly done: number;
  readonly of: number;
};
