/** Part length: how long, as a number and its unit; what may be declared absent, in a sentence. */

import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { type FieldProps, useForms } from "./part-edits.ts";
import { Slow } from "./slow.tsx";

type Props = FieldProps & {
  readonly label: string;
  readonly problem: string | undefined;
  readonly units: readonly string[];
};

type Length = { readonly count?: number; readonly unit?: string; readonly absent?: string };

export function LengthField(props: Props) {
  const { field, path, value, label } = props;
  const { edits } = useForms();
  const [isSaying, setSaying] = useState(false);
  const { absent } = (typeof value === "object" && value !== null ? value : {}) as Length;
  if (absent !== undefined && !isSaying)
    return (
      <>
        <Slow
          label={`${label}: declared absent, in this sentence`}
          area
          rows={2}
          value={absent}
          onChange={(next) => edits.set([...path, "absent"], next)}
        />
        <span>
          <Button look="quiet" onClick={() => setSaying(true)}>
            Say how long instead<span className="visually-hidden"> {label}</span>
          </Button>
        </span>
      </>
    );
  return (
    <>
      <Counted {...props} value={absent === undefined ? value : undefined} />
      {field.mayBeAbsent ? (
        <span>
          <Button
            look="quiet"
            onClick={() => {
              setSaying(false);
              if (absent === undefined) edits.set(path, { absent: "We promise none." });
            }}
          >
            Declare none<span className="visually-hidden"> {label}</span>
          </Button>
        </span>
      ) : null}
    </>
  );
}

function Counted({ field, path, value, label, problem, units }: Props) {
  const { edits, isBeside } = useForms();
  const now = (typeof value === "object" && value !== null ? value : {}) as Length;
  const [chosen, setChosen] = useState(now.unit ?? units[0] ?? "hours");
  const unit = now.unit ?? chosen;
  const put = (text: string): string | undefined => {
    if (text === "" && field.isOptional) return edits.set(path, undefined);
    const count = Number(text);
    if (!(count > 0)) return "How long is a number above nothing.";
    return edits.set(path, { ...now, count, unit });
  };
  const shown = {
    label,
    hint: field.hint,
    problem,
    value: String(now.count ?? ""),
    type: "number",
  };
  return (
    <div className="pair">
      {isBeside ? <TextField {...shown} onChange={put} /> : <Slow {...shown} onChange={put} />}
      <SelectField
        label="Unit"
        value={unit}
        choices={units.map((one) => ({ value: one, label: one.replaceAll("-", " ") }))}
        onChange={(next) => {
          setChosen(next);
          const { ends: _, ...rest } = now as Length & { readonly ends?: string };
          if (now.count !== undefined) edits.set(path, { ...rest, unit: next });
        }}
      />
    </div>
  );
}
