/** Part absent: what may be declared absent, in a sentence, and said again. */

import { type ReactNode, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { type FieldProps, useForms } from "./part-edits.ts";
import { Slow } from "./slow.tsx";

type Props = Pick<FieldProps, "path" | "value"> & {
  readonly label: string;
  /** What is asked where it is not absent; `done` leads back to the sentence. */
  readonly children: (value: unknown, done: () => void) => ReactNode;
};

export function OrAbsent({ path, value, label, children }: Props) {
  const { edits } = useForms();
  const [isSaying, setSaying] = useState(false);
  const absent = absentIn(value);
  if (absent !== undefined && !isSaying)
    return (
      <div className="part-told-of">
        <Slow
          label={`${label}: declared absent, in this sentence`}
          area
          rows={2}
          value={absent}
          onChange={(next) => edits.set([...path, "absent"], next)}
        />
        <span>
          <Button look="quiet" onClick={() => setSaying(true)}>
            Say something instead<span className="visually-hidden"> {label}</span>
          </Button>
        </span>
      </div>
    );
  return (
    <div className="part-told-of">
      {children(absent === undefined ? value : undefined, () => setSaying(false))}
      <span>
        <Button
          look="quiet"
          onClick={() => {
            setSaying(false);
            if (absent === undefined) edits.set(path, { absent: `${label}: none.` });
          }}
        >
          Declare none<span className="visually-hidden"> {label}</span>
        </Button>
      </span>
    </div>
  );
}

const absentIn = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null
    ? (value as { readonly absent?: string }).absent
    : undefined;
