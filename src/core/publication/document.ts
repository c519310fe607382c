/**
 * Document: a text that is to be published, held to everything that would keep it from
 * that: it parses, the linter blocks nothing, and it is a version of its own.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Finding, lint, type LintBeside } from "../policy/lint/lint.ts";
import { parsePolicy, policyHash } from "../policy/parse/parse.ts";
import type { Policy } from "../policy/policy.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { type SectionFile, sectionFileProblems, sectionFilesOf } from "./section-file.ts";
import type { PublishedVersion } from "./state.ts";

/** What a version is known by. */
export type Document = {
  /** The document's own version. */
  readonly label: string;
  /** SHA-256 of its bytes in hex, under which the store keeps it. */
  readonly hash: string;
  readonly bytes: number;
  readonly changes?: string;
  /** `YYYY-MM-DD`. */
  readonly effective: string;
  /** The policy's own id. */
  readonly id: string;
  /** In which its first day begins. */
  readonly zone: string;
};

/** The files of sections that come along, and the digests of those that are here already. */
export type Files = { readonly given: readonly string[]; readonly kept: ReadonlySet<string> };

/** What a text says of itself, where it may be published. */
export type Judged = {
  readonly document: Document;
  /** The files of sections that it names. */
  readonly names: readonly SectionFile[];
};

/**
 * What takes long about a text, and hangs on nothing but the text: a server does it in a thread of
 * its own. Refuses with what parsePolicy refuses with, and with every finding of lint that blocks.
 * It is the linter that the studio and `due policy check` run; what laws, contracts and the
 * roster have to say warns and blocks nothing, so those need not be read here.
 */
export function judge(text: string, beside: LintBeside): Result<Judged> {
  const parsed = parsePolicy(text);
  if (!parsed.ok) return parsed;
  const { policy } = parsed.value;
  const judged = { document: toDocument(text, parsed.value), names: sectionFilesOf(policy) };
  return refuseAll(lint(parsed.value, beside).filter(isBlocking).map(toProblem), judged);
}

/**
 * Refuses as `judge` did, with what is wrong with the files of its sections (section-file.ts),
 * and with `policy-unchanged`, `policy-label-taken`.
 */
export function readForPublishing(
  judged: Result<Judged>,
  versions: readonly PublishedVersion[],
  files: Files,
): Result<Document> {
  if (!judged.ok) return judged;
  const { document, names } = judged.value;
  if (versions.at(-1)?.hash === document.hash) {
    return refuse("policy-unchanged", "This is what runs already, byte for byte.", "/text");
  }
  const unkept = sectionFileProblems(names, files.given, files.kept);
  if (unkept.length > 0) return refuseAll(unkept, document);
  if (versions.some(({ label }) => label === document.label)) {
    const message = `Version ${document.label} was published before with another text: give this one another version.`;
    return refuse("policy-label-taken", message, "/version");
  }
  return ok(document);
}

function toDocument(text: string, { policy }: { readonly policy: Policy }): Document {
  const { id, version: label, effective, changes, calendars, calendar } = policy;
  return {
    label,
    hash: policyHash(text),
    bytes: utf8ToBytes(text).length,
    effective,
    id,
    zone: calendars.find((known) => known.id === calendar)?.zone ?? "UTC",
    ...(changes === undefined ? {} : { changes }),
  };
}

const isBlocking = ({ level }: Finding): boolean => level !== "warn";

const toProblem = ({ code, message, at, line, column }: Finding): Problem => ({
  code,
  message,
  at,
  line,
  column,
});
