/** Part rename: another id for an item, which everything that names it follows. */

import { useEffect, useRef, useState } from "react";
import type { Path } from "../../../core/policy/places.ts";
import { namingOf, namingWords, sectionsElsewhere } from "../../../core/policy/rename.ts";
import { listed } from "../../../core/text.ts";
import { Button } from "../../ui/button.tsx";
import { FieldProblem, TextField } from "../../ui/field.tsx";
import { rowKey, useForms } from "./part-edits.ts";

type Props = {
  readonly list: Path;
  readonly index: number;
  readonly id: string;
  readonly noun: string;
  readonly problem?: string | undefined;
  readonly onRenamed?: (id: string) => void;
};

export function Rename({ list, index, id, noun, problem, onRenamed }: Props) {
  const { policy, edits, tell, renamed } = useForms();
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (renamed.key !== rowKey(list, id)) return;
    delete renamed.key;
    place.current?.querySelector("button")?.focus();
  });
  const close = (): void => {
    setTyped(undefined);
    setRefused(undefined);
  };
  if (typed === undefined)
    return (
      <div className="field" ref={place}>
        <p className="line part-id">
          <span>
            Id <code>{id}</code>
          </span>
          <Button look="quiet" onClick={() => setTyped(id)}>
            Rename…<span className="visually-hidden"> {id}</span>
          </Button>
        </p>
        <FieldProblem says={problem} />
      </div>
    );
  const naming = namingOf(policy, list, index);
  const elsewhere = naming.length > 0 ? sectionsElsewhere(policy) : [];
  const hint = [
    naming.length === 0
      ? "Nothing else in the policy names it."
      : `Followed by ${namingWords(policy, naming)}.`,
    elsewhere.length === 0
      ? ""
      : `Not looked into, because they stand in files of their own: ${listed(elsewhere)}.`,
    "Open incidents keep their version of the policy, and the old id with it.",
  ].join(" ");
  return (
    <form
      className="stack part-renaming"
      onSubmit={(event) => {
        event.preventDefault();
        const next = typed.trim();
        const wrong = edits.rename(list, index, next);
        setRefused(wrong);
        if (wrong !== undefined) return;
        renamed.key = rowKey(list, next);
        close();
        onRenamed?.(next);
        if (next !== id)
          tell(`${id} is called ${next} now, wherever it is named. Ctrl Z takes it back.`);
      }}
    >
      <TextField
        label={`Id of this ${noun}`}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setRefused(undefined);
        }}
        hint={hint}
        problem={refused}
        autoFocus
        autoCapitalize="off"
        spellCheck={false}
      />
      <span className="line">
        <Button type="submit">Rename it</Button>
        <Button look="quiet" onClick={close}>
          Not now
        </Button>
      </span>
    </form>
  );
}
