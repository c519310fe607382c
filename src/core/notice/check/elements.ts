/**
 * Elements: everything that must be said is said, or is said to be not known yet.
 */

import { holdsWords, type Checked, type NoticeFinding, allPieces } from "./finding.ts";

/** Words that fill a field and say nothing. */
const EMPTY = ["", "-", "n/a", "na", "none", "nil", "tba", "...", "…", "?", "x", "xxx"];

/** Codes: `element-missing`, `element-empty`, `draft-empty`. */
export function* elementChecks({ content, beside }: Checked): Iterable<NoticeFinding> {
  if (content.subject.trim() === "") {
    yield wrong(
      "subject-missing",
      "/subject",
      "Give the notice a subject that says what it is about.",
    );
  }
  if (content.kind === "correction" && content.corrects === undefined) {
    yield wrong(
      "correction-of-missing",
      "/corrects",
      "Say which notice was wrong: everybody who got it hears what is right.",
    );
  }
  for (const { id, name } of beside.required) {
    const slot = content.slots.find(({ element }) => element === id);
    const at = `/slots/${id}`;
    if (!slot) {
      yield wrong(
        "element-missing",
        at,
        `“${name}” must be said: write it, or mark it as not known yet.`,
      );
    } else if (slot.under !== undefined) {
      const there = content.slots.find(({ element }) => element === slot.under);
      if (there && (there.unknown || !isEmpty(there.text))) continue;
      yield wrong(
        "element-empty",
        at,
        `“${name}” is said to stand under another element, and that says nothing.`,
      );
    } else if (!slot.unknown && isEmpty(slot.text)) {
      yield wrong(
        "element-empty",
        at,
        `“${name}” says nothing: if there is nothing, say so in a sentence.`,
      );
    }
  }
  const asked = new Set(beside.required.map(({ id }) => id));
  for (const { element, text, unknown, under } of content.slots) {
    if (asked.has(element) || unknown || under !== undefined || !isEmpty(text)) continue;
    yield wrong("element-empty", `/slots/${element}`, "This is empty: write it, or take it out.");
  }
}

const isEmpty = (text: string): boolean =>
  EMPTY.includes(text.trim().toLowerCase().replace(/\.$/, ""));

const LEFT_OVER = /\{\{[^}]*\}\}|⟦[^⟧]*⟧|\$\{[^}]*\}|<%[^%]*%>/g;
const BLANK =
  /\[(?:tbd|tbc|todo|insert|name|date|time|number|xx+)[^\]]*\]|<(?:insert|name|date|customer)[^>]*>|_{3,}|\bX{3,}\b|\b(?:TBD|TBC|TODO|FIXME)\b|lorem ipsum/i;

/** Codes: `word-missing`, `placeholder`. */
export function* placeholderChecks(checked: Checked): Iterable<NoticeFinding> {
  const { content, recipients } = checked;
  for (const { at, text } of allPieces(checked)) {
    for (const [called] of text.matchAll(LEFT_OVER)) {
      const name = /^\{\{\s*([A-Za-z][\w.-]*)\s*\}\}$/.exec(called)?.[1];
      if (name === "customer" || name === "contact") continue;
      if (name === undefined || at.startsWith("/recipients/")) {
        yield {
          ...wrong(
            "placeholder",
            at,
            `${called} would be read as it stands: put in what it stands for.`,
          ),
          words: called,
        };
        continue;
      }
      const without = recipients.filter(({ words = {} }) => !Object.hasOwn(words, name));
      const [first] = without;
      if (first === undefined) continue;
      const others = without.length === 1 ? "" : ` and ${without.length - 1} more`;
      yield {
        ...wrong(
          "word-missing",
          at,
          `${called} has no words for ${first.name}${others}: write them beside the recipient.`,
        ),
        words: called,
      };
    }
    const blank = BLANK.exec(text)?.[0];
    if (blank !== undefined && !holdsWords(content.subject, "drill")) {
      yield { ...wrong("placeholder", at, `“${blank}” was left to be filled in.`), words: blank };
    }
  }
  for (const { id, name, words = {} } of recipients) {
    for (const [called, text] of Object.entries(words)) {
      if (!isEmpty(text)) continue;
      yield wrong(
        "word-missing",
        `/recipients/${id}/words/${called}`,
        `{{${called}}} is empty for ${name}.`,
      );
    }
  }
}

const wrong = (code: string, at: string, message: string): NoticeFinding => ({
  code,
  level: "block",
  message,
  at,
});
