/**
 * HTML: whether a page or a letter is right, by the rules of HTML and of accessible HTML.
 *
 * Every rule that html-validate recommends is on; one that is not says here why.
 */

import { type ConfigData, HtmlValidate, StaticConfigLoader } from "html-validate";

const STRICT: ConfigData = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // <br /> and <br> are the same to every reader of HTML; ours are printed with the stroke.
    "void-style": ["error", { style: "selfclosing" }],
    // required="" and required too: ours are printed with the empty value.
    "attribute-boolean-style": ["error", { style: "empty" }],
    // Everything comes from the page's own server: a digest beside it would say nothing more.
    "require-sri": ["error", { target: "crossorigin" }],
    // Each box of a group that is ticked is sent, under the name of the group.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // A title is what a person called it: cut short it would be another one.
    "long-title": "off",
  },
};

/** A mail program takes no style sheet, so that what a letter looks like stands on its elements. */
const LETTER: ConfigData = {
  ...STRICT,
  rules: {
    ...STRICT.rules,
    "no-inline-style": "off",
    // A letter is read below the subject that the mail program shows: it has no heading of its own.
    "heading-level": "off",
  },
};

const judges = {
  page: new HtmlValidate(new StaticConfigLoader(STRICT)),
  letter: new HtmlValidate(new StaticConfigLoader(LETTER)),
} as const;

/** What is wrong with it, each with its place; nothing where all is right. */
export async function htmlFaults(
  text: string,
  of: keyof typeof judges = "page",
): Promise<readonly string[]> {
  const { results } = await judges[of].validateString(text);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}
