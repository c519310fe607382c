/** Commands about what all incidents share: the policy, and a single entry. */

import { z } from "zod";
import { type CommandSpec, note, spec } from "./command-spec.ts";

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
] as const satisfies readonly CommandSpec[];
