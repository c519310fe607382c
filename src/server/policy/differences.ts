/** Policy differences: what one text of the policy does otherwise than another, asked over HTTP. */

import type { z } from "zod";
import {
  policyChoice,
  policyDifferenceInput,
  policyDifference,
} from "../../api/policy-difference.ts";
import type { PinnedPolicy } from "../../core/context.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Question, unpublished } from "../asking.ts";
import { policyOfVersion, type Reading } from "../views/reading.ts";

type Deciding = Pick<Reading["handling"], "subjects" | "world" | "texts">;
type Choice = z.infer<typeof policyChoice>;

export const policyDifferences = (handling: Deciding): Question<typeof policyDifferenceInput> => ({
  as: "policy",
  input: policyDifferenceInput,
  async answer(asked) {
    const before = await chosen(handling, asked.before, "/before");
    if (!before.ok) return before;
    const after = await chosen(handling, asked.after, "/after");
    if (!after.ok) return after;
    const [was, is] = [before.value.policy, after.value.policy];
    return handling.texts?.differenceOf(was, is) ?? ok(policyDifference(was, is));
  },
});

/** Refuses with `version-unknown`, `policy-missing` and what a text is refused with, at its place. */
export async function chosen(
  handling: Deciding,
  choice: Choice | undefined,
  at: string,
): Promise<Result<PinnedPolicy>> {
  if (choice !== undefined && "text" in choice) {
    const text = await unpublished(handling, choice.text);
    if (text.ok) return text;
    const [first, ...rest] = text.problems.map((problem) => ({ ...problem, at: `${at}/text` }));
    return { ok: false, problems: [first as NonNullable<typeof first>, ...rest] };
  }
  if (choice === undefined) {
    const current = await handling.world.policies.current();
    return current ? ok(current) : refuse("policy-missing", "No policy is published yet.", at);
  }
  const found = await policyOfVersion({ handling }, choice.version);
  return found
    ? ok(found)
    : refuse("version-unknown", `There is no version ${choice.version} of the policy.`, at);
}
