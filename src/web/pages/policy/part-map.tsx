/** Part map: a map that has to be there whole, put in whole: a key with its fingerprint. */

import { useMemo, useRef, useState } from "react";
import { fieldsAt } from "../../../core/policy/form-field.ts";
import { Button } from "../../ui/button.tsx";
import { besideEdits, type FieldProps, FormsOf, useForms } from "./part-edits.ts";
import { PartField } from "./part-field.tsx";
import type { Item } from "./part-words.ts";
import { FieldProblem } from "../../ui/field.tsx";

type Props = Pick<FieldProps, "path"> & { readonly onDone: () => void };

export function NewMap({ path, onDone }: Props) {
  const forms = useForms();
  const [map, setMap] = useState<Item>({});
  const [problem, setProblem] = useState<string>();
  const now = useRef(map);
  const beside = useMemo(() => {
    const put = (next: unknown): void => {
      now.current = next as Item;
      setMap(next as Item);
    };
    return besideEdits(path, () => now.current, put);
  }, [path.join("/")]);
  const fields = fieldsAt(path);
  const missing = fields.find(({ key, isOptional }) => !isOptional && (map[key] ?? "") === "");
  const add = (): void => {
    const refused = forms.edits.set(path, map);
    setProblem(refused);
    if (refused === undefined) onDone();
  };
  return (
    <div className="stack part-adding">
      <FormsOf value={{ ...forms, edits: beside, isBeside: true, findings: [], at: undefined }}>
        {fields.map((field) => (
          <PartField
            key={field.key}
            field={field}
            path={[...path, field.key]}
            value={map[field.key]}
          />
        ))}
      </FormsOf>
      <FieldProblem says={problem} />
      <span>
        <Button whyNot={missing ? "It is put in whole: fill in each." : undefined} onClick={add}>
          Put it in
        </Button>
      </span>
    </div>
  );
}
