/**
 * Document: what is to be printed as a PDF, as plain data.
 *
 * Nothing in it is markup: every text is printed as it stands, so whoever wrote it
 * (a customer, a mail, a stranger's report) can neither format nor run anything.
 * One document is one language, which a screen reader is told.
 */

import { ok, refuse, type Result } from "../core/problem.ts";

export type PdfDocument = {
  readonly title: string;
  /** As BCP 47 says it: `en`, `pt-BR`. */
  readonly language: string;
  /** Under the title, one line each. */
  readonly under?: readonly string[];
  readonly blocks: readonly PdfBlock[];
  /** On every page, beside the page's number: what this is, and the hash of what it shows. */
  readonly foot: string;
};

export type PdfBlock =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly quiet?: boolean }
  | { readonly kind: "list"; readonly items: readonly string[] }
  /** Labels and what stands under them, as a form has them. */
  | { readonly kind: "fields"; readonly head: PdfPair; readonly rows: readonly PdfField[] }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

type PdfPair = readonly [label: string, value: string];

export type PdfField = {
  readonly label: string;
  readonly value: string;
  /** Small, under the value: where it came from. */
  readonly note?: string;
  /** Nobody knows the value yet: printed so that it is seen. */
  readonly open?: boolean;
};

/** As much as is printed within the time that a person waits for a long list. */
const ROWS_MAX = 10_000;
const CHARACTERS_MAX = 2_000_000;
/** More columns than fit a sheet of paper upright. */
const COLUMNS_MAX = 8;

/** What the typefaces draw; the rest is said to be missing. Polytonic Greek and pictures are not drawn. */
const UNDRAWN =
  /[^\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Common}\p{sc=Inherited}]|[\u1f00-\u1fff]|(?![\0-\u25ff])\p{Extended_Pictographic}/u;

const LANGUAGE = /^([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?$/;

/**
 * The document as the typesetter takes it, or why it cannot be printed: `pdf-language`,
 * `pdf-too-large`. A table whose rows do not fit its head is a bug of ours and throws.
 */
export function toInput(document: PdfDocument): Result<string> {
  const [, lang, region] = LANGUAGE.exec(document.language) ?? [];
  if (lang === undefined)
    return refuse(
      "pdf-language",
      `A PDF needs a language such as en or pt-BR, not ${JSON.stringify(document.language.slice(0, 20))}.`,
    );
  const rows = document.blocks.reduce((sum, block) => sum + rowsOf(block), 0);
  const text = JSON.stringify(document, printable);
  const drawn = { under: document.under ?? [], lang, region, undrawn: UNDRAWN.test(text) };
  const input = JSON.stringify({ ...document, ...drawn }, printable);
  if (rows > ROWS_MAX || input.length > CHARACTERS_MAX)
    return refuse(
      "pdf-too-large",
      `This has ${rows} rows and ${input.length} characters; a PDF takes ${ROWS_MAX} and ${CHARACTERS_MAX}. Take the JSON instead.`,
    );
  return ok(input);
}

function rowsOf(block: PdfBlock): number {
  if (block.kind === "list") return block.items.length;
  if (block.kind === "fields") return block.rows.length;
  if (block.kind !== "table") return 1;
  const columns = block.head.length;
  if (columns === 0 || columns > COLUMNS_MAX || block.rows.some((row) => row.length !== columns))
    throw new Error(`a table of ${columns} columns has rows that do not fit it`);
  return block.rows.length;
}

/** Control characters and half surrogates have no glyph and no place in a PDF's text. */
const printable = (_: string, value: unknown): unknown =>
  typeof value === "string"
    ? value.replace(/\r\n?/g, "\n").replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, "\uFFFD")
    : value;
