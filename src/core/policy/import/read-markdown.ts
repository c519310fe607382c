/**
 * Markdown as an outline, by the tokens of the library that prints it, so that an
 * import reads what a reader would see. HTML in it is text; comments say nothing.
 */

import MarkdownIt from "markdown-it";
import type { Block, Outline } from "./outline.ts";
import { joined, type Mark, NO_WORDS, slice, type Words, wordsAt } from "./words.ts";

const markdown = new MarkdownIt({ html: false, linkify: false });

type Token = ReturnType<typeof markdown.parse>[number];
// A long dash below a line is a heading; four spaces before one are often just an indent.
markdown.disable(["code"]);

export function readMarkdown(source: string): Outline {
  const text = withoutComments(source).replace(/<br\s{0,3}\/?>/gi, (found) =>
    " ".repeat(found.length),
  );
  const { body, head } = frontMatter(text);
  const lines = text.split("\n");
  const blocks: Block[] = [...head];
  const reading: Reading = { lines, blocks, depth: 0, ordered: [], row: undefined, line: 0 };
  for (const [i, token] of tokensOf(body).entries()) take(token, reading, i);
  return { blocks, findings: [] };
}

/** Deep nesting is no prose: the library would go as deep. */
function tokensOf(body: string): readonly Token[] {
  const shallow = body.replace(/^(?:[>\s]{40,})/gm, (found) => found.replace(/>/g, " "));
  return markdown.parse(shallow, {});
}

type Reading = {
  readonly lines: readonly string[];
  readonly blocks: Block[];
  depth: number;
  ordered: boolean[];
  row: Words[] | undefined;
  line: number;
  /** What the next inline text is, and how far into its line the last cell went. */
  inside?:
    | { readonly kind: "heading"; readonly level: number }
    | { readonly kind: "item" }
    | undefined;
  column?: number;
};

function take(token: Token, reading: Reading, _: number): void {
  if (token.map) {
    reading.line = token.map[0];
    reading.column = 0;
  }
  switch (token.type) {
    case "heading_open":
      reading.inside = { kind: "heading", level: Number(token.tag.slice(1)) };
      return;
    case "bullet_list_open":
    case "ordered_list_open":
      reading.ordered.push(token.type === "ordered_list_open");
      return;
    case "bullet_list_close":
    case "ordered_list_close":
      reading.ordered.pop();
      return;
    case "list_item_open":
      reading.inside = { kind: "item" };
      return;
    case "list_item_close":
      reading.inside = undefined;
      return;
    case "table_open":
      reading.blocks.push({ kind: "table", rows: [] });
      return;
    case "tr_open":
      reading.row = [];
      return;
    case "tr_close":
      closeRow(reading);
      return;
    case "fence":
    case "code_block":
      reading.blocks.push({ kind: "code", words: rawWords(token.content, reading) });
      return;
    case "inline":
      inline(token, reading);
  }
}

function closeRow(reading: Reading): void {
  const table = reading.blocks.at(-1);
  if (table?.kind === "table" && reading.row)
    (table.rows as (readonly Words[])[]).push(reading.row);
  reading.row = undefined;
}

function inline(token: Token, reading: Reading): void {
  const words = inlineWords(token, reading);
  if (reading.row) {
    reading.row.push(words);
    return;
  }
  if (words.text === "") return;
  const { inside } = reading;
  if (inside?.kind === "heading") {
    reading.blocks.push({
      kind: "heading",
      level: inside.level,
      words: slice(words, 0, words.text.replace(/[¶\s]+$/, "").length),
    });
    reading.inside = undefined;
  } else if (inside?.kind === "item") {
    const depth = Math.max(0, reading.ordered.length - 1);
    reading.blocks.push({ kind: "item", depth, ordered: reading.ordered.at(-1) ?? false, words });
    reading.inside = undefined;
  } else if (isBoldLine(token) && reading.ordered.length === 0) {
    reading.blocks.push({
      kind: "heading",
      level: 6,
      words: { text: words.text, spots: words.spots },
    });
  } else if (reading.ordered.length > 0) {
    addToItem(reading, words);
  } else reading.blocks.push({ kind: "paragraph", words });
}

/** A further paragraph of an entry belongs to it. */
function addToItem({ blocks }: Reading, words: Words): void {
  const last = blocks.at(-1);
  if (last?.kind !== "item") blocks.push({ kind: "paragraph", words });
  else blocks[blocks.length - 1] = { ...last, words: joined([last.words, words], " ") };
}

/** A paragraph that is bold from end to end stands for a heading. */
function isBoldLine({ children }: Token): boolean {
  const kinds = (children ?? []).filter(({ type, content }) => type !== "text" || content !== "");
  return (
    kinds.length >= 3 &&
    kinds[0]?.type === "strong_open" &&
    kinds.at(-1)?.type === "strong_close" &&
    kinds.filter(({ type }) => type === "strong_open").length === 1
  );
}

/** The letters of an inline text, each piece found again in its line. */
function inlineWords(token: Token, reading: Reading): Words {
  const pieces: Words[] = [];
  const marks: Mark[] = [];
  const open: { readonly from: number; readonly close: string; readonly mark: string }[] = [];
  let length = 0;
  const add = (text: string): void => {
    if (text === "") return;
    pieces.push(locate(text, reading));
    length += text.length;
  };
  for (const child of token.children ?? []) {
    const [mark, close] = MARKS[child.type] ?? [];
    if (child.type === "link_open") {
      open.push({ from: length, mark: "[", close: `](${child.attrGet("href") ?? ""})` });
    } else if (mark !== undefined && close !== undefined) open.push({ from: length, mark, close });
    else if (child.type.endsWith("_close")) {
      const one = open.pop();
      if (one && length > one.from)
        marks.push({ from: one.from, to: length, open: one.mark, close: one.close });
    } else if (child.type === "softbreak" || child.type === "hardbreak") {
      add(" ");
      reading.line += 1;
      reading.column = 0;
    } else if (child.type === "code_inline") {
      marks.push({ from: length, to: length + child.content.length, open: "`", close: "`" });
      add(child.content);
    } else add(child.type === "image" ? child.content : child.content);
  }
  const all = joined(pieces, "");
  return slice({ ...all, marks }, 0);
}

const MARKS: Readonly<Record<string, readonly [string, string]>> = {
  strong_open: ["**", "**"],
  em_open: ["*", "*"],
};

function locate(text: string, reading: Reading): Words {
  const line = reading.lines[reading.line] ?? "";
  const found = text.trim() === "" ? -1 : line.indexOf(text, reading.column ?? 0);
  const column = found < 0 ? (reading.column ?? 0) : found;
  if (found >= 0) reading.column = found + text.length;
  return wordsAt(text, reading.line + 1, column + 1);
}

const rawWords = (text: string, { line }: Reading): Words => {
  const rows = text.split("\n").map((row, i) => wordsAt(row, line + 2 + i, 1));
  return rows.length === 0 ? NO_WORDS : joined(rows, "\n");
};

/** Comments as blanks, so that everything after them stays where it is. */
export function withoutComments(text: string): string {
  let out = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("<!--", from);
    const end = start < 0 ? -1 : text.indexOf("-->", start + 4);
    if (end < 0) return out + text.slice(from);
    out += text.slice(from, start) + text.slice(start, end + 3).replace(/[^\n]/g, " ");
    from = end + 3;
  }
}

/** What stands between `---` above the text, as lines of their own. */
function frontMatter(text: string): { readonly body: string; readonly head: readonly Block[] } {
  const end = text.startsWith("---\n") ? text.indexOf("\n---", 4) : -1;
  if (end < 0 || end > 4_000) return { body: text, head: [] };
  const inside = text.slice(4, end).split("\n");
  const head = inside
    .map((line, i) => slice(wordsAt(line, i + 2, 1), 0))
    .filter(({ text: said }) => said !== "")
    .map((words): Block => ({ kind: "paragraph", words }));
  const gone = text.slice(0, end + 4).replace(/[^\n]/g, " ");
  return { body: gone + text.slice(end + 4), head };
}
