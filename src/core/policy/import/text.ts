/** Whether a text can be read as prose: its size, its encoding, and that it is one. */

import type { Problem } from "../../problem.ts";

/** A long policy has 60 kB. What is far longer is something else, or more than one. */
export const IMPORT_CHARS_MAX = 262_144;

/** `import-too-large`, `import-empty`, `import-binary` and `policy-encoding`. */
export function textProblem(text: string): Problem | undefined {
  if (text.length > IMPORT_CHARS_MAX) {
    const message =
      `This text has ${grouped(text.length)} characters, and an import reads at most ` +
      `${grouped(IMPORT_CHARS_MAX)}: leave out what is not the policy.`;
    return { code: "import-too-large", message, line: 1, column: 1 };
  }
  if (text.trim() === "") {
    return {
      code: "import-empty",
      message: "There is no text here: paste the policy.",
      line: 1,
      column: 1,
    };
  }
  const nul = text.indexOf("\0");
  if (nul >= 0 || /^(?:%PDF|PK\p{Cc}{2}|\uFFFDPNG|GIF8|\{\\rtf)/u.test(text)) {
    const message =
      "This is no text but a file of another kind (a PDF, an image, a document): save it as text, HTML or Markdown.";
    return { code: "import-binary", message, ...placeAt(text, Math.max(nul, 0)) };
  }
  const broken = text.search(/\uFFFD/);
  if (broken < 0) return undefined;
  return {
    code: "policy-encoding",
    message: "Here the file is not UTF-8: save it as UTF-8.",
    ...placeAt(text, broken),
  };
}

/** `262,144`. */
const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

function placeAt(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: at - start + 1 };
}
