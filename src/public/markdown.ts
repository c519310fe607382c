/** Markdown: the policy's prose, and pages of our own documentation with the anchors that problems lead to. */

import { markdownHtml } from "../core/policy/prose/section-html.ts";

/** The policy's own prose; the studio prints it by the same function. */
export { reviewHtml, sectionHtml } from "../core/policy/prose/section-html.ts";

/** The page as HTML; its links lead to the pages beside it. */
export const documentHtml = (text: string): string =>
  markdownHtml(text)
    .replace(/&lt;a id=&quot;([a-z0-9-]+)&quot;&gt;&lt;\/a&gt;/g, '<a id="$1"></a>')
    .replace(/href="([a-z-]+)\.md(#[a-z0-9-]+)?"/g, 'href="$1$2"');
