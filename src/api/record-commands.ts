/** Commands about what all incidents share: the policy, and a single entry. */

import { z } from "zod";
import { type CommandSpec, note, spec } from "./command-spec.ts";

const word = z.string().min(1).max(80);

export const RECORD_COMMANDS = [
  {
    ...spec(
      "PublishPolicy",
      "policy",
      "publish-policy",
      "Publish a version of the policy; it runs from then on.",
      ["owner"],
      {
        text: z.string().min(1).max(1_048_576).describe("The YAML document."),
      },
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
