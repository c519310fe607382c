/**
 * What is said about a text that is not the YAML a policy is written in.
 *
 * The library's own words name its parts ("implicit map key"); these name what
 * the author did and what to do instead. Where one code has several causes, the
 * sentence names the likeliest.
 */

import type { CST, ErrorCode, YAMLError } from "yaml";

/** What to say of a token that YAML has and a policy does not; undefined for all others. */
export function refusedSyntax(kind: CST.TokenType | null, source: string): string | undefined {
  switch (kind) {
    case "anchor":
      return (
        `"${source}" gives a place a name to be repeated by: write things out where they ` +
        "are needed."
      );
    case "alias":
      return (
        `"${source}" repeats another place: write it out, so that every promise has its ` +
        "own line."
      );
    case "tag":
      return `The tag "${source}" has no meaning in a policy: remove it, and put text in quotes.`;
    case "directive-line":
      return `The directive "${source}" has no meaning in a policy: remove the line.`;
    default:
      return undefined;
  }
}

/** Whether the text ends inside quotes; the library then complains about the text's end. */
export const isOpenQuote = ({ code, message }: YAMLError): boolean =>
  code === "MISSING_CHAR" && message.includes("quote");

/** What to say of a fault of syntax. */
export const syntaxMessage = (error: YAMLError): string =>
  isOpenQuote(error) ? "This quote is never closed: close it." : SYNTAX[error.code];

const OUT_OF_PLACE =
  "This does not belong here: put the whole text in quotes, or start a new line.";
const NAMED = "A policy repeats nothing by name: write it out.";

const SYNTAX: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: NAMED,
  BAD_ALIAS: NAMED,
  MULTIPLE_ANCHORS: NAMED,
  MULTIPLE_TAGS: "A policy has no tags: remove them.",
  TAG_RESOLVE_FAILED: "A policy has no tags: remove it.",
  BAD_COLLECTION_TYPE: "A policy has no tags: remove it.",
  BAD_PROP_ORDER: OUT_OF_PLACE,
  BAD_DIRECTIVE: "A line that starts with % has no meaning in a policy: remove it.",
  BAD_DQ_ESCAPE:
    'In double quotes a backslash starts an escape that YAML knows: write "\\\\" for a ' +
    "backslash, or use single quotes.",
  BAD_INDENT:
    "The indentation does not fit: line this up with its neighbours, or close the " +
    "bracket that is open above.",
  BAD_SCALAR_START: "Text may not start with this character: put it in quotes.",
  BLOCK_AS_IMPLICIT_KEY:
    'A second ": " or a deeper line follows a value: put the value in quotes, or give ' +
    "the key its own line.",
  BLOCK_IN_FLOW: "Inside brackets everything stays in brackets: close them first.",
  DUPLICATE_KEY: "This key stands here a second time: keep one of the two.",
  IMPOSSIBLE: OUT_OF_PLACE,
  KEY_OVER_1024_CHARS: "No key is this long: a colon or a quote is misplaced.",
  MISSING_CHAR:
    'Something is missing here: ": " after a key, a space after "-", or a closing bracket.',
  MULTILINE_IMPLICIT_KEY:
    'This is not "key: value": put a space after the colon, or the text in quotes.',
  MULTIPLE_DOCS: 'A policy is one document: remove the "---".',
  NON_STRING_KEY: "A list or a mapping cannot be a key: write a word.",
  RESOURCE_EXHAUSTION: "This is nested too deep to be read.",
  TAB_AS_INDENT: "A tab stands in the indentation: use spaces.",
  UNEXPECTED_TOKEN: OUT_OF_PLACE,
};
