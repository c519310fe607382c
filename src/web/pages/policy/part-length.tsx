/** Part length: how long, as a number and its unit. */

import { useState } from "react";
import { SelectField, TextField } from "../../ui/field.tsx";
import { type FieldProps, useForms } from "./part-edits.ts";
import { Slow } from "./slow.tsx";

type Props = FieldProps & {
  readonly label: string;
  readonly problem: string | undefined;
  readonly units: readonly string[];
};

type Length = { readonly count?: number; readonly unit?: string };

export function LengthField({ field, path, value, label, problem, units }: Props) {
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
