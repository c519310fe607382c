/**
 * Policy text in, policy out, with the place of everything in it; or every
 * problem at once, each with line, column and a sentence.
 *
 * What parses is well formed, and nothing more: whether its references lead
 * anywhere and its promises can be kept is lint.ts's question. The text is kept
 * beside the policy because the published policy is its bytes: the hash on the
 * public page is theirs.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { invariant, ok, type Problem, type Result } from "../../problem.ts";
import { faultProblems, placedFaults } from "./issues.ts";
import { readYaml } from "./yaml.ts";
import { type Place, type Places, placeOf } from "../places.ts";
import { POLICY_FORMAT, type Policy } from "../policy.ts";
import { policySchema } from "../policy-schema.ts";

export type PolicyDocument = {
  readonly policy: Policy;
  readonly text: string;
  readonly places: Places;
};

/** More than this and a person reads none of them. */
const PROBLEMS_MAX = 200;

/**
 * A policy document from its YAML text.
 *
 * Refuses with `policy-too-large`, `policy-encoding`, `policy-too-deep`, `policy-yaml`,
 * `policy-several-documents`, `policy-key-duplicate`, `policy-empty`,
 * `policy-format-unknown`, `policy-key-unknown`, `policy-key-missing`,
 * `policy-value-invalid`, `policy-condition` and `policy-more-problems`, in the order of
 * the text. A text that is not YAML is not read further, so its values are not judged.
 */
export function parsePolicy(text: string): Result<PolicyDocument> {
  const read = readYaml(text);
  if (!read.ok) return refused(read.problems, (problems) => problems);
  const { value, places } = read.value;
  const later = otherFormat(value);
  if (later !== undefined) {
    return { ok: false, problems: [{ ...later, ...placeOf(places, "/format") }] };
  }
  const parsed = policySchema.safeParse(value, { error: () => "" });
  if (parsed.success) return ok({ policy: parsed.data, text, places });
  const faults = placedFaults(policySchema, parsed.error.issues, value, places);
  return refused(faults, (first) => faultProblems(first, places));
}

/** As parsePolicy, without the places. */
export function policyIn(text: string): Result<Policy> {
  const parsed = parsePolicy(text);
  return parsed.ok ? ok(parsed.value.policy) : parsed;
}

/** SHA-256 of the published text's exact bytes, in lower-case hex. */
export const policyHash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** A format of another release: its keys are not ours to judge. */
function otherFormat(value: unknown): Problem | undefined {
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format !== "string" || format === POLICY_FORMAT) return undefined;
  if (!format.startsWith("duenotice/")) return undefined;
  const message =
    `This is ${format}, and this release reads ${POLICY_FORMAT}: use a release that reads ` + "it.";
  return { code: "policy-format-unknown", message, at: "/format" };
}

/** In the order of the text, and no more than a person reads: the rest is not even worded. */
function refused<T extends Partial<Place>>(
  found: readonly T[],
  toProblems: (first: readonly T[]) => readonly Problem[],
): Result<never> {
  const sorted = [...found].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const [first, ...others] = toProblems(sorted.slice(0, PROBLEMS_MAX));
  invariant(first !== undefined, "what is refused has a problem");
  const { line = 1, column = 1 } = sorted[PROBLEMS_MAX] ?? {};
  const rest = sorted.length - PROBLEMS_MAX;
  const message = `From here on there are ${rest} more problems: mend these first.`;
  const more = rest > 0 ? [{ code: "policy-more-problems", message, line, column }] : [];
  return { ok: false, problems: [first, ...others, ...more] };
}
