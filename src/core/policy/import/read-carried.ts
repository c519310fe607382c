/**
 * What a page of ours says for machines (core/policy/carried.ts), item by item, in the order
 * of the page. Items hold no items: each element is looked at once, however deep a page is.
 */

import type { DefaultTreeAdapterTypes } from "parse5";
import { CARRIED, type CarriedName } from "../carried.ts";
import type { Block, Carried, CarriedRead } from "./outline.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const NAMES = Object.keys(CARRIED) as readonly CarriedName[];

export function readCarried(
  document: Node,
  blocksIn: (node: Element) => readonly Block[],
): Carried {
  const items: CarriedRead[] = [];
  let rest = "";
  for (const [node, skip] of elements(document)) {
    rest = attribute(node, "data-policy") ?? rest;
    const name = NAMES.find((one) => attribute(node, `data-${one}`) !== undefined);
    if (name === undefined) continue;
    skip();
    const { startLine: line = 1, startCol: column = 1 } = node.sourceCodeLocation ?? {};
    const yaml = attribute(node, `data-${name}`) ?? "";
    const blocks = name === "section" ? blocksIn(node) : [];
    items.push({
      name,
      id: attribute(node, "id"),
      yaml,
      texts: textsIn(node),
      blocks,
      line,
      column,
    });
  }
  return { items, rest };
}

/** What is marked below `node`, by key, in its order. */
function textsIn(node: Element): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  for (const [one, skip] of elements(node)) {
    const key = attribute(one, "data-is");
    if (key === undefined) continue;
    skip();
    const told = texts.get(key) ?? [];
    told.push(textOf(one));
    texts.set(key, told);
  }
  return texts;
}

/** Every element below, in the page's order; what is skipped is not gone into. */
function* elements(root: Node): Generator<readonly [Element, () => void]> {
  const stack: Node[] = "childNodes" in root ? root.childNodes.toReversed() : [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (!("tagName" in next)) continue;
    let isSkipped = false;
    yield [next, () => void (isSkipped = true)];
    if (!isSkipped) for (const child of next.childNodes.toReversed()) stack.push(child);
  }
}

function textOf(node: Element): string {
  let text = "";
  const stack: Node[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ("value" in next) text += next.value;
    if ("childNodes" in next) stack.push(...next.childNodes.toReversed());
  }
  return text.replace(/\s+/g, " ").trim();
}

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((one) => one.name === name)?.value;
