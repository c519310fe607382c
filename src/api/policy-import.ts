/**
 * The wire of importing a policy: prose in, a draft and what it leaves open out. Nothing is
 * recorded; who wants the draft saves it.
 */

import { z } from "zod";
import { IMPORT_FORMATS } from "../core/policy/import/format.ts";
import { policyCheckFix } from "./policy-check.ts";

/** The body of POST /api/v1/policy-imports. The importer has its own, tighter limit, and says so. */
export const policyImportInput = z
  .strictObject({
    text: z.string().max(2_097_152).describe("The policy as prose, or as YAML."),
    format: z
      .enum(IMPORT_FORMATS)
      .optional()
      .describe("What it is written in, if that is not plain from it."),
  })
  .meta({ id: "PolicyProse" });

export const policyImportShape = z
  .object({
    draft: z.string().describe("YAML: each item below the sentence it was made of."),
    findings: z.array(
      z.object({
        code: z.string(),
        level: z.enum(["block", "warn"]),
        line: z.int().min(1).describe("In the prose, as column."),
        column: z.int().min(1),
        message: z.string(),
        why: z.string().optional(),
        draft: z
          .object({ at: z.string(), line: z.int(), column: z.int() })
          .optional()
          .describe("Where it stands in the draft."),
        fixes: z.array(policyCheckFix).optional().describe("Changes of the draft's text."),
      }),
    ),
  })
  .meta({ id: "PolicyImport" });
