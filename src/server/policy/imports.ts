/**
 * Policy imports: a draft made of prose, asked over HTTP. It is made in a thread of its own;
 * the studio makes it in the page.
 */

import { policyImportInput } from "../../api/policy-import.ts";
import type { Question } from "../asking.ts";
import type { World } from "../world.ts";

export const policyImports = ({
  texts,
}: Pick<World, "texts">): Question<typeof policyImportInput> => ({
  as: "policy",
  input: policyImportInput,
  answer: ({ text, format }) => texts.draftOf(text, format),
});
