/**
 * Markdown: prose of the policy as markup.
 *
 * What somebody wrote as HTML is shown as text, links lead to web pages, mail
 * addresses and places of this page only, and images are left out: a published
 * page loads nothing from elsewhere.
 */

import MarkdownIt from "markdown-it";

const LINK = /^(?:https?:\/\/|mailto:|#|\/(?!\/))/i;

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.disable("image");
markdown.validateLink = (url) => LINK.test(url.trim());

/** `text` as HTML that is safe to print; headings start at `level`. */
export const toHtml = (text: string): string => markdown.render(text);
