/**
 * Fields: a label, a control, what is wrong beside it, and nothing lost.
 *
 * They hold no state of their own beyond the draft: a form keeps its values, and
 * what was typed survives a reload, a lost session and a refusal (useDraft).
 */

import {
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useState,
} from "react";
import type { Problem } from "../../core/problem.ts";

/** What is wrong with what it stands beside, read out when it appears. */
export function FieldProblem({
  says,
  id,
  inline = false,
  stands = false,
}: {
  readonly says: string | undefined;
  readonly id?: string;
  /** Among words of a line, where no paragraph may stand. */
  readonly inline?: boolean;
  /** Found in the text that was opened: read where it stands, and never called out. */
  readonly stands?: boolean;
}) {
  if (!says) return null;
  const Tag = inline ? "span" : "p";
  return (
    <Tag className="field-problem" id={id} role={stands ? undefined : "alert"}>
      {says}
    </Tag>
  );
}

type Frame = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
};

function Framed({
  label,
  hint,
  problem,
  id,
  children,
}: Frame & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field" data-wrong={problem ? "" : undefined}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <FieldProblem id={`${id}-problem`} says={problem} />
    </div>
  );
}

const described = (id: string, { hint, problem }: Frame): string | undefined =>
  [problem ? `${id}-problem` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || undefined;

type TextProps = Frame &
  Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & {
    readonly onChange: (value: string) => void;
  };

export function TextField({ label, hint, problem, onChange, ...rest }: TextProps) {
  const id = useId();
  return (
    <Framed id={id} label={label} hint={hint} problem={problem}>
      <input
        {...rest}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described(id, { label, hint, problem })}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  );
}

type AreaProps = Frame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange"> & {
    readonly onChange: (value: string) => void;
  };

export function TextArea({ label, hint, problem, onChange, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Framed id={id} label={label} hint={hint} problem={problem}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described(id, { label, hint, problem })}
        onChange={(event) => onChange(event.target.value)}
      />
    </Framed>
  );
}

type Choice = { readonly value: string; readonly label: string };

type SelectProps = Frame & {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
};

/** The platform's own select: right on a phone, and known to every screen reader. */
export function SelectField({
  label,
  hint,
  problem,
  value,
  choices,
  onChange,
  autoFocus,
}: SelectProps) {
  const id = useId();
  return (
    <Framed id={id} label={label} hint={hint} problem={problem}>
      <select
        id={id}
        value={value}
        autoFocus={autoFocus}
        aria-describedby={described(id, { label, hint, problem })}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Framed>
  );
}

type ChoicesProps = {
  readonly label: ReactNode;
  readonly name: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
};

/** One of a few, all in sight: yes / no / unknown. */
export function Choices({ label, name, value, choices, onChange }: ChoicesProps) {
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      <span className="choices-row">
        {choices.map((choice) => (
          <label key={choice.value} data-chosen={value === choice.value ? "" : undefined}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

export function Tick({
  label,
  checked,
  onChange,
}: {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** Everything that was refused and belongs to no field on screen. */
export function Problems({
  problems,
  beside = [],
}: {
  readonly problems: readonly Problem[];
  readonly beside?: readonly string[];
}) {
  const rest = problems.filter(
    ({ at }) => !beside.some((field) => at === `/${field}` || at?.startsWith(`/${field}/`)),
  );
  if (rest.length === 0) return null;
  return (
    <div role="alert">
      <ul className="problems">
        {rest.map((problem, index) => (
          <li key={`${problem.code}-${index}`}>
            {problem.line === undefined
              ? ""
              : `Line ${problem.line}, column ${problem.column ?? 1}: `}
            {problem.message} <code className="secondary">{problem.code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A value that outlives the page: kept on this device until `forget` is called. */
export function useDraft(
  key: string,
  initial: string,
): readonly [string, (value: string) => void, () => void] {
  const place = `due-draft:${key}`;
  const [value, setValue] = useState(() => localStorage.getItem(place) ?? initial);
  useEffect(() => {
    if (value === initial) localStorage.removeItem(place);
    else localStorage.setItem(place, value);
  }, [place, value, initial]);
  return [value, setValue, () => setValue(initial)];
}
