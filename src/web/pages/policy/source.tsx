/** Source: the draft as YAML, in an editor that knows the format. Loaded when it is asked for. */

import { useEffect, useRef, useState } from "react";
import { applyFix } from "../../../core/policy/lint/fix.ts";
import { SelectField } from "../../ui/field.tsx";
import { draftText, followDraft, writeDraft } from "./draft.ts";
import { type Editor, type Note, openEditor } from "./source-editor.ts";
import type { Tab } from "./studio.tsx";

type Props = Tab & { readonly line: string | undefined };

export function Source({ draft, reading, line }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const read = useRef(reading);
  read.current = reading;
  const [section, setSection] = useState("");
  useEffect(() => {
    if (!host.current) return;
    const opened = openEditor(host.current, {
      text: draftText(),
      onChange: (text) => writeDraft(text, "source"),
      policy: () => read.current.document?.policy,
    });
    editor.current = opened;
    // At once, and not after the paint: what is typed next is typed over what the draft says.
    const stop = followDraft(() => opened.show(draftText()));
    return () => {
      stop();
      opened.close();
    };
  }, []);
  useEffect(() => editor.current?.note(notesOf(reading)), [reading]);
  useEffect(() => {
    if (line !== undefined) editor.current?.goTo(Number(line));
  }, [line]);
  const heads = headsOf(draft.text);
  return (
    <div className="source-place">
      <SelectField
        label="Go to"
        value={section}
        choices={[
          { value: "", label: "a part of the document" },
          ...heads.map((key) => ({ value: key, label: key })),
        ]}
        onChange={(value) => {
          setSection(value);
          if (value !== "") editor.current?.goToKey(value);
        }}
      />
      <div ref={host} className="source-host" />
    </div>
  );
}

/** What the parser and the linter say, where it stands. */
function notesOf({ text, problems, findings }: Tab["reading"]): readonly Note[] {
  return [
    ...problems.map(({ line = 1, column = 1, message }) => ({
      line,
      column,
      level: "block" as const,
      message,
      fixes: [],
    })),
    ...findings.map(({ line, column, level, message, fixes = [] }) => ({
      line,
      column,
      level,
      message,
      fixes: fixes.map((fix) => ({
        says: fix.says,
        // Offsets of a fix are those of the text it was made for.
        apply: () => {
          if (draftText() === text) writeDraft(applyFix(text, fix));
        },
      })),
    })),
  ];
}

/** The keys at the left edge. */
const headsOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/^([a-z][A-Za-z]*):/gm)].map(([, key = ""]) => key)),
];
