/**
 * The draft as YAML: each item with the sentence it was made of, and its line, in a
 * comment above it.
 */

import { Document, isMap, isNode, isPair, isScalar, isSeq, type Node, Scalar } from "yaml";
import type { Draft } from "./draft.ts";
import { placeIn, shown } from "./words.ts";

const WIDTH = 100;

export function writeDraft(draft: Draft, lineCount: number): string {
  const document = new Document(draft.policy, { aliasDuplicateObjects: false });
  const { contents } = document;
  if (isNode(contents)) shape(contents, "");
  for (const [pointer, text] of commentsOf(draft)) comment(document, pointer, text);
  document.commentBefore = [
    " A draft, made from a text of " +
      `${lineCount} lines. Above each item stands the line that it was made of.`,
    " `undecided` and {{…}} are questions to you: nothing was made up in their place.",
  ].join("\n");
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: true });
}

/** Short mappings and lists in one line, prose as it reads. */
function shape(node: Node, key: string): void {
  if (isScalar(node) && typeof node.value === "string" && key === "text")
    node.type = Scalar.BLOCK_LITERAL;
  if (isSeq(node)) {
    const isFlat = node.items.every((item) => isScalar(item) || isSeq(item));
    if (INLINE.has(key) && isFlat) node.flow = true;
    for (const item of node.items) if (isNode(item)) shape(item, key);
  }
  if (!isMap(node)) return;
  const isSmall = JSON.stringify(node).length < 70 && !["", "phases", "roles"].includes(key);
  if (ONE_LINE.has(key) || (node.has("count") && node.has("unit")) || (key === "all" && isSmall))
    node.flow = true;
  for (const pair of node.items) {
    if (!isPair(pair) || !isNode(pair.value) || !isScalar(pair.key)) continue;
    const name = String(pair.key.value);
    if (name === "when" && JSON.stringify(pair.value).length < 60 && isMap(pair.value))
      pair.value.flow = true;
    shape(pair.value, name);
  }
}

const ONE_LINE = new Set([
  "within",
  "from",
  "review-target",
  "fact",
  "suspected",
  "confirmed",
  "remediations",
  "transparencyReport",
  "holds",
]);
const INLINE = new Set([
  "severity",
  "severities",
  "contents",
  "by",
  "sets",
  "is",
  "channel",
  "mon",
  "tue",
  "wed",
  "thu",
  "fri",
  "sat",
  "sun",
]);

function* commentsOf({ origins, notes, drafted }: Draft): Generator<readonly [string, string]> {
  const done = new Set<string>();
  for (const [i, { sources }] of drafted.entries()) {
    done.add(`/clauses/${i}`);
    done.add(`/clauses/${i}/within`);
    const lines = sources.map(({ words, open }) => {
      const doubts = open.map((one) => DOUBTS[one]).filter(Boolean);
      return `line ${placeIn(words).line}: "${shown(words.text, 84)}"${doubts.length > 0 ? ` (${doubts.join("; ")})` : ""}`;
    });
    yield [`/clauses/${i}`, [...new Set(lines)].slice(0, 4).join("\n ")];
  }
  for (const [pointer, note] of notes) {
    done.add(pointer);
    yield [pointer, note];
  }
  for (const [pointer, words] of origins) {
    if (
      done.has(pointer) ||
      words.text === "" ||
      /^\/(?:sections|criteria|title)/.test(pointer) ||
      /\/criteria\//.test(pointer)
    )
      continue;
    yield [pointer, `line ${placeIn(words).line}: "${shown(words.text, 84)}"`];
  }
}

const DOUBTS: Readonly<Record<string, string>> = {
  anchor: "from when it counts is not said: the earliest",
  duty: "what is owed is read from what stands around it",
  usual: "said as usual or aimed at",
  span: "the end of the span",
  every: "again and again",
};

function comment(document: Document, pointer: string, text: string): void {
  const path = pointer
    .slice(1)
    .split("/")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const key = path.at(-1);
  const said = ` ${text.replace(/[^\S\n]+/g, " ")}`;
  const parent = document.getIn(path.slice(0, -1), true);
  if (typeof key === "number" && isSeq(parent)) {
    const item = parent.items[key];
    if (isNode(item)) item.commentBefore = said;
  } else if (isMap(parent)) {
    const pair = parent.items.find((one) => isScalar(one.key) && one.key.value === key);
    if (pair && isScalar(pair.key)) pair.key.commentBefore = said;
  }
}
