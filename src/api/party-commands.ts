/** Commands about parties: whom we owe, whom we reach there, and what was signed with them. */

import { z } from "zod";
import { KEY_CHARACTERS_MAX } from "../core/party/contact-key.ts";
import { DOCUMENTS } from "../core/party/contract-words.ts";
import { FED_CUSTOMERS_MAX, OTHER_KINDS } from "../core/party/other-words.ts";
import { DUTIES } from "../core/policy/clause.ts";
import { SECTION_CHARACTERS_MAX } from "../core/publication/section-file.ts";
import {
  type CommandSpec,
  day,
  id,
  instant,
  LEAD,
  line,
  note,
  RESPOND,
  spec,
  title,
} from "./command-spec.ts";

const contact = z.strictObject({
  name: line(200),
  mail: z.email(),
  phone: line(60).optional(),
  language: line(20).optional().describe("A tag, like de."),
  zone: line(64).optional().describe("An IANA name, like Europe/Berlin."),
});
const marks = {
  primary: z.boolean().optional().describe("Write to them first."),
  security: z.boolean().optional().describe("Write to them when it is about security."),
};
const encryption = {
  key: z
    .string()
    .max(KEY_CHARACTERS_MAX)
    .optional()
    .describe("Their OpenPGP public key, armoured."),
  encrypt: z
    .boolean()
    .optional()
    .describe("Agreed with them: mail to them leaves encrypted, or does not leave."),
};
const verifiedOn = day.optional().describe("The date on which somebody checked that it is right.");
const role = z
  .enum(["controller", "processor"])
  .optional()
  .describe("Our role for this customer's data.");
const terms = z.strictObject({
  duty: z.enum(DUTIES),
  from: line(140).describe(
    "A moment like awareAt, or a claim with its state, like data-exposed:confirmed.",
  ),
  within: z.strictObject({
    count: z.number().positive().max(10_000),
    unit: z.enum(["hours", "days", "months", "business-hours", "business-days"]),
  }),
  calendar: id.optional().describe("A calendar of the policy; its own where none is named."),
});

export const PARTY_COMMANDS = [
  {
    ...spec("AddCustomer", "party", "add-customer", "Add a customer.", RESPOND, {
      name: title,
      contact: contact.optional().describe("Their first contact."),
      stage: id.optional(),
      role,
      zone: line(64).optional(),
    }),
    creates: true as const,
  },
  spec("ChangeCustomer", "party", "change-customer", "Change a customer.", RESPOND, {
    name: title.optional(),
    contact: contact.optional().describe("Who takes the place of the primary contact."),
    stage: id.optional(),
    role,
    zone: line(64).optional(),
  }),
  spec(
    "RemoveCustomer",
    "party",
    "remove-customer",
    "Remove a customer who is no longer one.",
    LEAD,
    { reason: note },
  ),
  {
    ...spec("AddParty", "party", "add-party", "Add a party that is no customer.", RESPOND, {
      kind: z.enum(OTHER_KINDS),
      name: title,
      about: note
        .optional()
        .describe("What we use of a provider, file with an authority, or call help for."),
      feeds: z
        .array(line(2_000))
        .max(200)
        .optional()
        .describe("Where a provider's word reaches us."),
      customers: z
        .array(id)
        .max(FED_CUSTOMERS_MAX)
        .optional()
        .describe("The customers whose data sit at a provider, by id."),
      contact: contact.optional().describe("Their first contact."),
    }),
    creates: true as const,
  },
  spec("ChangeParty", "party", "change-party", "Change a party that is no customer.", RESPOND, {
    name: title.optional(),
    about: note.optional(),
    feeds: z.array(line(2_000)).max(200).optional(),
    customers: z.array(id).max(FED_CUSTOMERS_MAX).optional(),
  }),
  spec("RemoveParty", "party", "remove-party", "Remove a party that is no customer.", LEAD, {
    reason: note,
  }),
  spec("AddContact", "party", "add-contact", "Add a person whom we can reach there.", RESPOND, {
    ...contact.shape,
    ...marks,
    ...encryption,
    verifiedOn,
  }),
  spec("ChangeContact", "party", "change-contact", "Change a contact.", RESPOND, {
    contact: id.describe("As in ct-1."),
    ...contact.partial().shape,
    ...marks,
    ...encryption,
  }),
  spec("RemoveContact", "party", "remove-contact", "Remove a contact.", RESPOND, {
    contact: id.describe("As in ct-1."),
  }),
  spec(
    "AskContact",
    "party",
    "ask-contact",
    "Ask a customer's contact by mail, in your name, whether they still are one.",
    RESPOND,
    { contact: id.describe("As in ct-1.") },
  ),
  spec(
    "VerifyContact",
    "party",
    "verify-contact",
    "Record that a contact was checked and is right.",
    RESPOND,
    { contact: id.describe("As in ct-1."), verifiedOn: day.optional().describe("If not today.") },
  ),
  spec(
    "ShareSection",
    "party",
    "share-section",
    "Open a section of the policy that is under agreement to one of their contacts, by a link.",
    RESPOND,
    {
      section: id.describe("As the policy calls it."),
      contact: id.describe("As in ct-1."),
      until: instant.describe("When the link ends."),
      text: z
        .string()
        .min(1)
        .max(SECTION_CHARACTERS_MAX)
        .optional()
        .describe("The section's file, whole; may be left out where it is kept here."),
    },
  ),
  spec("EndSectionShare", "party", "end-section-share", "Take a link to a section back.", RESPOND, {
    share: id.describe("As in D-7QK4M2XY."),
    reason: note,
  }),
  spec(
    "RecordClause",
    "party",
    "record-clause",
    "Record a clause of the contract: its words, and beside them what is counted.",
    LEAD,
    {
      clause: line(64).describe("Its id, like kestrel-dpa-7; never erased."),
      text: note.describe("The words, as they stand in the document."),
      document: z.enum(DOCUMENTS),
      documentOn: day.optional().describe("The date of the document."),
      section: line(200).optional().describe("The place in it, like §7.2."),
      terms: terms.optional().describe("What is counted, field by field."),
      yaml: z
        .string()
        .min(1)
        .max(20_000)
        .optional()
        .describe("What is counted, as YAML in the policy's language; - is standard input."),
    },
  ),
  spec(
    "RemoveClause",
    "party",
    "remove-clause",
    "Record that a clause of the contract binds no longer.",
    LEAD,
    { clause: id, reason: note },
  ),
  spec(
    "RecordDataSet",
    "party",
    "record-data-set",
    "Record a set of their data that we hold.",
    RESPOND,
    {
      dataSet: id.optional().describe("As in ds-1; a new one if not said."),
      name: title,
      role: z.enum(["controller", "processor"]).describe("Our role for it."),
      categories: z.array(line(200)).max(50).describe("What kinds of data it holds."),
    },
  ),
  spec(
    "RemoveDataSet",
    "party",
    "remove-data-set",
    "Record that we no longer hold a set of data.",
    RESPOND,
    { dataSet: id },
  ),
  spec(
    "RecordDeployment",
    "party",
    "record-deployment",
    "Record which release of a product they run.",
    RESPOND,
    {
      deployment: id.optional().describe("As in dp-1; a new one if not said."),
      product: title,
      release: title,
    },
  ),
  spec(
    "RemoveDeployment",
    "party",
    "remove-deployment",
    "Record that they no longer run it.",
    RESPOND,
    { deployment: id },
  ),
] as const satisfies readonly CommandSpec[];

type PartyCommandType = (typeof PARTY_COMMANDS)[number]["type"];
type InputsOf = {
  readonly [T in PartyCommandType]: Extract<(typeof PARTY_COMMANDS)[number], { type: T }>["input"];
};

/** The input of each command by its type. */
export const SPECS = Object.fromEntries(
  PARTY_COMMANDS.map(({ type, input }) => [type, input]),
) as unknown as InputsOf;
