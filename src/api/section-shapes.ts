/** The shape of a section's file, as views tell of it. */

import { z } from "zod";

export const sectionFileShape = z
  .object({
    section: z.string(),
    title: z.string(),
    audience: z.enum(["nda", "internal"]),
    file: z.string().describe("Where it lies beside the policy, as the policy writes it."),
    digest: z.string().describe("sha256:… of its bytes."),
    kept: z.boolean().describe("Whether the file is here."),
  })
  .meta({ id: "SectionFileRow" });
