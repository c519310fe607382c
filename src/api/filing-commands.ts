/** Commands about filings with authorities: words for their forms, and what a person filed. */

import { z } from "zod";
import { type CommandSpec, id, instant, line, note, RESPOND, spec } from "./command-spec.ts";

const regime = id.describe("The law: gdpr-33-1.");
const stage = id.describe("Its stage: sa-notification.");

export const FILING_COMMANDS = [
  spec(
    "WriteFilingField",
    "incident",
    "write-filing-field",
    "Write words into one field of a filing's form; empty takes them out again.",
    RESPOND,
    {
      regime,
      stage,
      field: id.describe("As the filing's view lists it."),
      text: z.string().max(8_000),
      revision: z.int().min(0).optional().describe("The revision that was read before."),
    },
  ),
  spec(
    "RecordFiling",
    "incident",
    "record-filing",
    "Record that a person filed with an authority; it meets that stage. Nothing is filed by this.",
    RESPOND,
    {
      regime,
      stage,
      filedAt: instant.optional().describe("When it was filed, if not now."),
      filedBy: line(200).optional().describe("Who filed it, if not you."),
      number: line(200).optional().describe("The reference number that the authority gave."),
      reason: note.optional().describe("Why it was late; needed where it was."),
      note: note.optional(),
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe("The pack that was read and filed, by its hash."),
    },
  ),
] as const satisfies readonly CommandSpec[];
