/**
 * Over the draft: what forms of it stand in. They show it as it is now, a press behind nothing;
 * while the source cannot be read there is nothing to put anything into, and they show the last
 * text that could be, greyed, with the reason.
 */

import { type ReactNode, useMemo, useRef, useState } from "react";
import { applyFix, type Fix } from "../../../core/policy/lint/fix.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import type { Problem } from "../../../core/problem.ts";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { draftText, writeDraft } from "./draft.ts";
import { draftEdits, FormsOf } from "./part-edits.ts";
import { readDraft } from "./putting.ts";
import type { Tab } from "./studio.tsx";
import "./parts.css";

type OverProps = Tab & {
  readonly at: string | undefined;
  readonly children: (document: PolicyDocument) => ReactNode;
};

export function OverDraft({ draft, reading, at, children }: OverProps) {
  const read = readDraft(draft.text);
  const last = useRef(reading.document);
  if (read.ok) last.current = read.value;
  const document = last.current;
  // What was done is told of the text that came of it, and of no other: not after a step back.
  const [told, setTold] = useState({ says: "", text: "" });
  const tell = (says: string): void => setTold({ says, text: draftText() });
  const renamed = useRef({}).current;
  const edits = useMemo(() => document && draftEdits(document), [document]);
  if (!document || !edits) return read.ok ? null : <Unreadable problem={read.problems[0]} />;
  const { policy } = document;
  const { findings } = reading;
  // A fix is offsets into the text that was read: over another text it would cut at random.
  const mend =
    draft.text === reading.text ? (fix: Fix) => writeDraft(applyFix(reading.text, fix)) : undefined;
  return (
    <FormsOf value={{ policy, findings, edits, at, isBeside: false, tell, mend, renamed }}>
      {read.ok ? null : <Unreadable problem={read.problems[0]} />}
      <p role="status" className="secondary part-told">
        {told.text === draft.text ? told.says : ""}
      </p>
      <fieldset className="part-all" disabled={!read.ok}>
        {children(document)}
      </fieldset>
    </FormsOf>
  );
}

function Unreadable({ problem: { line = 1, message } }: { readonly problem: Problem }) {
  return (
    <p className="said" role="alert">
      The source cannot be read, so nothing can be put into it by form. Line {line}: {message}{" "}
      <Button
        look="quiet"
        onClick={() =>
          navigate({ to: ROUTES.policyWrite, search: { as: "source", line: String(line) } })
        }
      >
        To the source
      </Button>
    </p>
  );
}
