/** Policy imports: a draft made of prose, asked over HTTP. The studio makes it in the page. */

import { policyImportInput } from "../api/policy-import.ts";
import { importPolicy } from "../core/policy/import/import.ts";
import type { Question } from "./asking.ts";

export const policyImports: Question<typeof policyImportInput> = {
  as: "policy",
  input: policyImportInput,
  async answer({ text, format }) {
    return importPolicy(text, format);
  },
};
