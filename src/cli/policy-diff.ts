/**
 * Policy diff: what another text of the policy promises and does otherwise.
 *
 * Two files are compared here, without a server; a version by its number is asked of the
 * installation.
 */

import { type PolicyDifference, policyDifference } from "../api/policy-difference.ts";
import { policyIn } from "../core/policy/parse/parse.ts";
import { ok, type Result } from "../core/problem.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { answered, inline } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

type Options = Asked & { readonly behaviour?: boolean };

export const policyDiff: Fill = (command, shell) => {
  subVerb(
    command,
    "diff <before> <after>",
    "Compare two texts of the policy: a file, -, a version's number, current or proposed.",
    "due policy diff policies/solo.yaml policies/product.yaml --behaviour",
  )
    .option("--behaviour", "only what would be owed otherwise, in sentences")
    .action(async (before: string, after: string, options: Options) => {
      const compared = await compare(shell, before, after);
      answered(shell, compared, options, (difference) => lines(difference, options));
    });
};

type Chosen = { readonly version: number } | { readonly text: string } | undefined;

async function compare(
  shell: Shell,
  before: string,
  after: string,
): Promise<Result<PolicyDifference>> {
  const [was, is] = [await chosen(shell, before), await chosen(shell, after)];
  if (!was.ok) return was;
  if (!is.ok) return is;
  if (isText(was.value) && isText(is.value)) return compareTexts(was.value.text, is.value.text);
  const client = await reach(shell);
  if (!client.ok) return client;
  const current =
    is.value === undefined ? await client.value.read("policy", { version: "current" }) : undefined;
  if (current?.ok === false) return current;
  return client.value.call<PolicyDifference>("POST", "/api/v1/policy-differences", {
    ...(was.value === undefined ? {} : { before: was.value }),
    after: is.value ?? { version: current?.value.version },
  });
}

const isText = (one: Chosen): one is { readonly text: string } =>
  one !== undefined && "text" in one;

/** A file may be called 3 as well: then write ./3. */
async function chosen(shell: Shell, given: string): Promise<Result<Chosen>> {
  if (given === "current") return ok(undefined);
  if (given === "proposed") return proposedText(shell);
  const version = /^v?([1-9]\d{0,5})$/.exec(given)?.[1];
  if (version !== undefined) return ok({ version: Number(version) });
  const text = await readDocument(given);
  return text.ok ? ok({ text: text.value }) : text;
}

/** What waits for approval is compared by its text: it is no version yet. */
async function proposedText(shell: Shell): Promise<Result<Chosen>> {
  const client = await reach(shell);
  if (!client.ok) return client;
  const read = await client.value.read("policy", { version: "proposed" });
  return read.ok ? ok({ text: read.value.text ?? "" }) : read;
}

function compareTexts(before: string, after: string): Result<PolicyDifference> {
  const [was, is] = [policyIn(before), policyIn(after)];
  if (!was.ok) return was;
  if (!is.ok) return is;
  return ok(policyDifference(was.value, is.value));
}

function lines(
  { lines: differences, promises }: PolicyDifference,
  options: Options,
): readonly string[] {
  const behaves = [
    differences.length === 0
      ? "Nothing would be owed otherwise."
      : `Owed otherwise: ${differences.length}`,
    ...differences.map(({ says }) => inline(`  ${says}`)).map((line) => `  ${line}`),
  ];
  if (options.behaviour) return behaves;
  const marked = (sign: string, text: string | null): readonly string[] =>
    text === null ? [] : [`    ${sign} ${inline(text)}`];
  return [
    promises.length === 0 ? "No promise reads otherwise." : `Promises: ${promises.length}`,
    ...promises.flatMap(({ clause, was, is }) => [
      `  ${clause}`,
      ...marked("-", was),
      ...marked("+", is),
    ]),
    ...behaves,
  ];
}
