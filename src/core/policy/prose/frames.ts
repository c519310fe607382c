/** Prose frames: lists, quotations and tables, opened and closed as the blocks in them come. */

import type { Frame } from "./blocks.ts";
import type { Pair } from "./pairs.ts";

type Open = {
  readonly frames: Set<Frame>;
  readonly tag: Frame["tag"];
  /** Whether the rows below a table's head have begun. */
  hasBody?: true;
};

export function openFrames() {
  const open: Open[] = [];
  let html = "";
  const closeTo = (depth: number): void => {
    while (open.length > depth) {
      const { tag, hasBody } = open.pop() as Open;
      if (hasBody) html += "</tbody>";
      html += tag === "table" ? "</table></div>" : `</${tag}>`;
    }
  };
  const beginBody = (): void => {
    const table = open.at(-1);
    if (table?.tag !== "table" || table.hasBody) return;
    html += "<tbody>";
    table.hasBody = true;
  };
  /** Leaves what `frames` is not in, and stays in the rest of it. */
  const leave = (frames: readonly Frame[]): void => {
    let depth = 0;
    while (depth < open.length && isIn(open[depth] as Open, frames[depth])) depth += 1;
    closeTo(depth);
  };
  const goInto = (frames: readonly Frame[]): void => {
    leave(frames);
    for (const frame of frames.slice(open.length)) {
      html += opening(frame);
      open.push({ frames: new Set([frame]), tag: frame.tag });
    }
  };
  return {
    enter({ was, is }: Pair): void {
      goInto((is ?? was)?.frames ?? []);
      for (const [depth, { frames: known, tag }] of open.entries())
        for (const side of [was, is]) {
          const frame = side?.frames[depth];
          if (frame?.tag === tag) known.add(frame);
        }
    },
    write(text: string): void {
      if (text.startsWith("<tr>")) beginBody();
      html += text;
    },
    /** Told in the table or list where all of it stands in one, else between the paragraphs. */
    fold(hidden: readonly Required<Pair>[], next: Pair | undefined, columns: number): void {
      const frames = hidden[0]?.is.frames ?? [];
      const list = frames.findLastIndex(({ tag }) => LISTS.has(tag));
      const around = frames[list];
      const isWithin =
        around !== undefined &&
        (open.some(({ frames: known }) => known.has(around)) ||
          [next?.is, next?.was].some((block) => block?.frames.includes(around))) &&
        hidden.every(({ is }) => is.frames[list] === around);
      goInto(isWithin ? frames.slice(0, list + 1) : []);
      const many = (one: string): string =>
        `[… ${hidden.length} unchanged ${one}${hidden.length === 1 ? "" : "s"} …]`;
      if (!isWithin) html += `<p class="gap">${many("paragraph")}</p>`;
      else if (around.tag === "table") {
        beginBody();
        html += `<tr class="gap"><td colspan="${columns}">${many("row")}</td></tr>`;
      } else html += `<li class="gap">${many("item")}</li>`;
    },
    end(): string {
      closeTo(0);
      return html;
    },
  };
}

const LISTS: ReadonlySet<string> = new Set(["ul", "ol", "table"]);

/** An item and a table are left for the next of their kind; a list goes on. */
const isIn = ({ frames, tag }: Open, frame: Frame | undefined): boolean =>
  frame?.tag === tag && ((tag !== "li" && tag !== "table") || frames.has(frame));

function opening({ tag, number }: Frame): string {
  if (tag === "table")
    return '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>';
  return number === undefined ? `<${tag}>` : `<${tag} value="${number}">`;
}
