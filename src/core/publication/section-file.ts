/**
 * Section file: the text of a section that is not for everybody, which the policy names by
 * its file and its digest.
 *
 *   salt: d8ac6e8eafb48bd0…
 *
 *   # The runbook
 *
 * The first line is random, so that nobody can guess the text from the published digest. A
 * policy is published with every file that it names, each held to its digest: what it says
 * is kept somewhere is kept here, and can be shown to whom it is for.
 */

import { policyHash } from "../policy/parse/parse.ts";
import type { Policy } from "../policy/policy.ts";
import type { Problem } from "../problem.ts";
import { listed } from "../text.ts";

export const SECTION_CHARACTERS_MAX = 300_000;
export const SECTION_FILES_MAX = 80;

export type SectionFile = {
  readonly section: string;
  readonly title: string;
  readonly audience: "nda" | "internal";
  /** Where it lies beside the policy, as the policy writes it. */
  readonly file: string;
  /** `sha256:…`. */
  readonly digest: string;
};

/** The files that a policy names, in its order. */
export const sectionFilesOf = ({ sections }: Pick<Policy, "sections">): readonly SectionFile[] =>
  sections.flatMap((one) =>
    "digest" in one
      ? [
          {
            section: one.id,
            title: one.title,
            audience: one.audience,
            file: one.file,
            digest: one.digest,
          },
        ]
      : [],
  );

export const digestOf = (text: string): string => `sha256:${policyHash(text)}`;

/** Every digest that stands in a text, whether the text can be read as a policy or not. */
export const digestsIn = (text: string): readonly string[] => [
  ...new Set(text.match(/sha256:[0-9a-f]{64}/g)),
];

const SALT = /^(?:salt:[ \t]*)?[0-9a-f]{16,128}[ \t]*\r?\n/;

/** What is read of a file: everything behind its salt. */
export const withoutSalt = (text: string): string => text.replace(SALT, "").replace(/^\s+/, "");

/**
 * What keeps a policy that names these files from being published with those given. `kept` are the digests of the
 * files that are here already. Codes: `section-differs`, `section-unsalted`,
 * `section-file-missing`.
 */
export function sectionFileProblems(
  named: readonly SectionFile[],
  given: readonly string[],
  kept: ReadonlySet<string>,
): readonly Problem[] {
  const digests = given.map(digestOf);
  const strange = digests.flatMap((digest, index) =>
    named.some((one) => one.digest === digest) ? [] : [toStrange(digest, index, named)],
  );
  const unsalted = named.flatMap(({ section, file, digest }): Problem[] => {
    const text = given[digests.indexOf(digest)];
    if (text === undefined || SALT.test(text)) return [];
    const message = `${file} does not begin with a salt: put a line like "salt: ${"0".repeat(8)}…" of at least 16 random hex digits first, or its text can be guessed from its digest. Then name the new digest under ${section}.`;
    return [{ code: "section-unsalted", message, at: `/files/${digests.indexOf(digest)}` }];
  });
  const missing = named.filter(({ digest }) => !digests.includes(digest) && !kept.has(digest));
  return [...strange, ...unsalted, ...missing.map(toMissing)];
}

function toStrange(digest: string, index: number, named: readonly SectionFile[]): Problem {
  const wanted = named.map((one) => `${one.file} (${one.digest})`);
  const names = wanted.length === 0 ? "it names none" : `it names ${listed(wanted)}`;
  const message = `This is no file that the policy names: it is ${digest}, and ${names}. Give the file byte for byte, or name its digest in the policy.`;
  return { code: "section-differs", message, at: `/files/${index}` };
}

function toMissing({ section, file, digest }: SectionFile): Problem {
  const message = `The policy keeps the section ${section} in ${file} (${digest}), and that file is not here: give it along, or nobody whom it is for could ever read it.`;
  return { code: "section-file-missing", message, at: "/files" };
}
