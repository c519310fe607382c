/**
 * HTML as an outline: parsed as a browser would, and never run. Scripts, styles,
 * frames and what is only for machines are left out, and that they were there is said.
 */

import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { type Found, found } from "./finding.ts";
import type { Block, Outline } from "./outline.ts";
import { readCarried } from "./read-carried.ts";
import { folded, joined, type Mark, slice, type Words, wordsAt } from "./words.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const ACTIVE = new Set(["script", "iframe", "object", "embed", "applet", "frame"]);
const SILENT = new Set([
  "style",
  "template",
  "noscript",
  "svg",
  "math",
  "nav",
  "select",
  "button",
  "input",
  "textarea",
  "head",
  "title",
]);
const INLINE = new Set([
  "a",
  "abbr",
  "b",
  "bdi",
  "bdo",
  "cite",
  "code",
  "data",
  "del",
  "dfn",
  "em",
  "font",
  "i",
  "ins",
  "kbd",
  "label",
  "mark",
  "q",
  "s",
  "samp",
  "small",
  "span",
  "strong",
  "strike",
  "sub",
  "sup",
  "time",
  "tt",
  "u",
  "var",
  "wbr",
  "img",
]);

/** Deeper than any page is: what stands deeper is read as one text. */
const DEPTH_MAX = 200;

export function readHtml(text: string): Outline {
  const document = parse(text, { sourceCodeLocationInfo: true });
  // Links within a page lead nowhere in a draft, but where they name its promises.
  const isOurs = /\sdata-clause=/.test(text);
  const reading = blank(isOurs);
  walk(document.childNodes, reading, 0);
  flush(reading);
  for (const [name, at] of reading.active) {
    const message = `A <${name}> stands in the page: it was left out, and nothing of it was run.`;
    reading.findings.push({ ...found("html-active", "warn", message), ...at });
  }
  return {
    blocks: reading.blocks,
    findings: reading.findings,
    ...(reading.title === undefined ? {} : { title: reading.title }),
    ...(isOurs ? { carried: readCarried(document, (node) => blocksIn(node, isOurs)) } : {}),
  };
}

const blank = (isOurs: boolean): Reading => ({
  blocks: [],
  findings: [],
  active: new Map(),
  isOurs,
  run: [],
});

function blocksIn({ childNodes }: Element, isOurs: boolean): readonly Block[] {
  const reading = blank(isOurs);
  walk(childNodes, reading, 0);
  flush(reading);
  return reading.blocks;
}

type Reading = {
  readonly blocks: Block[];
  readonly findings: Found[];
  readonly active: Map<string, { line: number; column: number }>;
  readonly isOurs: boolean;
  title?: Words;
  /** Inline text that belongs to the block under way. */
  run: Words[];
  item?: { readonly depth: number; readonly ordered: boolean } | undefined;
};

function walk(nodes: readonly Node[], reading: Reading, depth: number): void {
  for (const node of nodes) {
    if ("tagName" in node) element(node, reading, depth);
    else if ("value" in node) reading.run.push(textWords(node));
  }
}

function element(node: Element, reading: Reading, depth: number): void {
  const { tagName } = node;
  if (tagName === "head") return head(node, reading);
  if (ACTIVE.has(tagName)) {
    const { startLine: line = 1, startCol: column = 1 } = node.sourceCodeLocation ?? {};
    if (!reading.active.has(tagName)) reading.active.set(tagName, { line, column });
    return;
  }
  if (SILENT.has(tagName) || isHidden(node)) return;
  if (INLINE.has(tagName) || depth > DEPTH_MAX)
    return void reading.run.push(inlineWords(node, reading));
  // Lines of a paragraph are lines of their own; in an entry they belong together.
  if (tagName === "br" && reading.item) return void reading.run.push(spaceAt(node));
  flush(reading);
  const heading = /^h([1-6])$/.exec(tagName);
  if (heading) {
    const words = folded(inlineWords(node, reading));
    const plain = slice(
      { text: words.text, spots: words.spots },
      0,
      words.text.replace(/[¶#\s]+$/, "").length,
    );
    if (plain.text !== "")
      reading.blocks.push({ kind: "heading", level: Number(heading[1]), words: plain });
  } else if (tagName === "table") table(node, reading);
  else if (tagName === "pre") {
    const words = inlineWords(node, reading);
    if (words.text.trim() !== "") reading.blocks.push({ kind: "code", words });
  } else if (tagName === "li" || tagName === "dd") item(node, reading, depth);
  else if (tagName === "dt") term(node, reading);
  else walk(node.childNodes, reading, depth + 1);
  flush(reading);
}

function head(node: Element, reading: Reading): void {
  for (const child of node.childNodes) {
    if (!("tagName" in child)) continue;
    if (child.tagName === "title") reading.title = folded(inlineWords(child, reading));
    else if (ACTIVE.has(child.tagName)) element(child, reading, 0);
  }
}

function item(node: Element, reading: Reading, depth: number): void {
  const lists = ancestors(node).filter((name) => name === "ul" || name === "ol");
  const before = reading.item;
  reading.item = { depth: Math.max(0, lists.length - 1), ordered: lists[0] === "ol" };
  walk(node.childNodes, reading, depth + 1);
  flush(reading);
  reading.item = before;
}

/** A term names what is said after it. */
function term(node: Element, reading: Reading): void {
  const words = folded(inlineWords(node, reading));
  if (words.text !== "") reading.blocks.push({ kind: "heading", level: 6, words });
}

function table(node: Element, reading: Reading): void {
  const rows: Words[][] = [];
  /** Cells of rows above that reach down, by column. */
  const down = new Map<number, { left: number; words: Words }>();
  for (const row of rowsOf(node)) {
    const cells: Words[] = [];
    const fill = (): void => {
      for (
        let above = down.get(cells.length);
        above && above.left > 0 && cells.length < COLUMNS_MAX;
        above = down.get(cells.length)
      ) {
        above.left -= 1;
        cells.push(above.words);
      }
    };
    for (const cell of row.childNodes) {
      if (!("tagName" in cell) || !/^t[hd]$/.test(cell.tagName)) continue;
      fill();
      const words = folded(inlineWords(cell, reading));
      const rowspan = span(cell, "rowspan");
      for (let i = span(cell, "colspan"); i > 0 && cells.length < COLUMNS_MAX; i -= 1) {
        if (rowspan > 1) down.set(cells.length, { left: rowspan - 1, words });
        cells.push(words);
      }
    }
    fill();
    if (cells.some(({ text }) => text !== "")) rows.push(cells);
  }
  if (rows.length > 0) reading.blocks.push({ kind: "table", rows });
}

function* rowsOf(node: Element, depth = 0): Generator<Element> {
  for (const child of node.childNodes) {
    if (!("tagName" in child)) continue;
    if (child.tagName === "tr") yield child;
    else if (/^t(?:head|body|foot)$/.test(child.tagName) && depth < 2)
      yield* rowsOf(child, depth + 1);
  }
}

const SPAN_MAX = 40;
const COLUMNS_MAX = 30;
const span = (node: Element, name: string): number =>
  Math.min(Math.max(Number(attribute(node, name) ?? 1) || 1, 1), SPAN_MAX);

/** Everything that an element says, without going deep by the stack. */
function inlineWords(node: Element, { isOurs }: Pick<Reading, "isOurs">): Words {
  const parts: Words[] = [];
  const marks: Mark[] = [];
  let length = 0;
  const put = (words: Words): void => {
    parts.push(words);
    length += words.text.length;
  };
  const stack: (
    | Node
    | { readonly end: true; readonly from: number; readonly mark: readonly [string, string] }
  )[] = [node];
  while (stack.length > 0) {
    const next = stack.pop();
    if (next === undefined) break;
    if ("end" in next) {
      const [open, close] = next.mark;
      if (length > next.from) marks.push({ from: next.from, to: length, open, close });
      continue;
    }
    if ("value" in next) put(textWords(next));
    if (
      !("tagName" in next) ||
      ACTIVE.has(next.tagName) ||
      (next !== node && SILENT.has(next.tagName) && next.tagName !== "title")
    )
      continue;
    if (!INLINE.has(next.tagName) && next !== node) put(spaceAt(next));
    const mark = markOf(next, isOurs);
    if (mark) stack.push({ end: true, from: length, mark });
    for (let i = next.childNodes.length - 1; i >= 0; i -= 1) {
      const child = next.childNodes[i];
      if (child) stack.push(child);
    }
  }
  return { ...joined(parts, ""), marks };
}

function markOf(node: Element, isOurs: boolean): readonly [string, string] | undefined {
  if (node.tagName === "strong" || node.tagName === "b") return ["**", "**"];
  if (node.tagName === "em" || node.tagName === "i") return ["*", "*"];
  if (node.tagName === "code") return ["`", "`"];
  const href = node.tagName === "a" ? attribute(node, "href") : undefined;
  const leads = isOurs ? /^(?:https?:|mailto:|#[a-z][a-z0-9-]*$)/i : /^(?:https?:|mailto:)/i;
  return href !== undefined && leads.test(href) ? ["[", `](${href})`] : undefined;
}

function flush(reading: Reading): void {
  if (reading.run.length === 0) return;
  const words = folded(joined(reading.run, ""));
  reading.run = [];
  if (words.text === "") return;
  const { item: inItem } = reading;
  const last = reading.blocks.at(-1);
  if (inItem === undefined) reading.blocks.push({ kind: "paragraph", words });
  else if (last?.kind === "item" && last.depth === inItem.depth && inItem === openItem.get(reading))
    reading.blocks[reading.blocks.length - 1] = {
      ...last,
      words: joined([last.words, words], " "),
    };
  else {
    openItem.set(reading, inItem);
    reading.blocks.push({ kind: "item", ...inItem, words });
  }
}

/** The entry that the last text went into, so that its further paragraphs follow. */
const openItem = new WeakMap<Reading, object>();

function textWords(node: DefaultTreeAdapterTypes.TextNode): Words {
  const { startLine: line = 1, startCol: column = 1 } = node.sourceCodeLocation ?? {};
  const rows = node.value.split("\n");
  return joined(
    rows.map((row, i) =>
      wordsAt(i < rows.length - 1 ? `${row}\n` : row, line + i, i === 0 ? column : 1),
    ),
    "",
  );
}

const spaceAt = ({ sourceCodeLocation }: Element): Words =>
  wordsAt(" ", sourceCodeLocation?.startLine ?? 1, sourceCodeLocation?.startCol ?? 1);

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;

const isHidden = (node: Element): boolean =>
  attribute(node, "hidden") !== undefined || attribute(node, "aria-hidden") === "true";

function ancestors(node: Element): readonly string[] {
  const names: string[] = [];
  for (
    let up = node.parentNode;
    up && names.length < DEPTH_MAX;
    up = "parentNode" in up ? up.parentNode : null
  )
    names.push(up.nodeName);
  return names;
}
