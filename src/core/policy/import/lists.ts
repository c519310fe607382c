/**
 * Lists in prose: what stands in entries below a heading or a lead-in line, and what
 * one sentence counts up between commas.
 */

import { type Block, labelOf, plainTitle, type Titled, titled } from "./outline.ts";
import { joined, sentencesOf, slice, type Words } from "./words.ts";

export type Named = { readonly name: Words; readonly body: Words };

const LIST_MAX = 2_000;

/** A sentence's list, `A, B, C, and D`, from `from` on. */
export function counted(words: Words, from: number): readonly Words[] {
  const text = words.text.slice(from, from + LIST_MAX).replace(/[.:;]{1,8}$/, "");
  const parts = [...text.matchAll(/\s*[,;]\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?=[^,;]*$)/g)];
  const cuts = [
    ...parts.map(({ index, 0: by }) => [index, index + by.length] as const),
    [text.length, text.length] as const,
  ];
  let at = 0;
  const found: Words[] = [];
  for (const [end, next] of cuts) {
    const piece = slice(words, from + at, from + end);
    if (piece.text !== "") found.push(piece);
    at = next;
  }
  return found;
}

/** Entries right below a paragraph or heading that `leads` to them. */
export function entriesAfter(
  blocks: readonly Block[],
  leads: (text: string, title: string) => boolean,
): readonly Words[] {
  let title = "";
  let isOpen = false;
  const found: Words[] = [];
  for (const block of blocks) {
    if (block.kind === "item") {
      if (isOpen) found.push(...inOneLine(block.words));
      continue;
    }
    if (found.length > 0) return found;
    if (block.kind === "heading") title = plainTitle(block.words.text);
    if (block.kind === "heading" || block.kind === "paragraph")
      isOpen = leads(block.words.text, title);
  }
  return found;
}

/** Entries that stand in one line, as a copied page has them: `- A. - B. - C.` */
export function inOneLine(words: Words): readonly Words[] {
  const seams = [...words.text.matchAll(/(?<=[.;:])\s+-\s+(?=[A-Z])/g)];
  if (seams.length === 0) return [words];
  const cuts = [0, ...seams.map(({ index }) => index), words.text.length];
  return cuts
    .slice(1)
    .map((to, i) =>
      slice(words, (cuts[i] ?? 0) + (i === 0 ? 0 : (seams[i - 1]?.[0].length ?? 0)), to),
    );
}

/** Entries and headings that name something and say something of it, group by group. */
export function namedGroups(
  blocks: readonly Block[],
): readonly { readonly title: string; readonly members: readonly Named[] }[] {
  const groups: { title: string; members: Named[] }[] = [];
  const sections = titled(blocks);
  for (const [i, { title, level, body }] of sections.entries()) {
    const text = plainTitle(title.text);
    let items: Named[] = [];
    for (const block of body) {
      if (
        block.kind === "item" &&
        block.depth === Math.min(...body.map((one) => (one.kind === "item" ? one.depth : 99)))
      )
        items.push(namedOf(block.words));
      else if (block.kind === "item") grow(items, block.words);
      else if (items.length > 0 && block.kind === "paragraph" && items.length < 2)
        grow(items, block.words);
      else if (items.length > 0) items = close(groups, text, items);
    }
    close(groups, text, items);
    const below = sections.slice(i + 1, i + 1 + run(sections, i, level));
    const children = below.filter(
      (one) => one.level === Math.min(...below.map((other) => other.level)),
    );
    if (level > 0 && children.length > 1)
      groups.push({
        title: text,
        members: children.map((one) => ({
          name: plainWords(one.title),
          body: bodyOf(sections, one),
        })),
      });
  }
  return groups;
}

function run(sections: readonly Titled[], at: number, level: number): number {
  const next = sections.findIndex((one, i) => i > at && one.level <= level);
  return (next < 0 ? sections.length : next) - at - 1;
}

function close(
  groups: { title: string; members: Named[] }[],
  title: string,
  items: Named[],
): Named[] {
  if (items.length > 0) groups.push({ title, members: items });
  return [];
}

function grow(items: Named[], words: Words): void {
  const last = items.pop();
  if (last) items.push({ name: last.name, body: joined([last.body, words], " ") });
}

export function namedOf(words: Words): Named {
  const label = labelOf(words.text);
  if (label === undefined) return { name: words, body: { text: "", spots: [] } };
  return { name: plainWords(slice(words, 0, label.label.length)), body: slice(words, label.from) };
}

export function plainWords(words: Words): Words {
  const plain = plainTitle(words.text);
  const from = Math.max(0, words.text.indexOf(plain));
  return slice({ text: words.text, spots: words.spots }, from, from + plain.length);
}

/** All that stands below a heading, headings within it and all. */
function bodyOf(sections: readonly Titled[], one: Titled): Words {
  const at = sections.indexOf(one);
  const inner = sections.slice(at, at + 1 + run(sections, at, one.level));
  const parts = inner.flatMap(({ body }) =>
    body.flatMap((block) =>
      block.kind === "table" || block.kind === "code" ? [] : [sentence(block.words)],
    ),
  );
  const { text, spots } = joined(parts, " ");
  return { text, spots };
}

/** An entry without a stop ends where the next begins. */
const sentence = ({ text, spots }: Words): Words => ({
  text: /[.!?:;,]$/.test(text) ? text : `${text}.`,
  spots,
});

/** Every sentence outside code and tables, with the heading it stands under. */
export function* sentencesUnder(
  blocks: readonly Block[],
): Generator<{ readonly words: Words; readonly title: string }> {
  let title = "";
  for (const block of blocks) {
    if (block.kind === "heading") title = plainTitle(block.words.text);
    if (block.kind !== "paragraph" && block.kind !== "item") continue;
    const label = block.kind === "item" ? labelOf(block.words.text) : undefined;
    const isName =
      label !== undefined && label.label.length < 40 && label.label.split(" ").length < 5;
    for (const words of sentencesOf(isName ? slice(block.words, label.from) : block.words))
      yield { words, title };
  }
}
