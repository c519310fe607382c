/** Prose text: written text in its stretches, without a parser of Markdown. */

export type Stretch = { readonly kind: "text" | "code"; readonly text: string };
export type Piece = { readonly kind: "text" | "code" | "link"; readonly text: string };

/** Text and fenced blocks in turn; a fence that is never closed runs to the end. */
export function stretches(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let lines: string[] = [];
  let inCode = false;
  const finish = (): void => {
    const joined = lines.join("\n").replace(/^\n+|\n+$/g, "");
    if (joined !== "") found.push({ kind: inCode ? "code" : "text", text: joined });
    lines = [];
  };
  for (const line of text.split("\n")) {
    if (line.trimStart().startsWith("```")) {
      finish();
      inCode = !inCode;
    } else lines.push(line);
  }
  finish();
  return found;
}

/** Backticked words and web addresses told apart from the rest. */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/`([^`\n]+)`|https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]]/g)) {
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    found.push(
      match[1] === undefined ? { kind: "link", text: match[0] } : { kind: "code", text: match[1] },
    );
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}
