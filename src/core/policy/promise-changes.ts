/** Promises whose words changed from one text of the policy to another, clause by clause. */

import type { Policy } from "./policy.ts";
import { clauseSentence } from "./sentence.ts";

export type PromiseChange = {
  readonly clause: string;
  readonly was: string | null;
  readonly is: string | null;
};

/** In the order of the newer text; what is gone comes last. */
export function promiseChanges(before: Policy, after: Policy): readonly PromiseChange[] {
  const [was, is] = [sentences(before), sentences(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((clause) => {
    const change = { clause, was: was.get(clause) ?? null, is: is.get(clause) ?? null };
    return change.was === change.is ? [] : [change];
  });
}

const sentences = (policy: Policy): ReadonlyMap<string, string> =>
  new Map(policy.clauses.map((clause) => [clause.id, clauseSentence(clause, policy)]));
