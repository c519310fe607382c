/**
 * The wire of checking a policy's text: what is wrong with it, beside what the
 * installation knows. Neither a command nor a view: nothing is recorded.
 */

import { z } from "zod";

/** The body of POST /api/v1/policy-checks. The parser has its own, tighter limit, and says so. */
export const policyCheckInput = z
  .strictObject({ text: z.string().max(2_097_152).describe("The policy, as YAML.") })
  .meta({ id: "PolicyText" });

const edit = z.object({
  start: z.int().min(0).describe("An offset into the text, in UTF-16 units."),
  end: z.int().min(0).describe("The first offset that stays."),
  text: z.string().describe("What stands there instead."),
});

/** A change of the text that mends something. */
export const policyCheckFix = z.object({
  says: z.string().describe("What is done, as the words of a button."),
  edits: z.array(edit).describe("In the order of the text; all of them, or none."),
});

const finding = z.object({
  code: z.string().describe("Stable; listed in docs/policy-format.md."),
  level: z.enum(["block", "warn"]),
  line: z.int().min(1),
  column: z.int().min(1),
  message: z.string().describe("What is wrong, and what would be right."),
  why: z.string().optional().describe("Why it matters."),
  fixes: z
    .array(policyCheckFix)
    .optional()
    .describe("Each mends it on its own; of several, one is chosen."),
});

/** What a check answers. */
export const policyCheckShape = z
  .object({
    findings: z.array(finding).describe("In the order of the text; none where nothing is wrong."),
  })
  .meta({ id: "PolicyCheck" });

export type PolicyCheck = z.infer<typeof policyCheckShape>;
export type CheckedFinding = z.infer<typeof finding>;

type Found = Omit<CheckedFinding, "fixes"> & {
  readonly fixes?: readonly {
    readonly says: string;
    readonly edits: readonly z.infer<typeof edit>[];
  }[];
};

/** Findings as JSON has them everywhere: without what the linter keeps for itself. */
export const toChecked = (findings: readonly Found[]): CheckedFinding[] =>
  findings.map(({ code, level, line, column, message, why, fixes }) => ({
    code,
    level,
    line,
    column,
    message,
    ...(why === undefined ? {} : { why }),
    ...(fixes === undefined
      ? {}
      : { fixes: fixes.map(({ says, edits }) => ({ says, edits: [...edits] })) }),
  }));
