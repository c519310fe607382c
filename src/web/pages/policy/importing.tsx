/**
 * Importing: the policy somebody has today, as prose or as YAML, becomes the draft. What the
 * text leaves open or says twice is told by its own lines before anything is replaced; one
 * step back brings the draft before it.
 */

import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { utf16Text } from "../../../core/policy/import/decode.ts";
import type { Imported } from "../../../core/policy/import/import.ts";
import { problemsIn, valueOf } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Problems, TextArea, Tick } from "../../ui/field.tsx";
import { lendingOf } from "./calendar-offer.tsx";
import { writeDraft } from "./draft.ts";
import { counted } from "./reading.ts";

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The text that runs: its calendar is offered. */
  readonly base: string;
};

export function Importing({ open, onClose, base }: Props) {
  const [text, setText] = useState("");
  const reading = useMutation({
    // Read here: what is pasted leaves this page as a draft, or not at all.
    mutationFn: async (given: string) => {
      const { importPolicy } = await import("../../../core/policy/import/import.ts");
      return valueOf(importPolicy(given));
    },
  });
  const change = (next: string): void => {
    setText(next);
    reading.reset();
  };
  const take = (draft: string): void => {
    writeDraft(draft);
    change("");
    onClose();
  };
  const whyNot =
    text.trim() === "" ? "Paste a text first." : reading.isPending ? "One moment." : undefined;
  return (
    <Dialog title="Paste my policy" open={open} onClose={onClose}>
      {reading.data ? (
        <Found
          text={text}
          base={base}
          found={reading.data}
          onTake={take}
          onBack={() => reading.reset()}
        />
      ) : (
        <>
          <TextArea
            label="Your policy"
            rows={12}
            value={text}
            onChange={change}
            hint="Markdown, HTML, plain text, or the YAML of a policy. Nothing is made up: what it does not say is asked."
          />
          <label className="line">
            Or a file{" "}
            <input
              type="file"
              accept=".md,.markdown,.txt,.html,.htm,.yaml,.yml"
              onChange={(event) => void read(event.target.files?.[0], change)}
            />
          </label>
          <Problems problems={reading.error ? problemsIn(reading.error) : []} />
          <span>
            <Button look="first" whyNot={whyNot} onClick={() => reading.mutate(text)}>
              Show what it promises
            </Button>
          </span>
        </>
      )}
    </Dialog>
  );
}

function Found({
  text,
  base,
  found: { draft, findings },
  onTake,
  onBack,
}: {
  readonly text: string;
  readonly base: string;
  readonly found: Imported;
  readonly onTake: (draft: string) => void;
  readonly onBack: () => void;
}) {
  const [shown, setShown] = useState<string>();
  const lending = useMemo(() => lendingOf(draft, base), [draft, base]);
  const [isLent, setLent] = useState(lending?.own === undefined);
  const lines = text.split("\n");
  const blockers = findings.filter(({ level }) => level === "block").length;
  return (
    <>
      <p>
        {counted(blockers, "blocker")} and {counted(findings.length - blockers, "warning")} in it.
        Each is mended in the draft, most with one press.
      </p>
      <ol className="plain findings import-findings">
        {findings.map((finding) => (
          <li key={keyOf(finding)} className={`finding finding-${finding.level}`}>
            <button type="button" className="finding-go" onClick={() => setShown(keyOf(finding))}>
              <span className="finding-mark" aria-hidden="true">
                {finding.level === "block" ? "✕" : "!"}
              </span>
              <span>
                <span className="secondary">line {finding.line}</span> {finding.message}
              </span>
            </button>
            {shown === keyOf(finding) ? (
              <blockquote className="import-line">{lines[finding.line - 1]}</blockquote>
            ) : null}
          </li>
        ))}
      </ol>
      {lending ? (
        <Tick
          label={`${
            lending.own === undefined
              ? "It does not say when you are open"
              : `It counts business time ${lending.own}`
          }: count by the calendar that runs, ${lending.lent}`}
          checked={isLent}
          onChange={setLent}
        />
      ) : null}
      <div className="line">
        <Button look="first" onClick={() => onTake(lending && isLent ? lending.text : draft)}>
          Make it the draft
        </Button>
        <Button look="quiet" onClick={onBack}>
          Back to the text
        </Button>
      </div>
    </>
  );
}

const keyOf = ({ code, line, column, message }: Imported["findings"][number]): string =>
  `${code} ${line} ${column} ${message}`;

async function read(file: File | undefined, put: (text: string) => void): Promise<void> {
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  put(utf16Text(bytes) ?? new TextDecoder().decode(bytes));
}
