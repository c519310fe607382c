/** Me: who asks, and what this installation knows of itself; every page of the app begins with it. */

import { z } from "zod";
import { personShape } from "./person-shape.ts";
import { view } from "./view-spec.ts";
import { instant, maybe } from "./view-shapes.ts";

export const ME_VIEW = view(
  "me",
  "/me",
  "Who you are, what you may do, and what this installation knows of itself.",
  {},
  z
    .object({
      person: personShape,
      organisation: z.string(),
      zone: z.string(),
      mail: z.object({ configured: z.boolean(), says: z.string() }),
      policyVersion: maybe(z.int()),
      serverAt: instant,
      sample: z.boolean(),
      factors: z.object({ totp: z.boolean(), passkeys: z.int() }),
      version: z.string(),
      attention: z
        .array(z.string())
        .describe("What is wrong with the installation itself, each with the step that mends it."),
    })
    .meta({ id: "Me" }),
);
