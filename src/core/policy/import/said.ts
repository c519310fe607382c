/**
 * Everything that a text says, piece by piece, with what stands around it: the
 * headings above, the line that a list follows from, the name of an entry, the head
 * of a table's column.
 */

import { type Block, labelOf, plainTitle, titled } from "./outline.ts";
import { severitiesIn, type SeverityRead } from "./severities.ts";
import { sentencesOf, type Words } from "./words.ts";

export type Said = {
  readonly words: Words;
  readonly kind: "sentence" | "cell";
  /** What stands around it, nearest first. */
  readonly around: readonly string[];
  /** Severities that what stands around it names; undefined where it names none. */
  readonly scope: readonly string[] | undefined;
  /** The block of the outline that it stands in. */
  readonly block: number;
  /** The list, table or paragraph that it belongs to: its neighbours have the same. */
  readonly group: number;
  /** An entry of a list, which says one thing under its heading. */
  readonly isEntry: boolean;
  /** It stands directly below the text that led to its list. */
  readonly lead?: Words;
};

export function saidIn(
  blocks: readonly Block[],
  severities: readonly SeverityRead[],
): readonly Said[] {
  const said: Said[] = [];
  for (const { title, path, body, at } of titled(blocks)) {
    const above = [title.text, ...[...path].reverse()]
      .filter((text) => text !== "")
      .map(plainTitle);
    const scope = scopeOf(above.slice(0, 2), severities);
    let lead: { readonly words: Words; readonly group: number } | undefined;
    for (const [i, block] of body.entries()) {
      const index = title.text === "" && at === 0 ? i : at + 1 + i;
      const around: Around = { above, scope, block: index };
      if (block.kind === "table") said.push(...cellsOf(block.rows, around, severities));
      else if (block.kind === "paragraph") {
        said.push(...entryOf(block.words, around, index, severities));
        lead = { words: block.words, group: index };
      } else if (block.kind === "item") {
        const within = {
          ...around,
          isEntry: true,
          ...(lead === undefined ? {} : { lead: lead.words }),
        };
        said.push(...entryOf(block.words, within, lead?.group ?? at, severities));
      }
    }
  }
  return said;
}

type Around = {
  readonly above: readonly string[];
  readonly scope: readonly string[] | undefined;
  readonly block: number;
  readonly lead?: Words;
  readonly isEntry?: boolean;
};

const scopeOf = (
  texts: readonly string[],
  severities: readonly SeverityRead[],
): readonly string[] | undefined => {
  for (const text of texts) {
    const named = text.length > 90 ? [] : severitiesIn(capitalised(text), severities);
    if (named.length > 0 && named.length < severities.length) return named;
  }
  return undefined;
};

/** Titles are written small in some texts: a severity's name is one there all the same. */
const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function entryOf(
  words: Words,
  around: Around,
  group: number,
  severities: readonly SeverityRead[],
): readonly Said[] {
  const label = labelOf(words.text);
  const leadText = around.lead === undefined ? [] : [lastSentence(around.lead)];
  const near = [...(label === undefined ? [] : [label.label]), ...leadText];
  const scope =
    scopeOf(
      // A line that leads to a list is about it; one that only stands before it may not be.
      near.filter((text) => text.length < 90 && (text === label?.label || text.endsWith(":"))),
      severities,
    ) ?? around.scope;
  return sentencesOf(words).map((sentence) => ({
    words: sentence,
    kind: "sentence",
    isEntry: around.isEntry === true,
    around: [...near, ...around.above],
    scope,
    block: around.block,
    group,
    ...(around.lead === undefined ? {} : { lead: around.lead }),
  }));
}

const lastSentence = (words: Words): string => sentencesOf(words).at(-1)?.text ?? "";

/** Each cell with the head of its column and the name of its row. */
function cellsOf(
  rows: readonly (readonly Words[])[],
  { above, scope, block }: Around,
  severities: readonly SeverityRead[],
): readonly Said[] {
  const [head = [], ...rest] = rows;
  const said: Said[] = [];
  for (const row of rest) {
    const name = row[0]?.text ?? "";
    const rowScope = scopeOf([name], severities);
    const before = new Set<Words>();
    for (const [column, cell] of row.entries()) {
      if (cell.text === "" || (column === 0 && row.length > 1) || before.has(cell)) continue;
      before.add(cell);
      const title = head[column]?.text ?? "";
      const columns = row.flatMap((one, i) => (one === cell ? [head[i]?.text ?? ""] : []));
      const own =
        rowScope ?? scopeOf(columns.length > 1 ? [columns.join(", ")] : [title], severities);
      said.push({
        words: cell,
        kind: "cell",
        isEntry: true,
        around: [title, name, ...above],
        scope: own ?? scope,
        block,
        group: block,
      });
    }
  }
  return said;
}
