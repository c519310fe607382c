/**
 * The policy format as JSON Schema, for editors: draft 2020-12, made from the zod
 * schema that the parser uses, so the two cannot differ.
 *
 * It says what parses. What a policy must be beyond that (references that lead
 * somewhere, promises that can be kept) no schema can say; the linter does.
 */

import { z } from "zod";
import { policySchema } from "./policy-schema.ts";

/** The schema as a value. */
export const policyJsonSchema = (): Readonly<Record<string, unknown>> => ({
  ...z.toJSONSchema(policySchema, { target: "draft-2020-12" }),
});

/** The schema as the file policies/schema.json. */
export const printPolicyJsonSchema = (): string =>
  `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
