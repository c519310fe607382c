/**
 * Section HTML: the policy's prose as markup that is safe to print, the same on the
 * public page and in the studio.
 *
 * HTML in it is shown as the text that it is, a link leads to the web, to a mail
 * address or within the installation, and images are left out: a published page
 * loads nothing from elsewhere. Where a clause's target is printed, the words lead
 * to that clause. Headings are fitted in below the section's own.
 */

import MarkdownIt, { type Token } from "markdown-it";
import type { Policy } from "../policy.ts";
import { expandProse } from "./prose.ts";

const LINK = /^(?:https?:\/\/|mailto:|#|\/(?![/\\]))/i;
/** The level of a section's own heading. */
const SECTION_LEVEL = 2;
const LEVEL_MAX = 6;

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.disable("image");
markdown.validateLink = (url) => LINK.test(url.trim());

/** A table may be wider than a telephone: it scrolls by itself, also with the keyboard. */
markdown.renderer.rules.table_open = () =>
  '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";
for (const cell of ["th", "td"]) {
  markdown.renderer.rules[`${cell}_open`] = (tokens, index) => {
    const side = /right|center/.exec(String(tokens[index]?.attrGet("style") ?? ""))?.[0];
    const aligned = side === undefined ? "" : ` class="to-${side}"`;
    const isEmpty = tokens[index + 1]?.content === "";
    if (cell === "td" || isEmpty) return `<td${aligned}>`;
    return `<th scope="col"${aligned}>`;
  };
}
markdown.renderer.rules.th_close = (tokens, index) =>
  tokens[index - 1]?.content === "" ? "</td>" : "</th>";

/** Marks the words of a promise while they are put in; white space, so that it ends no sentence. */
const MARK = "\uFEFF";
const REFERENCE = /(?<!\\)\[\[([^[\]\n.]{1,140})(\.sentence)?\]\]/g;

/** A section's text as HTML. */
export const sectionHtml = (text: string, policy: Policy): string => html(linked(text, policy));

/** As sectionHtml reads it, before it is HTML; headings begin below the level `above`. */
export const sectionTokens = (text: string, policy: Policy, above: number): readonly Token[] =>
  fitted(linked(text, policy), above);

export const escapeHtml = (text: string): string => markdown.utils.escapeHtml(text);

/** Its references put into words that lead to their clauses. */
function linked(text: string, policy: Policy): string {
  const clauses = new Set(policy.clauses.map(({ id }) => id));
  const marked = text
    .replaceAll(MARK, "")
    .replace(REFERENCE, (written: string, id: string) =>
      clauses.has(id) ? `${MARK}${written}${MARK}${id}${MARK}` : written,
    );
  return expandProse(marked, policy).replace(
    /\uFEFF([^\uFEFF]*)\uFEFF([^\uFEFF]*)\uFEFF/g,
    (_, words: string, id: string) => `[${words}](#${id})`,
  );
}

/** What the team wrote for everybody, below the heading of its page. */
export const reviewHtml = (text: string): string => html(text, 1);

/** Any Markdown of ours as HTML, by the same rules. */
export const markdownHtml = (text: string): string => markdown.render(text);

const html = (text: string, above = SECTION_LEVEL): string =>
  markdown.renderer.render(fitted(text, above), markdown.options, {});

function fitted(text: string, above: number): Token[] {
  const tokens = markdown.parse(text, {});
  // Folded, not spread: a text may hold more headings than a function may have arguments.
  const highest = tokens.reduce(
    (least, one) => (isHeading(one) ? Math.min(least, Number(one.tag.slice(1))) : least),
    LEVEL_MAX,
  );
  const shift = above + 1 - highest;
  let last = above;
  for (const token of tokens) {
    if (token.type === "heading_open")
      // Nothing is skipped on the way down: a reader who goes by headings would look for it.
      last = Math.min(Number(token.tag.slice(1)) + shift, last + 1, LEVEL_MAX);
    if (isHeading(token)) token.tag = `h${last}`;
  }
  return tokens;
}

const isHeading = ({ type }: { readonly type: string }): boolean =>
  type === "heading_open" || type === "heading_close";
