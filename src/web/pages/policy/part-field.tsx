/**
 * Part field: one value of a part, asked as the schema has it (core/policy/form-field.ts).
 *
 * What is put goes to its own place in the source; what could not stand there, and what the
 * linter says of it, is told beside it.
 */

import type { ReactNode } from "react";
import { UNDECIDED } from "../../../core/policy/clause.ts";
import type { Condition } from "../../../core/policy/condition/condition.ts";
import type { Kind } from "../../../core/policy/references.ts";
import { Button } from "../../ui/button.tsx";
import { textIn } from "../../../core/text.ts";
import { FieldProblem, SelectField, TextArea, TextField, Tick } from "../../ui/field.tsx";
import { ConditionTree } from "./condition-tree.tsx";
import { OrAbsent } from "./part-absent.tsx";
import { type FieldProps, useFindings, useForms, useFound } from "./part-edits.ts";
import { Hours } from "./part-hours.tsx";
import { LengthField } from "./part-length.tsx";
import { Lines } from "./part-lines.tsx";
import { labelOf, namedOf, wordOf } from "./part-words.ts";
import { zoneChoices } from "./part-zones.ts";
import { Slow } from "./slow.tsx";

export function PartField(props: FieldProps) {
  return (
    <div className="part-field">
      {props.field.mayBeAbsent ? (
        <OrAbsent path={props.path} value={props.value} label={props.label ?? labelOf(props.path)}>
          {(value) => <Asked {...props} value={value} />}
        </OrAbsent>
      ) : (
        <Asked {...props} />
      )}
      <Mends path={props.path} />
    </div>
  );
}

/** What would mend what is found there, each with a press. */
function Mends({ path }: Pick<FieldProps, "path">) {
  const { mend } = useForms();
  const fixes = useFindings(path).flatMap((one) => one.fixes ?? []);
  if (fixes.length === 0) return null;
  return (
    <p className="line part-mends">
      {fixes.map((fix) => (
        <Button
          key={fix.says}
          whyNot={mend ? undefined : "One moment: the text is being read."}
          onClick={() => mend?.(fix)}
        >
          {fix.says}
        </Button>
      ))}
    </p>
  );
}

function Asked(given: FieldProps) {
  const { path, value } = given;
  const { policy, edits } = useForms();
  const problem = useFound(path);
  const { hint: said, ...plain } = given.field;
  const { wants, isOptional } = plain;
  const label = given.label ?? labelOf(path);
  // What the label says already is not said twice.
  const hint = said?.toLowerCase().startsWith(label.toLowerCase()) ? undefined : said;
  const field = hint === undefined ? plain : { ...plain, hint };
  const props = { ...given, field };
  const set = (next: unknown) => edits.set(path, next);
  switch (wants.is) {
    case "tick":
    case "boolean":
      return (
        <Told problem={problem} hint={hint}>
          <Tick
            label={label}
            checked={value === true}
            onChange={(on) => void set(on || (wants.is === "tick" ? undefined : false))}
          />
        </Told>
      );
    case "word":
      return (
        <OneOf
          {...{ label, hint, problem, isOptional, value, set }}
          choices={wants.words.map((word) => ({ value: word, label: wordOf(word) }))}
        />
      );
    case "id":
      return (
        <OneOf
          {...{ label, hint, problem, isOptional, value, set }}
          choices={namedOf(wants.kind, policy).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case "ids":
      return <Several {...props} kind={wants.kind} label={label} problem={problem} />;
    case "zone":
      return (
        <OneOf
          {...{ label, hint: undefined, problem, isOptional, value, set }}
          choices={zoneChoices(textIn(value))}
        />
      );
    case "length":
      return <LengthField {...props} units={wants.units} label={label} problem={problem} />;
    case "lines":
      return <Lines {...props} label={label} />;
    case "hours":
      return <Hours {...props} problem={problem} label={label} />;
    case "condition":
      return (
        <Told problem={problem} hint={hint}>
          {value === undefined ? <strong>{label}</strong> : null}
          <ConditionTree
            label={label}
            without={path.at(-1) === "holds" ? "A person has to say so." : "It is always asked."}
            condition={value as Condition | undefined}
            policy={policy}
            onChange={(next) => void set(next)}
          />
        </Told>
      );
    case "map":
    case "items":
      return null;
    default:
      return <Written {...props} hint={hint} label={label} problem={problem} is={wants.is} />;
  }
}

/** A control that has no place for what is said of it. */
function Told({
  problem,
  hint,
  children,
}: {
  readonly problem: string | undefined;
  readonly hint: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="part-told-of">
      {children}
      {hint ? <p className="field-hint">{hint}</p> : null}
      <FieldProblem says={problem} stands />
    </div>
  );
}

type OneOfProps = {
  readonly label: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
  readonly isOptional: boolean;
  readonly value: unknown;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly set: (next: unknown) => string | undefined;
};

/** What stands there and is none of the choices stays to be seen. */
function OneOf({ label, hint, problem, isOptional, value, choices, set }: OneOfProps) {
  const now = typeof value === "string" ? value : "";
  const isKnown = now === "" || choices.some((one) => one.value === now);
  const none =
    isOptional || now === "" ? [{ value: "", label: isOptional ? "not said" : "choose…" }] : [];
  return (
    <SelectField
      label={label}
      hint={hint}
      problem={problem}
      value={now}
      choices={[
        ...none,
        ...(isKnown ? [] : [{ value: now, label: `${now}: not declared` }]),
        ...choices,
      ]}
      onChange={(next) => {
        if (next !== "" || isOptional) set(next === "" ? undefined : next);
      }}
    />
  );
}

/** Ids of things declared elsewhere, in the order of their declaration. */
function Several({
  field,
  path,
  value,
  kind,
  label,
  problem,
}: FieldProps & {
  readonly kind: Kind;
  readonly label: string;
  readonly problem: string | undefined;
}) {
  const { policy, edits } = useForms();
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const choices = namedOf(kind, policy);
  return (
    <Told problem={problem} hint={field.hint}>
      <fieldset className="choices">
        <legend>{label}</legend>
        <span className="choices-row">
          {choices.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              checked={chosen.includes(id)}
              onChange={(on) =>
                void edits.set(
                  path,
                  choices
                    .map((one) => one.id)
                    .filter((one) => (one === id ? on : chosen.includes(one))),
                )
              }
            />
          ))}
        </span>
      </fieldset>
    </Told>
  );
}

const TYPES: Readonly<Record<string, string>> = {
  date: "date",
  email: "email",
  url: "url",
  number: "number",
};

/** What is typed. Beside the draft nothing waits until typing rests. */
function Written({
  field,
  path,
  value,
  label,
  hint,
  problem,
  is,
}: FieldProps & {
  readonly label: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
  readonly is: string;
}) {
  const { edits, isBeside } = useForms();
  const isOpen = value === UNDECIDED;
  const text =
    !isOpen && (typeof value === "string" || typeof value === "number") ? String(value) : "";
  const put = (next: string): string | undefined => {
    if (next === "" && field.isOptional) return edits.set(path, undefined);
    return edits.set(path, is === "number" && next !== "" ? Number(next) : next);
  };
  const shown = { label, hint: isOpen ? "Not decided yet." : hint, problem, value: text };
  const isArea = is === "text";
  if (!isBeside)
    return (
      <Slow
        {...shown}
        {...typeOf(is)}
        {...(isArea ? { area: true, rows: 2 } : {})}
        onChange={put}
      />
    );
  return isArea ? (
    <TextArea {...shown} rows={2} onChange={put} />
  ) : (
    <TextField {...shown} {...typeOf(is)} onChange={put} />
  );
}

const typeOf = (is: string): { type?: string } => (TYPES[is] ? { type: TYPES[is] } : {});
