/**
 * Pasted: what a word processor puts on the clipboard, as the plain text that a letter is.
 *
 * The field takes text alone, so nothing of the markup that comes along (styles, comments,
 * scripts) can get in. What the text itself carries is put right here: the signs that stand
 * for bullets, spaces that are none, marks that nobody sees, cells with a tab between them.
 */

/** Word's bullets in its own typefaces, and those of others, with the tab or the blanks behind. */
const BULLET =
  /^[ \t]*[\u00b7\u2022\u2023\u2043\u25aa\u25cf\u25cb\u25e6\uf0a7\uf0b7\uf0d8§o][\t\u00a0 ]+/u;
/** A letter o, or a section's sign, is a bullet only where a tab follows it. */
const LOOSE = /^[ \t]*[o§] /u;

export function cleanPasted(text: string): string {
  return text
    .replaceAll("\v", "\n")
    .replace(/\r\n?|\u2028/g, "\n")
    .replaceAll("\u2029", "\n\n")
    .replace(/[\u00ad\u200b\u2060\ufeff]|(?![\t\n])\p{Cc}/gu, "")
    .split("\n")
    .map(lineOf)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function lineOf(line: string): string {
  const listed = BULLET.test(line) && !LOOSE.test(line) ? line.replace(BULLET, "- ") : line;
  return listed
    .replace(/^[ \t]*(\d+[.)])\t+/, "$1 ")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/ *\t+ */g, " | ")
    .replace(/ {2,}/g, " ")
    .trimEnd();
}
