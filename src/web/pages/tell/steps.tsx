/** What recipients are asked to do, one step a line; each of them reports what they did. */

import { STEP_KINDS, type StepKind } from "../../../core/notice/draft.ts";
import { whenReleased } from "../../ui/pressed.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField, Tick } from "../../ui/field.tsx";
import type { DraftView, Letter } from "./use-letter.ts";

const LABELS: Readonly<Record<StepKind, string>> = {
  upgrade: "Upgrade",
  rotate: "Rotate",
  configure: "Configure",
  check: "Check",
  other: "Do",
};
const KINDS = STEP_KINDS.map((value) => ({ value, label: LABELS[value] }));

type Props = { readonly draft: DraftView; readonly letter: Letter; readonly frozen: boolean };

export function Steps({ draft, letter, frozen }: Props) {
  const { written, write, save } = letter;
  const { steps } = written;
  const change = (at: number, part: Partial<DraftView["steps"][number]>): void =>
    write({ steps: steps.map((step, index) => (index === at ? { ...step, ...part } : step)) });
  const keep = (): void => void save();
  return (
    <fieldset className="stack compose-steps">
      <legend>What they are asked to do, to tick off</legend>
      {steps.map((step, index) => (
        // A step has no name of its own: its place is what it is called by.
        <div key={`step-${index + 1}`} className="compose-step">
          <SelectField
            label={`Step ${index + 1}`}
            value={step.kind}
            choices={KINDS}
            onChange={(kind) => {
              if (frozen) return;
              change(index, { kind: kind as StepKind });
              keep();
            }}
          />
          <TextField
            label={`What to do in step ${index + 1}`}
            value={step.text}
            readOnly={frozen}
            onChange={(text) => change(index, { text })}
            onBlur={() => whenReleased(keep)}
          />
          {frozen ? null : (
            <Button
              look="quiet"
              onClick={() => {
                write({ steps: steps.filter((_, at) => at !== index) });
                keep();
              }}
            >
              Take out<span className="visually-hidden"> step {index + 1}</span>
            </Button>
          )}
          {draft.recipients.length > 1 ? (
            <For
              draft={draft}
              only={step.only}
              frozen={frozen}
              onChange={(only) => (change(index, { only }), keep())}
            />
          ) : null}
        </div>
      ))}
      {frozen ? null : (
        <Button
          look="quiet"
          onClick={() => write({ steps: [...steps, { kind: "rotate", text: "", only: null }] })}
        >
          Add a step
        </Button>
      )}
    </fieldset>
  );
}

type ForProps = {
  readonly draft: DraftView;
  readonly only: readonly string[] | null;
  readonly frozen: boolean;
  readonly onChange: (only: string[] | null) => void;
};

/** For whom a step is: everybody, until somebody is left out. */
function For({ draft, only, frozen, onChange }: ForProps) {
  const all = draft.recipients.slice(0, 20).map(({ id }) => id);
  const chosen = only ?? all;
  return (
    <details>
      <summary>{only === null ? "For all of them" : `For ${only.length} of them`}</summary>
      {draft.recipients.slice(0, 20).map(({ id, name }) => (
        <Tick
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(yes) => {
            const next = yes ? [...chosen, id] : chosen.filter((one) => one !== id);
            if (frozen || next.length === 0) return;
            onChange(next.length === all.length ? null : next);
          }}
        />
      ))}
    </details>
  );
}
