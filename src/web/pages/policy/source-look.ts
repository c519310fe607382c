/** How the source looks: the app's own tokens, which reach into the shadow tree. */

import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Keys in ink, values in the link's colour, comments beside the point: no colours of its own. */
export const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], fontWeight: "600" },
  { tag: tags.comment, color: "var(--secondary)", fontStyle: "italic" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.atom, tags.keyword], color: "var(--link)" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--secondary)" },
]);

export const LOOK = EditorView.theme({
  "&": {
    color: "var(--ink)",
    backgroundColor: "var(--field)",
    border: "1px solid var(--secondary)",
    borderRadius: "var(--radius)",
    fontSize: "13px",
    height: "70vh",
  },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono-own)", lineHeight: "20px" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "color-mix(in srgb, var(--link) 25%, transparent)" },
  ".cm-gutters": {
    backgroundColor: "var(--wash)",
    color: "var(--secondary)",
    borderRight: "1px solid var(--rule)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in srgb, var(--link) 8%, transparent)",
  },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--sev3) 45%, transparent)" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--ink)",
    fontFamily: "var(--sans)",
    maxWidth: "min(560px, 92vw)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--ink)",
    color: "var(--paper)",
  },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "3px solid var(--risk)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--ink)",
    color: "var(--paper)",
    font: "inherit",
    padding: "2px 8px",
    borderRadius: "var(--radius)",
  },
  ".cm-lintRange-error, .cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--risk)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": { textDecorationStyle: "dotted" },
  // Drawn from letters: a picture in a style sheet would be an address of its own.
  ".cm-lint-marker": { content: "normal", width: "1em", height: "1em", textAlign: "center" },
  ".cm-lint-marker-error::before": { content: "'✕'", color: "var(--risk)", fontWeight: "600" },
  ".cm-lint-marker-warning::before": {
    content: "'!'",
    color: "var(--secondary)",
    fontWeight: "600",
  },
  ".cm-textfield": {
    backgroundColor: "var(--field)",
    color: "var(--ink)",
    border: "1px solid var(--secondary)",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--ink)",
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--wash)",
    color: "var(--secondary)",
    border: "1px solid var(--rule)",
  },
});
