/** Policy: the format, as editors read it, and prose made into it. */

import { addPolicyImport } from "./policy-import.ts";
import { type Fill, subVerb } from "./verb.ts";

export const policy: Fill = (command, shell) => {
  subVerb(
    command,
    "schema",
    "Print the policy format as JSON Schema, for an editor.",
    "due policy schema > policy.schema.json",
  ).action(async () => {
    const { printPolicyJsonSchema } = await import("../core/policy/schema.ts");
    shell.print(printPolicyJsonSchema().trimEnd());
  });
  addPolicyImport(command, shell);
};
