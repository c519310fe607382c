/** Commands about what all incidents share: the policy, and a single entry. */

import { z } from "zod";
import { SECTION_CHARACTERS_MAX, SECTION_FILES_MAX } from "../core/publication/section-file.ts";
import { type CommandSpec, LEAD, note, RESPOND, spec } from "./command-spec.ts";

const word = z.string().min(1).max(80);
const text = z.string().min(1).max(1_048_576).describe("The YAML document.");
const files = z
  .array(z.string().min(1).max(SECTION_CHARACTERS_MAX))
  .max(SECTION_FILES_MAX)
  .optional()
  .describe(
    "The files of sections that are not for everybody, each whole, held to the digest that the document names; what is kept already may be left out.",
  );
const alone = note
  .optional()
  .describe("Why nobody else approves it, where nobody else could; kept for good.");
const tell = z
  .enum(["yes", "no"])
  .optional()
  .describe("Whether those who asked to hear of changes are told; to be said where there are any.");

export const RECORD_COMMANDS = [
  {
    ...spec(
      "PublishPolicy",
      "policy",
      "publish-policy",
      "Publish a version of the policy; it runs from then on.",
      ["owner"],
      {
        text,
        files,
        alone,
        tell,
      },
    ),
    creates: true as const,
  },
  {
    ...spec(
      "ProposePolicy",
      "policy",
      "propose-policy",
      "Propose a version of the policy, for somebody else to approve.",
      RESPOND,
      {
        text,
        files,
        draft: word
          .optional()
          .describe("The draft that this is; an edit of it takes the proposal back."),
      },
    ),
    creates: true as const,
  },
  {
    ...spec(
      "ApprovePolicy",
      "policy",
      "approve-policy",
      "Publish what is proposed, these bytes and no others.",
      ["owner"],
      {
        hash: z
          .string()
          .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
          .describe("Of what is proposed, as you saw it."),
        alone,
        tell,
      },
    ),
    creates: true as const,
  },
  {
    ...spec(
      "WithdrawProposal",
      "policy",
      "withdraw-proposal",
      "Take back what is proposed.",
      RESPOND,
      { reason: note },
    ),
    creates: true as const,
  },
  {
    ...spec(
      "RecordPolicyReview",
      "policy",
      "record-policy-review",
      "Record that the whole policy was looked at, and what came of it.",
      LEAD,
      { note },
    ),
    creates: true as const,
  },
  spec(
    "EraseEntry",
    "entry",
    "erase",
    "Erase private text of an entry; its proof stays.",
    ["owner"],
    {
      paths: z.array(z.string().startsWith("/").max(200)).min(1).max(50),
      basis: note.describe("Why, and on which legal basis."),
    },
  ),
  {
    ...spec(
      "DescribeOrganisation",
      "installation",
      "describe-organisation",
      "State what the organisation is, so that the laws that could bind it are looked at.",
      ["owner"],
      {
        role: z
          .array(word)
          .min(1)
          .max(30)
          .describe("controller, processor, manufacturer, covered-entity, ..."),
        entity: word.optional().describe("The kind of entity: important, essential, insurer, ..."),
        nis2: word.optional().describe("essential or important, where it is said apart."),
        jurisdictions: z
          .array(z.string().min(1).max(40))
          .max(100)
          .optional()
          .describe("Where our people, data and products are: EU, UK, US-CA, IN."),
        memberState: z.string().length(2).optional().describe("Of the main establishment: IE."),
      },
    ),
    creates: true as const,
  },
  {
    ...spec(
      "ReadLaw",
      "installation",
      "read-law",
      "Say that what changed in the law's data was read, up to a release of them.",
      ["owner", "responder"],
      { release: z.iso.date().describe("The release that was read: 2026-11-21.") },
    ),
    creates: true as const,
  },
] as const satisfies readonly CommandSpec[];
