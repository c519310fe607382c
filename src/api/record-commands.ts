/** Commands about what all incidents share: the policy, the parties, and a single entry. */

import { z } from "zod";
import { type CommandSpec, RESPOND, LEAD, line, title, note, id, spec } from "./command-spec.ts";

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
  {
    ...spec("AddCustomer", "party", "add-customer", "Add a customer.", RESPOND, {
      name: title,
      contact: z.strictObject({ name: line(200), mail: z.email(), phone: line(60).optional() }),
      stage: id.optional(),
      role: z
        .enum(["controller", "processor"])
        .optional()
        .describe("Our role for this customer's data."),
      zone: line(64).optional(),
    }),
    creates: true as const,
  },
  spec("ChangeCustomer", "party", "change-customer", "Change a customer.", RESPOND, {
    name: title.optional(),
    contact: z
      .strictObject({ name: line(200), mail: z.email(), phone: line(60).optional() })
      .optional(),
    stage: id.optional(),
    role: z.enum(["controller", "processor"]).optional(),
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
