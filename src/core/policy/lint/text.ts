/**
 * Texts that are not finished: placeholders, blanks, addresses nobody reads.
 *
 * Every text of the document is looked at, wherever it stands. A field that has no
 * answer is declared absent in a sentence; a placeholder on a public page is a
 * promise that nobody made.
 */

import { absences } from "../absent.ts";
import type { Source } from "./fix.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { type Path, toPointer } from "../places.ts";

const PLACEHOLDER = new RegExp(
  [
    /\{\{[^{}\n]*\}{0,2}/,
    /\b(?:TBD|TBC|TODO|FIXME|XXX|tbd)\b/,
    /\?{3,}/,
    /\b[Ll]orem [Ii]psum\b/,
    /[<[](?:[Yy]our|[Ii]nsert|[Cc]ompany) [^<>[\]\n]*[>\]]/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

const HOST = "(?:[A-Za-z0-9-]{1,63}\\.){0,20}";
const ADDRESS = "(?:[A-Za-z0-9._%+-]{1,64}@|https?:\\/\\/)";

/** Domains kept free for examples: nobody reads mail there. */
const EXAMPLE_DOMAIN = new RegExp(`${ADDRESS}${HOST}example\\.(?:com|org|net)\\b`, "g");

/** Top-level domains that lead nowhere: right in an example policy, wrong in a real one. */
const EXAMPLE_TOP = new RegExp(`${ADDRESS}${HOST}[A-Za-z0-9-]+\\.(?:example|test|invalid)\\b`);

/** A digest in one digit: of no file that ever was. */
const NO_DIGEST = /^sha256:(.)\1{63}$/;

/** `placeholder`, `digest-placeholder`, `example-address` and `blank-text`. */
export function* textChecks(document: PolicyDocument): Generator<Found> {
  for (const { text, path } of textsIn(document.policy, [])) {
    const at = toPointer(path);
    yield* placeholders(text, path, document);
    yield* blanks(text, path, document);
    if (NO_DIGEST.test(text)) {
      const message = "This is the digest of no file: put that of the section's own here.";
      yield { code: "digest-placeholder", level: "warn", at, message };
    }
    const address = EXAMPLE_TOP.exec(text)?.[0];
    if (address !== undefined) {
      yield {
        code: "example-address",
        level: "warn",
        at,
        message:
          `"${address}" belongs to an example: put your own address here before you ` + "publish.",
        words: address,
      };
    }
  }
}

/** What nobody has written yet, in one text. */
export function* placeholders(text: string, path: Path, document: Source): Generator<Found> {
  const seen = new Map<string, number>();
  for (const [words] of [...text.matchAll(PLACEHOLDER), ...text.matchAll(EXAMPLE_DOMAIN)]) {
    const nth = seen.get(words) ?? 0;
    seen.set(words, nth + 1);
    yield {
      code: "placeholder",
      level: "block",
      at: toPointer(path),
      message: `"${words}" is a placeholder: write what belongs here, or declare it absent.`,
      words,
      nth,
      fixes: absences(document, path),
    };
  }
}

function* blanks(text: string, path: Path, document: PolicyDocument): Generator<Found> {
  // In a section, headings and comments alone say nothing either.
  const said = path.at(-1) === "text" ? text.replace(/^#.*$|<!--[\s\S]*?-->/gm, "") : text;
  if (said.trim() !== "") return;
  const message = "This text is blank: write it, or leave the field out.";
  const fixes = absences(document, path);
  yield { code: "blank-text", level: "block", at: toPointer(path), message, fixes };
}

/** Every text within a value, and the path to it. */
export function* textsIn(value: unknown, path: Path): Generator<{ text: string; path: Path }> {
  if (typeof value === "string") yield { text: value, path };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* textsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
