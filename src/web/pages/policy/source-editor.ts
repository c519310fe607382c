/**
 * Source editor: CodeMirror, put together from its parts for one policy.
 *
 * It stands in a shadow tree: there its styles are adopted style sheets, which the page's
 * content security policy allows, where a style element would need a hole in it. It keeps
 * no history of its own: going back is the draft's, across forms and prose alike.
 */

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Policy } from "../../../core/policy/policy.ts";
import { completionsFor } from "./source-complete.ts";
import { COLOURS, LOOK } from "./source-look.ts";

/** What stands beside a line. */
export type Note = {
  readonly line: number;
  readonly column: number;
  readonly level: "block" | "warn";
  readonly message: string;
  readonly fixes: readonly { readonly says: string; readonly apply: () => void }[];
};

export type Editor = {
  /** Follows the draft where something else has changed it; only what differs is touched. */
  readonly show: (text: string) => void;
  readonly note: (notes: readonly Note[]) => void;
  readonly goTo: (line: number) => void;
  /** To a key at the left edge, wherever it stands by now. */
  readonly goToKey: (key: string) => void;
  readonly close: () => void;
};

type Given = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** The last one that could be read: its ids are offered. */
  readonly policy: () => Policy | undefined;
};

/** Marks a change that came from the draft, so that it is not told to the draft. */
const fromDraft = Annotation.define<true>();

export function openEditor(host: HTMLElement, given: Given): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({ doc: given.text, extensions: extensionsOf(given) }),
  });
  const goTo = (number: number): void => {
    const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
    view.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    view.focus();
  };
  return {
    show(text) {
      const change = changeBetween(view.state.doc.toString(), text);
      if (change) view.dispatch({ changes: change, annotations: fromDraft.of(true) });
    },
    note: (notes) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          notes.map((note) => diagnosticOf(view.state, note)),
        ),
      ),
    goTo,
    goToKey(key) {
      const lines = view.state.doc.toString().split("\n");
      goTo(lines.findIndex((line) => line.startsWith(`${key}:`)) + 1);
    },
    close: () => view.destroy(),
  };
}

const extensionsOf = ({ onChange, policy }: Given) => [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  highlightSpecialChars(),
  drawSelection(),
  indentOnInput(),
  indentUnit.of("  "),
  bracketMatching(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  yaml(),
  syntaxHighlighting(COLOURS),
  LOOK,
  autocompletion({ override: [completionsFor(policy)], icons: false }),
  // Tab indents; Escape first lets it leave the editor, as the hint below it says.
  keymap.of([
    ...completionKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...foldKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
  EditorView.contentAttributes.of({
    "aria-label": "The policy as YAML",
    spellcheck: "false",
    tabindex: "0",
  }),
  EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    if (update.transactions.some((one) => one.annotation(fromDraft))) return;
    onChange(update.state.doc.toString());
  }),
];

function diagnosticOf(
  state: EditorState,
  { line, column, level, message, fixes }: Note,
): Diagnostic {
  const place = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  const from = Math.min(place.from + column - 1, place.to);
  return {
    from,
    to: Math.max(from, place.to),
    severity: level === "block" ? "error" : "warning",
    message,
    actions: fixes.map(({ says, apply }) => ({ name: says, apply: () => apply() })),
  };
}

/** The one stretch in which two texts differ. */
function changeBetween(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
