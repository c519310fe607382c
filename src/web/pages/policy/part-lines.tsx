/** Part lines: a list of sentences, each in a field of its own. */

import { useRef, useState } from "react";
import { nounOf } from "../../../core/policy/parts.ts";
import { Button } from "../../ui/button.tsx";
import { FieldProblem, TextArea } from "../../ui/field.tsx";
import { type FieldProps, useForms, useFound } from "./part-edits.ts";
import { ItemActs } from "./part-acts.tsx";
import { Slow } from "./slow.tsx";

/** A line break in a sentence of a list is a slip: it is one sentence. */
const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");

export function Lines({
  field,
  path,
  value,
  label,
  gone,
}: FieldProps & { readonly label: string }) {
  const { edits } = useForms();
  const lines = Array.isArray(value) ? value.map(String) : [];
  const noun = nounOf(field.key);
  const problem = useFound(path, false);
  return (
    <fieldset className="choices part-lines">
      <legend>{label}</legend>
      {field.hint ? <p className="field-hint">{field.hint}</p> : null}
      <FieldProblem says={problem} stands />
      <ol className="plain">
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="part-line">
            <Line path={[...path, index]} line={line} label={`${capital(noun)} ${index + 1}`} />
            <ItemActs
              list={path}
              index={index}
              length={lines.length}
              name={`${noun} ${index + 1}`}
              gone={gone ?? (field.isOptional ? path : undefined)}
            />
          </li>
        ))}
      </ol>
      <AddLine noun={noun} isFirst={lines.length === 0} onAdd={(line) => edits.add(path, line)} />
    </fieldset>
  );
}

const capital = (word: string): string => word.replace(/^./, (letter) => letter.toUpperCase());

function Line({
  path,
  line,
  label,
}: {
  readonly path: FieldProps["path"];
  readonly line: string;
  readonly label: string;
}) {
  const { edits, isBeside } = useForms();
  const problem = useFound(path);
  const shown = {
    label: <span className="visually-hidden">{label}</span>,
    value: line,
    problem,
    rows: 2,
  };
  const put = (next: string) => edits.set(path, oneLine(next));
  return isBeside ? (
    <TextArea {...shown} onChange={put} />
  ) : (
    <Slow area {...shown} onChange={put} />
  );
}

/** In a form that is only being filled the first one is asked at once. */
function AddLine({
  noun,
  isFirst,
  onAdd,
}: {
  readonly noun: string;
  readonly isFirst: boolean;
  readonly onAdd: (line: string) => string | undefined;
}) {
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const opener = useRef<HTMLSpanElement>(null);
  if (typed === undefined)
    return (
      <span ref={opener}>
        <Button look="quiet" onClick={() => setTyped("")}>
          Add a {noun}
        </Button>
      </span>
    );
  const add = (): void => {
    const line = oneLine(typed).trim();
    if (line === "") return;
    const refused = onAdd(line);
    setProblem(refused);
    if (refused === undefined) setTyped(undefined);
  };
  return (
    <div className="stack part-adding">
      <TextArea
        label={isFirst ? `The first ${noun}` : `Another ${noun}`}
        rows={2}
        value={typed}
        onChange={setTyped}
        problem={problem}
        autoFocus
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault();
          add();
        }}
      />
      <span className="line">
        <Button onClick={add} whyNot={typed.trim() === "" ? "Write it first." : undefined}>
          Add it
        </Button>
        <Button look="quiet" onClick={() => setTyped(undefined)}>
          Not now
        </Button>
      </span>
    </div>
  );
}
